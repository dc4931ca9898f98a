"""Keeping files of evidence, and attaching them to the version of a return that is being written."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import IO, BinaryIO, cast

from flask_babel import gettext as _
from sqlalchemy import Select, delete, or_, select

from tracker import storage
from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.progress.evidence import LARGEST, MOST_FILES, RefusedFile, shown_name, sniff
from tracker.progress.models import Evidence, Return, ReturnEvidence
from tracker.progress.queries.files import arrived_from_below
from tracker.progress.service.acting import hold_obligation
from tracker.progress.service.drafting import writable
from tracker.progress.service.looking import scan


def keep_file(
    stream: IO[bytes], name: str | None, *, unit_id: int, by: Viewer, at: datetime, field: str = "files"
) -> Evidence:
    """Keeps a file of a unit; whoever calls says in the record what it is for. Raises DomainError(field) for one that may
    not be kept."""
    kept = _made(stream, name, unit_id=unit_id, by=by, at=at, field=field)
    session.add(kept)
    session.flush()
    return kept


def _made(stream: IO[bytes], name: str | None, *, unit_id: int, by: Viewer, at: datetime, field: str) -> Evidence:
    """A file that is stored, and not yet on record."""
    file = cast(BinaryIO, stream)
    try:
        kind = sniff(file)
        scan(file)
    except RefusedFile as refused:
        raise DomainError(refusal_words(refused.cause, name or ""), field=field) from refused
    stored = storage.save(file)
    return Evidence(
        public_id=secrets.token_hex(16), sha256=stored.sha256, size=stored.size, name=shown_name(name, kind),
        media_type=kind.media_type, unit_id=unit_id, uploaded_by=by.person_id, uploaded_at=at,
    )  # fmt: skip


def attach(
    obligation_id: int, *, stream: IO[bytes], name: str | None, editor: str = "", by: Viewer, at: datetime
) -> tuple[Evidence, Return]:
    """Keeps a file with the version that is being written; where there is none, one begins. The same file under the same
    name is there once, however often it is sent. Raises DomainError(field="files").

    The file is stored by its SHA-256 before the transaction ends: one that is not committed is only unused.
    """
    held = hold_obligation(obligation_id, by)
    version = writable(held, editor=editor, by=by, at=at)
    there = select(ReturnEvidence.evidence_id).where(ReturnEvidence.return_id == version.id)
    kept, is_new = keep_among(there, stream, name, unit_id=held.assignment.unit_id, by=by, at=at)
    if is_new:
        session.add(ReturnEvidence(return_id=version.id, evidence_id=kept.id))
        session.flush()
        record("上传佐证材料", by=by, at=at, subject=("obligation", obligation_id), unit_id=held.assignment.unit_id,
               detail={**said_of(kept), "版本": version.version_no})  # fmt: skip
    return kept, version


def keep_among(
    there: Select[tuple[int]], stream: IO[bytes], name: str | None, *, unit_id: int, by: Viewer, at: datetime
) -> tuple[Evidence, bool]:
    """A file kept for a report that has these by now, and whether it is new among them. Raises DomainError(field="files")."""
    kept = _made(stream, name, unit_id=unit_id, by=by, at=at, field="files")
    had = session.scalars(select(Evidence).where(Evidence.id.in_(there)).order_by(Evidence.id)).all()
    twin = next((one for one in had if (one.sha256, one.name) == (kept.sha256, kept.name)), None)
    if twin is not None:
        return twin, False
    if len(had) >= MOST_FILES:
        raise DomainError(_("一次报送最多附 %(n)s 个文件，请合并或打包后再传。", n=MOST_FILES), field="files")
    session.add(kept)
    session.flush()
    return kept, True


def said_of(kept: Evidence) -> dict[str, str | int]:
    """What the record says of a file that was sent."""
    return {"文件": kept.name, "字节": kept.size, "SHA-256": kept.sha256}


def reuse(obligation_id: int, public_id: str, *, by: Viewer, at: datetime) -> Return:
    """Puts a file that the unit has sent with any of its reports, or that reached it from below for this one, to the version
    that is being written; it is stored once.

    Raises NotFound for a file of another unit, DomainError where the version has as many as it may.
    """
    held = hold_obligation(obligation_id, by)
    version = writable(held, editor="", by=by, at=at)
    its_own = or_(Evidence.unit_id == held.assignment.unit_id, Evidence.id.in_(arrived_from_below(obligation_id)))
    kept = session.scalar(select(Evidence).where(Evidence.public_id == public_id, its_own))
    if kept is None:
        raise NotFound
    there = set(session.scalars(select(ReturnEvidence.evidence_id).where(ReturnEvidence.return_id == version.id)))
    if kept.id in there:
        return version
    if len(there) >= MOST_FILES:
        raise DomainError(_("一次报送最多附 %(n)s 个文件，请合并或打包后再传。", n=MOST_FILES), field="files")
    session.add(ReturnEvidence(return_id=version.id, evidence_id=kept.id, reused=True))
    session.flush()
    record("沿用佐证材料", by=by, at=at, subject=("obligation", obligation_id), unit_id=held.assignment.unit_id,
           detail={"文件": kept.name, "SHA-256": kept.sha256, "版本": version.version_no})  # fmt: skip
    return version


def refusal_words(cause: str, name: str) -> str:
    """Why a file is not taken, and what to do."""
    shown = name[-60:]
    words = {
        "empty": _("“%(name)s”是空文件，请检查后重新选择。", name=shown),
        "large": _("“%(name)s”超过 %(size)s MB，请压缩或拆分后再传。", name=shown, size=LARGEST >> 20),
        "unknown": _(
            "“%(name)s”的内容无法识别。可上传 PDF、图片、Word、Excel、PPT、WPS、OFD、文本、压缩包和音视频。", name=shown
        ),
        "program": _("“%(name)s”是程序文件，不能作为佐证材料。", name=shown),
        "page": _("“%(name)s”是网页或脚本，不能作为佐证材料，请另存为 PDF 后再传。", name=shown),
        "macro": _("“%(name)s”含有宏，请另存为不含宏的文件后再传。", name=shown),
        "locked": _("“%(name)s”设有打开密码，请取消密码后再传。", name=shown),
        "virus": _("“%(name)s”查出病毒，没有保存。请杀毒后再传。", name=shown),
        "unscanned": _("暂时无法检查“%(name)s”有没有病毒，没有保存。请稍后再传，或联系系统管理员。", name=shown),
        "picture": _("“%(name)s”的图片尺寸过大，请缩小后再传。", name=shown),
    }
    return words[cause]


def detach(obligation_id: int, public_id: str, *, by: Viewer, at: datetime) -> None:
    """Takes a file off the version that is being written; earlier versions keep theirs."""
    held = hold_obligation(obligation_id, by)
    version = writable(held, editor="", by=by, at=at)
    kept = session.scalar(
        select(Evidence)
        .join(ReturnEvidence, ReturnEvidence.evidence_id == Evidence.id)
        .where(Evidence.public_id == public_id, ReturnEvidence.return_id == version.id)
    )
    if kept is None:
        raise NotFound
    session.execute(
        delete(ReturnEvidence).where(ReturnEvidence.return_id == version.id, ReturnEvidence.evidence_id == kept.id)
    )
    record("移除佐证材料", by=by, at=at, subject=("obligation", obligation_id), unit_id=held.assignment.unit_id,
           detail={"文件": kept.name, "版本": version.version_no})  # fmt: skip
