"""What a report says, as the cells of its row, and cells as the content of a report. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from reports.workbook.text import fit
from tracker.drafts.marked.cells import plain
from tracker.progress.content import LONGEST_TEXT, Content, day_of, figure_of, percent_of, plain_figure
from tracker.progress.milestones import EXPECTED, NO, REACHED, YES, Said

MEANT = {"已达成": YES, "reached": YES, YES: YES, "未达成": NO, "not reached": NO, NO: NO}
"""What the drop-down of a milestone says, in the languages that kits are given out in."""
AGREED = {"是", "yes", "y", "√", "✓", "✔"}
"""What says that nothing has changed since last time: the drop-down's word in either language, and what people put instead."""
DECLINED = {"", "否", "不", "no", "n", "×", "✗", "✘"}
NO_RESULT = "=?"
"""Stands for a formula that was never reckoned."""
_FAULTS = {NO_RESULT, "#NAME?", "#VALUE!", "#REF!", "#DIV/0!", "#N/A", "#NUM!", "#NULL!"}
TEXTS = ("done", "problems", "next_step", "setback")
PERCENT = "percent"
FIGURE = "figure_"
"""Begins the key of a figure; the id of its target follows."""

CUT = "…"
"""Ends a text that is longer than a cell."""


def texts_of(values: Mapping[str, Any], target_ids: Iterable[int], milestone_ids: Iterable[int] = ()) -> dict[str, str]:
    """Cells of a report whose form begins with these values, in the order of its row: see `queries.beginning.first_values`.
    Where milestones are asked there is no percent."""
    asked = [f"{name}{milestone}" for milestone in milestone_ids for name in (REACHED, EXPECTED)]
    done, *texts = TEXTS
    keys = (done, *(asked or [PERCENT]), *texts, *(f"{FIGURE}{target}" for target in target_ids))
    return {key: canonical(key, _said(values.get(key))) for key in keys}


def _said(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def canonical(key: str, text: str, unit: str = "") -> str:
    """A text as it is compared: line ends and outer blanks, signs, zeros and the unit of numbers, ways to write a day are no
    difference, nor is what a cell of a workbook cannot hold."""
    if key in TEXTS:
        return plain(fit(text, CUT))
    if key.startswith(REACHED):
        return MEANT.get(text.strip().casefold(), text.strip())
    if key.startswith(EXPECTED):
        try:
            return _said(day_of(text))
        except ValueError:
            return text.strip()
    try:
        figure = figure_of(text, unit)
    except ValueError:
        return text.strip()
    return plain_figure(figure)


def is_faulty(text: str) -> bool:
    """Whether a cell shows that its formula has no result."""
    return text.strip() in _FAULTS


def is_read(key: str, text: str) -> bool:
    """Whether a report can hold what stands in a cell, as `canonical` writes it."""
    if key in TEXTS:
        return len(text) <= LONGEST_TEXT and not is_faulty(text)
    if key == PERCENT:
        return not text or _percent(text) is not None
    if key.startswith(REACHED):
        return text in {"", YES, NO}
    try:
        (day_of if key.startswith(EXPECTED) else figure_of)(text)
    except ValueError:
        return False
    return True


def is_idle(key: str, texts: Mapping[str, str]) -> bool:
    """Whether a cell is the day on which a milestone is expected that is not said to be missed: a report keeps no such day."""
    reached = texts.get(key.replace(EXPECTED, REACHED, 1), "")
    return key.startswith(EXPECTED) and bool(texts[key]) and reached != NO


def _percent(text: str) -> int | None:
    percent = percent_of(text)
    return percent if percent is not None and percent <= 100 else None


def content_of(texts: Mapping[str, str], *, unchanged: bool = False) -> Content:
    """The content of a report whose cells say so; every text can be read (`is_read`)."""
    figures = {int(key.removeprefix(FIGURE)): figure_of(text) for key, text in texts.items() if key.startswith(FIGURE)}
    return Content(
        texts["done"], texts["problems"], texts["next_step"], percent=_percent(texts.get(PERCENT, "")), figures=figures,
        milestones=dict(_milestones(texts)), setback=texts["setback"], unchanged=unchanged,
    )  # fmt: skip


def _milestones(texts: Mapping[str, str]) -> Iterator[tuple[int, Said | None]]:
    for key, text in texts.items():
        if key.startswith(REACHED):
            number = key.removeprefix(REACHED)
            said = Said(reached=True) if text == YES else Said(False, day_of(texts[f"{EXPECTED}{number}"]))
            yield int(number), said if text else None
