"""Measure words (计量单位) of figures: 15000户 against a target in 万户 is 1.5. Pure.

Only what everybody converts, and exactly: multiples of one measure (万, 亿), and weights and lengths. Areas (亩, 公顷) are not.
"""

from __future__ import annotations

import re
from decimal import Decimal

_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_MEASURE = re.compile(r"(?P<times>[十百千]?万|[十百千万]?亿|[十百](?!分)|千(?![瓦米克伏卡]))?(?P<base>[^\d十百万亿].*)")
_KINDS: dict[str, tuple[str, Decimal]] = {
    "吨": ("kg", Decimal(1000)), "t": ("kg", Decimal(1000)), "公斤": ("kg", Decimal(1)), "千克": ("kg", Decimal(1)),
    "kg": ("kg", Decimal(1)), "斤": ("kg", Decimal("0.5")), "公里": ("m", Decimal(1000)), "千米": ("m", Decimal(1000)),
    "km": ("m", Decimal(1000)), "米": ("m", Decimal(1)), "平方米": ("m2", Decimal(1)), "平米": ("m2", Decimal(1)),
}  # fmt: skip
"""What a measure is counted in, and how many of those it is."""


def conversion(measure: str, to: str) -> tuple[Decimal, Decimal] | None:
    """What a figure in one measure is multiplied with and divided by to be one in another; None where they do not measure the
    same, or nobody converts them by heart. Both normalised (NFKC) and not empty."""
    one, other = _parts(measure), _parts(to)
    if one is None or other is None or one[0] != other[0]:
        return None
    return one[1], other[1]


def _parts(measure: str) -> tuple[str, Decimal] | None:
    found = _MEASURE.fullmatch(measure)
    if found is None:
        return None
    times = Decimal(1)
    for sign in found["times"] or "":
        times *= _TIMES[sign]
    kind, amount = _KINDS.get(found["base"], (found["base"], Decimal(1)))
    return kind, times * amount
