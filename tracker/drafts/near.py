"""Which tasks the checks have to see again where one was corrected: those that what they say of it depends on. Pure.

What they say of a task lies in its own fields, in the tasks that were read from the same cells, and in those that ask for
the same in the same words. Of headings and of weights they speak in the light of all tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.db import canonical_json
from tracker.drafts.bodies import Body, changed_fields, places
from tracker.drafts.reading import Finding, Key

_CELLS = ("units", "deadlines")
"""Fields of which the checks cite the cell that they were read from."""
_ENOUGH = 200
"""Characters of a text after which two are seldom different: a task too many that is checked does no harm."""


def takes_all(before: Body, after: Body) -> bool:
    """Whether what changed in a task is checked in the light of all tasks: its heading among others, weights."""
    changed = changed_fields(after, before)
    if "requirement" in changed and any("权重" in body["requirement"] for body in (before, after)):
        return True
    return not {"path", "name", "requirement"}.isdisjoint(changed) and any(_depth(body) > 1 for body in (before, after))


def _depth(body: Body) -> int:
    return len(body.get("source", {}).get("path", ())) or len(body["path"])


def marks(before: Body, after: Body) -> list[str]:
    """Pieces of text of which a neighbour has at least one, as it is stored: a place, or the words of the requirement."""
    fields = (*_CELLS, "path") if before["path"] != after["path"] else _CELLS
    cited = dict.fromkeys((before["locator"], *(place for field in fields for place in places(before, field))))
    texts = {body["requirement"] for body in (before, after)} if before["requirement"] != after["requirement"] else ()
    return [
        *(f'"locator":{canonical_json(place)}' for place in cited),
        *(f'"requirement":{canonical_json(text)}'[:_ENOUGH] for text in texts),
    ]


HAS_UNITS = ('"units":[{"also":', '"units":[{"collective":')
"""One of them is found in every task that has units, as it is stored."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What the checks say otherwise than before of one thing: places where they no longer say it, and where they now do."""

    key: Key
    gone: frozenset[str]
    new: tuple[str, ...]
    wholly: bool
    """Whether it is said of no place at all, but of the document."""

    def carried(self, locators: Iterable[str]) -> tuple[str, ...]:
        """The places of a finding as they are now."""
        left = [place for place in locators if place not in self.gone]
        return (*left, *(place for place in self.new if place not in left))


def differences(was: Mapping[Key, Finding], now: Mapping[Key, Finding]) -> Iterator[Difference]:
    """Of what was said and is said of some tasks that stand among others."""
    for key in dict.fromkeys((*was, *now)):
        before, after = (found[key].locators if key in found else None for found in (was, now))
        if before is None or after is None or set(before) != set(after):
            wholly = () in (before, after)
            new = tuple(place for place in after or () if place not in (before or ()))
            yield Difference(key, frozenset(before or ()) - frozenset(after or ()), new, wholly)
