"""Scopes that are whole branches (分支) of the tree: a county's people see everything below their county, and so may read
the counts that are kept by branch, where counting their thousands of obligations would take a second."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.progress.models import Obligation, ObligationSummary, Return
from tracker.progress.queries.scope import SEEING
from tracker.units.models import Unit
from tracker.units.queries import root_id
from tracker.web.kept import settled


def branches(viewer: Viewer, *roles: Role) -> tuple[int, ...] | None:
    """The branches that the viewer's scope by these roles consists of; None where it is something else."""
    return settled(("branches", viewer.grants, roles), lambda: _branches(viewer, *roles))


def _branches(viewer: Viewer, *roles: Role) -> tuple[int, ...] | None:
    granted = viewer.units(*(roles or SEEING))
    rows = session.execute(
        select(Unit.id, Unit.parent_id, Unit.path).where(Unit.id.in_(granted)).order_by(Unit.id)
    ).all()
    topmost = [row for row in rows if not any(f"/{other}/" in row.path for other in granted if other != row.id)]
    root = root_id()
    if not topmost or root is None or any(row.parent_id != root for row in topmost):
        return None
    return tuple(row.id for row in topmost)


def owed_in(ids: tuple[int, ...], today: date, soon: date) -> tuple[int, int, int]:
    """What the branches still have to report, as kept, without what lies before their own reviewers: past its date, due
    up to `soon`, and returned. Two statements."""
    kept = ObligationSummary
    counted = _thirds(kept, kept.n, today, soon).where(kept.branch_id.in_(ids))
    handed_in = (
        _thirds(Obligation, None, today, soon)
        .join(Return, Return.obligation_id == Obligation.id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(Return.state == "own_review", or_(*(Unit.path.contains(f"/{one}/") for one in ids)))
    )
    all_of_them, away = session.execute(counted).one(), session.execute(handed_in).one()
    overdue, due_soon, returned = (int(n or 0) - int(m or 0) for n, m in zip(all_of_them, away, strict=True))
    return overdue, due_soon, returned


def _thirds(table: Any, n: Any, today: date, soon: date) -> Select[Any]:
    """Past its date, due soon, returned, of what is to be reported by a unit; one of them may be in two."""

    def count(condition: ColumnElement[bool]) -> Any:
        return (func.count() if n is None else func.sum(n)).filter(condition)

    return (
        select(count(table.due_on < today), count(table.due_on >= today), count(table.state == "returned"))
        .select_from(table)
        .where(table.state.in_(("open", "returned")), or_(table.due_on <= soon, table.state == "returned"))
    )
