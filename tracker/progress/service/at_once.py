"""What handing in reads and writes while everybody else waits for their turn to write, by statements of the driver's own: by
the session's objects the same takes the processor four times as long. The rules stand in `drafting`, for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import bindparam, delete, exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import object_session

from tracker.accounts.roles import Viewer
from tracker.db import session, table_of
from tracker.errors import NotFound
from tracker.plans.models import Assignment, Plan, TaskTarget
from tracker.prepared import Beyond, Prepared, Transaction, Turn, adding, changing
from tracker.progress.models import Obligation, Part, Return, ReturnFigure, ReturnText, ReviewSigner
from tracker.progress.queries.of_obligation import of_accepted_before
from tracker.progress.service.acting import AssignmentSeen, ObligationSeen, Seen, lock_one, locking, roles_over
from tracker.units.models import Unit

_ASSIGNMENT, _OBLIGATION, _UNIT, _PLAN = (table_of(model) for model in (Assignment, Obligation, Unit, Plan))
_OWNER = _UNIT.alias("owner")
_VERSION, _TEXT, _FIGURE, _TARGET, _PART, _SIGNER = (
    table_of(model).c for model in (Return, ReturnText, ReturnFigure, TaskTarget, Part, ReviewSigner)
)
_SEEN = Prepared(
    select(
        *(_ASSIGNMENT.c[name] for name in AssignmentSeen._fields),
        *(_OBLIGATION.c[name] for name in ObligationSeen._fields),
        _UNIT.c.path, _OWNER.c.path, of_accepted_before("percent"),
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


_LOCK = Prepared(locking("obligation", nowait=True))
HELD_BY_ANOTHER = "55P03"
"""What PostgreSQL says of a row that it would have to wait for."""


class Draft(NamedTuple):
    """A version that is being written, with its text."""

    version: Return
    text: ReturnText


def see(obligation_id: int, by: Viewer, on: Turn | None = None) -> Seen:
    """Locks the assignment of an obligation, in the session's transaction or a turn beside it. Raises NotFound where there is
    none, or the actor has no role for it; Beyond `on` a turn that would have to wait for it."""
    if on is None:
        session.flush()
        lock_one("obligation", obligation_id)
    else:
        _take(on, obligation_id)
    rows = _SEEN.rows_on(on or session.connection(), wanted=obligation_id)
    if not rows:
        raise NotFound
    row = rows[0]
    path, owner, accepted, *there = row[_SECOND:]
    roles = roles_over(by, path, owner)
    if not roles:
        raise NotFound
    versions, parts, chain = map(bool, there)
    return Seen(AssignmentSeen._make(row[:_FIRST]), ObligationSeen._make(row[_FIRST:_SECOND]), path, roles,
                accepted or 0, versions, parts, chain)  # fmt: skip


def _take(turn: Turn, obligation_id: int) -> None:
    """`lock_one` of a turn, which does not wait: behind whoever has it others stand in line, for other tasks."""
    if turn.dialect.name == "sqlite":
        return
    try:
        _LOCK.rows_on(turn, wanted=obligation_id)
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") == HELD_BY_ANOTHER:
            raise Beyond from error
        raise


_NEWEST = Prepared(
    select(table_of(Return), table_of(ReturnText))
    .join_from(table_of(Return), table_of(ReturnText), _TEXT.return_id == _VERSION.id)
    .where(_VERSION.obligation_id == bindparam("wanted"))
    .order_by(_VERSION.version_no.desc())
    .limit(1)
)
_COLUMNS = len(_VERSION)


def newest_on(turn: Turn, obligation_id: int) -> Draft | None:
    """The newest version of an obligation's return, outside the session."""
    for row in _NEWEST.rows_on(turn, wanted=obligation_id):
        version, text = row[:_COLUMNS], row[_COLUMNS:]
        return Draft(
            Return(**dict(zip(_VERSION.keys(), version, strict=True))),
            ReturnText(**dict(zip(_TEXT.keys(), text, strict=True))),
        )
    return None


_ADD_VERSION, _ADD_TEXT = adding(table_of(Return), giving="id"), adding(table_of(ReturnText))
_ALL_VERSION, _ALL_TEXT = (
    {column.name: getattr(column.default, "arg", None) for column in columns} for columns in (_VERSION, _TEXT)
)
"""Every column, and what it begins with."""
_CHANGE_VERSION = changing(
    table_of(Return), [name for name in _ALL_VERSION if name not in {"id", "obligation_id", "version_no"}]
)
_CHANGE_TEXT = changing(table_of(ReturnText), [name for name in _ALL_TEXT if name != "return_id"])


def store(transaction: Transaction, version: Return, text: ReturnText) -> bool:
    """Writes a version with its text; whether it is new. One that is, or that was read in a turn beside the session, stays
    outside the session: who goes on with it reads it again."""
    known = object_session(version)
    if known is not None:
        known.flush()
        return False
    if "id" not in vars(version):
        ((number,),) = _ADD_VERSION.rows_on(transaction, **{**_ALL_VERSION, **vars(version)})
        text.return_id = version.id = number
        _ADD_TEXT.run_on(transaction, **{**_ALL_TEXT, **vars(text)})
        return True
    version.version += 1
    _CHANGE_VERSION.run_on(transaction, key=version.id, **vars(version))
    _CHANGE_TEXT.run_on(transaction, key=version.id, **vars(text))
    return False


_KNOWN = Prepared(select(_TARGET.id).where(_TARGET.task_id == bindparam("task")))
_NO_FIGURE = Prepared(
    delete(table_of(ReturnFigure)).where(_FIGURE.return_id == bindparam("of"), _FIGURE.target_id == bindparam("target"))
)
_ADD_FIGURE = adding(table_of(ReturnFigure))


def write_figures(
    transaction: Transaction,
    return_id: int,
    task_id: int,
    figures: Mapping[int, Decimal | None],
    *,
    is_new: bool = False,
) -> None:
    """Writes what is reported against targets of the task, for a version that may have figures already unless it `is_new`; one
    that is taken away stands no more."""
    if is_new:
        figures = {target: value for target, value in figures.items() if value is not None}
    if not figures:
        return
    known = {target for (target,) in _KNOWN.rows_on(transaction, task=task_id)}
    for target, value in sorted(figures.items()):
        if target in known:
            if not is_new:
                _NO_FIGURE.run_on(transaction, of=return_id, target=target)
            if value is not None:
                _ADD_FIGURE.run_on(transaction, return_id=return_id, target_id=target, value=value)
