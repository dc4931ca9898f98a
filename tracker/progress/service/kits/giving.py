"""Giving kits out: one for a unit, or one for each in an archive."""

from __future__ import annotations

import hashlib
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, BinaryIO

from flask_babel import gettext as _

from tracker import clock
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError
from tracker.outbox.models import Job
from tracker.outbox.service import enqueue
from tracker.progress.kits.sealing import TEMPLATE
from tracker.progress.models import Kit
from tracker.progress.queries.batch import OwedFilter, Owing
from tracker.progress.queries.kits import MOST_REPORTS, Made, made_kit

JOB_GIVE = "progress.kits"
AT_ONCE = 20
"""Kits that are written, or read, while the person waits: about a second."""
_MOMENT = (1980, 1, 1, 0, 0, 0)


def prepare(unit_id: int, wanted: OwedFilter, *, by: Viewer, at: datetime) -> Made:
    """Writes the workbook; only reads, and so comes before the turn to write is taken. Raises as `made_kit` does."""
    return made_kit(unit_id, by, wanted, public_id=secrets.token_hex(16), at=at)


def prepare_all(units: Iterable[Owing], wanted: OwedFilter, *, by: Viewer, at: datetime) -> Iterator[Made]:
    """A workbook for each unit; one that has handed everything in meanwhile needs none."""
    for unit in units:
        try:
            yield prepare(unit.unit_id, wanted, by=by, at=at)
        except DomainError as error:
            if unit.reports > MOST_REPORTS:
                raise DomainError(f"{unit.unit}：{error.message}", field=error.field) from error


def give(made: Iterable[Made], *, by: Viewer, at: datetime) -> None:
    """Keeps what was given out, so that it is known again."""
    for one in made:
        sha256 = hashlib.sha256(one.data).hexdigest()
        kit = Kit(
            public_id=one.public_id, unit_id=one.unit_id, template=TEMPLATE, sha256=sha256, reports=one.reports,
            made_by=by.person_id, made_at=at,
        )  # fmt: skip
        session.add(kit)
        session.flush()
        record("导出填报包", by=by, at=at, subject=("kit", kit.id), unit_id=one.unit_id,
               detail={"文件名": one.name, "SHA-256": sha256, "报送": one.reports})  # fmt: skip


def write_archive(made: Iterable[Made], target: BinaryIO) -> None:
    """All in one file, each under a name of its own, one after the other."""
    taken = set[str]()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # workbooks are packed already
        for one in made:
            stem, name, number = one.name.removesuffix(".xlsx"), one.name, 1
            while name.casefold() in taken:
                number += 1
                name = f"{stem} ({number}).xlsx"
            taken.add(name.casefold())
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), one.data)


def archive_name(at: datetime) -> str:
    return _("填报包-%(day)s.zip", day=clock.day_of(at).isoformat())


def start_giving(wanted: OwedFilter, *, locale: str, by: Viewer, at: datetime) -> Job:
    """Has the kits of many units written by a job."""
    due = wanted.due_before
    said = {**asdict(wanted), "due_before": due.isoformat() if due else None}
    payload = {"wanted": said, "locale": locale, "at": at.isoformat()}
    return enqueue(JOB_GIVE, payload, key=f"{JOB_GIVE}:{by.person_id}:{at.isoformat()}", by=by, at=at)


def wanted_of(said: dict[str, Any]) -> OwedFilter:
    """As a job keeps it."""
    due = said["due_before"]
    return OwedFilter(**{**said, "due_before": date.fromisoformat(due) if due else None})
