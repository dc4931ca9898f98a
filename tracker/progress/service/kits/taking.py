"""Taking in what was filled in (采纳): into drafts of reports, never further. Somebody of the unit hands them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.kits.cells import content_of
from tracker.progress.kits.merging import Side, settled_by, taken
from tracker.progress.kits.returned import Done
from tracker.progress.models import ReturnedKit
from tracker.progress.queries.kits import Merged, ReturnedView, is_handed_on, is_inside, may_see, returned_view
from tracker.progress.service.acting import hold_obligation, lock_obligations
from tracker.progress.service.drafting import latest, written
from tracker.progress.workflow import REPORTER
from tracker.web.locale import counted as _n


@dataclass(frozen=True, slots=True)
class Choices:
    seen: str
    """What the page showed: see `ReturnedView.mark`."""
    sides: Mapping[str, Side] = field(default_factory=dict)
    """Of conflicts, by `Cell.name`."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    reports: int
    """Drafts that were written."""
    waiting: int
    """Conflicts that the unit has still to decide."""


def take_kit(returned_id: int, choices: Choices, *, by: Viewer, at: datetime) -> TakenIn:
    """Writes what only the kit has changed, and what was chosen of the rest.

    Only the unit decides conflicts: from outside they stay waiting for it. Raises DomainError where one is not decided,
    Conflict where something has changed since the page was made.
    """
    held = _waiting(returned_id, by)
    lock_obligations([row["id"] for row in held.said["rows"]])
    view = returned_view(returned_id, by, today=clock.day_of(at))
    if view.mark != choices.seen:
        raise Conflict(_("草稿在这期间又有改动，没有写入。下面已按最新内容重新比对，请核对后再确认。"))
    undecided = [cell for _one, cell in view.conflicts if cell.name not in choices.sides]
    if view.inside and undecided:
        raise DomainError(_n("还有 %(n)s 处两边都改过，请逐处选择用哪一个。", len(undecided)))
    sides = choices.sides if view.inside else {}
    reports = sum(_write(one, sides, inside=view.inside, by=by, at=at) for one in view.writable)
    _settle(held, view, sides, by, at)
    record("采纳填报包", by=by, at=at, subject=("returned_kit", held.id), unit_id=held.unit_id,
           detail={"文件名": held.file_name, "报送": reports, "两处都改": len(view.conflicts)})  # fmt: skip
    return TakenIn(reports, 0 if view.inside else len(view.conflicts))


def _write(one: Merged, sides: Mapping[str, Side], *, inside: bool, by: Viewer, at: datetime) -> bool:
    """Whether a draft was written."""
    result = taken(one.ours, one.cells, sides)
    if result == one.ours:
        return False
    as_said = all(result.get(cell.key) == cell.theirs for cell in one.cells)
    content = content_of(result, unchanged=one.unchanged and as_said)
    held = hold_obligation(one.said.id, by)
    if not inside:  # what a unit sent to its lead office is written for the unit
        if Role.LEAD_OFFICE.value not in held.roles:
            raise NotFound
        held = replace(held, roles=held.roles | {REPORTER})
    now = latest(one.said.id)
    try:
        written(held, content, now.version if now is not None and now.state == "draft" else 0, "", by, at)
    except DomainError as error:
        raise DomainError(_("“%(name)s”没有写入：%(why)s", name=one.said.name, why=error.message)) from error
    session.flush()
    return True


def _settle(held: ReturnedKit, view: ReturnedView, sides: Mapping[str, Side], by: Viewer, at: datetime) -> None:
    decided = {
        str(one.said.id): settled_by(cell for cell in one.cells if view.inside or cell.state != "conflict")
        for one in view.writable
    }
    done = [
        Done(
            one.said.id,
            cell.key,
            cell.ours,
            cell.theirs,
            taken(one.ours, [cell], sides)[cell.key],
            cell.state == "conflict",
        )
        for one, cell in [*view.taken, *(view.conflicts if view.inside else ())]
    ]
    held.said = replace(view.said, sides=sides, settled=decided, done=[*(view.said.done or ()), *done]).kept()
    held.settled_by, held.settled_at = by.person_id, at
    if view.inside or not view.conflicts:
        held.state = "taken"
    session.flush()


def drop_kit(returned_id: int, *, by: Viewer, at: datetime) -> None:
    """Puts away a kit that waits; the file stays, and no draft changes."""
    held = _waiting(returned_id, by)
    held.state, held.settled_by, held.settled_at = "dropped", by.person_id, at
    session.flush()
    record("放弃填报包", by=by, at=at, subject=("returned_kit", held.id), unit_id=held.unit_id,
           detail={"文件名": held.file_name})  # fmt: skip


def _waiting(returned_id: int, by: Viewer) -> ReturnedKit:
    """The kit, held for this transaction. Raises NotFound, or DomainError where it was settled meanwhile."""
    statement = select(ReturnedKit).where(ReturnedKit.id == returned_id).with_for_update()
    held = session.scalar(statement.execution_options(populate_existing=True))
    if held is None or not may_see(held, by):
        raise NotFound
    if held.state != "waiting":
        raise DomainError(_("这份填报包已经采纳或放弃，没有重复写入。"))
    if is_handed_on(held) and not (held.unit_id and is_inside(by, held.unit_id)):
        raise DomainError(_("这份填报包已交给单位，由单位填报人选择。"))
    return held
