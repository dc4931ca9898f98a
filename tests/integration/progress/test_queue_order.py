"""One decision leads to the next: what was passed over comes last, and what an office asked about is marked as such."""

from __future__ import annotations

import re

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_BOTH, ON_SQLITE
from tests.support.issued import at, reported
from tests.support.place import DAY
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.queries.questions import questions
from tracker.progress.service.questions import say


@pytest.fixture
def waiting(plan, writing):
    """Three reports at the lead office, in the order of its queue."""
    with writing():
        mine = plan.obligations("压减审批时限", "市财政局")
        other = plan.obligations("压减审批时限", "市交通运输局")[0]
        first, third = (reported(plan, one.id) for one in mine[:2])
        second = reported(plan, other.id, reporter="other_reporter", reviewer="other_reviewer")
    return first, second, third


def decide(client, version: int, **data: str) -> str:
    page = client.get(f"/checks/{version}")
    return client.post(f"/checks/{version}", data={**fields_of(page), **data}).headers["Location"]


def ask(client, check: str) -> str:
    """Asks from the page of a check instead of deciding; where it leads to."""
    page = client.get(check)
    address = re.search(r'formaction="([^"]+/questions/new[^"]*)"', page.text)[1].replace("&amp;", "&")
    asking = client.post(address, data={**fields_of(page), "decision": "ask"})
    return client.post(address, data={**fields_of(asking), "text": "数据从何而来？", "due_on": "2026-03-05"}).headers[
        "Location"
    ]


@ON_BOTH
def test_what_was_passed_over_comes_when_the_rest_is_done(waiting, sign_in_as):
    """先看下一件 left the first alone; each decision would lead back to it otherwise."""
    first, second, third = waiting
    lead = sign_in_as("lead")
    assert decide(lead, second, decision="pass") == f"/checks/{third}"
    page = lead.get(f"/checks/{third}").text
    assert re.search(rf'href="/checks/{first}"[^>]*>先看下一件', page), "after the last comes the first"
    assert decide(lead, third, decision="back", reason="请补充。") == f"/checks/{first}"
    assert "先看下一件" not in lead.get(f"/checks/{first}").text, "there is no other"
    assert decide(lead, first, decision="pass") == "/checks"


@ON_SQLITE
def test_who_asks_while_checking_goes_on_to_the_next_and_the_queue_says_what_was_asked(
    plan, waiting, reading, writing, sign_in_as
):
    first, _second, third = waiting
    lead, unit = sign_in_as("lead"), plan.place.units["市财政局"]
    assert ask(lead, f"/checks/{first}?unit={unit}") == f"/checks/{third}?unit={unit}", "narrowed as the queue was"
    assert "已发给市财政局" in lead.get(f"/checks/{third}?unit={unit}").text

    def marked() -> list[str]:
        rows = re.findall(r"<tr><td.*?</tr>", lead.get("/checks").text, re.DOTALL)
        return [re.search(r"核验询问[^<]*", row)[0] if "核验询问" in row else "" for row in rows]

    assert marked() == ["核验询问：待答复", "", ""]
    with reading():
        (asked,) = questions(plan.viewer("reporter"))
    with writing():
        say(asked.id, "answer", "来自统计月报。", by=plan.viewer("reporter"), at=at(DAY))
    assert marked() == ["核验询问：已答复", "", ""]
    with writing():
        say(asked.id, "settle", "", by=plan.viewer("lead"), at=at(DAY))
    assert marked() == ["", "", ""]


@ON_SQLITE
def test_who_asked_about_the_only_one_stands_on_the_list(plan, writing, sign_in_as):
    with writing():
        version = reported(plan, plan.obligations("压减审批时限", "市财政局")[0].id)
    assert ask(sign_in_as("lead"), f"/checks/{version}") == "/checks"


@ON_SQLITE
def test_a_version_that_comes_again_shows_why_the_one_before_was_sent_back(plan, waiting, writing, sign_in_as):
    """Whoever checks asks first whether what was wanted has been mended."""
    first, _second, _third = waiting
    lead = sign_in_as("lead")
    assert "退办理由" not in re.sub(r"<form.*?</form>", "", lead.get(f"/checks/{first}").text, flags=re.DOTALL)
    decide(lead, first, decision="back", reason="未附佐证材料。\n请补充。")
    with writing():
        obligation = plan.obligations("压减审批时限", "市财政局")[0].id
        again = service.hand_in(
            obligation, content=Content(done="已补材料。", percent=40), version=0, editor="two",
            by=plan.viewer("reporter"), at=at(DAY),
        ).id  # fmt: skip
    own = sign_in_as("reviewer").get(f"/reviews/{again}").text
    assert re.search(r"第 1 版退办理由.*?未附佐证材料。\n请补充。", own, re.DOTALL)
    with writing():
        service.approve(again, by=plan.viewer("reviewer"), at=at(DAY))
    page = lead.get(f"/checks/{again}").text
    assert re.search(r"第 1 版退办理由.*?未附佐证材料。\n请补充。", page, re.DOTALL)
