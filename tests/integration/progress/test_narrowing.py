"""What waits is narrowed by plan, unit and words, and stays so from one decision to the next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.databases import ON_SQLITE
from tests.support.issued import reported
from tests.support.place import AT
from tracker.progress import service
from tracker.progress.service import Wish


@pytest.fixture
def waiting(plan, writing):
    """Three reports at the lead office: two of the finance bureau, between them one of the transport bureau."""
    with writing():
        mine = plan.obligations("压减审批时限", "市财政局")
        other = plan.obligations("压减审批时限", "市交通运输局")[0]
        first, third = (reported(plan, one.id) for one in mine[:2])
        second = reported(plan, other.id, reporter="other_reporter", reviewer="other_reviewer")
    return first, second, third


@ON_SQLITE
def test_a_queue_narrowed_to_a_unit_stays_so_to_its_end(plan, waiting, sign_in_as):
    lead, unit = sign_in_as("lead"), plan.place.units["市财政局"]
    assert lead.get("/checks").text.count('data-label="期次"') == 3
    page = lead.get(f"/checks?unit={unit}").text
    assert page.count('data-label="期次"') == 2
    first, _other, third = waiting
    assert f"/checks/{first}?unit={unit}" in page
    assert f"/checks/{third}?unit={unit}" in lead.get(f"/checks/{first}?unit={unit}").text, "the one to look at first"
    gone = lead.post(f"/checks/{first}?unit={unit}", data={"decision": "pass", "version": _seen(lead, first)})
    assert gone.headers["Location"] == f"/checks/{third}?unit={unit}"
    last = lead.post(f"/checks/{third}?unit={unit}", data={"decision": "pass", "version": _seen(lead, third)})
    assert last.headers["Location"] == "/checks"
    page = lead.get("/checks").text
    assert "筛选出的已全部办完" in page
    assert "市交通运输局" in page, "what else waits is there again"


def _seen(client, return_id: int) -> str:
    return client.get(f"/checks/{return_id}").text.split('name="version"')[1].split('value="')[1].split('"')[0]


@ON_SQLITE
@pytest.mark.parametrize(
    ("asked", "shown"),
    [("text=审批", 3), ("text=没有这样的任务", 0), ("unit=市交通运输局", 1), ("plan=1", 3), ("plan=99", 0)],
)
def test_by_plan_unit_and_words(waiting, sign_in_as, asked, shown):
    page = sign_in_as("lead").get(f"/checks?{asked}").text
    assert page.count('data-label="期次"') == shown
    assert ("没有符合条件的待办" in page) is (shown == 0)


@ON_SQLITE
def test_requests_and_what_was_handed_back_are_narrowed_too(plan, writing, sign_in_as):
    with writing():
        mine, other = (plan.obligations("压减审批时限", unit)[0] for unit in ("市财政局", "市交通运输局"))
        for one, who in ((mine, "reviewer"), (other, "other_reviewer")):
            service.sign(one.assignment_id, by=plan.viewer(who), at=AT)
            wish = Wish(until=one.due_on + timedelta(days=9), reason="等数据。", progress="已办一半。")
            service.ask_for("extension", one.id, wish, by=plan.viewer(who), at=AT)
        owed, reporter = plan.obligations("公开办事指南", "望川县")[0], plan.viewer("county_reporter")
        service.hand_back(owed.assignment_id, reason="不属本县职责。", proposed_unit_id=None, by=reporter, at=AT)
    lead, units = sign_in_as("lead"), plan.place.units
    assert lead.get("/requests").text.count('data-label="申请至"') == 2
    page = lead.get(f"/requests?unit={units['市财政局']}&kind=extension").text
    assert page.count('data-label="申请至"') == 1
    assert f"?unit={units['市财政局']}" in page
    assert "不属本县职责" in lead.get(f"/hand-backs?unit={units['望川县']}").text
    assert "没有符合条件的待办" in lead.get(f"/hand-backs?unit={units['市财政局']}").text
