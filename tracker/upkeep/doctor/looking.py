"""The controls in their order. A control that itself fails is a fault, and the others are looked at all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError

from tracker.db import session
from tracker.upkeep.doctor import database, files, settings, trial, work
from tracker.upkeep.doctor.finding import Finding, State
from tracker.upkeep.place import cause_of

Control = Callable[[], Iterator[Finding]]


def look(*, now: datetime, thorough: bool) -> Iterator[Finding]:
    """What every control finds. `thorough` reads all that is kept, and tries writing; nothing stays changed."""
    yield from settings.settings()
    yield from settings.secret_key()
    reached = list(_careful("database", database.migrations))
    yield from reached
    yield from _careful("disk", files.disk)
    if any(one.state is State.FAULT for one in reached):
        yield Finding("skipped", State.WARNING, _("数据库没有就绪，其余各项没有核对。"))
        return
    for name, control in _controls(now, thorough=thorough):
        yield from _careful(name, control)
        session.rollback()


def _controls(now: datetime, *, thorough: bool) -> Iterator[tuple[str, Control]]:
    yield "durability", lambda: database.safety(thorough=thorough)
    yield "audit", database.audit
    yield "storage", lambda: files.store(thorough=thorough)
    yield "calendar", lambda: work.calendar(now)
    yield "jobs", lambda: work.jobs(now)
    yield "administrator", lambda: work.administrators(now)
    yield "demonstration", work.demonstration
    yield "helpers", files.helpers
    if thorough:
        yield "write", trial.writing
        yield "import", trial.reading
        yield "scores", trial.scores


def _careful(name: str, control: Control) -> Iterator[Finding]:
    try:
        yield from list(control())
    except DBAPIError as error:
        yield Finding(
            name, State.FAULT, _("数据库没有回答：%(cause)s", cause=cause_of(error)),
            _("核对 DATABASE_URL，看数据库是否在运行。"),
        )  # fmt: skip
    except OSError as error:
        yield Finding(name, State.FAULT, _("读不到：%(cause)s", cause=str(error)), _("核对文件夹的属主和权限。"))
