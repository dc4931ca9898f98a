"""Long work of the room: issuing a large plan, adopting a large edition of its document, many kits out and back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from tracker import clock, storage
from tracker.db import transaction
from tracker.outbox.context import JobContext
from tracker.outbox.registry import handles
from tracker.progress import service
from tracker.progress.kits.refusals import refusal_of
from tracker.progress.labels import issued_words, revised_words
from tracker.progress.queries.adopting import JOB_REVISION
from tracker.progress.queries.batch import owing
from tracker.progress.service import kits
from tracker.web.locale import counted as _n, speaking


@handles(service.JOB)
def issue(context: JobContext) -> dict[str, Any]:
    """Works the dates out, then writes all of them in one transaction; a second time it finds what the first one did.

    It may be cancelled until it writes: a plan is issued whole or not at all.
    """
    asked, by = context.payload, context.asker(today=clock.today())
    at = datetime.fromisoformat(asked["at"])
    href = f"/plans/{asked['plan']}"
    if service.issued_at(asked["plan"]) == at:
        return {"href": href, "text": _("计划已下发。")}
    due = service.reckon(asked["plan"], by=by, at=at, tell=lambda done, total: context.tell(done, 2 * total))
    context.tell(len(due), 2 * len(due))
    with transaction():
        done = service.issue_plan(asked["plan"], by=by, at=at, version=asked["version"], due=due)
    return {"href": href, "text": issued_words(done)}


@handles(JOB_REVISION)
def revise(context: JobContext) -> dict[str, Any]:
    """Compares the editions, then adopts in one transaction; a second time it finds what the first one did.

    It may be cancelled until it writes: an edition is adopted whole or not at all.
    """
    asked, by = context.payload, context.asker(today=clock.today())
    at, wishes = datetime.fromisoformat(asked["at"]), service.Wishes(**asked["wishes"])
    href = f"/plans/{asked['plan']}/editions"
    if service.adopted_at(asked["draft"], at):
        return {"href": href, "text": _("已采用修订稿。")}
    context.tell(0, 2)
    service.as_seen(asked["draft"], wishes, seen=asked["seen"], by=by, at=at)
    context.tell(1, 2)
    with transaction():
        done = service.adopt_revision(asked["draft"], wishes, seen=asked["seen"], by=by, at=at)
    return {"href": href, "text": revised_words(done)}


@handles(kits.JOB_GIVE)
def give_kits(context: JobContext) -> dict[str, Any]:
    """Writes a kit for each unit that has reports to make, each kept by itself, and one archive of them all. A second time
    it gives out new ones: those of a broken attempt reach nobody."""
    by, at = context.asker(today=clock.today()), datetime.fromisoformat(context.payload["at"])
    wanted = kits.wanted_of(context.payload["wanted"])
    with speaking(context.payload["locale"]), tempfile.TemporaryFile() as file:
        units = owing(by, wanted, inside=False)

        def made() -> Iterator[kits.Made]:
            for number, one in enumerate(kits.prepare_all(units, wanted, by=by, at=at)):
                context.tell(number, len(units))
                with transaction():
                    kits.give([one], by=by, at=at)
                yield one

        kits.write_archive(made(), file)
        text = _n("已导出 %(n)s 个单位的填报包。", len(units))
        return {"file": storage.save(file).key, "name": kits.archive_name(at), "text": text, "href": "/kits"}


@handles(kits.JOB_RECEIVE)
def receive_kits(context: JobContext) -> dict[str, Any]:
    """Looks into each file and keeps it with its verdict, each by itself; what is kept already is left."""
    by, said = context.asker(today=clock.today()), context.payload
    at = datetime.fromisoformat(said["at"])
    with speaking(said["locale"]):
        for place, (name, key, refused) in enumerate(said["files"]):
            context.tell(place, len(said["files"]))
            sent = kits.Sent(name, storage.load(key) if key else b"", refusal_of(refused) if refused else None)
            looked = kits.look(sent)
            with transaction():
                kits.receive_waiting(looked, place, said, by=by, at=at)
        text = _n("已收 %(n)s 个文件，请看每个文件的结果。", len(said["files"]))
    return {"href": f"/kits/batches/{said['batch']}", "text": text}
