"""The dashboard: every number is as long as the list it opens; charts say what their tables say; others see nothing."""

from __future__ import annotations

import html
import json
import re
from datetime import date

import pytest

from tests.support.counting import length, numbers
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, adopted, at
from tests.support.place import AT
from tests.support.scored import AS_OF, SCORED_AT, found_scored
from tracker import clock
from tracker.assessment.service.runs import publish, run_scheme
from tracker.dashboard.queries import dashboard as queries
from tracker.progress import service


@pytest.mark.parametrize("who", ["lead", "leader", "evaluator"])
@pytest.mark.parametrize("query", ["", "?plan={plan}"])
@ON_SQLITE
def test_every_number_is_as_long_as_its_list(plan, sign_in_as, who, query):
    client = sign_in_as(who)
    page = client.get("/dashboard" + query.format(plan=plan.plan_id)).text
    found = {(href, number) for href, number in numbers(page) if href.startswith("/work")}
    assert len(found) > 10
    lengths = {href: length(client, href) for href in {href for href, _ in found}}
    months = {href for href in lengths if "due_to" in href}  # a month's number is a percent: see below
    assert {
        (href, number, lengths[href]) for href, number in found if href not in months and lengths[href] != number
    } == set()


def figures(page: str) -> dict[str, dict[str, object]]:
    found = re.findall(r'<script type="application/json" id="([\w-]+)-figure">(.*?)</script>', page, re.DOTALL)
    return {name: json.loads(text) for name, text in found}


@ON_SQLITE
def test_a_share_by_a_month_leads_to_what_it_is_the_share_of(plan, sign_in_as):
    client = sign_in_as("leader")
    lines = figures(client.get("/dashboard").text)["months"]["data"]
    whole = length(client, "/work?state=")
    points = [one for line in lines for one in zip(line["customdata"], line["y"], strict=True) if one[1] is not None]
    assert len(points) > 4
    assert {href: share for href, share in points if round(1000 * length(client, href) / whole) / 10 != share} == {}


def test_each_chart_has_its_table_and_leads_to_its_lists(plan, sign_in_as):
    client = sign_in_as("leader")
    page = client.get(f"/dashboard?plan={plan.plan_id}").text
    charts = figures(page)
    assert set(charts) == {"months", "chapters", "units-0", "units-1"}
    assert page.count('class="chart-data"') == len(charts)
    assert ">None<" not in page  # a month to come has no progress yet
    for chart in charts.values():
        assert "height" not in chart["layout"]
        for trace in chart["data"]:
            assert all(href is None or href.startswith("/work?") for href in trace.get("customdata", []))


def test_what_is_overdue_stands_first_with_its_days(plan, sign_in_as):
    page = sign_in_as("leader").get("/dashboard").text
    assert page.index("逾期事项") < page.index("本月与上月") < page.index("按月进度")
    exceptions = part(page, "exceptions")
    assert "市交通运输局" in exceptions
    assert re.search(r'light-note">103 天</span>', exceptions)  # due on 20 March, looked at on 1 July
    assert "已核" not in exceptions


def part(page: str, number: str) -> str:
    """One block of the page."""
    return page[(start := page.index(f'id="{number}"')) : page.index("</section>", start)]


def test_a_task_with_many_units_overdue_stands_once_with_its_units_inside(plan, sign_in_as):
    client = sign_in_as("leader")
    exceptions = part(client.get("/dashboard").text, "exceptions")
    tasks = re.findall(r'href="/tasks/(\d+)"', exceptions)
    assert len(tasks) == len(set(tasks)) > 1
    assert exceptions.count("<tr>") == len(tasks) + 1  # and the heads
    leads = {html.unescape(href) for href in re.findall(r'href="(/work\?[^"]+)"', exceptions)}
    assert {href for href in leads if "unit=" in href}
    assert all("light=overdue" in href for href in leads)
    assert all(length(client, href) > 0 for href in leads)


def test_units_beyond_the_first_are_counted(place, writing, sign_in_as, monkeypatch):
    monkeypatch.setattr(queries, "NAMED", 2)
    duties = (("市财政局", "lead"), ("市交通运输局", "support"), ("望川县", "support"))
    with writing():
        made = adopted(place, [TaskSpec("多家承担的任务", duties)])
        service.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
    exceptions = part(sign_in_as("leader").get("/dashboard").text, "exceptions")
    assert "等 3 个单位" in exceptions
    assert exceptions.count("unit=") == 2


def test_this_month_is_set_beside_the_last_one(plan, sign_in_as, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(date(2026, 7, 21)))
    client = sign_in_as("leader")
    months = part(client.get("/dashboard").text, "months-two")
    found = list(numbers(months))
    assert {re.sub(r".*(due_from=[^&]+&due_to=[^&]+).*", r"\1", href) for href, _ in found} <= {
        "due_from=2026-07-01&due_to=2026-07-21",
        "due_from=2026-06-01&due_to=2026-06-30",
    }
    assert found
    assert {(href, number) for href, number in found if length(client, href) != number} == set()


def test_departments_and_counties_stand_apart(plan, sign_in_as):
    page = sign_in_as("leader").get("/dashboard").text
    departments, counties = page.index(">部门进展<"), page.index(">县区进展<")
    first, second = sorted((departments, counties))
    blocks = {departments: {"市财政局", "市交通运输局"}, counties: {"望川县", "临溪县"}}
    assert all(name in page[first:second] for name in blocks[first])
    assert all(name not in page[first:second] for name in blocks[second])


def test_grades_of_the_last_published_run(place, writing, sign_in_as):
    with writing():
        scored = found_scored(place)
        scored.enter_all_marks()
        run = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        )
        number, version = run.id, run.version
    leader = sign_in_as("leader")
    assert "grades-figure" not in leader.get("/dashboard").text
    with writing():
        publish(number, version=version, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    page = leader.get("/dashboard").text
    grades = figures(page)["grades"]
    assert sum(sum(value or 0 for value in trace["y"]) for trace in grades["data"]) == 6
    assert f'href="/runs/{number}"' in page


def test_each_number_of_a_grade_opens_the_units_that_got_it(place, writing, sign_in_as):
    with writing():
        scored = found_scored(place)
        scored.enter_all_marks()
        run = run_scheme(
            scored.scheme, plan_id=scored.plan_id, as_of=AS_OF, by=scored.viewer("evaluator"), at=SCORED_AT
        )
        publish(run.id, version=run.version, by=scored.viewer("second_evaluator"), at=SCORED_AT)
    leader, seen = sign_in_as("leader"), 0
    for trace in figures(leader.get("/dashboard").text)["grades"]["data"]:
        for units, href in zip(trace["y"], trace["customdata"], strict=True):
            assert (href is None) == (units is None)
            if href is not None:
                shown = leader.get(href).text
                assert shown.count('<th scope="row" ') == units
                assert f'<option selected value="{trace["name"]}"' in shown
                seen += units
    assert seen == 6


def test_who_sees_it(plan, sign_in_as):
    for who in ("reporter", "reviewer", "admin", "nobody"):
        assert sign_in_as(who).get("/dashboard").status_code == 404, who
    assert sign_in_as("leader").get("/dashboard?plan=999").status_code == 404


def test_before_anything_is_issued_it_says_what_comes(place, sign_in_as):
    assert "还没有可看的进展" in sign_in_as("leader").get("/dashboard").text
    assert "查看计划" in sign_in_as("lead").get("/dashboard").text


@pytest.mark.parametrize("query", ["", "?plan={plan}"])
@ON_SQLITE
def test_it_asks_as_much_for_many_as_for_few(place, writing, sign_in_as, statements, query):
    client, sizes = sign_in_as("leader"), []
    client.get("/dashboard")
    for year, count in ((2024, 2), (2025, 25)):
        tasks = [TaskSpec(f"第{n}项任务", (("市财政局", "lead"), ("望川县", "support"))) for n in range(count)]
        with writing():
            made = adopted(place, tasks, year=year)
            service.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
        with statements() as sent:
            assert client.get("/dashboard" + query.format(plan=made.plan_id)).status_code == 200
        sizes.append(len(sent))
    assert sizes[0] == sizes[1] <= 40
