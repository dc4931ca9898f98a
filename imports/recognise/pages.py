"""What printed pages add to a table: counters at their foot, and signs that a title or heading is printed again."""

from __future__ import annotations

import re

from imports.phrases.chars import fold, squeeze

_COUNTER = re.compile(
    r"[-—]+\d{1,3}[-—]+|第\d{1,3}页(?:[,/]?共\d{1,3}页)?|共\d{1,3}页[,/]?第\d{1,3}页|\d{1,3}/\d{1,3}页?|接上[页表]|转下[页表]"
)
_CONTINUED = re.compile(r"\s*[(（]\s*(?:续\s*[表上前页]?\s*\d{0,2}|接上[页表]|续上[页表])\s*[)）]\s*$")


def is_page_counter(text: str) -> bool:
    """`第 1 页 共 4 页`, `—3—`, `3/12`."""
    return len(text) <= 20 and _COUNTER.fullmatch(squeeze(fold(text))) is not None


def unmarked(text: str) -> str:
    """A title or heading without the sign that it is printed again on the next page: `市场准入（续）`."""
    return _CONTINUED.sub("", text) if "续" in text or "接上" in text else text
