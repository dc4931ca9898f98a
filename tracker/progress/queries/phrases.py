"""Reasons for a return that are kept ready."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tracker.db import session
from tracker.progress.models import ReasonPhrase
from tracker.progress.models.phrases import BEGINNING


@dataclass(frozen=True, slots=True)
class PhraseRow:
    id: int
    text: str
    retired: bool
    version: int


def phrases() -> list[PhraseRow]:
    """All of them in their order, those that are retired last."""
    statement = select(ReasonPhrase).order_by(ReasonPhrase.retired, ReasonPhrase.position, ReasonPhrase.id)
    return [PhraseRow(one.id, one.text, one.retired, one.version) for one in session.scalars(statement)]


def offered_phrases() -> list[str]:
    """What is offered where a report is sent back: the office's own reasons, or those to begin with."""
    kept = phrases()
    return [one.text for one in kept if not one.retired] if kept else list(BEGINNING)
