"""A draft of a scheme from the workbook in which it is printed."""

from __future__ import annotations

from datetime import datetime

import structlog
from flask_babel import gettext as _

from imports.apart import Fault
from imports.problems import UnreadableDocument
from tracker.accounts.roles import Viewer
from tracker.assessment.models import Scheme
from tracker.assessment.printed.found import Read
from tracker.assessment.printed.reading import read_printed
from tracker.assessment.printed.settings import with_usual
from tracker.assessment.printed.tables import tables_and_text
from tracker.assessment.service.schemes import create_scheme
from tracker.audit.service import record
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError

log = structlog.get_logger()
MOST_DOUBTS = 50
"""So many doubts of a file are kept on record, so that they are there after the page that tells them is left."""


def import_scheme(
    data: bytes, file_name: str, *, name: str, plan_id: int | None, by: Viewer, at: datetime
) -> tuple[Scheme, Read]:
    """The draft, faults and all, and what was read of the file. Raises DomainError(field="file") where it cannot be read or
    holds no scheme; nothing is made then."""
    if not data:
        raise DomainError(_("请选择要导入的文件。"), field="file")
    read = _read(data, file_name)
    if read is None:
        raise DomainError(
            _(
                "没有找到考核表：表头要有“分值”，并有“指标”“考评内容”或“考核项目”之一；正文里的条目要编号并带分值，如“（一）组织领导（20分）”。可以先导出一份现有方案，照着填。"
            ),
            field="file",
        )
    body = with_usual(read.body)
    made = create_scheme(name=name, body=body, sources=read.sources, plan_id=plan_id, by=by, at=at)
    doubts = [f"{one.place} {one.text}" for one in read.noticed if one.is_doubt]
    said = "；".join(doubts[:MOST_DOUBTS]) + ("；……" if len(doubts) > MOST_DOUBTS else "")
    record(
        "从工作簿导入考核方案",
        by=by,
        at=at,
        subject=("scheme", made.id),
        detail={"文件名": file_name} | ({"请核对": said} if said else {}),
    )
    return made, read


def _read(data: bytes, file_name: str) -> Read | None:
    try:
        return read_printed(*tables_and_text(data, file_name))
    except Fault as fault:
        log.error("reading failed", file=file_name, trace=fault.trace)
        raise DomainError(unreadable(fault), field="file") from fault
    except UnreadableDocument as error:
        raise DomainError(unreadable(error), field="file") from error
