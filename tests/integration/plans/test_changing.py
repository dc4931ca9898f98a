"""Changing a plan's settings before it is issued, and correcting an adopted task."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.support.breakdown import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tracker.audit import queries as audit
from tracker.db import session
from tracker.plans.models import Plan, Task, TaskText

pytestmark = ON_SQLITE


@pytest.fixture
def lead(sign_in_as):
    return sign_in_as("lead")


@pytest.fixture
def task_id(plan_id, reading) -> int:
    with reading():
        return session.scalars(select(Task.id).where(Task.position == 1)).one()


def form(client, url):
    return fields_of(client.get(url).text, url)


def test_settings_are_changed_and_recorded(plan_id, lead, reading):
    url = f"/plans/{plan_id}/policy"
    assert lead.post(url, data={**form(lead, url), "proof": "monthly", "near_days": "3"}).status_code == 302
    with reading():
        assert session.get_one(Plan, plan_id).policy == {
            "lights": "general",
            "near_days": 3,
            "proof": "monthly",
            "roll": "none",
        }
        entry = audit.history("plan", plan_id)[-1]
    assert {name: (old, new) for name, old, new in entry.changes} == {
        "佐证周期": ("quarterly", "monthly"),
        "临期天数": (7, 3),
    }


@ON_BOTH
def test_settings_changed_by_another_meanwhile_are_not_overwritten(plan_id, lead):
    url = f"/plans/{plan_id}/policy"
    mine = form(lead, url)
    lead.post(url, data={**mine, "near_days": "3"})
    answer = lead.post(url, data={**mine, "near_days": "9"})
    assert answer.status_code == 409
    assert "已被他人更改" in answer.text
    assert 'value="9"' in answer.text


def test_settings_stand_once_the_plan_is_issued(issued, lead):
    url = f"/plans/{issued}/policy"
    answer = lead.post(url, data={**form(lead, url), "near_days": "3"})
    assert answer.status_code == 422
    assert "不能再改" in answer.text


@pytest.mark.parametrize("near_days", ["", "-1", "abc", "400"])
def test_wrong_numbers_are_said_at_the_field(plan_id, lead, near_days):
    url = f"/plans/{plan_id}/policy"
    answer = lead.post(url, data={**form(lead, url), "near_days": near_days})
    assert answer.status_code == 422
    assert 'id="near_days-error"' in answer.text


@ON_BOTH
def test_a_task_is_corrected_with_a_reason(task_id, lead, reading):
    url = f"/tasks/{task_id}/correct"
    changed = {"name": "开办企业一次办", "weight": "2.50", "reason": "原文有误"}
    assert lead.post(url, data={**form(lead, url), **changed}).status_code == 302
    with reading():
        task = session.get_one(Task, task_id)
        assert (task.name, str(task.weight)) == ("开办企业一次办", "2.50")
        (entry,) = audit.history("task", task_id)
    assert {name for name, _, _ in entry.changes} == {"任务名称", "权重"}
    assert dict(entry.detail)["理由"] == "原文有误"
    page = lead.get(f"/tasks/{task_id}").text
    assert "更正任务" in page
    assert "原文有误" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": "甲"}, "reason"), ({"name": " ", "reason": "x"}, "name"), ({"weight": "两分", "reason": "x"}, "weight"),
     ({"weight": "-1", "reason": "x"}, "weight")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_kept(task_id, lead, changes, field):
    url = f"/tasks/{task_id}/correct"
    answer = lead.post(url, data={**form(lead, url), "requirement": "留着的要求", **changes})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "留着的要求" in answer.text


def test_a_task_corrected_by_another_meanwhile_is_not_overwritten(task_id, lead, reading):
    url = f"/tasks/{task_id}/correct"
    mine = form(lead, url)
    lead.post(url, data={**mine, "requirement": "甲", "reason": "x"})
    answer = lead.post(url, data={**mine, "requirement": "乙", "reason": "x"})
    assert answer.status_code == 409
    assert "没有覆盖" in answer.text
    with reading():
        assert session.get_one(TaskText, task_id).requirement == "甲"


def test_an_unchanged_task_is_no_correction(task_id, lead, reading):
    url = f"/tasks/{task_id}/correct"
    assert lead.post(url, data={**form(lead, url), "reason": "x"}).status_code == 422
    with reading():
        assert audit.history("task", task_id) == []


@pytest.mark.parametrize("username", ["leader", "evaluator", "reporter", "reviewer", "admin"])
def test_only_the_lead_office_changes_anything(issued, task_id, sign_in_as, username):
    client = sign_in_as(username)
    for url in (f"/plans/{issued}/policy", f"/tasks/{task_id}/correct"):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404
