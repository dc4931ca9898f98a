"""How alike two Chinese texts are, by the pairs of neighbouring characters they share."""

from __future__ import annotations

from functools import lru_cache

from imports.phrases.chars import squeeze


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    plain = squeeze(text)
    return frozenset(plain[index : index + 2] for index in range(len(plain) - 1))


def share(part: str, whole: str) -> float:
    """What share of the pairs of `part` occurs in `whole`, 0 to 1."""
    wanted = pairs(part)
    return len(wanted & pairs(whole)) / len(wanted) if wanted else 0.0


def likeness(one: str, other: str) -> float:
    """Shared pairs relative to the shorter text, 0 to 1."""
    first, second = pairs(one), pairs(other)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
