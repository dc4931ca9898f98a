"""What waits for a unit that has passed a task down (转办下级): reports of units below to be taken up, and those that are late."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.integration.progress.test_passing import COUNTY, OFFICE, TASK, due, passed, plan, send
from tests.support.issued import at
from tests.support.place import AT
from tracker.desk.queries.desk import afoot, desk
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.queries.passed_on import waiting_below
from tracker.progress.service.passing import end_passing, send_back_part

__all__ = ["due", "passed", "plan"]
"""Fixtures of passing down that hold here too."""

EARLIER, LATER = date(2026, 3, 15), date(2026, 3, 16)
"""The office's own date, five days before the county's, and the day after."""


@pytest.fixture
def waiting(plan, passed, reading):
    """What waits for somebody on a day: (unit below, state of its report, light)."""

    def found(day, who="county_reporter"):
        with reading():
            rows = waiting_below(plan.viewer(who), today=day)
            return [(one.row.unit, one.row.state, one.row.light) for one in rows]

    return found


def test_late_at_its_own_earlier_date(plan, waiting):
    assert waiting(EARLIER) == [], "its day is not over"
    assert waiting(LATER) == [(OFFICE, "", "overdue")]
    for other in ("office", "reporter", "lead", "leader"):
        assert waiting(LATER, other) == [], "it waits for whoever passed the task down"


def test_what_arrived_waits_until_it_is_taken_up(plan, passed, due, waiting, writing):
    with writing():
        part = send(plan, passed)
    assert [one[:2] for one in waiting(LATER)] == [(OFFICE, "reported")], "counted once, and late no more"
    with writing():
        send_back_part(part, "请附清单。", by=plan.viewer("county_reporter"), at=AT)
    assert waiting(EARLIER) == [], "it is the office's turn"
    assert [one[:2] for one in waiting(LATER)] == [(OFFICE, "returned")]
    with writing():
        send(plan, passed, version=99, done="建成3个，清单如下。")
        service.hand_in(due, content=Content("全县建成3个。", percent=20), by=plan.viewer("county_reporter"), at=AT)
    assert waiting(LATER) == []


def test_whoever_is_relieved_is_not_late(plan, passed, waiting, writing):
    with writing():
        end_passing(passed, by=plan.viewer("county_reviewer"), at=AT)
    assert waiting(LATER) == []


def test_the_desk_and_the_list_say_so(plan, passed, due, sign_in_as, clock_stands, reading, writing):
    county = sign_in_as("county_reporter")
    assert "下级报送" not in content_of(county.get("/").text), "nothing waits"
    clock_stands.move_to(at(LATER))
    county = sign_in_as("county_reporter")
    page = content_of(county.get("/").text)
    assert re.search(r'href="/passed/below"(?:(?!</a>).)*下级报送(?:(?!</a>).)*1', page, re.DOTALL), "a tile counts it"
    assert f'href="/passed/{passed}/reports/{due}"' in page
    listed = county.get("/passed/below").text
    assert OFFICE in listed
    assert TASK in listed
    assert 'aria-current="page">下级报送 <span class="tabs-count">1</span>' in listed
    assert "下级报送" in county.get("/assignments").text, "the list is a tab of the unit's own tasks"
    with writing():
        send(plan, passed, when=at(LATER))
    page = county.get("/").text
    assert f'href="/obligations/{due}/report"' in page, "and is taken up by one click"
    with reading():
        viewer = plan.viewer("county_reporter")
        shown = desk(viewer, LATER, afoot(viewer))
        assert (len(shown.from_below), shown.from_below_total, shown.is_idle) == (1, 1, False)
        assert shown.below == [], "what the office owes is the office's"
    office = sign_in_as("office")
    assert "下级报送" not in office.get("/assignments", follow_redirects=True).text
    assert sign_in_as("other_reporter").get("/passed/below").status_code == 200
    assert COUNTY not in sign_in_as("other_reporter").get("/passed/below").text


def content_of(page: str) -> str:
    """A page without its side bar."""
    return page[page.index("<main") :]


def in_side_bar(page: str) -> tuple[str, bool] | None:
    """What the side bar, which is the menu of a phone too, counts beside 下级报送, and whether the page stands there; None
    where it is not in it."""
    found = re.search(r'<a class="sidebar-link([^"]*)" href="/passed/below".*?</a>', page, re.DOTALL)
    if found is None:
        return None
    count = re.search(r'"sidebar-badge">(\d+)', found[0])
    return count[1] if count else "", " active" in found[1]


def test_the_side_bar_counts_it_for_whoever_passed_something_down(plan, passed, due, sign_in_as, clock_stands, writing):
    assert in_side_bar(sign_in_as("county_reporter").get("/").text) == ("", False), "nothing waits"
    clock_stands.move_to(at(LATER))
    county = sign_in_as("county_reporter")
    assert in_side_bar(county.get("/").text) == ("1", False)
    assert in_side_bar(county.get("/passed/below").text) == ("1", True)
    assert in_side_bar(sign_in_as("county_reviewer").get("/").text) == ("1", False)
    for other in ("office", "other_reporter", "lead", "leader"):
        assert in_side_bar(sign_in_as(other).get("/").text) is None, "they never passed anything down"
    with writing():
        send(plan, passed, when=at(LATER))
        service.hand_in(due, content=Content("全县建成3个。", percent=20), by=plan.viewer("county_reporter"), at=AT)
    assert in_side_bar(county.get("/").text) == ("", False)


def test_whoever_never_passed_anything_down_finds_the_page_under_their_tasks(plan, sign_in_as):
    page = sign_in_as("other_reporter").get("/passed/below").text
    assert re.search(r'<a class="sidebar-link active" href="/assignments"', page)


def test_whoever_reports_takes_it_up_from_the_list_and_whoever_reviews_does_not(plan, passed, due, sign_in_as, writing):
    with writing():
        send(plan, passed)
    report = f'href="/obligations/{due}/report"'
    assert report in sign_in_as("county_reporter").get("/passed/below").text
    assert report not in sign_in_as("county_reviewer").get("/passed/below").text


def test_the_desk_shows_in_red_what_is_late_at_its_own_date(plan, passed, sign_in_as, clock_stands):
    tile = re.compile(r'<div class="tile tile-(\w+)">\s*<dt>(上级转办|下级报送)</dt>')
    assert tile.findall(sign_in_as("office").get("/").text) == [("amber", "上级转办")]
    clock_stands.move_to(at(LATER))
    page = sign_in_as("office").get("/").text
    assert tile.findall(page) == [("red", "上级转办")]
    assert "已过 1 天" in page
    assert tile.findall(sign_in_as("county_reporter").get("/").text) == [("red", "下级报送")]
