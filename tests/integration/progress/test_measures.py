"""Figures typed in another multiple of their target's unit, on the page of a return."""

from __future__ import annotations

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec
from tests.support.owed import signed_for
from tracker.progress import queries

pytestmark = ON_SQLITE


TASKS = (TaskSpec("改造老旧小区", (("市财政局", "lead"),), targets=(("改造1.5万户", "1.5", "万户"),)),)


@pytest.fixture
def plan(place, writing):
    with writing():
        return signed_for(place, TASKS, ("reporter",))


@pytest.fixture
def target(plan, reading):
    with reading():
        return queries.targets(plan.tasks["改造老旧小区"])[0].id


def sent(plan, reading, reporter, target, typed, *, draft=True):
    with reading():
        obligation = plan.obligations("改造老旧小区", "市财政局")[0].id
    form = reporter.get(f"/obligations/{obligation}/report")
    values = {**fields_of(form), "done": "已改造。", "percent": "40", "problems": "", f"figure_{target}": typed}
    answer = reporter.post(
        f"/obligations/{obligation}/report", data={**values, **({"draft": "1"} if draft else {})}, follow_redirects=True
    )
    with reading():
        kept = queries.versions(obligation, inside=True)
        return answer, [f"{value:f}" for one in kept for value in one.figures.values()]


@pytest.mark.parametrize(
    ("typed", "kept"), [("15000户", "1.5"), ("15,000 户", "1.5"), ("1.5万户", "1.5"), ("1.5", "1.5")]
)
def test_what_is_counted_singly_is_kept_in_the_unit_of_the_target(plan, target, reading, sign_in_as, typed, kept):
    _answer, figures = sent(plan, reading, sign_in_as("reporter"), target, typed)
    assert figures == [kept]


@pytest.mark.parametrize("draft", [True, False])
@pytest.mark.parametrize("typed", ["15000人", "60%", "1.5万"])
def test_what_counts_something_else_is_refused_with_the_unit_that_is_wanted(
    plan, target, reading, sign_in_as, typed, draft
):
    """Also where it is but saved: a draft cannot hold it, and what was typed must not go."""
    answer, _figures = sent(plan, reading, sign_in_as("reporter"), target, typed, draft=draft)
    assert "请填写以“万户”为单位的数字" in answer.text
    assert typed in answer.text, "what was typed stands in its field"
