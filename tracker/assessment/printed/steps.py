"""Steps in the text of a printed standard (≥95%得10分，90%—95%得8分，90%以下不得分) as bands, where nothing is in doubt."""

from __future__ import annotations

import re
from decimal import Decimal

from tracker.assessment.printed.points import NUMBER, shown
from tracker.assessment.scoring.numbers import half_width_figures

_UNIT = r"\s*[%％分]?\s*"
_WORTH = rf"(?:的)?(?:可)?得\s*{NUMBER}\s*分"
_AT_LEAST = re.compile(
    rf"(?:≥|>=|大于等于|大于或等于|达到|达|不低于)\s*{NUMBER}{_UNIT}(?:及)?(?:以上)?(?:（含）|\(含\))?{_WORTH}"
    rf"|{NUMBER}{_UNIT}(?:（含）|\(含\)|及)?以上{_WORTH}"
)
_BETWEEN = re.compile(rf"{NUMBER}{_UNIT}(?:（含）|\(含\))?(?:[—–~～-]+|至|到){_UNIT}{NUMBER}{_UNIT}{_WORTH}")
_BETWEEN_SIGNS = re.compile(rf"{NUMBER}{_UNIT}(?:≤|<=)[^\d]{{0,8}}?(?:<|＜){_UNIT}{NUMBER}{_UNIT}{_WORTH}")
_REST = re.compile(
    rf"(?:其余|其他|其它|否则|{NUMBER}{_UNIT}以下|(?:(?<!不)低于|不足|未达到|小于|<|＜){_UNIT}{NUMBER}{_UNIT})(?:的)?(?:不得分|得\s*{NUMBER}\s*分)$"
)
_SAYS = re.compile(r"\d|分").search
"""Whether a piece has anything to do with points: what is assessed (问卷满意度) often stands before the steps."""
_PIECES = re.compile(r"[，,；;。\n]+")


def steps_of(standard: str, points: Decimal) -> list[dict[str, str]] | None:
    """Bands from the highest down, the last without an edge; None where the text has a gap, goes up as values fall, gives
    more than `points`, or says anything else with points."""
    bands: list[tuple[Decimal, Decimal]] = []
    for piece in filter(_SAYS, (one.strip() for one in _PIECES.split(half_width_figures(standard)))):
        rest = None if _BETWEEN_SIGNS.search(piece) else _REST.search(piece)
        if rest is not None:
            return _whole(bands, rest, points)
        step = _step(piece, bands)
        if step is None:
            return None
        bands.append(step)
    return None


def _step(piece: str, above: list[tuple[Decimal, Decimal]]) -> tuple[Decimal, Decimal] | None:
    """(edge, worth) of one piece, where it goes on from what stands above it."""
    between = _BETWEEN.search(piece) or _BETWEEN_SIGNS.search(piece)
    if between is not None:
        least, most, worth = map(Decimal, between.groups())
        return (least, worth) if above and above[-1][0] == most else None
    at_least = _AT_LEAST.search(piece)
    if at_least is None:
        return None
    least, worth = (Decimal(number) for number in at_least.groups() if number is not None)
    return (least, worth)


def _whole(bands: list[tuple[Decimal, Decimal]], rest: re.Match[str], points: Decimal) -> list[dict[str, str]] | None:
    below, under, worth = rest.groups()
    edge, last = below or under, Decimal(worth or 0)
    edges, worths = [least for least, _ in bands], [*(one for _, one in bands), last]
    goes_down = edges == sorted(set(edges), reverse=True) and worths == sorted(worths, reverse=True)
    if not bands or not goes_down or worths[0] > points or (edge is not None and Decimal(edge) != edges[-1]):
        return None
    return [*({"min": shown(least), "points": shown(one)} for least, one in bands), {"points": shown(last)}]
