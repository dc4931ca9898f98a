"""How firmly ranks and grades stand (名次稳健性) when the weights are a little different: information, never a result.

board = board_of(book)                       # what each indicator gave to each unit, and could have given
found = spread(board, Draws(seed=20260701))  # rank intervals, chances of grades, how safe each pair of neighbours is
"""

from tracker.assessment.scoring.robustness.board import Board, board_of
from tracker.assessment.scoring.robustness.deciding import Decider, deciders
from tracker.assessment.scoring.robustness.drawing import Draws
from tracker.assessment.scoring.robustness.spreading import PairSpread, Spread, UnitSpread, spread

__all__ = ["Board", "Decider", "Draws", "PairSpread", "Spread", "UnitSpread", "board_of", "deciders", "spread"]
