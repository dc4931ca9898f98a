"""Schemes as pages and commands need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select, true

from tracker.accounts.models import Person
from tracker.accounts.roles import WHOLE_VIEW, Viewer
from tracker.assessment.binding import nodes
from tracker.assessment.models import Scheme, ScoredFact
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.models import Plan
from tracker.plans.queries import plans_of
from tracker.units.queries import visible_to


@dataclass(frozen=True, slots=True)
class SchemeRow:
    id: int
    series_id: int
    name: str
    version_no: int
    plan_id: int | None
    state: str
    body: dict[str, Any]
    sources: dict[str, Any]
    reason: str
    created_at: datetime
    adopted_at: datetime | None
    version: int


def _row(scheme: Scheme) -> SchemeRow:
    return SchemeRow(
        scheme.id, scheme.series_id or scheme.id, scheme.name, scheme.version_no, scheme.plan_id, scheme.state,
        scheme.body, scheme.sources, scheme.reason, scheme.created_at, scheme.adopted_at, scheme.version,
    )  # fmt: skip


def schemes_of(viewer: Viewer | None) -> ColumnElement[bool]:
    """A condition on Scheme: the viewer may know of it. Who sees everything sees all; others those of their plans.
    Without a viewer (commands, jobs): every one."""
    if viewer is None or visible_to(viewer, *WHOLE_VIEW) is None:
        return true()
    return Scheme.plan_id.in_(select(Plan.id).where(plans_of(viewer)))


def get_scheme(scheme_id: int, viewer: Viewer | None = None) -> Scheme:
    """Raises NotFound where there is none or the viewer may not know of it."""
    scheme = session.scalar(select(Scheme).where(Scheme.id == scheme_id, schemes_of(viewer)))
    if scheme is None:
        raise NotFound
    return scheme


def scheme_row(scheme_id: int, viewer: Viewer | None = None) -> SchemeRow:
    return _row(get_scheme(scheme_id, viewer))


@dataclass(frozen=True, slots=True)
class SchemeListRow:
    """One version in a list: without its body, which may be long."""

    id: int
    series_id: int
    name: str
    version_no: int
    state: str
    plan_id: int | None
    plan: str | None
    reason: str
    created_by: str
    created_at: datetime
    adopted_at: datetime | None


def scheme_list(viewer: Viewer, *, state: str = "", series_id: int | None = None) -> list[SchemeListRow]:
    """Newest version first within a name."""
    statement = (
        select(
            Scheme.id, func.coalesce(Scheme.series_id, Scheme.id), Scheme.name, Scheme.version_no, Scheme.state,
            Scheme.plan_id, Plan.name, Scheme.reason, Person.name, Scheme.created_at, Scheme.adopted_at,
        )
        .join(Person, Person.id == Scheme.created_by)
        .outerjoin(Plan, Plan.id == Scheme.plan_id)
        .where(schemes_of(viewer))
        .order_by(Scheme.name, Scheme.version_no.desc(), Scheme.id)
    )  # fmt: skip
    if state:
        statement = statement.where(Scheme.state == state)
    if series_id is not None:
        statement = statement.where(Scheme.series_id == series_id)
    return [SchemeListRow(*row) for row in session.execute(statement)]


def in_use_beside(scheme: SchemeRow, viewer: Viewer) -> SchemeRow | None:
    """The version in use of the same scheme, where this is another."""
    others = scheme_list(viewer, state="in_use", series_id=scheme.series_id)
    return next((scheme_row(one.id, viewer) for one in others if one.id != scheme.id), None)


def used_keys(series_id: int) -> set[str]:
    """Keys that indicators of any version have, or that facts name: none of them may come to mean another indicator."""
    versions = session.scalars(select(Scheme.body).where(Scheme.series_id == series_id))
    keys = {str(node.get("key", "")) for body in versions for node, _ in nodes(body.get("indicators") or {})}
    facts = select(ScoredFact.indicator).where(ScoredFact.series_id == series_id, ScoredFact.indicator.is_not(None))
    return keys | {str(key) for key in session.scalars(facts.distinct())}


def indicator_names(series_id: int) -> dict[str, str]:
    """Names of the indicators of all versions by key, the newest name of each."""
    versions = session.scalars(
        select(Scheme.body).where(Scheme.series_id == series_id).order_by(Scheme.version_no, Scheme.id)
    )
    return {
        str(node.get("key", "")): str(node.get("name", ""))
        for body in versions
        for node, _ in nodes(body.get("indicators") or {})
    }


def schemes(viewer: Viewer | None = None, *, state: str = "") -> list[SchemeRow]:
    """Newest version first within a name."""
    statement = select(Scheme).where(schemes_of(viewer)).order_by(Scheme.name, Scheme.version_no.desc())
    if state:
        statement = statement.where(Scheme.state == state)
    return [_row(scheme) for scheme in session.scalars(statement)]


def scheme_named(name: str) -> SchemeRow | None:
    """The version in use of that name; else its newest draft."""
    statement = (
        select(Scheme)
        .where(Scheme.name == name, Scheme.state != "retired")
        .order_by(case((Scheme.state == "in_use", 0), else_=1), Scheme.version_no.desc())
        .limit(1)
    )
    scheme = session.scalar(statement)
    return _row(scheme) if scheme else None
