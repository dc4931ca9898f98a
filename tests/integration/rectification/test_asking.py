"""What a unit asks for on a finding: more time before the date, an excuse after it; decided by another in the lead office."""

from __future__ import annotations

import io
from datetime import timedelta
from zipfile import ZipFile

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.integration.rectification.conftest import DUE, UNIT
from tests.integration.rectification.test_findings import view
from tests.integration.rectification.test_scoring import count
from tests.support.issued import at
from tests.support.place import AT, DAY
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.service import Wish
from tracker.progress.service.chains import set_chain
from tracker.rectification import queries, service

MORE = DUE + timedelta(days=10)
AFTER = DUE + timedelta(days=1)
WISH = Wish("供货商延误。", progress="已完成两处。", until=MORE)


def ask(plan, finding, kind="extension", *, wish=WISH, by="reviewer", day=DAY):
    return service.ask_for(kind, finding, wish, by=plan.viewer(by), at=at(day)).id


def test_more_time_is_asked_before_the_date_and_the_first_one_counts(plan, hands, writing, reading):
    with writing():
        one = hands.register().id
        hands.plan_measure(one)
        asked = ask(plan, one)
    with writing(), pytest.raises(Conflict):
        ask(plan, one)
    with reading():
        assert view(plan, one).due_on == DUE, "until it is decided nothing moves"
        assert queries.findings_waiting(plan.viewer("lead")) == 1
    with writing(), pytest.raises(NotFound):
        service.grant_request(asked, note="", by=plan.viewer("evaluator"), at=AT)
    with writing():
        service.grant_request(asked, note="同意。", by=plan.viewer("second_lead"), at=at(DUE))
        hands.report(one, day=MORE)
        service.close(one, opinion="", by=plan.viewer("second_lead"), at=at(MORE))
    with reading():
        shown = view(plan, one, day=MORE)
        assert (shown.due_on, shown.original_due_on, shown.timing) == (MORE, DUE, "extended")
        assert count(plan, MORE)[0] == (1, 0, 0), "for scoring the first date stays"


def test_after_the_date_there_is_no_more_time_but_an_excuse(plan, hands, writing, reading):
    with writing():
        one, other = hands.register().id, hands.register().id
        hands.plan_measure(one)
    with writing(), pytest.raises(DomainError, match="时限已过") as refused:
        ask(plan, one, day=AFTER)
    assert refused.value.field == "until"
    with writing(), pytest.raises(DomainError, match="没有逾期"):
        ask(plan, one, "waiver")
    with writing():
        hands.report(one, day=AFTER)
        for finding in (one, other):
            asked = ask(plan, finding, "waiver", day=AFTER)
            service.grant_request(asked, note="情况属实。", by=plan.viewer("lead"), at=at(AFTER))
    with reading():
        assert (view(plan, one).excuse, view(plan, one).timing) == ("waived", "late"), (
            "that it was late stays on record"
        )
        assert count(plan, AFTER)[0] == (1, 1, 0), "what came counts as in time, what did not is left out"


def test_it_lapses_where_nobody_need_decide_it(plan, hands, writing, reading):
    with writing():
        one, other = hands.register().id, hands.register().id
        hands.plan_measure(one)
        asked, of_other = ask(plan, one), ask(plan, other)
        hands.report(one)
        service.drop(other, reason="重复。", by=plan.viewer("lead"), at=AT)
    with reading():
        assert [view(plan, finding).requests[0].state for finding in (one, other)] == ["lapsed", "lapsed"]
    for request in (asked, of_other):
        with writing(), pytest.raises(Conflict, match="失效"):
            service.grant_request(request, note="", by=plan.viewer("lead"), at=AT)


@pytest.mark.parametrize("steps", [2, 3])
def test_what_is_reported_goes_through_every_step_of_its_unit(plan, hands, writing, reading, steps):
    """The third is a reviewer for the whole city, who is not of the unit alone."""
    named = ("reviewer", "second_reviewer", "city_reviewer")[:steps]
    with writing():
        hands.city_reviewer()
        people = [[plan.place.people[who]] for who in named]
        set_chain(plan.place.units[UNIT], people, by=plan.viewer("admin"), at=AT)
        one = hands.register().id
        hands.plan_measure(one)
        hands.hand_in(one)
    for place, who in enumerate(named):
        with reading():
            assert queries.findings_waiting(plan.viewer(who)) == 1
            assert view(plan, one, "reporter").state == "own_review"
            assert view(plan, one).reviewed is None, "others see it once it has left the unit"
        for other in {*named, "reporter"} - {who}:
            with writing(), pytest.raises((DomainError, NotFound)):
                service.approve(one, by=plan.viewer(other), at=AT)
        with writing():
            service.approve(one, by=plan.viewer(who), at=AT)
        assert place < steps
    with reading():
        shown = view(plan, one)
        assert (shown.state, shown.timing, len(shown.rounds[0].signed)) == ("reported", "on_time", steps)
    with writing():
        service.close(one, opinion="", by=plan.viewer("second_lead"), at=AT)
    with reading():
        assert [step.state for step in view(plan, one).steps] == ["done"] * steps


def test_asked_and_decided_by_the_pages_and_taken_along_on_paper(plan, hands, writing, sign_in_as):
    with writing():
        one = hands.to_verify()
        service.send_back(one, reason="只更新了一半。", by=plan.viewer("second_lead"), at=AT)
    reporter, reviewer, lead = sign_in_as("reporter"), sign_in_as("reviewer"), sign_in_as("lead")
    way = f"/rectifications/{one}/requests/new/extension"
    page = reporter.get(f"/rectifications/{one}").text
    assert (f'href="{way}"' in page, "由本单位审核人提出：石审核、白审核。" in page) == (False, True)
    assert f'href="{way}"' in reviewer.get(f"/rectifications/{one}").text
    typed = {"until": DUE.isoformat(), "reason": "供货商延误。", "progress": "已完成两处。"}
    refused = reviewer.post(way, data=typed)
    assert (refused.status_code, "新的期限须晚于" in refused.text, "已完成两处。" in refused.text) == (422, True, True)
    assert reviewer.post(way, data={**typed, "until": MORE.isoformat()}).status_code == 302
    assert reporter.get(f"/rectifications/{one}/requests/new/closing").status_code == 404
    assert lead.get(f"/rectifications/{one + 1}/requests/1").status_code == 404
    page = lead.get(f"/rectifications/{one}/requests/1")
    no_reason = lead.post(
        f"/rectifications/{one}/requests/1", data={**fields_of(page), "decision": "refuse", "note": ""}
    )
    assert (no_reason.status_code, "请写明理由" in no_reason.text) == (422, True)
    given = {**fields_of(page), "decision": "grant", "until": MORE.isoformat(), "note": "同意。"}
    assert lead.post(f"/rectifications/{one}/requests/1", data=given).status_code == 302
    assert lead.post(f"/rectifications/{one}/requests/1", data=given).status_code == 409
    answer = reporter.get(f"/rectifications/{one}/sheet.docx")
    words = ZipFile(io.BytesIO(answer.data)).read("word/document.xml").decode()
    assert all(text in words for text in (MORE.isoformat(), DUE.isoformat(), "只更新了一半。", "石审核", "before.txt"))
    assert sign_in_as("other_reporter").get(f"/rectifications/{one}/sheet.docx").status_code == 404
