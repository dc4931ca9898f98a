"""Kits that come back: each file is kept as it was received, with what was filled in or why it is refused."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from imports.problems import UnreadableDocument
from tracker import clock, storage
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.outbox.models import Job
from tracker.outbox.service import enqueue
from tracker.progress.apart import Sent, look_into_apart, unpacked_apart
from tracker.progress.kits.reading import answer_in
from tracker.progress.kits.refusals import Refusal, Refused
from tracker.progress.kits.returned import Said, said_in
from tracker.progress.kits.sealing import Given, Head, opened
from tracker.progress.labels_kits import refusal_words
from tracker.progress.models import Kit, ReturnedKit
from tracker.progress.queries.kits import is_inside, leads, merged_reports
from tracker.units.queries import heirs
from tracker.web.downloads import bare_name
from tracker.web.seals import place_mark, secret

JOB_RECEIVE = "progress.kits_back"


@dataclass(frozen=True, slots=True)
class Looked:
    """A file and what its cells say, or why it cannot be read."""

    sent: Sent
    cells: dict[str, Any] = field(default_factory=dict)
    refusal: Refusal | str | None = None
    """Words in jobs that began before refusals were kept without them."""


def opened_files(uploads: Sequence[tuple[bytes, str]]) -> list[Sent]:
    """The files that were sent, those of archives one by one; an archive that cannot be opened stands for itself, and so
    does an empty one."""
    found: list[Sent] = []
    for data, name in uploads:
        try:
            found += unpacked_apart(data, name) or [Sent(name, data, Refusal("empty"))]
        except UnreadableDocument as error:
            locked = error.problem.code == "encrypted"
            found.append(Sent(name, data, Refusal("locked") if locked else unread(error)))
    return found


def look(sent: Sent) -> Looked:
    """Reads a file in a process apart; before the turn to write is taken, so that nobody waits for it."""
    if sent.refused:
        return Looked(sent, refusal=sent.refused)
    try:
        return Looked(sent, look_into_apart(sent.data, sent.name))
    except UnreadableDocument as error:
        return Looked(sent, refusal=unread(error))


def unread(error: UnreadableDocument) -> Refusal:
    return Refusal(error.problem.code, error.problem.params, unread=True)


def keep(looked: Sequence[Looked], *, through: str, by: Viewer, at: datetime) -> list[ReturnedKit]:
    """Keeps files that were sent together, each with its verdict. Nothing is written into any draft yet."""
    batch = secrets.token_hex(16)
    return [_keep(one, batch, place, through, by, at) for place, one in enumerate(looked)]


def _keep(looked: Looked, batch: str, place: int, through: str, by: Viewer, at: datetime) -> ReturnedKit:
    sent = looked.sent
    held = ReturnedKit(
        batch=batch, place=place, through=through, file_name=bare_name(sent.name)[-255:], state="refused", reason="",
        file_key=storage.save_bytes(sent.data).key if sent.data else "", said={}, by_id=by.person_id, at=at,
    )  # fmt: skip
    refusal = looked.refusal
    if refusal is None:
        try:
            kit, unit_id, head, given = _known(looked, through, by)
            held.kit_id, held.unit_id = kit.id, unit_id
            said = _said(looked, head, given)
            held.state = "waiting"
            held.said = _counted(held, said, at).kept()
            _replace(held, by, at)
        except Refused as refused:
            refusal = refused.refusal
    if refusal is not None:
        held.state = "refused"
        held.reason = refusal if isinstance(refusal, str) else refusal.code
        held.said = {} if isinstance(refusal, str) else {"refusal": refusal.kept()}
    session.add(held)
    session.flush()
    why = {} if refusal is None else {"理由": refusal_words(refusal)}
    detail = {"文件名": held.file_name, "SHA-256": held.file_key, **why}
    record("拒收填报包" if held.reason else "收到填报包", by=by, at=at, subject=("returned_kit", held.id),
           unit_id=held.unit_id, detail=detail)  # fmt: skip
    return held


def _known(looked: Looked, through: str, by: Viewer) -> tuple[Kit, int, Head, list[Given]]:
    """With the unit that owes its reports today: where its own has ended, the one that came after it. Raises Refused where
    it is no kit that this person may bring back."""
    if not looked.cells["workbook"]:
        raise Refused("no-workbook")
    head, given = opened(looked.cells["seal"], place=place_mark(), secret=secret())
    kit = session.scalar(select(Kit).where(Kit.public_id == head.kit))
    if kit is None:
        raise Refused("unknown", unit=head.unit)
    unit_id = heirs().get(kit.unit_id, kit.unit_id)
    if not (is_inside if through == "unit" else leads)(by, unit_id):
        raise Refused("other-unit", unit=head.unit)
    return kit, unit_id, head, given


def _said(looked: Looked, head: Head, given: Sequence[Given]) -> Said:
    """Raises Refused where it is not as it was given out, or nothing was filled in."""
    said = said_in(head, given, answer_in(looked.cells["tables"], head, given))
    said = replace(said, notes=[tuple(one) for one in looked.cells["notes"]])
    if not (said.rows or said.added or said.missing or said.beside or said.notes):
        raise Refused("nothing")
    return said


def _counted(held: ReturnedKit, said: Said, at: datetime) -> Said:
    reports = merged_reports(held, said, today=clock.day_of(at))
    counts: Counter[str] = Counter(cell.state for one in reports if not one.barred for cell in one.cells)
    return replace(said, counts={**counts, "barred": sum(bool(one.barred) for one in reports)})


def _replace(held: ReturnedKit, by: Viewer, at: datetime) -> None:
    """The very same file, sent once more by the same side, takes the place of the one that waits."""
    same = select(ReturnedKit).where(
        ReturnedKit.kit_id == held.kit_id, ReturnedKit.file_key == held.file_key,
        ReturnedKit.through == held.through, ReturnedKit.state == "waiting",
    )  # fmt: skip
    for one in session.scalars(same.order_by(ReturnedKit.id).with_for_update()):
        one.state, one.settled_by, one.settled_at = "dropped", by.person_id, at
        one.said = {**one.said, "replaced": True}


def start_receiving(sent: Sequence[Sent], *, through: str, locale: str, by: Viewer, at: datetime) -> Job:
    """Has many files read by a job; they are kept already."""
    batch = secrets.token_hex(16)
    files = [[one.name, storage.save_bytes(one.data).key if one.data else "", _kept(one.refused)] for one in sent]
    payload = {"files": files, "batch": batch, "through": through, "locale": locale, "at": at.isoformat()}
    return enqueue(JOB_RECEIVE, payload, key=f"{JOB_RECEIVE}:{batch}", by=by, at=at)


def _kept(refused: Refusal | str | None) -> dict[str, Any] | str | None:
    return refused.kept() if isinstance(refused, Refusal) else refused


def receive_waiting(looked: Looked, place: int, said: dict[str, Any], *, by: Viewer, at: datetime) -> None:
    """Keeps one file of a job; done twice it does nothing."""
    there = select(ReturnedKit.id).where(ReturnedKit.batch == said["batch"], ReturnedKit.place == place)
    if session.scalar(there) is None:
        _keep(looked, said["batch"], place, said["through"], by, at)
