"""Points as a cell of a printed scheme says them."""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.assessment.printed.heads import squeezed
from tracker.assessment.scoring.numbers import read_number

_POINTS = re.compile(r"^([-−－]?[\d０-９]+(?:[.．][\d０-９]+)?)(?:分|[（(]分[）)]|[%％])?$")


def points_of(text: str) -> Decimal | None:
    """15分, 20（分）, 12.5%, −5; None where they are no number."""
    found = _POINTS.match(squeezed(text))
    return read_number(found[1].replace("−", "-")) if found else None


def shown(number: Decimal) -> str:
    """Without the noughts that a sheet shows after the point."""
    return format(number.normalize(), "f")
