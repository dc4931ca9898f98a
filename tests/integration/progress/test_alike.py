"""Reports on the same task and date are accepted together with one that is looked at: all of them, or none."""

from __future__ import annotations

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import reported
from tests.support.place import AT
from tracker.db import session
from tracker.progress import service
from tracker.progress.models import Return

TASK = "压减审批时限"
OTHERS = {"reporter": "other_reporter", "reviewer": "other_reviewer"}


@pytest.fixture
def waiting(plan, writing):
    """Versions of two units on one task and date, and one of the first unit on the next date."""
    with writing():
        first, later = (one.id for one in plan.obligations(TASK, "市财政局")[:2])
        second = plan.obligations(TASK, "市交通运输局")[0].id
        return reported(plan, first), reported(plan, second, done="两项已压减。", **OTHERS), reported(plan, later)


def states(reading, ids):
    with reading():
        return [session.get_one(Return, one).state for one in ids]


def test_what_was_ticked_is_accepted_too(waiting, sign_in_as, reading):
    one, other, later = waiting
    lead = sign_in_as("lead")
    page = lead.get(f"/checks/{one}")
    assert "两项已压减。" in page.text
    assert f'name="also" value="{other}:' in page.text
    assert f'name="also" value="{later}:' not in page.text
    with reading():
        stood = f"{other}:{session.get_one(Return, other).version}"
    answer = lead.post(f"/checks/{one}", data={**fields_of(page), "decision": "pass", "also": stood})
    assert answer.status_code == 302
    assert states(reading, waiting) == ["accepted", "accepted", "to_check"]
    assert "一并核收 1 件" in lead.get(answer.headers["Location"]).text


def test_one_that_has_changed_keeps_all_of_them(plan, waiting, reading, writing, sign_in_as):
    one, other, _later = waiting
    lead = sign_in_as("lead")
    page = fields_of(lead.get(f"/checks/{one}"))
    with reading():
        stood = session.get_one(Return, other).version
    with writing():
        service.send_back(other, reason="请补充。", by=plan.viewer("second_lead"), at=AT)
    answer = lead.post(f"/checks/{one}", data={**page, "decision": "pass", "also": f"{other}:{stood}"})
    assert (answer.status_code, "市交通运输局：" in answer.text) == (409, True)
    assert states(reading, waiting) == ["to_check", "returned", "to_check"]
    forged = lead.post(f"/checks/{one}", data={**page, "decision": "pass", "also": "99999:1"})
    assert (forged.status_code, states(reading, [one])) == (404, ["to_check"])
