"""What an obligation reports on, in words: the codes of `Obligation.period`."""

from __future__ import annotations

from flask_babel import gettext as _, lazy_gettext as _l

PART_LABELS = {
    "H1": _l("上半月"), "H2": _l("下半月"), "T1": _l("上旬"), "T2": _l("中旬"), "T3": _l("下旬"),
}  # fmt: skip
"""Parts of a month that are reported on."""


def _months_label(year: int, first: int, last: int) -> str:
    """2026年1—2月; 2025年12月—2026年1月."""
    if last > first:
        return _("%(year)s年%(first)s—%(last)s月", year=year, first=first, last=last)
    return _("%(year)s年%(first)s月—%(next)s年%(last)s月", year=year, first=first, next=year + 1, last=last)


def period_label(code: str) -> str:
    """`2026-03` as 2026年3月, `2026-Q1` as 2026年第1季度; empty for an obligation with a date of its own."""
    year, _sep, part = code.partition("-")
    if not part:
        return _("%(year)s年度", year=year) if year else ""
    if part.startswith("Q"):
        return _("%(year)s年第%(n)s季度", year=year, n=part[1:])
    if part.startswith("H"):
        return _("%(year)s年上半年", year=year) if part == "H1" else _("%(year)s年下半年", year=year)
    if part.startswith("W") or part == "F01":  # of the first odd week the other one is of last year
        return _("%(year)s年第%(n)s周", year=year, n=int(part[1:]))
    if part.startswith("F"):
        return _("%(year)s年第%(first)s—%(last)s周", year=year, first=int(part[1:]) - 1, last=int(part[1:]))
    first, _sep, last = part.partition("~")
    if last:
        return _months_label(int(year), int(first), int(last))
    month, _sep, piece = part.partition("-")
    if piece:
        return _("%(year)s年%(n)s月%(part)s", year=year, n=int(month), part=PART_LABELS[piece])
    return _("%(year)s年%(n)s月", year=year, n=int(part))
