"""A time that is understood and has no day of its own: 每三年, 每学期, 每日, 汛期前. Spans (会后3日内) count from what happens,
下周五前 from the day of the document; the days of feasts (国庆节前) are known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports.draft import Deadline
from imports.phrases.chars import fold
from imports.phrases.deadlines.feasts import feasts
from imports.phrases.deadlines.near import NEAR
from imports.phrases.deadlines.rarer import rhythm
from imports.problems import Problem
from imports.recognise.reading import Reading

_SPAN = re.compile(
    r"[\d一二两三四五六七八九十半百]\s*个?\s*(?:工作日|自然日|小时|星期|季度|[日天周月年])(?:之内|以内|内|时间)?[。.;；]?$"
)


def check(reading: Reading) -> Iterator[Problem]:
    for task in reading.draft.tasks:
        for deadline in task.deadlines:
            if _undated(deadline):
                yield Problem("time-undated", (task.locator,), {"text": deadline.text})


def _undated(deadline: Deadline) -> bool:
    if deadline.kind == "recurring":
        return deadline.recurrence == "daily" or (deadline.recurrence is None and rhythm(deadline.text) is None)
    if feasts(deadline.text) or NEAR.fullmatch(fold(deadline.text)):
        return False
    return deadline.kind == "phase" and deadline.date is None and _SPAN.search(deadline.text) is None
