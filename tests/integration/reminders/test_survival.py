"""The worker that sends the digest is killed without warning, at any moment: nobody is told twice, and nobody never."""

from __future__ import annotations

import os
import random
import signal
import threading
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from tests.support.issued import at
from tracker.db import db, session
from tracker.reminders import worker
from tracker.reminders.models import ReminderNotice, ReminderRobot, ReminderRound, ReminderSending
from tracker.reminders.service.choosing import choose

KILLS = int(os.environ.get("LUOSHI_KILLS", "4"))
KILLS_A_DAY = 4
ANSWER = 0.02
"""Seconds from taking a letter to saying so, in which a worker may be killed too."""
LONGEST = 0.3
"""Seconds after which a worker is killed, at most: by then it has done its round and sent all."""
DAY = date(2026, 3, 13)
URL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=geheim"
READERS = ("reporter", "reviewer", "other_reporter", "county_reporter")


@pytest.fixture
def box(plan, writing, app, monkeypatch, tmp_path) -> Path:
    """What has left the application, a line each, whoever wrote it: four people want letters, a group has a robot."""
    kept = tmp_path / "sent"
    with writing():
        for name in READERS:
            choose(email=f"{name}@example.cn", by_email=True, by=plan.viewer(name), at=at(DAY))
        session.add(ReminderRobot(unit_id=plan.place.units["云岫市"], kind="wecom", name="督办群", url=URL))

    def put(text: str) -> None:
        with kept.open("a", encoding="utf-8") as box:
            box.write(f"{text}\n")
        threading.Event().wait(ANSWER)

    monkeypatch.setattr(worker, "send_letter", lambda made, _settings: put(f"letter {made['To']} {made['Message-ID']}"))
    monkeypatch.setattr(worker, "tell_robot", lambda kind, *_how, **_more: put(f"robot {kind}"))
    app.config.update(SMTP_HOST="mail.duban.example", REMINDER_HOSTS=frozenset({"qyapi.weixin.qq.com"}))
    return kept


def begin_a_worker(app, moment) -> int:
    """A process of its own that looks round once; its id."""
    child = os.fork()
    if not child:
        try:
            with app.app_context():
                db.engine.dispose(close=False)  # the lines to the database are the parent's
                worker.see_to_reminders(moment)
        finally:
            os._exit(0)
    return child


def forget_the_day() -> None:
    for table in (ReminderSending, ReminderNotice, ReminderRound):
        session.execute(delete(table))


def test_killed_at_any_moment_it_tells_nobody_twice_and_nobody_never(
    plan, app, box, clock_stands, writing, reading
):  # fmt: skip
    chance = random.Random(KILLS)  # noqa: S311 - chance, not a secret
    for _day in range(max(1, KILLS // KILLS_A_DAY)):
        box.write_text("", "utf-8")
        for hour in range(9, 9 + KILLS_A_DAY):  # a lease ends within the hour
            clock_stands.move_to(at(DAY, hour))
            child = begin_a_worker(app, at(DAY, hour))
            threading.Event().wait(chance.uniform(0, LONGEST))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        for hour in (17, 18):
            clock_stands.move_to(at(DAY, hour))
            os.waitpid(begin_a_worker(app, at(DAY, hour)), 0)
        sent = Counter(box.read_text("utf-8").splitlines())
        letters = [line.split(" ") for line in sent if line.startswith("letter")]
        with reading():
            notices = Counter(session.scalars(select(ReminderNotice.person_id)))
            states = Counter(session.scalars(select(ReminderSending.state)))
        assert set(notices.values()) == {1}
        wanted = {f"{name}@example.cn" for name in READERS if plan.place.people[name] in notices}
        assert len(wanted) > 1
        assert {to for _letter, to, _id in letters} == wanted
        assert len(letters) == len(wanted), "a letter that comes again bears the same id"
        assert sent["robot wecom"] + states["unknown"] >= 1, "it was told, or somebody is told that nobody knows"
        assert sent["robot wecom"] <= 1
        with writing():
            forget_the_day()
