"""Long work of the room: writing a large report into a file that is kept for the person."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, cast

from flask import current_app
from flask_babel import force_locale, gettext as _

from reports.workbook import write_workbook
from tracker import clock, storage
from tracker.accounts.queries import viewer_for
from tracker.desk.queries.exports import Asked, Reader, make, translate
from tracker.desk.service import EXPORT
from tracker.outbox.context import JobContext
from tracker.outbox.registry import handles


@handles(EXPORT)
def export(context: JobContext) -> dict[str, Any]:
    """With the rights the person has now, not those they had when they asked."""
    assert context.created_by is not None
    at = clock.now()
    today = clock.day_of(at)
    asked = Asked(**context.payload["asked"])
    with cast(AbstractContextManager[None], force_locale(context.payload["locale"])):
        reader = Reader(viewer_for(context.created_by, today=today), today, at, context.payload["base"])
        made = make(asked, reader)
        with tempfile.TemporaryFile() as file:
            write_workbook(
                made.sheets, file, properties=made.properties, translate=translate, on_rows=_teller(context, made.count)
            )
            size = file.tell()
            kept = storage.save(file)
        text = _("已导出“%(name)s”（%(size)s KB）。", name=made.file_name, size=f"{size // 1024 + 1:,}")
    return {"file": kept.key, "name": made.file_name, "text": text}


def _teller(context: JobContext, expected: int) -> Callable[[int, int | None], None]:
    """Tells of the progress in a context of its own: the rows still stream through this one's transaction."""

    def tell(done: int, total: int | None) -> None:
        with current_app.app_context():
            context.tell(done, max(done, total or expected))

    return tell
