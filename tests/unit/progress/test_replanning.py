"""Other dates for a task that runs: only what lies ahead is planned anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tracker.progress.obligations import Dated
from tracker.progress.replanning import Held, end, replan

DAY = date(2026, 7, 10)


def held(
    number: int, due: date, state: str = "open", *, first: date | None = None, kind: str = "date", period: str = ""
) -> Held:
    return Held(number, due, first or due, state, kind, period, "年底前")


def dated(due: date, kind: str = "date", period: str = "") -> Dated:
    return Dated(due, kind, "年底前", period, due)


def test_what_was_due_stays_and_what_lies_ahead_moves():
    done = replan([held(1, date(2026, 6, 30)), held(2, date(2026, 9, 30))], [dated(date(2026, 11, 30))], day=DAY)
    assert [(one.id, due.due) for one, due in done.moved] == [(2, date(2026, 11, 30))]
    assert (done.cancelled, done.added) == ((), ())
    assert done.stays == 1


def test_an_overdue_date_that_the_document_puts_off_is_owed_twice():
    """The first date was missed: it stays missed."""
    done = replan([held(1, date(2026, 6, 30))], [dated(date(2026, 9, 30))], day=DAY)
    assert [one.due for one in done.added] == [date(2026, 9, 30)]
    assert (done.moved, done.cancelled) == ((), ())


def test_what_was_reported_early_answers_for_the_new_date():
    done = replan([held(1, date(2026, 12, 31), "accepted")], [dated(date(2026, 11, 30))], day=DAY)
    assert done.is_empty


def test_each_kind_of_change_is_one():
    """Where none is, a page says that nothing changes."""
    autumn, winter = date(2026, 9, 30), date(2026, 12, 31)
    assert replan([held(1, autumn)], [dated(autumn)], day=DAY).is_empty
    assert not replan([held(1, autumn)], [dated(winter)], day=DAY).is_empty
    assert not replan([held(1, autumn)], [dated(autumn), dated(winter)], day=DAY).is_empty
    assert not replan([held(1, autumn), held(2, winter)], [dated(autumn)], day=DAY).is_empty
    assert not replan([held(1, autumn), held(2, winter, "cancelled")], [dated(autumn), dated(winter)], day=DAY).is_empty


@pytest.mark.parametrize("change", [{"text": "12月底前完成"}, {"kind": "closing"}, {"milestone": True}])
def test_the_same_date_with_other_words_or_by_another_measure_is_told_and_moves_nothing(change: dict[str, Any]):
    wanted = replace(dated(date(2026, 9, 30)), **change)
    done = replan([held(1, date(2026, 9, 30))], [wanted], day=DAY)
    assert [(one.id, due) for one, due in done.reworded] == [(1, wanted)]
    assert done.is_empty


def test_periods_keep_their_own():
    quarters = [
        held(1, date(2026, 9, 20), kind="recurring", period="2026-Q3"),
        held(2, date(2026, 12, 20), kind="recurring", period="2026-Q4"),
    ]
    done = replan(
        quarters,
        [dated(date(2026, 12, 25), "recurring", "2026-Q4"), dated(date(2026, 9, 25), "recurring", "2026-Q3")],
        day=DAY,
    )
    assert sorted((one.id, due.due) for one, due in done.moved) == [(1, date(2026, 9, 25)), (2, date(2026, 12, 25))]


def test_from_one_date_to_quarters_and_back():
    quarters = [dated(date(2026, 9, 20), "recurring", "2026-Q3"), dated(date(2026, 12, 20), "recurring", "2026-Q4")]
    there = replan([held(1, date(2026, 10, 31))], quarters, day=DAY)
    assert ([one.id for one in there.cancelled], len(there.added)) == ([1], 2)
    kept = [held(1, date(2026, 10, 31), "cancelled"), held(2, date(2026, 9, 20), kind="recurring", period="2026-Q3")]
    back = replan(kept, [dated(date(2026, 10, 31))], day=DAY)
    assert [one.id for one, _ in back.restored] == [1]
    assert [one.id for one in back.cancelled] == [2]


def test_what_a_unit_is_excused_from_is_not_owed_again():
    assert replan([held(1, date(2026, 9, 30), "excused")], [dated(date(2026, 9, 30))], day=DAY).is_empty


def test_an_extension_stays_with_its_date():
    """Granted until the end of October; the document's own date is what is compared."""
    extended = held(1, date(2026, 10, 31), first=date(2026, 9, 30))
    assert replan([extended], [dated(date(2026, 9, 30))], day=DAY).is_empty
    assert [due.due for _, due in replan([extended], [dated(date(2026, 11, 30))], day=DAY).moved] == [
        date(2026, 11, 30)
    ]


def test_an_extension_that_the_document_makes_its_own_is_still_owed():
    """Granted until the end of October, which the new edition prints: the report goes on, and on time until then."""
    extended = held(1, date(2026, 10, 31), first=date(2026, 9, 30))
    done = replan([extended], [dated(date(2026, 10, 31))], day=DAY)
    assert [(one.id, due.due) for one, due in done.moved] == [(1, date(2026, 10, 31))]
    assert (done.cancelled, done.added) == ((), ())


DATES = st.dates(date(2026, 6, 1), date(2026, 9, 1))
STATES = st.sampled_from(["open", "reported", "returned", "accepted", "cancelled"])


@given(
    st.lists(st.tuples(DATES, STATES), max_size=8, unique_by=lambda one: one[0]),
    st.lists(DATES, max_size=8, unique=True),
)  # fmt: skip
def test_each_stands_once_and_no_day_twice(before, after):
    old = [held(number, due, state) for number, (due, state) in enumerate(before, 1)]
    done = replan(old, [dated(due) for due in after], day=DAY)
    changed = [one.id for one, _ in (*done.moved, *done.restored)] + [one.id for one in done.cancelled]
    assert len(changed) == len(set(changed))
    now = {one.id: one.due_on for one in old if one not in done.cancelled}
    now |= {one.id: due.due for one, due in (*done.moved, *done.restored)}
    days = [*now.values(), *(one.due for one in done.added)]
    taken = [one.due_on for one in done.cancelled]
    assert len(days) == len(set(days))
    assert not set(taken) & set(days)
    assert all(one.due_on > DAY and one.state == "open" for one in done.cancelled)
    standing = {now[one.id] for one in old if one.state != "cancelled" and one.id in now}
    standing |= {due.due for _, due in done.restored} | {one.due for one in done.added}
    reported = {one.due_on for one in old if one.state in {"reported", "returned", "accepted"} and one.due_on > DAY}
    for due in after:
        assert due <= DAY or due in standing or reported  # owed, or answered for by a report that came early


def test_the_end_of_a_task():
    old = [
        held(1, DAY - timedelta(9)),
        held(2, DAY + timedelta(9)),
        held(3, DAY - timedelta(8), "reported"),
        held(4, DAY, "accepted"),
    ]
    assert end(old, day=DAY) == ((old[1],), 2)
    assert end(old, day=None) == ((old[0], old[1]), 1)


def test_what_a_suspension_lets_off_is_planned_anew_with_the_rest():
    """It is owed when the suspension ends: by its new date, and no more where the new edition has none."""
    let_off = held(1, date(2026, 9, 30), "excused")
    moved = replan([let_off], [dated(date(2026, 11, 30))], day=DAY)
    assert [(one.id, due.due) for one, due in moved.moved] == [(1, date(2026, 11, 30))]
    assert not moved.added
    assert replan([let_off], [], day=DAY).cancelled == (let_off,)
    assert end([let_off], day=DAY) == ((let_off,), 0)
