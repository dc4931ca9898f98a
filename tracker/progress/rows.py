"""Rows of the ledger as the values that the shape of a row is filled with: see `web.parts.filled`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from flask import Flask

from tracker.progress.labels_periods import period_label
from tracker.progress.labels_shared import lights_below
from tracker.progress.lights import LightKind
from tracker.progress.queries.work import WorkRow

Bits = Mapping[str, str]


def work_cells(
    rows: Iterable[WorkRow], lights: Bits, states: Bits, roles: Bits, late: str, closing: str,
    lower: Mapping[int, Mapping[LightKind, int]],
) -> Iterator[tuple[object, ...]]:  # fmt: skip
    """What `progress/_work_row.html` is filled with; the words with their tones are given."""
    periods: dict[str, str] = {}
    for row in rows:
        period = row.period
        if period and period not in periods:
            periods[period] = period_label(period)
        yield (
            row.due_on.isoformat(), lights[row.light], late if row.timing == "late" else "",
            lights_below(lower[row.id]) if row.id in lower else "", row.id,
            f"{row.number} " if row.number else "", row.task, row.chapter, row.unit, roles[row.role],
            periods[period] if period else row.text, closing if row.kind == "closing" else "", states[row.state],
            "green" if row.percent == 100 else "blue", row.percent, row.percent,
        )  # fmt: skip


def register(app: Flask) -> None:
    app.jinja_env.filters["work_cells"] = work_cells
