"""Trying it out (自检): writing and taking back, reading a document, recomputing the newest scores."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from imports.pipeline import understand
from imports.problems import UnreadableDocument
from imports.readers import read_document
from tracker.assessment.models import Run
from tracker.assessment.queries.recheck import agrees
from tracker.db import db, session
from tracker.upkeep.doctor.finding import Finding, State
from tracker.upkeep.place import cause_of

DOCUMENT = """一、稳定运行
1.每月核对一次登记台账，6月底前完成全部整改。
牵头单位：市财政局
责任单位：各县区政府
"""
"""One task with two units and a deadline, in the words of a printed breakdown."""


def writing() -> Iterator[Finding]:
    """Changes a row to what it is and rolls back; puts a file beside the stored ones and takes it away."""
    try:
        with db.engine.connect() as connection:
            trial = connection.begin()
            connection.execute(text("UPDATE audit_head SET seq = seq"))
            trial.rollback()
    except DBAPIError as error:
        yield Finding(
            "write-database", State.FAULT, _("数据库不能写入：%(cause)s", cause=cause_of(error)),
            _("核对数据库文件的属主和权限，或数据库用户的权限。"),
        )  # fmt: skip
    else:
        yield Finding("write-database", State.OK, _("数据库可以写入。"))
    yield _folder(Path(str(current_app.config["STORAGE_DIR"])))


def _folder(folder: Path) -> Finding:
    near = next(one for one in (folder, *folder.absolute().parents) if one.is_dir())
    try:
        with tempfile.NamedTemporaryFile(dir=near, prefix="self-check-") as file:
            file.write(b"self-check")
            file.flush()
    except OSError as error:
        return Finding(
            "write-storage", State.FAULT,
            _("文件夹 %(folder)s 不能写入（%(cause)s）。", folder=str(near), cause=error.strerror or ""),
            _("把它交给运行服务的用户。"),
        )  # fmt: skip
    return Finding("write-storage", State.OK, _("文件可以存入。"))


def reading() -> Iterator[Finding]:
    """Reads a small document as an import would."""
    try:
        draft = understand(read_document(DOCUMENT.encode("utf-8"), "自检.txt"), year=2026)
    except UnreadableDocument as error:
        yield Finding(
            "import", State.FAULT, _("导入程序读不出自检文件：%(cause)s", cause=str(error)), _("请重新安装程序。")
        )
        return
    found = [(len(task.units), len(task.deadlines)) for task in draft.tasks]
    if len(found) == 1 and found[0][0] == 2 and found[0][1] >= 1:
        yield Finding("import", State.OK, _("导入程序正常。"))
    else:
        yield Finding("import", State.FAULT, _("导入程序读出的内容不对。"), _("请重新安装程序。"))


def scores() -> Iterator[Finding]:
    """Recomputes the newest run from its frozen inputs."""
    newest = session.scalar(select(Run.id).order_by(Run.id.desc()).limit(1))
    if newest is None:
        yield Finding("scores", State.OK, _("还没有评分。"))
    elif agrees(newest):
        yield Finding("scores", State.OK, _("第 %(n)s 次评分复算一致。", n=newest))
    else:
        yield Finding(
            "scores", State.FAULT, _("第 %(n)s 次评分复算与存档不一致。", n=newest), _("保全数据库，与备份核对。")
        )
