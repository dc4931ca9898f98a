"""Archived plans (归档) beside live ones: counted apart unless asked for, and every number as long as its list either way."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from tests.integration.desk.conftest import TODAY
from tests.support.counting import length, numbers
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, adopted, at
from tests.support.place import AT
from tracker.db import session
from tracker.plans.models import Assignment
from tracker.progress import service
from tracker.progress.models import Obligation
from tracker.progress.service.archiving import archive_plan, reopen_plan
from tracker.progress.service.counting import change

pytestmark = ON_SQLITE


@pytest.fixture
def archived(plan, place, writing) -> int:
    """The plan settled and archived, and a new one beside it. How many reports the archived one counts."""
    with writing():
        made = adopted(place, [TaskSpec("新一年的任务", (("市财政局", "lead"), ("望川县", "support")))], name="来年")
        service.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
        session.execute(update(Assignment).where(Assignment.plan_id == plan.plan_id).values(state="in_progress"))
        held = list(session.scalars(select(Obligation).where(Obligation.plan_id == plan.plan_id)))
        change([one for one in held if one.state != "cancelled"], state="accepted")
        archive_plan(plan.plan_id, by=plan.viewer("lead"), at=at(TODAY))
        return sum(one.state != "cancelled" for one in held)


def total(client, query: str = "") -> int:
    return length(client, "/work?state=" + query)


@pytest.mark.parametrize("who", ["lead", "leader", "evaluator"])
@pytest.mark.parametrize("query", ["", "?plan=all", "?plan={plan}"])
def test_every_number_is_as_long_as_its_list(plan, archived, sign_in_as, who, query):
    client = sign_in_as(who)
    page = client.get("/dashboard" + query.format(plan=plan.plan_id)).text
    found = {(href, number) for href, number in numbers(page) if href.startswith("/work")}
    assert len(found) > 5
    wrong = {(href, number, length(client, href)) for href, number in found if length(client, href) != number}
    assert wrong == set()


@pytest.mark.parametrize("who", ["leader", "reporter", "reviewer"])
def test_the_desk_counts_what_its_lists_show(archived, sign_in_as, who):
    client = sign_in_as(who)
    found = [(href, number) for href, number in numbers(client.get("/").text) if not href.startswith("#")]
    assert {href: number for href, number in found if length(client, href) != number} == {}


def test_archived_plans_stand_apart_until_they_are_asked_for(plan, archived, sign_in_as):
    leader = sign_in_as("leader")
    live, both = total(leader), total(leader, "&archived=with")
    assert both - live == archived > 0
    assert length(leader, f"/work?state=&plan={plan.plan_id}") == archived, "a plan that is asked for by name is shown"
    assert length(leader, f"/work?state=&task={plan.tasks['压减审批时限']}") > 0
    page = leader.get("/dashboard").text
    assert "另有 1 份计划已归档，不计在内" in page
    assert 'href="/dashboard?plan=all"' in page
    assert "/work?archived=with" not in page
    whole = leader.get("/dashboard?plan=all").text
    assert "已归档的 1 份计划也计在内" in whole
    assert "archived=with" in whole
    assert "（已归档）" in page, "it can be chosen by itself"


def test_the_ledger_says_what_it_leaves_out(plan, archived, sign_in_as, writing):
    lead = sign_in_as("lead")
    assert "归档计划" in lead.get("/work").text
    with writing():
        reopen_plan(plan.plan_id, reason="补充一项。", by=plan.viewer("lead"), at=at(TODAY, 11))
    assert "归档计划" not in lead.get("/work?state=&due_from=2026-01-01").text, "nothing to choose, no question"


def test_who_leads_to_the_list_of_a_unit_counts_as_the_list_does(plan, archived, sign_in_as):
    reporter = sign_in_as("reporter")
    assert total(reporter, "&archived=with") > total(reporter)
