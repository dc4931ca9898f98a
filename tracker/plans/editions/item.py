"""A task of an edition as it is compared, and what of its words counts."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property

from imports.phrases.chars import fold, squeeze
from imports.phrases.numbering import read_label

_SIGNS = re.compile(r"[\s,.;:!?，。；：！？、·…“”‘’\"'()（）《》〈〉【】\[\]—–\-]+")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def plain(text: str) -> str:
    """The words alone, without signs and blanks; a decimal point stays."""
    kept = _POINT.sub("\x00", squeeze(fold(text)))
    return _SIGNS.sub("", kept).replace("\x00", ".")


def heading(text: str) -> str:
    """A heading without its number: numbers shift from one edition to the next."""
    label = read_label(text.strip())
    return plain(text.strip()[label.length :] if label else text)


@dataclass(frozen=True)
class Item:
    """`key` tells it apart on its side; `position` is its place in the document."""

    key: int
    position: int
    name: str
    requirement: str
    path: tuple[str, ...] = ()
    number: str | None = None
    units: frozenset[tuple[str, int]] = frozenset()
    """(role, unit id)."""
    deadlines: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    @cached_property
    def words(self) -> str:
        """What it asks. The name before it only where it says something of its own: one that is the heading, or the
        beginning of the requirement, follows from how many tasks stand beside it."""
        name, requirement = plain(self.name), plain(self.requirement)
        if requirement.startswith(name) or (requirement and heading(self.name) in map(heading, self.path)):
            return requirement
        return name + requirement

    @cached_property
    def grams(self) -> frozenset[str]:
        """Pairs of neighbouring characters."""
        words = self.words
        return frozenset(words[at : at + 2] for at in range(len(words) - 1)) or frozenset({words})

    @cached_property
    def headings(self) -> str:
        return "/".join(heading(one) for one in self.path)

    @cached_property
    def whole(self) -> tuple[object, ...]:
        """All that is printed of it, but for its number and its place."""
        return (self.headings, self.words, tuple(sorted(self.units)), self.deadlines, self.targets)

    @cached_property
    def mark(self) -> str:
        """Tells equal contents at one place from all others: what ties are broken by, the same on both sides."""
        return hashlib.sha256(repr((self.whole, self.number, self.position)).encode()).hexdigest()
