"""A typing page filled from a workbook, which is kept as the evidence of what is then saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import IO

import structlog
from flask_babel import gettext as _

from imports.apart import Fault
from imports.problems import UnreadableDocument
from tracker import storage
from tracker.accounts.roles import Viewer
from tracker.assessment.filling import Filled, Known, filled
from tracker.assessment.grid import Grid
from tracker.assessment.printed.tables import tables_of
from tracker.assessment.queries.entering import UnitFacts
from tracker.assessment.queries.facts import Workbook
from tracker.assessment.scoring.wording import N_
from tracker.audit.service import record
from tracker.clock import day_of
from tracker.drafts.wording import unreadable
from tracker.errors import DomainError
from tracker.progress.service.evidence import keep_file
from tracker.units.matching import Directory, match
from tracker.units.queries import directory, root_id

log = structlog.get_logger()


def fill(
    stream: IO[bytes], file_name: str, grids: Sequence[Grid], *, units: Sequence[UnitFacts], by: Viewer, at: datetime
) -> tuple[Filled, Workbook]:
    """What the workbook says for the units of a page. Raises DomainError(field="file") where it cannot be read, holds no such
    table, or may not be kept.

    It belongs to the place as a whole: it says something of many units, so that none of them may open it.
    """
    made = _read(stream, file_name, grids, units, directory(day_of(at)))
    if made is None:
        raise DomainError(_("没有找到结果表：表头要有“单位”，并有指标名称或“得分”。"), field="file")
    root = root_id() or 0
    stream.seek(0)
    kept = keep_file(stream, file_name, unit_id=root, by=by, at=at, field="file")
    record("上传评分佐证", by=by, at=at, subject=("evidence", kept.id), unit_id=root,
           detail={"文件": kept.name, "字节": kept.size, "SHA-256": kept.sha256})  # fmt: skip
    return made, Workbook(kept.id, kept.public_id, kept.name, kept.sha256)


def filled_again(
    workbook: Workbook, grids: Sequence[Grid], *, units: Sequence[UnitFacts], at: datetime
) -> Filled | None:
    """What a kept workbook says, for a page that is shown once more; None where that cannot be told any more."""
    try:
        return _read(BytesIO(storage.load(workbook.key)), workbook.name, grids, units, directory(day_of(at)))
    except (DomainError, FileNotFoundError):
        return None


def _read(
    stream: IO[bytes], file_name: str, grids: Sequence[Grid], units: Sequence[UnitFacts], names: Directory
) -> Filled | None:
    def known(name: str) -> Known:
        found = match(name, names)
        likely = names.entries[found.suggestions[0]].name if found.suggestions else ""
        return Known(found.unit_id, likely)

    marking = any(grid.kind == "mark" for grid in grids)
    closed = {one.unit_id: N_("本单位，回避") for one in units if one.own}
    if marking:
        closed |= {one.unit_id: N_("已回避") for one in units if one.recused}
    there = {one.unit_id: one.name for one in units}
    try:
        return filled(tables_of(stream.read(), file_name), grids, known=known, units=there, closed=closed)
    except Fault as fault:
        log.error("reading failed", file=file_name, trace=fault.trace)
        raise DomainError(unreadable(fault), field="file") from fault
    except UnreadableDocument as error:
        raise DomainError(unreadable(error), field="file") from error
