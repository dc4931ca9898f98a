"""Which units the expressions of a draft stand for: by a person's choice, by the directory, or not yet. Pure.

A name, a short name and a confirmed alias are taken as they are. A collective whose meaning was confirmed before is taken,
too; every other collective, every unfinished list (等有关部门) and every unknown name waits for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.units.collectives import means_whole_kind
from tracker.units.matching import Directory, Match, Why, match

Expand = Callable[[str], tuple[bool, tuple[int, ...]]]
"""Of a collective phrase: (confirmed before, member ids as its words propose)."""

EXPRESSION_LENGTH = 200
"""Longer expressions are told apart by their beginnings: no unit has such a name."""


@dataclass(slots=True)
class Expression:
    """A distinct unit expression of a draft, and where it occurs."""

    text: str
    also: str | None
    collective: bool
    open: bool
    tasks: int = 0
    roles: dict[str, int] = field(default_factory=dict)
    locator: str = ""
    """Where it stands first."""


def expressions(bodies: Iterable[Mapping[str, Any]]) -> dict[str, Expression]:
    """Every distinct expression in the order of first occurrence."""
    found: dict[str, Expression] = {}
    for body in bodies:
        seen: set[str] = set()
        for unit in body["units"]:
            text = unit["text"]
            one = found.get(text)
            if one is None:
                one = found[text] = Expression(
                    text, unit.get("also"), unit["collective"], unit["open"], locator=place_of_units(body)
                )
            one.roles[unit["role"]] = one.roles.get(unit["role"], 0) + 1
            if text not in seen:
                one.tasks += 1
                seen.add(text)
    return found


def place_of_units(body: Mapping[str, Any]) -> str:
    """The locator of a task's unit cell or unit note, else of the task."""
    pieces = body.get("source", {}).get("units") or [{"locator": body["locator"]}]
    return str(pieces[0]["locator"])


@dataclass(frozen=True, slots=True)
class Choice:
    unit_ids: tuple[int, ...]
    how: str
    """`picked`, `created`, `alias`, `members`, `nobody`."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    expression: Expression
    unit_ids: tuple[int, ...]
    """Units it stands for; what is only proposed stands in `proposed`."""
    how: str
    """`name`, `alias`, `plate`, `two_names`, `place`, `rule`, the `how` of a choice, or `none` where a person must say."""
    proposed: tuple[int, ...] = ()
    """Members of a collective by its words; or the units that may be meant, best first."""
    likely: int | None = None
    """The one unit that is surely meant, where there is exactly one: see `_likely`."""
    note: str = ""
    chosen: bool = False
    """Whether a person said so for this draft."""
    why: tuple[Why, ...] = ()
    """What speaks for each unit that may be meant."""

    @property
    def settled(self) -> bool:
        return self.how != "none"

    @property
    def certain(self) -> bool:
        """Whether its proposal may be taken together with others, without a look at each."""
        if self.settled or self.expression.open:
            return False
        if self.expression.collective:
            return bool(self.proposed) and means_whole_kind(self.expression.text)
        return self.likely is not None

    @property
    def proposal(self) -> tuple[int, ...]:
        """The units that are bound to it where its proposal is taken."""
        if self.expression.collective:
            return self.proposed
        return (self.likely,) if self.likely is not None else ()

    @property
    def many(self) -> bool:
        return self.expression.collective or self.expression.open


def resolve(
    found: Iterable[Expression], directory: Directory, choices: Mapping[str, Choice], expand: Expand
) -> list[Resolved]:
    return [_resolve(one, directory, choices.get(one.text[:EXPRESSION_LENGTH]), expand) for one in found]


def _resolve(one: Expression, directory: Directory, choice: Choice | None, expand: Expand) -> Resolved:
    if choice is not None:
        living = tuple(number for number in choice.unit_ids if number in directory.entries)
        if living or choice.how == "nobody":
            proposed = expand(one.text)[1] if one.collective and not one.open else ()
            return Resolved(one, living, choice.how, proposed, note=choice.note, chosen=True)
    if one.open:
        return Resolved(one, (), "none", expand(one.text)[1] if one.collective else ())
    if one.collective:
        confirmed, members = expand(one.text)
        return Resolved(one, members, "rule", members) if confirmed and members else Resolved(one, (), "none", members)
    known = match(one.text, directory, also=one.also)
    if known.unit_id is not None:
        return Resolved(one, (known.unit_id,), known.how)
    return Resolved(one, (), "none", tuple(known.suggestions), _likely(known), why=known.why)


def _likely(found: Match) -> int | None:
    """The one candidate by the prefix filled in, else by the family of names, else what the one body of the past became."""
    for reason in ("prefix", "family", "former"):
        same = [why.unit_id for why in found.why if why.reason == reason]
        if same:
            return same[0] if len(same) == 1 else None
    return None
