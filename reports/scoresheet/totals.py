"""The table of totals: a row a unit, a column a node. What follows from other cells stands there as a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil

from reports.scoresheet.model import Node, Run, ScoreSheet, UnitScore
from reports.scoresheet.reckoning import Cell, Paper, Reckoned, node_cells, number, total_cell
from reports.source import points_text
from reports.words import N_, Translate
from reports.workbook import Column, Light, Link, RowOf, column_letters
from reports.workbook.text import printed_width

SCORES = 3
"""The column of the table of facts that holds what is one number."""
BASE, BONUS, PENALTY, FIRST_NODE = 3, 4, 5, 9
"""Columns of the table."""
_OF_NODES = N_("公式：由下级各列按方案算出。写成数值的格子照评分运行写入，过程见“得分说明”。")
_OF_SCORES = N_("公式：由“事实依据”里这一项的各个得分加权算出。写成数值的格子照评分运行写入，过程见“得分说明”。")
_OF_TOTAL = N_(
    "公式：基础分加加分减扣分，不低于 0，按方案折算、封顶，再取舍。写成数值的格子（如一票否决）照评分运行写入，过程见“得分说明”。"
)
_OF_RUN = N_("数值：评分运行按方案算出，过程见“得分说明”里该单位的这一项。")
_WITHOUT = {
    "half_even": N_("数值：四舍六入五成双没有对应的表格函数，照评分运行写入，过程见“得分说明”。"),
    "down": N_("数值：表格函数截尾可能因小数误差少一位，照评分运行写入，过程见“得分说明”。"),
}
"""Why nothing is a formula, by the mode of rounding of schemes without any."""


def is_live(run: Run) -> bool:
    """Whether the table reckons: no function of a spreadsheet rounds halves to the even digit, and one that cuts off makes
    0.28 of what is 0.29 and stored a little below."""
    return run.mode == "half_up"


def total_columns(model: ScoreSheet, _: Translate) -> tuple[Column, ...]:
    places = model.run.places
    mode = model.run.mode
    of_total, of_run = _(_WITHOUT.get(mode, _OF_TOTAL)), _(_OF_RUN)
    root, *nodes = model.nodes
    return (
        Column(_("名次"), 6, "integer", align="center"),
        Column(_("单位"), _name_width(model), "link"),
        Column(_("组别"), 12),
        Column(_("基础分"), 9, "number", places=places, hint=_hint(root, mode, _)),
        Column(_("加分"), 8, "number", places=places, hint=of_run),
        Column(_("扣分"), 8, "number", places=places, hint=of_run),
        Column(_("总分"), 9, "number", places=places, hint=of_total),
        Column(_("等次"), 8, align="center"),
        Column(_("否决"), 12, "light"),
        *_node_columns(nodes, places, mode, _),
    )


def _name_width(model: ScoreSheet) -> float:
    """Room for the longest name on one line, since a name leads to its explanation and LibreOffice breaks no linked text."""
    return min(64, max([24, *(ceil(printed_width(unit.unit)) + 1 for unit in model.units)]))


def _node_columns(nodes: Sequence[Node], places: int, mode: str, _: Translate) -> Iterator[Column]:
    """A column for every node but the root, which is the base; those of one first-level indicator under one band."""
    band = ""
    for place, node in enumerate(nodes):
        name = node.name
        if node.depth == 1:
            inner = place + 1 < len(nodes) and nodes[place + 1].depth > 1
            band, name = (node.name, _("小计")) if inner else ("", node.name)
        label = (
            name if node.points is None else _("%(name)s\n（%(points)s分）", name=name, points=points_text(node.points))
        )
        yield Column(label, 12, "number", places=places, band=band, hint=_hint(node, mode, _))


def _hint(node: Node, mode: str, _: Translate) -> str:
    """What a cell of the node is, and from where."""
    said = {"": _OF_RUN, "nodes": _OF_NODES, "scores": _OF_SCORES}[node.made_of]
    return _(_WITHOUT.get(mode, said) if node.made_of else said)


def total_rows(model: ScoreSheet, why: str, facts: str, _: Translate) -> Iterator[tuple[object, ...]]:
    root, *keys = [node.key for node in model.nodes]
    columns = {root: BASE} | {key: FIRST_NODE + at for at, key in enumerate(keys)}
    paper = Paper(
        {key: column_letters(col) for key, col in columns.items()}, column_letters(BONUS), column_letters(PENALTY),
        RowOf(facts, 0, SCORES), model.run.places, model.run.stage,
    )  # fmt: skip
    live, none, line = is_live(model.run), "—", 0
    for unit in model.units:
        scores, nodes = _cells(unit, unit.reckoned if live else None, paper)
        yield (
            unit.rank,
            Link(unit.unit, RowOf(why, line) if unit.lines else None),
            unit.group,
            *(none if score is None else score for score in scores),
            unit.grade,
            Light("overdue", _("■ 一票否决")) if unit.veto else None,
            *(none if (score := nodes.get(key)) is None else score for key in keys),
        )
        line += unit.lines


def _cells(
    unit: UnitScore, reckoned: Reckoned | None, paper: Paper
) -> tuple[tuple[Cell | None, ...], Mapping[str, Cell | None]]:
    """Base, bonus, penalty and total, and the nodes by key; None where there is none."""
    if reckoned is None or unit.bonus is None or unit.penalty is None:
        return (unit.base, unit.bonus, unit.penalty, unit.total), unit.nodes
    nodes = node_cells(reckoned, unit.nodes, paper)
    bonus, penalty = number(reckoned.bonus, unit.bonus), number(reckoned.penalty, unit.penalty)
    total = unit.total if unit.total is None or unit.veto else total_cell(reckoned, unit.total, paper)
    return (nodes[paper.root], bonus, penalty, total), nodes
