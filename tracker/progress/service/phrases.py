"""Keeping the reasons for a return (退办理由) that are offered."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select

from tracker.accounts.roles import Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.models import ReasonPhrase
from tracker.progress.models.phrases import LONGEST_PHRASE
from tracker.progress.queries.phrases import BEGINNING, keeps_phrases

MOST_PHRASES = 30
"""Offered at once: more of them are read slower than the reason is typed."""


def _offered() -> list[ReasonPhrase]:
    statement = select(ReasonPhrase).where(ReasonPhrase.retired.is_(False))
    return list(session.scalars(statement.order_by(ReasonPhrase.position, ReasonPhrase.id).with_for_update()))


def _held(phrase_id: int, seen: int | None, by: Viewer) -> ReasonPhrase:
    """A phrase, as it was seen. Raises NotFound, and Conflict where somebody has changed it since."""
    _may_keep(by)
    phrase = session.get(ReasonPhrase, phrase_id, with_for_update=True)
    if phrase is None:
        raise NotFound
    if seen is not None and seen != phrase.version:
        raise Conflict(_("这条常用理由在您查看之后有改动，请核对后再办理。"))
    return phrase


def _may_keep(by: Viewer) -> None:
    if not keeps_phrases(by):
        raise NotFound


def _text(text: str, *, but: int | None = None) -> str:
    """The words as they are kept. Raises DomainError(field="text") for none, too many, or what there is already."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_PHRASE:
        raise DomainError(_("请填写 %(n)s 字以内的理由。", n=LONGEST_PHRASE), field="text")
    there = session.scalar(select(ReasonPhrase).where(ReasonPhrase.text == words).order_by(ReasonPhrase.id).limit(1))
    if there is not None and there.id != but:
        told = _("已有同样的理由，处于停用状态，可以恢复使用。") if there.retired else _("已有同样的理由。")
        raise DomainError(told, field="text")
    return words


def _room() -> None:
    if len(_offered()) >= MOST_PHRASES:
        raise DomainError(_("常用理由最多 %(n)s 条，请先停用不用的。", n=MOST_PHRASES), field="text")


def _last() -> int:
    return session.scalar(select(func.max(ReasonPhrase.position))) or 0


def begin_phrases(*, by: Viewer, at: datetime) -> None:
    """The office takes on what is offered to begin with, as its own; once."""
    _may_keep(by)
    if not _last():
        for text in BEGINNING:
            _add(str(text), by, at)


def add_phrase(text: str, *, by: Viewer, at: datetime) -> ReasonPhrase:
    """A new reason, offered last. Where there was none of the office's own, those to begin with become its own."""
    begin_phrases(by=by, at=at)
    _room()
    return _add(_text(text), by, at)


def _add(text: str, by: Viewer, at: datetime) -> ReasonPhrase:
    phrase = ReasonPhrase(position=_last() + 1, text=text)
    session.add(phrase)
    session.flush()
    record("新增常用理由", by=by, at=at, subject=("reason_phrase", phrase.id), detail={"理由": phrase.text})
    return phrase


def change_phrase(phrase_id: int, text: str, *, seen: int | None = None, by: Viewer, at: datetime) -> ReasonPhrase:
    phrase = _held(phrase_id, seen, by)
    before, phrase.text = phrase.text, _text(text, but=phrase_id)
    session.flush()
    if before != phrase.text:
        record(
            "更改常用理由", by=by, at=at, subject=("reason_phrase", phrase_id), changes={"理由": (before, phrase.text)}
        )
    return phrase


def move_phrase(phrase_id: int, step: int, *, by: Viewer, at: datetime) -> None:
    """One place up (-1) or down (1) among those that are offered; at the end it stays."""
    phrase = _held(phrase_id, None, by)
    offered = _offered()
    place = next((n for n, one in enumerate(offered) if one is phrase), None)
    if place is None or not 0 <= place + step < len(offered):
        return
    offered.insert(place + step, offered.pop(place))
    for position, one in enumerate(offered, 1):
        one.position = position
    session.flush()
    record("调整常用理由次序", by=by, at=at, subject=("reason_phrase", phrase_id),
           detail={"理由": phrase.text, "次序": place + step + 1})  # fmt: skip


def retire_phrase(phrase_id: int, *, by: Viewer, at: datetime) -> None:
    """It is offered no more; reports that were sent back with it keep their reason."""
    _turn(phrase_id, retired=True, by=by, at=at)


def restore_phrase(phrase_id: int, *, by: Viewer, at: datetime) -> None:
    _may_keep(by)
    _room()
    _turn(phrase_id, retired=False, by=by, at=at)


def _turn(phrase_id: int, *, retired: bool, by: Viewer, at: datetime) -> None:
    phrase = _held(phrase_id, None, by)
    if phrase.retired is retired:
        return
    phrase.retired, phrase.position = retired, _last() + 1
    session.flush()
    record("停用常用理由" if retired else "恢复常用理由", by=by, at=at, subject=("reason_phrase", phrase_id),
           detail={"理由": phrase.text})  # fmt: skip
