"""Which expressions that a person confirmed before a unit would come to stand for, if it were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.db import session
from tracker.drafts.models import UnitChoice
from tracker.units import queries as units
from tracker.units.collectives import members, proposed_kinds
from tracker.units.matching import normal
from tracker.units.models import Collective

Shape = tuple[int, int | None, str, str]
"""(id, parent id, kind, path), as `matching.members` takes a unit."""
_COMING = 0
"""Stands for the unit that is not there yet."""


@dataclass(frozen=True, slots=True)
class Joinable:
    """A confirmed expression whose words mean such a unit, too."""

    phrase: str
    members: tuple[int, ...]
    """Whom it stands for now."""
    by_itself: bool
    """Whether its rule takes the unit in as soon as it is there; else it is a list of units."""
    collective: bool
    """Whether the directory remembers it; else it was said for this document alone."""


def joinable(draft_id: int | None, kind: str, parent_id: int, *, day: date) -> list[Joinable]:
    """What is confirmed in the directory, and for this draft. Four statements at most."""
    tree = units.tree(day)
    parent = next((unit for unit in tree if unit.id == parent_id), None)
    if parent is None:
        return []
    shape: list[Shape] = [(unit.id, unit.parent_id, unit.kind, unit.path) for unit in tree]
    coming: Shape = (_COMING, parent.id, kind, f"{parent.path}{_COMING}/")
    top = tree[0].id
    found: dict[str, Joinable] = {}
    for row in session.scalars(select(Collective).order_by(Collective.id)):
        by_itself = _COMING in members(row.rule, [coming])
        if by_itself or _means(row.phrase, coming, top):
            found[row.normal_phrase] = Joinable(row.phrase, members(row.rule, shape), by_itself, True)
    for text, unit_ids in _chosen(draft_id).items() if draft_id is not None else ():
        if normal(text) not in found and _means(text, coming, top):
            found[normal(text)] = Joinable(text, unit_ids, False, False)
    return list(found.values())


def _means(phrase: str, coming: Shape, top: int) -> bool:
    """Whether the words of an expression mean such a unit."""
    kinds = proposed_kinds(phrase)
    return bool(kinds) and _COMING in members({"below": top, "kinds": list(kinds)}, [coming])


def _chosen(draft_id: int) -> Mapping[str, tuple[int, ...]]:
    statement = select(UnitChoice).where(UnitChoice.draft_id == draft_id, UnitChoice.how == "members")
    return {row.expression: tuple(row.unit_ids) for row in session.scalars(statement.order_by(UnitChoice.id))}
