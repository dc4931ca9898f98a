"""Schemes as pages and commands need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.assessment.models import Scheme
from tracker.db import session
from tracker.errors import NotFound


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


def get_scheme(scheme_id: int) -> Scheme:
    scheme = session.get(Scheme, scheme_id)
    if scheme is None:
        raise NotFound
    return scheme


def scheme_row(scheme_id: int) -> SchemeRow:
    return _row(get_scheme(scheme_id))


def schemes(*, state: str = "") -> list[SchemeRow]:
    """Newest version first within a name."""
    statement = select(Scheme).order_by(Scheme.name, Scheme.version_no.desc())
    if state:
        statement = statement.where(Scheme.state == state)
    return [_row(scheme) for scheme in session.scalars(statement)]


def scheme_named(name: str) -> SchemeRow | None:
    """The version in use of that name; else its newest draft."""
    statement = (
        select(Scheme)
        .where(Scheme.name == name, Scheme.state != "retired")
        .order_by(Scheme.state.desc(), Scheme.version_no.desc())
        .limit(1)
    )
    scheme = session.scalar(statement)
    return _row(scheme) if scheme else None
