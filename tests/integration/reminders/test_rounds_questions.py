"""Questions about reports (询问): the people of the unit that is asked are told, as of a slip."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from tests.integration.progress.test_questions import CO, SPEC, TASK, mine, theirs
from tests.integration.reminders.conftest import remind
from tests.integration.reminders.test_rounds import told
from tests.support.issued import at, issued
from tracker.db import session
from tracker.progress.models import Question
from tracker.progress.service.questions import Ask, ask, say
from tracker.reminders.models import ReminderNotice

__all__ = ["mine", "theirs"]
"""Fixtures of questions that hold here too."""

ASKED, NEXT, WANTED = date(2026, 2, 3), date(2026, 2, 4), date(2026, 2, 10)


@pytest.fixture
def plan(place, writing):
    with writing():
        made = issued(place, (SPEC,))
        remind(made, "every_day")
        return made


@pytest.fixture
def asked(plan, mine, theirs, writing, look):
    """The leading unit asks the other to add something, after the round of the day."""
    look(ASKED)
    with writing():
        what = Ask("supplement", "请补充完成数量。", WANTED)
        return ask(theirs, what, by=plan.viewer("reporter"), at=at(ASKED, 15)).id


def days_told(who):
    days = sorted(set(session.scalars(select(ReminderNotice.day))))
    return {day: told(day)[who] for day in days if who in told(day)}


def test_whoever_is_asked_is_told_when_it_comes_and_by_its_date(plan, asked, look, reading):
    for day in (*(date(2026, 2, one) for one in range(4, 13)), date(2026, 2, 17)):
        look(day)
    with reading():
        days = (NEXT, date(2026, 2, 8), WANTED, date(2026, 2, 11), date(2026, 2, 17))
        assert days_told("other_reporter") == {day: {"asked": 1} for day in days}
        assert days_told("reporter") == {}, "who asks finds it on the desk"
        item = session.scalar(
            select(ReminderNotice.items).where(ReminderNotice.day == NEXT).order_by(ReminderNotice.id)
        )
        assert item[0][:6] == [asked, "1", TASK, CO, WANTED.isoformat(), "asked"]


def test_the_notice_leads_to_the_question(plan, asked, look, sign_in_as):
    look(NEXT)
    page = sign_in_as("other_reporter").get("/notices/daily").text
    assert "询问待答复" in page
    assert f'href="/questions/{asked}"' in page


def test_what_is_answered_is_told_no_more(plan, asked, look, writing, reading):
    with writing():
        say(asked, "answer", "已补充。", by=plan.viewer("other_reporter"), at=at(ASKED, 16))
        assert session.get_one(Question, asked).state == "answered"
    look(NEXT)
    look(WANTED)
    with reading():
        assert days_told("other_reporter") == {}
