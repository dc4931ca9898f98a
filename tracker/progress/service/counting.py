"""The one way in which an obligation changes, and the summary that moves with it in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from tracker.audit.service import lock_head
from tracker.db import session
from tracker.progress.models import Obligation, ObligationSummary
from tracker.units.models import Unit

BATCH = 5_000
"""Rows of one statement: so that issuing a large plan keeps a flat memory."""

KEY = ("plan_id", "branch_id", "unit_group", "chapter_id", "due_on", "state", "timing")
Sort = tuple[int, int, str, int, date, str, str]
"""Plan, unit, group, chapter, date, state, timing of an obligation."""
KEPT: Any = object()
"""Marks what a change leaves as it is."""


class _Deltas:
    """Changes of the summary's counts, gathered so that rows are touched once and always in one order."""

    def __init__(self) -> None:
        self.counts: dict[Sort, list[int]] = {}

    def add(self, sort: Sort, n: int, percent: int) -> None:
        count = self.counts.setdefault(sort, [0, 0])
        count[0] += n
        count[1] += percent

    def write(self) -> None:
        branches = _branches({sort[1] for sort in self.counts})
        counts: dict[Sort, list[int]] = {}
        for (plan, unit, *rest), (n, percent) in self.counts.items():
            count = counts.setdefault(cast(Sort, (plan, branches[unit], *rest)), [0, 0])
            count[0] += n
            count[1] += percent
        _write(counts)


def _write(counts: Mapping[Sort, Sequence[int]]) -> None:
    """Adds changes of counts, by branch, to the summary."""
    rows = [
        {**dict(zip(KEY, key, strict=True)), "n": n, "percent_sum": percent}
        for key, (n, percent) in sorted(counts.items())
        if n or percent
    ]
    lock_head()
    for start in range(0, len(rows), BATCH):
        _upsert(rows[start : start + BATCH])


def _branches(unit_ids: Iterable[int]) -> dict[int, int]:
    """For each unit the one directly below the root that it belongs to; the root is its own."""
    found: dict[int, int] = {}
    wanted = sorted(unit_ids)
    for start in range(0, len(wanted), BATCH):
        rows = session.execute(select(Unit.id, Unit.path).where(Unit.id.in_(wanted[start : start + BATCH])))
        found |= {row.id: int(row.path.strip("/").split("/")[:2][-1]) for row in rows}
    return found


def _upsert(rows: Sequence[Mapping[str, Any]]) -> None:
    """Adds the counts of these rows to those that are there. In the order of their keys, so that two never wait crosswise."""
    session.execute(_adding(session.get_bind().dialect.name), list(rows))


@cache
def _adding(dialect: str) -> Any:
    """The statement of `_upsert`, put together once: every step of every return writes it."""
    made: Any = postgresql.insert(ObligationSummary) if dialect == "postgresql" else sqlite.insert(ObligationSummary)
    table = ObligationSummary.__table__.c
    return made.on_conflict_do_update(
        index_elements=list(KEY),
        set_={"n": table.n + made.excluded.n, "percent_sum": table.percent_sum + made.excluded.percent_sum},
    )


def _sort(one: Obligation) -> Sort:
    return (one.plan_id, one.unit_id, one.unit_group, one.chapter_id, one.due_on, one.state, one.timing)


def change(
    obligations: Iterable[Obligation], *, state: str = KEPT, timing: str = KEPT, percent: int = KEPT,
    submitted_at: datetime | None = KEPT, accepted_at: datetime = KEPT, due_on: date = KEPT, unit_id: int = KEPT,
    unit_group: str = KEPT, chapter_id: int = KEPT,
) -> None:  # fmt: skip
    """Changes obligations and moves the summary with them. Nothing else may write these columns."""
    wanted = {
        "state": state, "timing": timing, "percent": percent, "submitted_at": submitted_at, "accepted_at": accepted_at,
        "due_on": due_on, "unit_id": unit_id, "unit_group": unit_group, "chapter_id": chapter_id,
    }  # fmt: skip
    deltas = _Deltas()
    for one in obligations:
        deltas.add(_sort(one), -1, -one.percent)
        for name, value in wanted.items():
            if value is not KEPT:
                setattr(one, name, value)
        deltas.add(_sort(one), 1, one.percent)
    session.flush()
    deltas.write()


def rebranch(moved: Mapping[int, tuple[int, int]]) -> None:
    """Counts the obligations of units that stand in another branch now there: unit → branch before, branch now."""
    of = Obligation
    columns = (of.plan_id, of.unit_id, of.unit_group, of.chapter_id, of.due_on, of.state, of.timing)
    counts: dict[Sort, list[int]] = {}
    for start in range(0, len(moved), BATCH):
        units = sorted(moved)[start : start + BATCH]
        held = select(*columns, func.count(), func.sum(of.percent)).where(of.unit_id.in_(units)).group_by(*columns)
        for plan, unit, group, chapter, due_on, state, timing, n, percent in session.execute(held):
            for branch, sign in zip(moved[unit], (-1, 1), strict=True):
                count = counts.setdefault((plan, branch, group, chapter, due_on, state, timing), [0, 0])
                count[0] += sign * n
                count[1] += sign * int(percent)
    _write(counts)


def create(rows: Iterable[Mapping[str, Any]]) -> int:
    """Adds obligations in bulk (columns of the model, state and timing left at their beginning) and counts them."""
    deltas, batch, total = _Deltas(), list[Mapping[str, Any]](), 0
    for row in rows:
        where = (row["plan_id"], row["unit_id"], row["unit_group"], row["chapter_id"], row["due_on"])
        deltas.add((*where, "open", "none"), 1, 0)
        batch.append(row)
        total += 1
        if len(batch) == BATCH:
            session.execute(insert(Obligation), batch)
            batch = []
    if batch:
        session.execute(insert(Obligation), batch)
    deltas.write()
    return total
