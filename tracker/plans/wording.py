"""The words of a task: those that may be corrected after it was adopted, and how they are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.plans.seen import seen_mark

_ENDS = "。；，：！？,;:!?.\n"


def is_cut(name: str, requirement: str) -> bool:
    """Whether a name is the beginning of a requirement that goes on within the same clause: then it is shown with “…”."""
    rest = requirement[len(name) :].lstrip() if name and requirement.startswith(name) else ""
    return bool(rest) and rest[0] not in _ENDS


def rest_of(name: str, requirement: str) -> str:
    """What a requirement says beyond the name of its task."""
    return requirement[len(name) :].lstrip(_ENDS) if requirement.startswith(name) else requirement


def excerpt(text: str, words: Sequence[str], *, length: int = 72) -> str:
    """So many characters of a text around the first of the words that stands in it, or from its beginning; “…” where it is cut."""
    hit = _any_of(words).search(text) if words else None
    start = max(0, min(hit.start() - length // 3, len(text) - length)) if hit else 0
    return ("…" if start else "") + text[start : start + length] + ("…" if start + length < len(text) else "")


def hits(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is one of the words."""
    if not words:
        return [(text, False)]
    pieces = re.split(f"({_any_of(words).pattern})", text, flags=re.IGNORECASE)
    return [(piece, bool(place % 2)) for place, piece in enumerate(pieces) if piece]


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    number: str | None
    name: str
    requirement: str
    weight: Decimal | None
    """Points (分值), None where the plan gives none."""

    @property
    def mark(self) -> str:
        """Tells whether somebody else has changed it since it was shown."""
        weight = None if self.weight is None else format(self.weight, "f")
        return seen_mark([self.number, self.name, self.requirement, weight])
