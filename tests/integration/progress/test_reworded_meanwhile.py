"""Another edition asks for something else while a report is being written: whoever hands it in is told."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.integration.progress.test_batch import controls, pressed
from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_BOTH
from tests.support.issued import at
from tests.support.place import AT
from tests.support.revised import CATALOGUE, GUIDE, LIMITS, received, reported_on
from tracker.db import session
from tracker.progress import service
from tracker.progress.models import Obligation

UNIT = "市财政局"
TOLD = "任务要求已调整"
FEWER = (("一、优化流程", "压减审批时限，当场办结。", "市财政局", "市交通运输局", "每季度末月20日前"),)


@pytest.fixture
def plan(place, standing, clock_stands):
    found = standing.begin(reported_on, place)
    clock_stands.move_to(at(date(2026, 7, 10)))
    return found


@pytest.fixture
def reporter(sign_in_as):
    return sign_in_as("reporter")


def name_of(plan, words):
    return next(name for name in plan.tasks if name.startswith(words))


def opened(plan, reporter, writing, words):
    """The form of the next report of a task that is signed for; its address, and what its page holds."""
    name = name_of(plan, words)
    with writing():
        if plan.assignment(name, UNIT).state == "to_sign":
            service.sign(plan.assignment(name, UNIT).id, by=plan.viewer("reporter"), at=AT)
        number = next(one.id for one in plan.obligations(name, UNIT) if one.state == "open")
    address = f"/obligations/{number}/report"
    return address, fields_of(reporter.get(address))


def adopted(plan, writing, clock_stands, rows=None):
    """Five minutes later the office adopts another edition; then it is ten past, and the session lasts."""
    moment = at(date(2026, 7, 10), 10).replace(minute=5)
    with writing():
        received(plan, *([rows] if rows else []), moment=moment)
        plan.adopt(moment)
    clock_stands.move_to(moment.replace(minute=10))


def handed_in(reporter, address, page, figures=None):
    sent = reporter.post(address, data={**page, "done": "已完成前两项。", "percent": "40", **(figures or {})})
    told = reporter.get(sent.location).text
    assert "已提交本单位审核人" in told
    return told


@ON_BOTH
def test_who_hands_in_is_told_that_something_else_is_asked_for(plan, reporter, writing, clock_stands):
    address, page = opened(plan, reporter, writing, LIMITS)
    adopted(plan, writing, clock_stands)
    told = handed_in(reporter, address, page)
    assert TOLD in told
    assert "98%" in told, "the page says what is asked for now"


@pytest.mark.parametrize("words", [GUIDE, LIMITS, CATALOGUE])
def test_who_opened_the_form_after_it_is_told_nothing(plan, reporter, writing, clock_stands, words):
    adopted(plan, writing, clock_stands)
    address, page = opened(plan, reporter, writing, words)
    assert TOLD not in handed_in(reporter, address, page)


def test_a_task_whose_words_stay_is_not_called_another(plan, reporter, writing, clock_stands):
    address, page = opened(plan, reporter, writing, GUIDE)
    adopted(plan, writing, clock_stands)
    assert TOLD not in handed_in(reporter, address, page)


def test_a_figure_that_is_asked_for_no_more_is_told_with_what_was_typed(plan, reporter, writing, clock_stands):
    """Its field is not in the form any more, and what stood in it goes nowhere."""
    address, page = opened(plan, reporter, writing, LIMITS)
    field = next(name for name in reporter.get(address).text.split('name="') if name.startswith("figure_")).split('"')[
        0
    ]
    adopted(plan, writing, clock_stands, FEWER)
    told = handed_in(reporter, address, page, {field: "96.5"})
    assert TOLD in told
    assert "96.5" in told


def test_a_row_of_the_table_tells_what_its_form_would(plan, reporter, writing, clock_stands):
    """Date, words and figures may all be others by the time that a row is handed in."""
    address, _page = opened(plan, reporter, writing, LIMITS)
    number = address.split("/")[2]
    table = "/assignments/reports?due=all"
    typed = controls(reporter.get(table))
    figure = next(name for name in typed if name.startswith(f"row{number}-figure_"))
    typed[f"row{number}-done"], typed[f"row{number}-percent"], typed[figure] = "已完成前两项。", "40", "96.5"
    typed.setlist("chosen", [number])
    adopted(plan, writing, clock_stands, FEWER)
    with writing():
        session.get(Obligation, int(number)).due_on = date(2026, 9, 25)
    assert reporter.post(table, data=pressed(typed, "hand_in")).status_code == 302
    told = reporter.get(table).text
    assert "已提交 1 项报送" in told
    for said in (
        "您填写期间，期限由 [-0-9]+ 调整为 2026-09-25",
        f"您填写期间文件有修订，{TOLD}",
        "原来的目标值不再要求，您填写的 96.5",
    ):
        assert re.search(rf"\w：{said}", told), said


def test_a_row_whose_task_stays_says_nothing(plan, reporter, writing, clock_stands):
    address, _page = opened(plan, reporter, writing, GUIDE)
    number = address.split("/")[2]
    table = "/assignments/reports?due=all"
    typed = controls(reporter.get(table))
    typed[f"row{number}-done"], typed[f"row{number}-percent"] = "已完成前两项。", "40"
    typed.setlist("chosen", [number])
    adopted(plan, writing, clock_stands)
    reporter.post(table, data=pressed(typed, "hand_in"))
    told = reporter.get(table).text
    assert "已提交 1 项报送" in told
    assert "您填写期间" not in told
