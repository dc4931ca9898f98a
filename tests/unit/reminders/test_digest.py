"""The words of a digest, as a letter and as a message in a group."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from tracker.clock import day_of, now
from tracker.reminders.channels.robots import LONGEST, cut
from tracker.reminders.digest import NAMED, Item, body, digest, subject
from tracker.reminders.models import ReminderSending
from tracker.reminders.schedule import REASONS, Reason

SITE = "https://duban.example"
ROOT = Path(__file__).parents[3]


def told(count: int) -> str:
    """What a group is told of so many reports, as the robot of WeCom takes it."""
    found = [Item(n, str(n), "办好企业诉求直通车", "云岫市大数据管理局", "2026-11-05", "late") for n in range(count)]
    app = Flask(__name__)
    Babel(app, default_locale="zh_Hans_CN")
    with app.test_request_context():
        made = digest(found)
        return cut(f"{subject(made.counts, day_of(now()))}\n{body(made, SITE)}", LONGEST["wecom"])


def test_a_long_digest_still_leads_to_the_application():
    assert f"登录查看和填报：{SITE}" in told(90)


def test_how_many_there_are_is_said_once():
    assert told(3).count("■ 逾期 3 项") == 1


def item(number: int, why: Reason = "late", due_on: str = "2026-11-05", **more: Any) -> Item:
    return Item(number, str(number), f"任务{number}", "云岫市大数据管理局", due_on, why, **more)


def written(found: Sequence[Item]) -> str:
    app = Flask(__name__)
    Babel(app, default_locale="zh_Hans_CN")
    with app.test_request_context():
        return body(digest(found), SITE, lambda one: f"{one.page[0]}#{one.id}")


def test_a_long_letter_names_the_gravest_and_says_how_many_more_there_are():
    text = written([*(item(n, "near") for n in range(100, 104)), *(item(n) for n in range(NAMED - 1))])
    assert text.count("：") - 1 == NAMED, "a line each, behind that of the address"
    assert [f"任务{n}" in text for n in (NAMED - 2, 100, 101, 103)] == [True, True, False, False]
    assert "……另有 3 项" in text
    assert "另有" not in written([item(n) for n in range(NAMED)])


def test_the_gravest_comes_first_and_of_the_like_what_was_due_first():
    found = [item(1, "near"), item(2, "late", "2026-11-05"), item(3, "late", "2026-11-02"), item(4, "slip")]
    assert [one.id for one in digest(found).items] == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("one", "page"),
    [
        (item(7), ("progress.obligation", {"obligation_id": 7})),
        (item(7, passed_id=3), ("progress.part", {"passed_id": 3, "obligation_id": 7})),
        (item(7, "asked"), ("progress.question", {"question_id": 7})),
        (item(7, "slip"), ("reminders.slip", {"slip_id": 7})),
        (item(7, "slip_late"), ("reminders.slip", {"slip_id": 7})),
    ],
)
def test_each_thing_leads_to_its_own_page(one: Item, page: tuple[str, dict[str, int]]):
    assert one.page == page


def test_a_subject_of_everything_that_may_be_told_fits_where_it_is_kept():
    """In the longest words, which are English."""
    app = Flask(__name__)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    Babel(app, default_locale="en")
    with app.test_request_context():
        made = subject(dict.fromkeys(REASONS, 1000), day_of(now()))
    assert "overdue" in made
    assert len(made) <= ReminderSending.__table__.c.subject.type.length
