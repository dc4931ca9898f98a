"""What a person confirmed and the city remembers (已记住的): meanings of columns, other names, whom a collective stands for.

Nothing is remembered that nobody confirmed, and nothing is used that a draft does not name at its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import lock_head, record
from tracker.db import session
from tracker.drafts.columns import normal_header, takes_by_itself
from tracker.drafts.layout import OTHER
from tracker.drafts.models import ColumnMeaning, Draft, MemoryUse
from tracker.drafts.queries.memory import column_meanings, memory_of
from tracker.drafts.resolve import Resolved
from tracker.errors import NotFound
from tracker.units.models import Collective, UnitAlias
from tracker.units.queries import covers, root_id
from tracker.units.service import take_back_alias

HEADER_LENGTH = 120


def remember_columns(
    draft: Draft, headers: Sequence[str], kinds: Sequence[str], *, by: Viewer, at: datetime
) -> None:  # fmt: skip
    """Keeps what each named column holds, where the reader would not take it so by itself; a later word replaces it."""
    held = column_meanings()
    for header, kind in zip(headers, kinds, strict=True):
        key = normal_header(header)[:HEADER_LENGTH]
        if not key or kind == OTHER or takes_by_itself(header, kind):
            continue
        known = held.get(key)
        if known is not None and known[0] == kind:
            continue
        if known is not None:
            _end(session.get_one(ColumnMeaning, known[1]), by, at)
        made = ColumnMeaning(
            header=" ".join(header.split())[:HEADER_LENGTH], normal_header=key, kind=kind, confirmed_by=by.person_id,
            confirmed_at=at,
        )  # fmt: skip
        session.add(made)
        session.flush()
        note_memory("column", made.id, draft, learned=True, at=at)
        record("记住列名", by=by, at=at, subject=("draft", draft.id), unit_id=draft.unit_id,
               detail={"列名": made.header, "含义": kind})  # fmt: skip


def _end(meaning: ColumnMeaning, by: Viewer, at: datetime) -> None:
    meaning.ended_by, meaning.ended_at = by.person_id, at


def note_memory(kind: str, memory_id: int, draft: Draft, *, learned: bool = False, at: datetime) -> None:
    """Keeps that something remembered came from a draft, or that the draft was read by it; a second time does nothing."""
    held = session.scalar(
        select(MemoryUse.id).where(
            MemoryUse.kind == kind, MemoryUse.memory_id == memory_id, MemoryUse.draft_id == draft.id
        )
    )
    if held is None:
        session.add(MemoryUse(kind=kind, memory_id=memory_id, draft_id=draft.id, learned=learned, at=at))
        session.flush()


def note_columns(draft: Draft, layout: Mapping[str, Mapping[str, Any]], at: datetime) -> None:
    """Keeps which meanings of columns a draft was read by."""
    used = {int(number) for said in layout.values() for number in said.get("memory", {}).values()}
    for number in sorted(used):
        note_memory("column", number, draft, at=at)


def note_units(draft: Draft, resolved: Iterable[Resolved], at: datetime) -> None:
    """Keeps which names and collectives an adopted draft was matched by, where nobody chose for it."""
    for kind, number in sorted(memory_of(resolved).values()):
        note_memory(kind, number, draft, at=at)


def forget(kind: str, memory_id: int, *, by: Viewer, at: datetime) -> str:
    """Takes back what is remembered; returns what it was. Drafts that are settled stay as they are."""
    root = root_id()
    if root is None or not covers(by, root, Role.LEAD_OFFICE):
        raise NotFound
    lock_head()  # another may be forgetting the same
    if kind == "alias":
        alias = session.get(UnitAlias, memory_id)
        if alias is None:
            raise NotFound
        name = alias.name
        take_back_alias(alias, by=by, at=at)
        return name
    if kind == "collective":
        held = session.get(Collective, memory_id)
        if held is None:
            raise NotFound
        record("撤回集合称谓", by=by, at=at, subject=("collective", held.id), changes={"范围": (held.rule, None)},
               detail={"称谓": held.phrase})  # fmt: skip
        session.delete(held)
        session.flush()
        return held.phrase
    meaning = session.get(ColumnMeaning, memory_id) if kind == "column" else None
    if meaning is None or meaning.ended_at is not None:
        raise NotFound
    _end(meaning, by, at)
    record(
        "撤回列名",
        by=by,
        at=at,
        subject=("column_meaning", meaning.id),
        detail={"列名": meaning.header, "含义": meaning.kind},
    )
    session.flush()
    return meaning.header
