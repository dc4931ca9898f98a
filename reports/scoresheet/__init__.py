"""The score sheet (考核得分表) of a run, as a workbook and as the model that the slip of a unit is made from, too."""

from reports.scoresheet.model import Fact, Line, Node, Published, Run, ScoreSheet, UnitScore
from reports.scoresheet.sheets import build, run_lines

__all__ = ["Fact", "Line", "Node", "Published", "Run", "ScoreSheet", "UnitScore", "build", "run_lines"]
