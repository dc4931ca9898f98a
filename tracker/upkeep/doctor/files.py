"""Room on the disk, stored files, and what helps to read more kinds of document."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from flask import current_app
from flask_babel import gettext as _

from tracker import storage
from tracker.db import db
from tracker.upkeep.backup import spoken_of
from tracker.upkeep.doctor.finding import Finding, State

LITTLE, NOTHING = 2 << 30, 200 << 20
SOME = 50
"""Stored files whose content is read again in an ordinary look."""


def disk() -> Iterator[Finding]:
    folders = {current_app.config["INSTANCE_DIR"], Path(str(current_app.config["STORAGE_DIR"]))}
    if db.engine.dialect.name == "sqlite":
        folders.add(Path(str(db.engine.url.database)).parent)
    free = {folder: shutil.disk_usage(folder).free for folder in folders if folder.is_dir()}
    if not free:
        yield Finding("disk", State.NOTE, _("数据不在本机磁盘上，没有核对剩余空间。"))
        return
    folder, least = min(free.items(), key=lambda item: (item[1], str(item[0])))
    state = State.FAULT if least < NOTHING else State.WARNING if least < LITTLE else State.OK
    advice = "" if state is State.OK else _("清理磁盘或扩容；写满后什么都存不进去。")
    yield Finding("disk", state, _("%(folder)s 还剩 %(mb)s MB。", folder=str(folder), mb=f"{least >> 20:,}"), advice)


def store(*, thorough: bool) -> Iterator[Finding]:
    folder = Path(str(current_app.config["STORAGE_DIR"]))
    if folder.is_dir() and not os.access(folder, os.W_OK):
        yield Finding(
            "storage", State.FAULT, _("文件夹 %(folder)s 不能写入。", folder=str(folder)), _("把它交给运行服务的用户。")
        )
        return
    with db.engine.connect() as connection:
        spoken = spoken_of(connection)
    kept = list(storage.keys())
    missing = sorted(spoken - set(kept))
    looked = kept if thorough else list(islice(_spread(kept), SOME))
    damaged = [key for key in looked if not _is_sound(key)]
    if missing or damaged:
        yield Finding(
            "storage", State.FAULT,
            _("缺少 %(missing)s 个文件，%(damaged)s 个文件内容不符：%(first)s。",
              missing=len(missing), damaged=len(damaged), first=(missing + damaged)[0]),
            _("从备份的 files/ 里把这些文件放回原处。"),
        )  # fmt: skip
    else:
        yield Finding(
            "storage", State.OK, _("存有 %(n)s 个文件，抽查 %(looked)s 个内容相符。", n=len(kept), looked=len(looked))
        )


def _spread(keys: list[str]) -> Iterator[str]:
    """Some of all, evenly: keys are hashes, so every so many is as good as drawn by lot, and the same each time."""
    return iter(keys[:: max(1, len(keys) // SOME)])


def _is_sound(key: str) -> bool:
    sha = hashlib.sha256()
    for chunk in storage.stream(key):
        sha.update(chunk)
    return sha.hexdigest() == key


def helpers() -> Iterator[Finding]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    yield Finding(
        "converter", State.OK if office else State.NOTE,
        _("已装 LibreOffice：可转换旧格式文件。") if office else _("没有 LibreOffice：.doc、.wps 要另存为 .docx 再导入。"),
    )  # fmt: skip
    yield _fonts()


def _fonts() -> Finding:
    lister = shutil.which("fc-list")
    if lister and subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout.strip():  # noqa: S603 a fixed question
        return Finding("fonts", State.OK, _("服务器上有中文字体。"))
    return Finding(
        "fonts",
        State.NOTE,
        _("服务器上没有中文字体：页面和导出用的是各人电脑上的字体，不受影响；只影响服务器上截图、转换。"),
    )
