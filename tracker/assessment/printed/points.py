"""Points as a cell of a printed scheme says them."""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.assessment.printed.heads import squeezed
from tracker.assessment.scoring.numbers import half_width_figures, read_number

_POINTS = re.compile(r"^([-−－+＋]?[\d０-９]+(?:[.．][\d０-９]+)?)(?:分|[（(]分[）)]|[%％])?$")
NUMBER = r"(\d{1,9}(?:\.\d{1,9})?)"
"""Of so many digits that a row of thousands does not keep a search for what stands around it busy."""
_MOST = re.compile(
    rf"^(?:0分?[-—–~～至到]+|[≤<＜]=?|不超过|(?:最高|最多|满分|累计|上限)(?:加|扣|不超过|不得超过|为)*){NUMBER}分?(?:以内)?$"
    rf"|^{NUMBER}分?(?:以内|封顶|[（(][^（）()]*[）)])$"
)


def points_of(text: str) -> Decimal | None:
    """15分, 20（分）, 12.5%, −5, +10; None where they are no number."""
    found = _POINTS.match(squeezed(text))
    return read_number(found[1].replace("−", "-")) if found else None


def most_points(text: str) -> Decimal | None:
    """The full points of a cell that says what an item comes to at most, or of what they are made: 0—10分, ≤20, 最高5分,
    20分（每季度5分）."""
    found = _MOST.match(half_width_figures(squeezed(text)))
    return Decimal(found[1] or found[2]) if found else None


def shown(number: Decimal) -> str:
    """Without the noughts that a sheet shows after the point."""
    return format(number.normalize(), "f")
