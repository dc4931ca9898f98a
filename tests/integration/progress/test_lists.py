"""The ledger: filters, scope, pages that begin where the last one ended, and how little each costs."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text

from tests.support.databases import ON_SQLITE
from tests.support.issued import JUNE, TaskSpec, at, issued, reported
from tests.support.pages import page_faults
from tests.support.place import DAY
from tracker.db import session
from tracker.plans.models import Assignment
from tracker.progress import queries, service
from tracker.progress.models import Obligation
from tracker.progress.queries import WorkFilter

MANY = 4_000
STATES = ("open", "accepted", "reported", "returned", "cancelled")


@pytest.fixture
def full(plan, writing):
    """Thousands of obligations of every state beside those that were issued."""
    with writing():
        owners = list(session.scalars(select(Assignment).order_by(Assignment.id)))
        rows: list[dict[str, Any]] = []
        for number in range(MANY):
            owner = owners[number % len(owners)]
            due = date(2027, 1, 1) + timedelta(days=number // len(owners))
            state = STATES[number % 7 % 5]
            timing = "none" if state in {"open", "cancelled"} else "late" if number % 2 else "on_time"
            rows.append({
                "assignment_id": owner.id, "plan_id": owner.plan_id, "task_id": owner.task_id,
                "chapter_id": owner.chapter_id, "unit_id": owner.unit_id, "unit_group": owner.unit_group, "due_on": due,
                "original_due_on": due, "kind": "date", "text": "到期", "state": state, "timing": timing,
            })  # fmt: skip
        session.execute(insert(Obligation), rows)
    return plan


def walk(viewer, wanted: WorkFilter, today: date = DAY) -> list[queries.WorkRow]:
    rows: list[queries.WorkRow] = []
    cursor = None
    while True:
        page = queries.work_page(viewer, wanted, today=today, cursor=cursor)
        rows += page.rows
        if page.next is None:
            return rows
        cursor = page.next


@pytest.mark.parametrize(
    ("who", "wanted", "keeps"),
    [
        ("leader", WorkFilter(), lambda one: one.state != "cancelled"),
        ("leader", WorkFilter(state="returned"), lambda one: one.state == "returned"),
        ("leader", WorkFilter(state="cancelled"), lambda one: one.state == "cancelled"),
        ("leader", WorkFilter(state="unfinished", plan_id=1), lambda one: one.state in {"open", "reported", "returned"}),
        ("leader", WorkFilter(timing="late"), lambda one: one.timing == "late"),
        (
            "leader", WorkFilter(due_from=date(2027, 2, 1), due_to=date(2027, 2, 9)),
            lambda one: one.state != "cancelled" and date(2027, 2, 1) <= one.due_on <= date(2027, 2, 9),
        ),
        ("leader", WorkFilter(text="审批"), lambda one: one.state != "cancelled" and one.task_id == 1),
        ("leader", WorkFilter(text="没有这样的任务"), lambda _: False),
        ("leader", WorkFilter(group="县区", descending=True), lambda one: one.state != "cancelled" and one.unit_group == "县区"),
        (
            "leader", WorkFilter(unit_id=2, light="overdue"),
            lambda one: one.unit_id == 2 and (one.state in {"open", "returned"} or (one.state, one.timing) == ("reported", "late")),
        ),
        ("reporter", WorkFilter(), lambda one: one.state != "cancelled" and one.unit_id == 2),
        ("reporter", WorkFilter(unit_id=3), lambda _: False),
        ("county_reporter", WorkFilter(state="accepted"), lambda one: one.state == "accepted" and one.unit_id in {4, 6}),
        ("admin", WorkFilter(), lambda _: False),
    ],
)  # fmt: skip
def test_filters_scope_and_pages(full, reading, who, wanted, keeps):
    with reading():
        today = date(2028, 12, 31) if wanted.light else DAY
        expected = sorted(
            ((one.due_on, one.id) for one in session.scalars(select(Obligation)) if keeps(one)),
            reverse=wanted.descending,
        )
        found = walk(full.viewer(who), wanted, today)
        if wanted.light:
            assert {row.light for row in found} == {"overdue"}
            expected = [key for key in expected if key[0] < today]
        assert [(row.due_on, row.id) for row in found] == expected


def test_back_and_forth(full, reading):
    with reading():
        leader = full.viewer("leader")
        first = queries.work_page(leader, WorkFilter(), today=DAY)
        second = queries.work_page(leader, WorkFilter(), today=DAY, cursor=first.next)
        back = queries.work_page(leader, WorkFilter(), today=DAY, cursor=second.previous)
        assert [row.id for row in back.rows] == [row.id for row in first.rows]
        assert first.previous is None
        assert first.total is None, "more than a thousand are not counted for a page"
        assert first.more_than == 1_000
        for broken in ("x", "W10", "WzAsMSwyXQ"):
            page = queries.work_page(leader, WorkFilter(), today=DAY, cursor=broken)
            assert [row.id for row in page.rows] == [row.id for row in first.rows]


def test_a_page_is_a_fixed_number_of_statements(full, reading, statements):
    with reading():
        leader = full.viewer("leader")
        with statements() as small:
            queries.work_page(leader, WorkFilter(unit_id=2, due_to=date(2026, 4, 1)), today=DAY)
        with statements() as large:
            queries.work_page(leader, WorkFilter(unit_id=2), today=DAY)
        assert len(small) == len(large)
        assert len(large) <= 6


@ON_SQLITE
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (WorkFilter(), "ix_obligation_state"),
        (WorkFilter(plan_id=1), "ix_obligation_plan"),
        (WorkFilter(plan_id=1, chapter_id=1), "ix_obligation_plan"),
        (WorkFilter(plan_id=1, group="县区"), "ix_obligation_unit"),
        (WorkFilter(light="overdue"), "ix_obligation_state"),
        (WorkFilter(unit_id=2, plan_id=1, state="open"), "ix_obligation_unit"),
        (WorkFilter(text="审批"), "ix_obligation_task"),
    ],
)
def test_each_run_goes_along_its_index(full, reading, statements, wanted, index):
    """A page reads rows in order from an index and stops: no scan of the table, no sort of what is not shown."""
    with reading():
        with statements() as seen:
            queries.work_page(full.viewer("leader"), wanted, today=DAY)
        listing = next(one for one in seen if "role" in one and "LIMIT" in one)
        plan = session.execute(text("EXPLAIN QUERY PLAN " + listing.replace("?", "1"))).all()
        steps = [row.detail for row in plan if "obligation" in row.detail and "PRIMARY KEY" not in row.detail]
        assert steps, plan
        assert all(index in step for step in steps), steps


def test_pages_of_every_list(full, sign_in_as):
    leader, reporter, lead = sign_in_as("leader"), sign_in_as("reporter"), sign_in_as("lead")
    page = leader.get("/work?plan=1&light=overdue&due_from=2026-01-01&due_to=x&chapter=1&text=审批&sort=-due&unit=abc")
    assert page.status_code == 200
    assert leader.get("/work?text=没有这样的任务").status_code == 200
    for tab in ("to_sign", "in_progress", "done", "handed_back", "nonsense"):
        assert reporter.get(f"/assignments?tab={tab}").status_code == 200
    assert lead.get("/checks").status_code == 200
    assert sign_in_as("reviewer").get("/reviews").status_code == 200
    assert sign_in_as("admin").get("/work").status_code == 404


def test_the_unit_of_the_ledger_is_typed(full, sign_in_as):
    """By number (a link), by name or by short name; who has one unit is not asked. A name of none finds nothing."""
    leader = sign_in_as("leader")
    page = leader.get("/work").text
    assert page_faults(page) == []
    assert 'data-url="/units/find.json"' in page
    assert '<select class="form-select" id="unit"' not in page
    by_number, by_name = leader.get("/work?unit=2").text, leader.get("/work?unit=市财政局").text
    rows = "<tbody>"
    assert 'value="市财政局"' in by_number
    assert by_number.split(rows)[1].split("</tbody>")[0] == by_name.split(rows)[1].split("</tbody>")[0]
    assert "没有符合条件的报送" in leader.get("/work?unit=没有这个局").text
    assert "/units/find.json" not in sign_in_as("reporter").get("/work").text


def test_the_ledger_begins_with_what_is_not_finished(plan, writing, sign_in_as):
    with writing():
        done = plan.obligations("压减审批时限", "市财政局")[0].id
        service.accept(reported(plan, done, percent=100), by=plan.viewer("lead"), at=at(DAY, 12))
    leader, link = sign_in_as("leader"), f'href="/obligations/{done}"'
    assert link not in leader.get("/work").text
    assert link in leader.get("/work?state=").text
    assert link in leader.get("/work?timing=on_time").text


@ON_SQLITE
def test_each_page_of_the_ledger_is_of_one_list(full, sign_in_as):
    """What is finished stays away on the second page, and where the dates are turned round, as on the first."""
    leader = sign_in_as("leader")
    first = leader.get("/work").text
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    turned = re.search(r'class="sort" href="([^"]+)"', first)
    for found in (onward, turned):
        page = leader.get("/work" + html.unescape(found[1])).text
        assert '<option selected value="unfinished">' in page
        assert ">已核收<" not in page.split("<tbody>")[1]


@ON_SQLITE
def test_how_many_there_are_can_be_asked_where_a_list_is_long(full, reading, sign_in_as):
    leader = sign_in_as("leader")
    page = leader.get("/work?state=").text
    ask = re.search(r'多于 1,000 项，可用筛选缩小范围 <a href="([^"]+)">数清总数', page)
    counted = leader.get("/work" + html.unescape(ask[1])).text
    with reading():
        with_all = session.scalar(select(func.count()).where(Obligation.state != "cancelled"))
    assert f"共 {with_all:,} 项" in counted
    onward = re.search(r'rel="next" href="([^"]+)"', counted)
    assert f"共 {with_all:,} 项" in leader.get("/work" + html.unescape(onward[1])).text


LATER = {"text": "9月底前", "kind": "month_end", "date": "2026-09-30", "recurrence": None}
EARLY = {"text": "4月底前", "kind": "month_end", "date": "2026-04-30", "recurrence": None}
MINE = (
    TaskSpec("甲任务", (("市财政局", "lead"),), (LATER,)),
    TaskSpec("乙任务", (("市财政局", "lead"),), (JUNE,)),
    TaskSpec("丙任务", (("市财政局", "lead"),), (EARLY, LATER)),
    TaskSpec("丁任务", (("市财政局", "lead"),), (EARLY,)),
)


@pytest.fixture
def mine(place, writing):
    """Four tasks of the finance bureau, signed for; all that the fourth owed is accepted."""
    with writing():
        plan = issued(place, MINE)
        for one in MINE:
            service.sign(plan.assignment(one.name, "市财政局").id, by=plan.viewer("reporter"), at=at(DAY))
        accepted = plan.obligations("丁任务", "市财政局")[0]
        service.accept(reported(plan, accepted.id), by=plan.viewer("lead"), at=at(DAY, 15))
    return plan


def tasks_in(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a[^>]*>\d+ (\w+)</a>', page)


def test_tasks_under_way_stand_by_their_next_date(mine, sign_in_as):
    """What is due first stands first; what owes nothing comes last. The order of the plan is one click away."""
    reporter = sign_in_as("reporter")
    page = reporter.get("/assignments?tab=in_progress").text
    assert tasks_in(page) == ["丙任务", "乙任务", "甲任务", "丁任务"]
    by_plan = re.search(r'<a class="sort" href="([^"]*sort=plan[^"]*)"', page)
    assert by_plan is not None
    found = reporter.get("/assignments" + by_plan[1].replace("&amp;", "&").removeprefix("/assignments")).text
    assert tasks_in(found) == ["甲任务", "乙任务", "丙任务", "丁任务"]


@pytest.mark.parametrize("order", ["due", "plan"])
def test_pages_of_tasks_under_way_go_on_where_the_last_ended(mine, reading, order):
    with reading():
        viewer = mine.viewer("reporter")
        whole = [row.id for row in queries.assignment_page(viewer, "in_progress", today=DAY, order=order).rows]
        assert len(whole) == 4
        first = queries.assignment_page(viewer, "in_progress", today=DAY, order=order, size=2)
        second = queries.assignment_page(viewer, "in_progress", today=DAY, order=order, size=2, cursor=first.next)
        assert [row.id for row in (*first.rows, *second.rows)] == whole
        assert second.next is None
        back = queries.assignment_page(viewer, "in_progress", today=DAY, order=order, size=2, cursor=second.previous)
        assert [row.id for row in back.rows] == whole[:2]
