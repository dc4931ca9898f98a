"""Plans and tasks: who sees what, and how lists are narrowed."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.support.breakdown import ROWS, workbook
from tests.support.place import AT
from tracker.clock import today
from tracker.db import session
from tracker.drafts import service
from tracker.plans import queries
from tracker.plans.models import Assignment, Task
from tracker.progress.queries.issuing import issue_preview
from tracker.units.models import Unit

WHOLE = ("lead", "leader", "evaluator")
UNITS = ("reporter", "reviewer", "county_reporter", "county_reviewer")


@pytest.fixture
def tasks(plan_id, reading) -> list[int]:
    with reading():
        return list(session.scalars(select(Task.id).order_by(Task.position)))


@pytest.mark.parametrize("username", WHOLE)
def test_the_lead_office_leaders_and_evaluators_see_a_plan_before_it_is_issued(plan_id, tasks, sign_in_as, username):
    client = sign_in_as(username)
    assert "2026年重点工作" in client.get("/plans").text
    page = client.get(f"/plans/{plan_id}").text
    assert all(row[0] in page for row in ROWS)
    assert {client.get(f"/tasks/{task}").status_code for task in tasks} == {200}


@pytest.mark.parametrize("username", UNITS)
def test_units_see_nothing_before_it_is_issued(plan_id, tasks, sign_in_as, username):
    client = sign_in_as(username)
    assert "还没有下发给您的任务" in client.get("/plans").text
    assert client.get(f"/plans/{plan_id}").status_code == 404
    assert {client.get(f"/tasks/{task}").status_code for task in tasks} == {404}


@pytest.mark.parametrize(
    ("username", "positions"),
    [("reporter", {1, 2}), ("other_reviewer", {1, 3, 4}), ("county_reporter", {2, 3}), ("county_reviewer", {2, 3})],
)
def test_units_see_their_own_tasks_once_issued(issued, tasks, sign_in_as, username, positions):
    client = sign_in_as(username)
    seen = {number for number, task in enumerate(tasks, 1) if client.get(f"/tasks/{task}").status_code == 200}
    assert seen == positions
    page = client.get(f"/plans/{issued}").text
    assert {number for number, task in enumerate(tasks, 1) if f'href="/tasks/{task}"' in page} == positions
    assert "待认领" not in page.split("<main")[1].split("<table")[0]


def test_a_plan_names_only_units_of_the_tasks_that_are_seen(place, issued, tasks, writing, sign_in_as):
    """The counties' part in the second task is taken from them: the third has nothing of the finance bureau's."""
    with writing():
        county = place.units["望川县"]
        mine = update(Assignment).where(Assignment.task_id == tasks[1], Assignment.unit_id == county)
        session.execute(mine.values(state="withdrawn"))
    finance = ">市财政局</option>"
    page = sign_in_as("county_reporter").get(f"/plans/{issued}").text
    assert ">市交通运输局</option>" in page
    assert finance not in page
    assert finance in sign_in_as("lead").get(f"/plans/{issued}").text


def test_units_stand_in_the_printed_order_wherever_a_plan_lists_them(place, plan_id, writing, reading, sign_in_as):
    """A county that is printed before the bureaus, and a bureau that nobody put at a place."""
    printed = ("望川县", "市交通运输局", "临溪县", "市财政局")
    with writing():
        for number, name in enumerate(printed):
            session.get_one(Unit, place.units[name]).sort_key = f"{number:06d}"
    with reading():
        lead = place.viewer("lead")
        assert tuple(name for _id, name in queries.units_of(plan_id, lead)) == printed
        assert tuple(share.unit for share in queries.unit_shares(plan_id)) == printed
        assert tuple(load.unit for load in issue_preview(plan_id, lead, today=today()).units) == printed


def test_admins_have_no_business_here(plan_id, sign_in_as):
    client = sign_in_as("admin")
    assert client.get("/plans").status_code == 404
    assert client.get(f"/plans/{plan_id}").status_code == 404


def test_a_unit_sees_how_far_it_is_itself_and_not_the_others(issued, tasks, sign_in_as, place, reading):
    page = sign_in_as("reporter").get(f"/tasks/{tasks[0]}").text
    with reading():
        held = dict(
            session.execute(select(Assignment.unit_id, Assignment.id).where(Assignment.task_id == tasks[0])).all()
        )
    assert f'/assignments/{held[place.units["市财政局"]]}"' in page
    assert f'/assignments/{held[place.units["市交通运输局"]]}"' not in page
    assert "市交通运输局" in page


def test_a_handed_over_assignment_no_longer_opens_the_task(issued, tasks, sign_in_as, place, writing):
    with writing():
        held = session.scalars(
            select(Assignment).where(Assignment.task_id == tasks[3], Assignment.unit_id == place.units["市交通运输局"])
        ).one()
        held.state = "moved"
    assert sign_in_as("other_reporter").get(f"/tasks/{tasks[3]}").status_code == 404


def test_the_task_page_leads_to_its_cell(plan_id, tasks, sign_in_as):
    page = sign_in_as("lead").get(f"/tasks/{tasks[0]}").text
    assert "at=%E4%BB%BB%E5%8A%A1!B3#here" in page
    assert ROWS[0][1] in page
    assert "95%以上" in page
    assert "2026-06-30" in page
    cell = sign_in_as("evaluator").get("/drafts/1?at=任务!B3").text
    assert 'id="here" class="is-marked"' in cell


def test_units_read_the_source_words_without_the_link(issued, tasks, sign_in_as):
    page = sign_in_as("reporter").get(f"/tasks/{tasks[0]}").text
    assert "任务!B3" in page
    assert "/drafts/" not in page


@pytest.mark.parametrize(
    ("query", "positions"),
    [
        ("q=公路", {3}),
        ("q=健全 机制", {4}),
        ("q=没有这样的任务", set()),
        ("unit={望川县}", {2, 3}),
        ("unit=nobody", set()),
        ("chapter={chapter}", {3, 4}),
        ("chapter=x&unit=", {1, 2, 3, 4}),
        ("cursor=nonsense", {1, 2, 3, 4}),
    ],
)
def test_tasks_are_narrowed_by_the_address(plan_id, tasks, sign_in_as, place, reading, query, positions):
    with reading():
        chapter = session.get_one(Task, tasks[2]).chapter_id
    query = query.format(chapter=chapter, **place.units)
    page = sign_in_as("lead").get(f"/plans/{plan_id}?{query}").text
    assert {number for number, task in enumerate(tasks, 1) if f'href="/tasks/{task}"' in page} == positions


def test_long_plans_come_in_pages_both_ways(writing, reading, place, sign_in_as, statements):
    def adopted(size: int) -> int:
        rows = [
            (f"领域{number // 30}", f"做好第{number}项工作。", "市财政局", "望川县", "年底前") for number in range(size)
        ]
        with writing():
            return service.import_and_adopt(
                data=workbook(rows), file_name="长表.xlsx", plan_name=f"长表{size}", year=2026,
                unit_id=place.units["云岫市"], by=place.viewer("lead"), at=AT, choices={},
            ).plan_id  # fmt: skip

    short, long = adopted(5), adopted(120)
    with reading():
        viewer = place.viewer("lead")
        first = queries.task_page(long, viewer, queries.TaskFilter())
        second = queries.task_page(long, viewer, queries.TaskFilter(), cursor=first.next)
        back = queries.task_page(long, viewer, queries.TaskFilter(), cursor=second.previous)
    assert (first.total, [row.position for row in first.rows][-1]) == (120, 50)
    assert [row.position for row in second.rows][:1] == [51]
    assert [row.id for row in back.rows] == [row.id for row in first.rows]
    counts = []
    client = sign_in_as("lead")
    for plan in (short, long):
        assert client.get(f"/plans/{plan}").status_code == 200  # what holds for many requests is asked for once
        with statements() as seen:
            client.get(f"/plans/{plan}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
