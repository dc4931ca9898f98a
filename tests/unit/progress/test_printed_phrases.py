"""Phrases as they stand in the time columns and the texts of documents, one a line in `examples/dues.txt`: what is printed, a bar,
and the days of 2026 that it gives (another year is written out: 27-01-10).

A rule stands for its days: `M:5` the 5th of every month, `Q:20` of each quarter's last month, `F:10` of its first, `H:20` of
June and December, `E:` of the even months, `O:` of the odd ones; the month's last day without a number or in a shorter month.
`W:135` are Mondays, Wednesdays and Fridays. `?` in front: no day is found, so that the plan's periodic proof is owed, and
`flask progress obligations` says so.

In `examples/said.txt` a second bar and the pieces of the phrase follow that give no day and are said to give none.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from imports.phrases.deadlines import in_one_line, parse_time_cell, unread_times
from imports.pipeline import understand
from tests.unit.imports.stand_in import sheet, workbook
from tests.unit.progress.test_obligations import CALENDAR, planned
from tracker.progress.obligations import obligations
from tracker.progress.printed import Phrase
from tracker.progress.rhythms import day_of_month

YEAR = 2026
EXAMPLES = Path(__file__).parent / "examples"
PROOF = "03-31 06-30 09-30 12-31".split()
_MONTHS = {"M": (1, 1), "Q": (3, 3), "F": (1, 3), "H": (6, 6), "E": (2, 2), "O": (1, 2)}


def _days(rule: str) -> list[str]:
    letter, colon, rest = rule.partition(":")
    if not colon:
        return [rule if rule.count("-") > 1 else f"{YEAR % 100}-{rule}"]
    if letter == "W":
        year = [date(YEAR, 1, 1) + timedelta(days=n) for n in range(365)]
        return [f"{day:%y-%m-%d}" for day in year if str(day.isoweekday()) in rest]
    first, step = _MONTHS[letter]
    days = (day_of_month(YEAR, month, int(rest) if rest else None) for month in range(first, 13, step))
    return [f"{day:%y-%m-%d}" for day in days]


def _examples() -> list[tuple[str, str]]:
    lines = (EXAMPLES / "dues.txt").read_text("utf-8").splitlines()
    return [(text.replace("\\n", "\n"), wanted.strip()) for text, _, wanted in (one.partition(" |") for one in lines)]


@pytest.mark.parametrize(("text", "wanted"), _examples())
def test_days_that_a_printed_phrase_gives(text: str, wanted: str) -> None:
    rules = PROOF if wanted == "?" else wanted.split()
    text = in_one_line(text)
    assert [f"{one.due:%y-%m-%d}" for one in planned(text, workdays=CALENDAR)] == sorted(
        {day for rule in rules for day in _days(rule)}
    )
    if wanted != "?":
        assert unread_times(text, parse_time_cell(text, YEAR)) == ()


@pytest.mark.parametrize("line", (EXAMPLES / "said.txt").read_text("utf-8").splitlines())
def test_what_gives_no_day_is_said_beside_what_does(line: str) -> None:
    text, wanted, said = (part.strip() for part in line.split("|"))
    assert {f"{one.due:%y-%m-%d}" for one in planned(text, workdays=CALENDAR)} == {
        day for rule in wanted.split() for day in _days(rule)
    }
    assert list(unread_times(text, parse_time_cell(text, YEAR))) == said.split("；")


def test_a_time_column_gives_the_days_that_the_phrase_gives() -> None:
    texts = [text for text, _ in _examples()]
    rows = [[str(n), f"建设第{n}号平台，完善机制", "市财政局", text] for n, text in enumerate(texts, 1)]
    draft = understand(workbook(sheet([["序号", "工作任务", "责任单位", "完成时限"], *rows])), year=YEAR)
    assert len(draft.tasks) == len(texts)
    for task, text in zip(draft.tasks, texts, strict=True):
        said = [Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in task.deadlines]
        found = obligations(said, year=YEAR, workdays=CALENDAR)
        assert {one.due for one in found} == {one.due for one in planned(in_one_line(text), workdays=CALENDAR)}, text


def test_a_note_that_says_the_day_of_a_period_is_kept_beside_it() -> None:
    requirement = "建设平台，每季度报送（次季度首月10日前）"
    (task,) = understand(
        workbook(sheet([["序号", "工作任务", "责任单位"], ["1", requirement, "市财政局"]])), year=YEAR
    ).tasks
    said = [Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in task.deadlines]
    assert [f"{one.due:%m-%d}" for one in obligations(said, year=YEAR)] == ["01-10", "04-10", "07-10", "10-10"]
