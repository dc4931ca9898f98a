"""A plan's rule set of lights: chosen by its lead office, and the same in lists, counts and reports."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from tests.support.breakdown import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.issued import at, reported
from tracker.audit import queries as audit
from tracker.db import session
from tracker.plans.models import Plan
from tracker.plans.policy import Policy, read_policy, stored_policy
from tracker.plans.service.plan import change_policy
from tracker.progress import queries, service
from tracker.progress.labels_lights import RULE_SET_NAMES
from tracker.progress.light_rules import RULE_SETS
from tracker.progress.lights import LIGHT_KINDS, standing
from tracker.progress.models import Obligation
from tracker.progress.queries.exports import ledger_rows
from tracker.progress.queries.scope import lights_by_plan

pytestmark = ON_SQLITE

DATES = (date(2026, 3, 14), date(2026, 3, 18), date(2026, 6, 20), date(2026, 6, 22), date(2026, 7, 9), date(2027, 1, 5))


def choose(plan_id, lights, near_days=3):
    plan = session.get_one(Plan, plan_id)
    plan.policy = {**plan.policy, "lights": lights, "near_days": near_days}
    session.flush()


@pytest.fixture
def worked(plan, writing):
    """The first quarter: accepted, but late; the second: in time, waiting to be checked."""
    with writing():
        first, second, *_ = plan.obligations("压减审批时限", "市财政局")
        version = reported(plan, first.id, day=date(2026, 3, 25))
        service.accept(version, by=plan.viewer("lead"), at=at(date(2026, 3, 26)))
        reported(plan, second.id, day=date(2026, 6, 20))
    return plan


@pytest.mark.parametrize("rules", sorted(RULE_SETS))
def test_lists_and_sums_count_by_the_rules_that_show_the_lights(worked, writing, reading, rules):
    with writing():
        choose(worked.plan_id, rules)
    with reading():
        viewer, rows = worked.viewer("leader"), list(session.scalars(select(Obligation)))
        for today in DATES:
            lights = lights_by_plan(today)[worked.plan_id]
            stands = {
                one.id: standing(one.state, one.timing, one.due_on, today=today, near=lights.near_until) for one in rows
            }
            counts, total = Counter(stands.values()), queries.summary_total(worked.plan_id, today, viewer=viewer)
            assert [getattr(total, kind) for kind in LIGHT_KINDS] == [counts[kind] for kind in LIGHT_KINDS]
            by_id = {one.id: lights.of(one.state, one.timing, one.due_on, one.excuse) for one in rows}
            for kind in LIGHT_KINDS:
                page = queries.work_page(viewer, queries.WorkFilter(light=kind), today=today)
                assert {row.id: row.light for row in page.rows} == {
                    number: by_id[number] for number, stand in stands.items() if stand == kind
                }
            assert {row.obligation_id: row.light for row in ledger_rows(None, today=today)} == by_id


def test_what_was_missed_shows_yellow_everywhere_once_it_is_caught_up(worked, writing, sign_in_as, reading):
    with writing():
        choose(worked.plan_id, "ouhai")
    with reading():
        first = worked.obligations("压减审批时限", "市财政局")[0]
    reporter = sign_in_as("reporter")
    for page in ("/work?state=", f"/obligations/{first.id}", f"/assignments/{first.assignment_id}"):
        assert "补报" in reporter.get(page).text, page


def test_the_lead_office_chooses_after_issuing_too_and_it_is_recorded(plan, sign_in_as, reading):
    lead, url = sign_in_as("lead"), f"/plans/{plan.plan_id}/lights"
    page = lead.get(url).text
    assert all(str(name) in page for name in RULE_SET_NAMES.values())
    mine = fields_of(page, url)
    assert mine["lights"] == "general"
    assert lead.post(url, data={**mine, "lights": "sanming"}).status_code == 302
    with reading():
        policy = read_policy(session.get_one(Plan, plan.plan_id).policy)
        assert (policy.lights, policy.near_days) == ("sanming", 7)
        assert stored_policy(policy)["proof"] == "quarterly"
        assert list(audit.history("plan", plan.plan_id)[-1].changes) == [("亮灯规则", "general", "sanming")]
    answer = lead.post(url, data={**mine, "lights": "suqian"})
    assert answer.status_code == 409
    assert "已被他人更改" in answer.text
    assert lead.post(url, data={**fields_of(lead.get(url).text, url), "lights": "none"}).status_code == 422
    assert "三明做法" in lead.get(f"/plans/{plan.plan_id}").text


def test_the_lead_office_changes_the_lines_of_a_rule_set(plan, sign_in_as, reading):
    lead, url = sign_in_as("lead"), f"/plans/{plan.plan_id}/lights/sanming"
    mine = fields_of(lead.get(url).text, url)
    assert (mine["near_days"], mine["after_warned"], mine["workdays_warned"]) == ("7", "6", "workdays")
    wrong = lead.post(url, data={**mine, "after_warned": "11"})
    assert (wrong.status_code, "要比上一级晚" in wrong.text) == (422, True)
    changed = {**mine, "near_days": "5", "after_warned": "4", "tells_warned": ["reporter", "leader"],
               "document_warned": "circular", "caught_up": "y"}  # fmt: skip
    assert lead.post(url, data=changed).status_code == 302
    choose_page = lead.get(f"/plans/{plan.plan_id}/lights").text
    for said in ("已调整", "逾期第 4 个工作日起", "填报人、领导", "到期前 5 天起", "逾期后补报并核收"):
        assert said in choose_page
    fresh = fields_of(choose_page, f"/plans/{plan.plan_id}/lights")
    assert lead.post(f"/plans/{plan.plan_id}/lights", data={**fresh, "lights": "sanming"}).status_code == 302
    assert "三明做法（已调整）" in lead.get(f"/plans/{plan.plan_id}").text
    with reading():
        rules = lights_by_plan(DATES[0])[plan.plan_id].rules
        assert (rules.late[1].after, rules.late[1].tells, rules.late[1].document, rules.caught_up) == (
            4, ("reporter", "leader"), "circular", "caught_up",
        )  # fmt: skip
        kept = {name: (was, now) for name, was, now in audit.history("plan", plan.plan_id)[-2].changes}
        assert kept["临期天数"] == (7, 5)
        assert "逾期第 4 个工作日起：填报人、领导，通报" in kept["亮灯规则"][1]
    assert lead.post(url, data=changed).status_code == 409  # as it was before: somebody has changed it since
    assert lead.post(url, data={**fields_of(lead.get(url).text, url), "reset": "1"}).status_code == 302
    with reading():
        policy = read_policy(session.get_one(Plan, plan.plan_id).policy)
        assert (policy.lights, policy.near_days, policy.own_lights) == ("sanming", 5, {})


def test_changed_lines_outlast_other_settings(plan, writing, reading):
    with writing():
        held = session.get_one(Plan, plan.plan_id)
        held.policy = {**held.policy, "own_lights": {"general": {"caught_up": "caught_up"}}}
        held.state = "adopted"
        session.flush()
        change_policy(plan.plan_id, Policy(near_days=4), version=held.version, by=plan.viewer("lead"), at=at(DATES[0]))
    with reading():
        assert lights_by_plan(DATES[0])[plan.plan_id].rules.caught_up == "caught_up"


def test_nobody_else_chooses(plan, sign_in_as):
    for username in ("reporter", "leader", "evaluator"):
        assert sign_in_as(username).get(f"/plans/{plan.plan_id}/lights").status_code == 404
        assert sign_in_as(username).get(f"/plans/{plan.plan_id}/lights/sanming").status_code == 404
    assert sign_in_as("lead").get(f"/plans/{plan.plan_id}/lights/none").status_code == 404


def test_every_rule_set_has_its_words(app):
    assert list(RULE_SET_NAMES) == list(RULE_SETS)
    with app.test_request_context():
        lines = app.jinja_env.filters["light_rule_lines"]
        assert [line.when for line in lines("sanming", 5)][1:5] == [
            "到期前 5 天起", "逾期第 1 天起", "逾期第 6 个工作日起", "逾期第 11 个工作日起",
        ]  # fmt: skip
        assert all(len(lines(key, 5)) >= 4 for key in RULE_SETS)
