"""An issued plan on a frozen clock, and what would have left the application."""

from __future__ import annotations

from datetime import date

import pytest

from tests.integration.progress.conftest import clock_stands
from tests.support.issued import Issued, at, issued
from tracker.db import session
from tracker.plans.models import Plan
from tracker.reminders import worker
from tracker.reminders.models import ReminderRobot
from tracker.reminders.service.choosing import choose

__all__ = ["clock_stands"]
"""A fixture of progress that holds here too."""


def remind(plan: Issued, days: str) -> None:
    """On which days the plan reminds: within a transaction."""
    found = session.get_one(Plan, plan.plan_id)
    found.policy = {**found.policy, "reminds": days}


@pytest.fixture
def plan(place, standing, writing) -> Issued:
    """The plan of `tests.support.issued`, which reminds every day: days off are another matter, of `test_workdays`."""
    made = standing.begin(issued, place)
    with writing():
        remind(made, "every_day")
    return made


URL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim"
"""Of a group's robot."""


class Killed(BaseException):
    """The worker was killed: nothing of ours catches it."""


def kill(*_args: object, **_more: object) -> None:
    """Stands where the worker is killed."""
    raise Killed


class Post:
    """Letters and calls instead of a mail server and robots: each as (channel, key or Message-ID, text)."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.troubles: list[BaseException] = []
        """Raised instead of sending, the first one first."""

    def letter(self, made, _settings) -> None:
        self._trouble()
        self.sent.append(("email", made["Message-ID"], f"{made['Subject']}\n{made.get_content()}"))

    def robot(self, kind, url, secret, message, *, hosts, at) -> None:
        self._trouble()
        self.sent.append((kind, message.key, f"{message.subject}\n{message.body}"))

    def _trouble(self) -> None:
        if self.troubles:
            raise self.troubles.pop(0)


@pytest.fixture
def post(app, monkeypatch) -> Post:
    made = Post()
    monkeypatch.setattr(worker, "send_letter", made.letter)
    monkeypatch.setattr(worker, "tell_robot", made.robot)
    app.config.update(SMTP_HOST="mail.duban.example", REMINDER_HOSTS=frozenset({"qyapi.weixin.qq.com"}))
    return made


def wants_letters(plan, address):
    """The reporter asks for letters to an address; none for no address."""
    choose(email=address, by_email=bool(address), by=plan.viewer("reporter"), at=at(date(2026, 3, 2)))


@pytest.fixture
def by_letter(plan, post, writing):
    with writing():
        wants_letters(plan, "ma@example.cn")
    return post


@pytest.fixture
def by_robot(plan, post, writing):
    with writing():
        session.add(ReminderRobot(unit_id=plan.place.units["云岫市"], kind="wecom", name="督办群", url=URL))
    return post


@pytest.fixture
def look(app, clock_stands):
    """`look(day, hour)`: the worker looks round at that moment, as far as reminders go."""

    def go(day: date, hour: int = 9) -> None:
        clock_stands.move_to(at(day, hour))
        with app.app_context():
            worker.see_to_reminders(at(day, hour))

    return go
