"""What handing in reads and writes while everybody else waits for their turn to write: one statement to read by, two to
write by. By the session's objects the same takes the processor four times as long; the rules stand in `drafting`, for both.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, insert, select

from tracker.accounts.roles import Viewer
from tracker.db import session, table_of
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan
from tracker.prepared import Prepared
from tracker.progress.models import Obligation, Part, Return, ReturnText, ReviewSigner
from tracker.progress.service.acting import AssignmentSeen, ObligationSeen, Seen, lock_one, roles_over
from tracker.units.models import Unit

_ASSIGNMENT, _OBLIGATION, _UNIT, _PLAN = (table_of(model) for model in (Assignment, Obligation, Unit, Plan))
_OWNER = _UNIT.alias("owner")
_VERSION, _PART, _SIGNER = (table_of(model).c for model in (Return, Part, ReviewSigner))
_SEEN = Prepared(
    select(
        *(_ASSIGNMENT.c[name] for name in AssignmentSeen._fields),
        *(_OBLIGATION.c[name] for name in ObligationSeen._fields),
        _UNIT.c.path, _OWNER.c.path,
        exists().where(_VERSION.obligation_id == _OBLIGATION.c.id),
        exists().where(_PART.obligation_id == _OBLIGATION.c.id, _PART.state == "reported"),
        exists().where(_SIGNER.unit_id == _OBLIGATION.c.unit_id),
    )
    .join_from(_OBLIGATION, _ASSIGNMENT, _ASSIGNMENT.c.id == _OBLIGATION.c.assignment_id)
    .join(_UNIT, _UNIT.c.id == _ASSIGNMENT.c.unit_id)
    .join(_PLAN, _PLAN.c.id == _ASSIGNMENT.c.plan_id)
    .join(_OWNER, _OWNER.c.id == _PLAN.c.owner_unit_id)
    .where(_OBLIGATION.c.id == bindparam("wanted"))
)  # fmt: skip
_FIRST = len(AssignmentSeen._fields)
_SECOND = _FIRST + len(ObligationSeen._fields)


def see(obligation_id: int, by: Viewer) -> Seen:
    """Locks the assignment of an obligation. Raises NotFound where there is none, or the actor has no role for it."""
    session.flush()
    lock_one("obligation", obligation_id)
    rows = _SEEN.rows_on(session.connection(), wanted=obligation_id)
    if not rows:
        raise NotFound
    row = rows[0]
    path, owner, *there = row[_SECOND:]
    roles = roles_over(by, path, owner)
    if not roles:
        raise NotFound
    versions, parts, chain = map(bool, there)
    return Seen(AssignmentSeen._make(row[:_FIRST]), ObligationSeen._make(row[_FIRST:_SECOND]), path, roles,
                versions, parts, chain)  # fmt: skip


_VERSIONS, _TEXTS = insert(table_of(Return)).returning(_VERSION.id), insert(table_of(ReturnText))


def store(version: Return, text: ReturnText) -> None:
    """Writes a version with its text. One that is new stays outside the session: who goes on with it reads it again."""
    if version in session:
        session.flush()
        return
    connection = session.connection()
    text.return_id = version.id = connection.execute(_VERSIONS, _values(version)).scalar_one()
    connection.execute(_TEXTS, _values(text))


def _values(one: Return | ReturnText) -> dict[str, Any]:
    columns = one.__table__.c
    return {name: value for name, value in vars(one).items() if name in columns}
