"""Remarks (注：) whose points are numbered: none of them is an item, however its number goes on."""

from __future__ import annotations

import re

from imports.phrases.numbering import read_label

REMARK = re.compile(r"(?:注|备注|附注|说明)\s*:")


class Remarks:
    """Takes folded lines in order, and knows which are further points of the remark above them."""

    def __init__(self) -> None:
        self._last: tuple[str, int] | None = None
        """Form (blank: any) and number of the last point."""

    def go_on(self, plain: str) -> bool:
        """Is a line the next point of a remark? A line that begins a remark is none itself."""
        known, self._last = self._last, None
        begun = REMARK.match(plain)
        if begun is not None:
            first = read_label(plain[begun.end() :])
            if first is not None and first.value == 1:
                self._last = (first.form, 1)
            elif begun.end() == len(plain):
                self._last = ("", 0)
            return False
        label = read_label(plain) if known is not None else None
        if known is None or label is None or label.value != known[1] + 1 or known[0] not in {"", label.form}:
            return False
        self._last = (label.form, label.value)
        return True
