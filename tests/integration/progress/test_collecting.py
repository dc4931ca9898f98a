"""Before a plan goes out: which of its tasks ask units what they answer in a running plan already."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, adopted, reported
from tests.support.place import AT, DAY
from tracker.errors import NotFound
from tracker.progress import service
from tracker.progress.queries.collecting import asked_again

TASKS = (
    TaskSpec("进一步压减审批时限", (("市财政局", "lead"), ("望川县", "responsible"), ("市交通运输局", "supervise"))),
    TaskSpec("举办投资推介会", (("市财政局", "lead"),)),
)


@pytest.fixture
def coming(plan, place, writing):
    """A second plan of the year, not issued yet."""
    with writing():
        return adopted(place, TASKS, name="减证便民")


def shown(plan_id, viewer):
    return [(one.task, one.unit, one.running.task, one.running.answered) for one in asked_again(plan_id, viewer).rows]


def test_a_unit_is_asked_again_where_it_answers_the_like_already(coming, plan, writing, reading):
    """Not the county, which does not have the running task; not who only watches over the new one."""
    with reading():
        assert shown(coming.plan_id, coming.viewer("lead")) == [
            ("进一步压减审批时限", "市财政局", "压减审批时限", None)
        ]
    with writing():
        first, second = (one.id for one in plan.obligations("压减审批时限", "市财政局")[:2])
        reported(plan, first, done="已压减三成。")
        reported(plan, second, day=DAY + timedelta(days=1), done="等待本单位审核。", reviewer=None)
    with reading():
        ((*_which, answered),) = shown(coming.plan_id, coming.viewer("lead"))
        assert (answered.obligation_id, answered.done, answered.percent) == (first, "已压减三成。", 40)
        with pytest.raises(NotFound):
            asked_again(coming.plan_id, coming.viewer("reporter"))


def test_what_a_plan_of_another_year_asked_is_not_asked_again(plan, place, writing, reading):
    with writing():
        later = adopted(place, TASKS, year=2027)
    with reading():
        assert shown(later.plan_id, later.viewer("lead")) == []


@ON_SQLITE
def test_the_office_reads_it_before_it_issues_and_may_issue_all_the_same(coming, writing, reading, sign_in_as):
    way = f"/plans/{coming.plan_id}/issue"
    lead = sign_in_as("lead")
    page = lead.get(way).text
    assert "可能重复的任务" in page
    assert f'href="{way}/again"' in page
    assert "进一步压减审批时限" in lead.get(f"{way}/again").text
    with writing():
        service.issue_plan(coming.plan_id, by=coming.viewer("lead"), at=AT)
    with reading():
        assert shown(coming.plan_id, coming.viewer("lead")) == []
