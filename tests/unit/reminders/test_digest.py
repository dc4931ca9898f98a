"""The words of a digest, as a letter and as a message in a group."""

from pathlib import Path

from flask import Flask
from flask_babel import Babel

from tracker.clock import day_of, now
from tracker.reminders.channels.robots import LONGEST, cut
from tracker.reminders.digest import Item, body, digest, subject
from tracker.reminders.models import ReminderSending
from tracker.reminders.schedule import REASONS

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


def test_a_subject_of_everything_that_may_be_told_fits_where_it_is_kept():
    """In the longest words, which are English."""
    app = Flask(__name__)
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    Babel(app, default_locale="en")
    with app.test_request_context():
        made = subject(dict.fromkeys(REASONS, 1000), day_of(now()))
    assert "overdue" in made
    assert len(made) <= ReminderSending.__table__.c.subject.type.length
