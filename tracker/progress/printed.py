"""Deadlines (完成时限) as a task keeps them, and which of several say when there is a report. Pure; no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from imports.phrases.deadlines.patterns import ONGOING
from tracker.progress.rhythms import MONTHS, UNDATED, named
from tracker.progress.spans import counts_from_document

_NO_STEP = re.compile(
    r"(?:(?:要|须|应|并|全部|全面|基本|按期|按时|如期|确保)*"
    r"(?:完成|办结|落实|到位|落实到位|达标|见效|实现|推进|实施|报送|上报|取得实效|取得明显成效))?"
    r"(?:全部|全年|各项|年度|阶段性)*(?:任务|工作|目标)?"
)
"""What says only that the task is done by then, and not which step."""
_DEGREE = re.compile(r"[%％‰]|百分之|过半|一半|[一二三四五六七八九]成|分之")
"""So much of the same work: a matter of degree, not a step."""

_AT_ITS_END = re.compile(r"每(?:个)?(?:月|季度?|半年度?|年度?)(?:[底末]|结束)(?:之?前)?")
"""A recurrence whose day is the last one, where dates of its own beside it do not say more exactly when."""
_PERIOD_ALONE = re.compile(
    r"(?:[每按逐](?:一?个)?(?:周|星期|月份?|季度?|半年度?)|(?:半年|一?季度?)一次|季度|月度|半年度?|(?:周|月|季|半年|年)度?(?:报告?|调度|通报|汇总|总结))"
)
"""A recurrence of which no day is printed."""
_LONGER = frozenset({"quarterly", "half_yearly", "yearly"})
_MONTH_AFTER = re.compile(r"[次下翌]一?个?月")
_MONTH_LENGTH = 31
"""Days."""
_REPORTED = re.compile(r"报(?![名考警废刊])|送|调度|通报|汇总|反馈|总结|小结|填|提交|上传|台账")
"""What says of a rhythm that it is one of reporting: 每半年报送一次, and not 每年开展一次演练."""
_NO_WORK = re.compile(
    rf"(?:至少|不少于|不低于|各)?(?:[一二两三四六十\d]{{1,2}}次)?(?:以上)?(?:{ONGOING})?(?:完成|推进|落实|开展|进行)?"
)
"""What says of a rhythm only how often, or that it goes on."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A deadline as the import reads it (see `imports.draft.Deadline`)."""

    text: str
    kind: str
    date: date | None = None
    recurrence: str | None = None
    action: str | None = None
    anchored: bool = False
    """A span (30日内) that counts from the document's own date: see `spans.counts_from_document`."""

    @property
    def words(self) -> str:
        """With what is to be done by then: 6月底前完成方案."""
        action = self.action or ""
        return self.text if not action or action in self.text else f"{self.text}{action}"

    @property
    def is_report(self) -> bool:
        """Whether it says how often there is a report: 每季度末月20日前报送, or a bare rhythm, of which nothing else is said."""
        return self.kind == "recurring" and bool(_REPORTED.search(self.words) or _NO_WORK.fullmatch(self.action or ""))

    @property
    def is_step(self) -> bool:
        """Whether it names what is reached by its date: 6月底前完成征求意见, and neither 6月底前完成 nor 6月底前完成60%."""
        action = self.action or ""
        return not _DEGREE.search(action) and not _NO_STEP.fullmatch(action)


def read_phrases(stored: Iterable[Mapping[str, Any]], context: str = "") -> tuple[Phrase, ...]:
    """Phrases from the JSON that a task keeps of its deadlines; `context` are the words they were printed among."""
    return tuple(
        Phrase(
            str(one.get("text") or ""), str(one["kind"]), date.fromisoformat(one["date"]) if one.get("date") else None,
            one.get("recurrence"), one.get("action"), counts_from_document(str(one.get("text") or ""), context),
        )
        for one in stored
    )  # fmt: skip


def read_phases(stored: Iterable[Mapping[str, Any]]) -> tuple[Phrase, ...]:
    """The phases (阶段) of a plan from the JSON that its draft keeps of them: those that end on a day, by that day."""
    found = [
        Phrase(str(one.get("name") or ""), "phase", date.fromisoformat(one["date"]))
        for one in stored
        if one.get("date")
    ]
    return tuple(sorted(found, key=lambda one: one.date or date.max))


def telling(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Without periods whose days are printed beside them: 每季度报送，每季度末月25日前 is four returns and not eight, and
    半年一次（6月20日、12月20日前） is two, as is 每半年报送，次月10日前: the month after a half-year."""
    phrases = _of_the_month_after(phrases)
    days = [one.date for one in phrases if one.date is not None and not one.is_step]
    with_days = {
        (one.recurrence or "").partition(":")[0]
        for one in phrases
        if one.kind == "recurring" and not _PERIOD_ALONE.fullmatch(one.text)
    }
    return [
        one
        for one in phrases
        if one.kind != "recurring"
        or not (
            (_PERIOD_ALONE.fullmatch(one.text) and (one.recurrence in with_days or _come_every(days, one.recurrence)))
            or (_AT_ITS_END.fullmatch(one.text) and _come_every(days, one.recurrence))
        )
    ]


def _of_the_month_after(phrases: Sequence[Phrase]) -> list[Phrase]:
    """A day of the month after (次月10日前) is one of the longer period before it: 每季度报送一次，次月10日前."""
    found: list[Phrase] = []
    for one in phrases:
        before = found[-1] if found else None
        if (
            before
            and before.recurrence in _LONGER
            and _PERIOD_ALONE.fullmatch(before.text)
            and _MONTH_AFTER.match(one.text)
        ):
            found[-1] = replace(before, text=f"{before.text}{one.text}", action=one.action or before.action)
        else:
            found.append(one)
    return found


def _come_every(days: Sequence[date], recurrence: str | None) -> bool:
    """Whether these days are those of a period: as many as it has in a year, as far from one another as it is long."""
    months = MONTHS.get(recurrence or "", 12)
    gaps = [(later - day).days for day, later in pairwise(sorted(days))]
    return len(gaps) == 12 // months - 1 > 0 and all(abs(gap - 30.4 * months) <= _MONTH_LENGTH for gap in gaps)


def undated(phrases: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """Those that come again and give no dates of their own (每日, 每三年): they are shown by the plan's periodic proof."""
    return tuple(one for one in phrases if _has_no_dates(one))


def reports_itself(phrases: Iterable[Phrase]) -> bool:
    """Whether a rhythm of reporting is printed that gives dates: it takes the place of periodic proof."""
    return any(one.is_report and not _has_no_dates(one) for one in phrases)


def _has_no_dates(phrase: Phrase) -> bool:
    return phrase.kind == "recurring" and rhythm_of(phrase).partition(":")[0] in UNDATED


def rhythm_of(phrase: Phrase) -> str:
    return named(phrase.recurrence, phrase.text, phrase.words)
