"""Taking a return back from the lead office until somebody there looks at it; sending last time's content in one click."""

from __future__ import annotations

import io
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress import queries, service
from tracker.progress.content import Content
from tracker.progress.models import Evidence, Obligation, ObligationSummary, Return, ReturnEvidence


@pytest.fixture
def first(plan, reading):
    with reading():
        return plan.obligations("压减审批时限", "市财政局")[0].id


@pytest.mark.parametrize("who", ["reporter", "reviewer"])
def test_until_it_is_looked_at_a_return_may_be_taken_back(plan, first, writing, reading, who):
    with writing():
        version = reported(plan, first)
        service.recall(version, by=plan.viewer(who), at=at(DAY, 12))
    with reading():
        one = session.get(Obligation, first)
        assert (one.state, one.timing, one.submitted_at) == ("open", "none", None)
        assert session.get(Return, version).state == "withdrawn"
        assert queries.count_checks(plan.viewer("lead")) == 0
        assert queries.versions(first, inside=False) == [], "the lead office no longer has it"
        assert session.scalar(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(1)) == "撤回已报送的进展"
    with writing():
        reported(plan, first, day=date(2026, 3, 21))
    with reading():
        assert session.get(Obligation, first).timing == "late", "in time is what arrived last and was looked at"
        assert [one.version_no for one in queries.versions(first, inside=True)] == [2, 1]
        assert session.scalar(select(func.sum(ObligationSummary.n)).where(ObligationSummary.n < 0)) is None
        assert verify_chain().broken_at is None


def test_once_looked_at_it_stays(plan, first, writing, reading):
    with writing():
        version = reported(plan, first)
        service.begin_check(version, by=plan.viewer("lead"), at=at(DAY, 12))
        service.begin_check(version, by=plan.viewer("second_lead"), at=at(DAY, 13))
    with writing(), pytest.raises(DomainError, match="已开始核验"):
        service.recall(version, by=plan.viewer("reporter"), at=at(DAY, 14))
    with reading():
        assert session.scalar(select(func.count()).where(AuditEntry.action == "开始核验")) == 1
        assert session.get(Obligation, first).state == "reported"
    for stranger in ("reporter", "reviewer", "leader", "evaluator"):
        with writing(), pytest.raises(NotFound):
            service.begin_check(version, by=plan.viewer(stranger), at=at(DAY, 14))


def test_others_of_the_unit_take_nothing_back(plan, first, writing):
    with writing():
        version = reported(plan, first)
    with writing(), pytest.raises(DomainError):
        service.recall(version, by=plan.viewer("second_reviewer"), at=at(DAY, 12))
    for stranger in ("other_reporter", "lead", "leader"):
        with writing(), pytest.raises(NotFound):
            service.recall(version, by=plan.viewer(stranger), at=at(DAY, 12))


def test_what_was_sent_back_before_is_still_owed_again(plan, first, writing, reading):
    with writing():
        version = reported(plan, first)
        service.send_back(version, reason="请补充。", by=plan.viewer("lead"), at=at(DAY, 12))
        again = reported(plan, first, done="已补充。")
        service.recall(again, by=plan.viewer("reporter"), at=at(DAY, 14))
    with reading():
        one = session.get(Obligation, first)
        assert (one.state, one.timing) == ("returned", "on_time"), "the first one had arrived in time and was looked at"


def test_whoever_checks_meanwhile_is_told(plan, first, writing, sign_in_as, reading):
    with writing():
        version = reported(plan, first)
    lead = sign_in_as("lead")
    page = lead.get(f"/checks/{version}")
    assert f'data-seen="/checks/{version}/seen"' in page.text
    assert sign_in_as("reporter").post(f"/returns/{version}/recall").status_code == 302
    told = lead.post(f"/checks/{version}", data={**fields_of(page), "decision": "pass"})
    assert told.status_code in {404, 409}
    with reading():
        assert session.get(Return, version).state == "withdrawn"


def test_looking_is_told_by_the_page_and_a_decision_still_goes_through(plan, first, writing, sign_in_as, reading):
    with writing():
        version = reported(plan, first)
    reporter, lead = sign_in_as("reporter"), sign_in_as("lead")
    assert f'action="/returns/{version}/recall"' in reporter.get(f"/obligations/{first}").text
    page = lead.get(f"/checks/{version}")
    assert lead.post(f"/checks/{version}/seen").status_code == 200
    assert sign_in_as("leader").post(f"/checks/{version}/seen").status_code == 404
    assert f'action="/returns/{version}/recall"' not in reporter.get(f"/obligations/{first}").text
    assert reporter.post(f"/returns/{version}/recall").status_code == 422
    own = f"/obligations/{first}"
    late = reporter.post(f"/returns/{version}/recall", headers={"Referer": f"http://localhost{own}"})
    assert (late.status_code, late.location) == (303, own), "whoever presses a button stays where it stood"
    assert "牵头办公室已开始核验，不能撤回" in reporter.get(own).text
    for said in ({"HX-Request": "true"}, {"X-Requested-With": "fetch"}):
        told = reporter.post(f"/returns/{version}/recall", headers={"Referer": f"http://localhost{own}", **said})
        assert told.status_code == 422, "a script is answered, and takes no other page for what it asked"
    assert lead.post(f"/checks/{version}", data={**fields_of(page), "decision": "pass"}).status_code == 302
    with reading():
        assert session.get(Return, version).state == "accepted"


class TestNoChange:
    """与上期一致: what the lead office accepted last is handed in for this period in one click."""

    @pytest.fixture
    def second(self, plan, first, writing):
        with writing():
            version = reported(plan, first, done="已压减12项。", percent=40)
            service.accept(version, by=plan.viewer("lead"), at=at(DAY, 14))
            return plan.obligations("压减审批时限", "市财政局")[1].id

    def test_one_click_hands_in(self, plan, second, sign_in_as, reading):
        reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
        page = reporter.get(path)
        assert 'name="same"' in page.text
        assert reporter.post(path, data={**fields_of(page), "same": "1"}).status_code == 302
        with reading():
            version = queries.versions(second, inside=True)[0]
            assert (version.state, version.done, version.percent) == ("own_review", "与上期一致。\n已压减12项。", 40)
        assert "本单位审核" in reporter.get(f"/obligations/{second}").text

    def test_a_double_click_is_answered_like_one(self, second, sign_in_as, reading):
        """The browser shows the answer to the second: nobody is told that nothing was handed in."""
        reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
        clicked, elsewhere = ({**fields_of(reporter.get(path)), "same": "1"} for _ in range(2))
        assert [reporter.post(path, data=clicked).status_code for _ in range(2)] == [302, 302]
        assert reporter.post(path, data=elsewhere).status_code in {409, 422}, "from another window"
        with reading():
            assert [one.state for one in queries.versions(second, inside=True)] == ["own_review"]

    def test_said_twice_it_does_not_pile_up(self, plan, second, writing, sign_in_as, reading):
        reporter = sign_in_as("reporter")
        path = f"/obligations/{second}/report"
        reporter.post(path, data={**fields_of(reporter.get(path)), "same": "1"})
        with writing():
            version = session.scalar(select(Return.id).where(Return.obligation_id == second))
            service.approve(version, by=plan.viewer("reviewer"), at=at(DAY, 15))
            service.accept(version, by=plan.viewer("lead"), at=at(DAY, 16))
            third = plan.obligations("压减审批时限", "市财政局")[2].id
        path = f"/obligations/{third}/report"
        reporter.post(path, data={**fields_of(reporter.get(path)), "same": "1"})
        with reading():
            assert queries.versions(third, inside=True)[0].done == "与上期一致。\n已压减12项。"

    def test_what_is_being_written_is_not_overwritten(self, plan, second, writing, sign_in_as, reading):
        with writing():
            service.save_draft(
                second, Content("正在写"), version=0, editor="a", by=plan.viewer("reporter"), at=at(DAY, 15)
            )
        reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
        page = reporter.get(path)
        assert 'name="same"' not in page.text
        assert reporter.post(path, data={**fields_of(page), "same": "1"}).status_code == 409
        with reading():
            assert queries.versions(second, inside=True)[0].done == "正在写"

    @pytest.mark.parametrize("field", ["done", "problems", "next_step"])
    def test_what_is_typed_and_not_saved_yet_is_not_dropped(self, second, sign_in_as, reading, field):
        reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
        page = reporter.get(path)
        first_button = page.text.split('id="return-form"')[1].split("<button")[1].split(">")[0]
        assert 'name="draft"' in first_button, "Enter presses the first button: it may send nothing"
        answer = reporter.post(path, data={**fields_of(page), "same": "1", field: "刚写下的"})
        assert answer.status_code == 409
        assert "刚写下的" in answer.text
        with reading():
            assert queries.versions(second, inside=True) == []

    def test_without_a_last_time_there_is_nothing_to_repeat(self, plan, first, writing, sign_in_as):
        with writing():
            service.sign(plan.assignment("压减审批时限", "市财政局").id, by=plan.viewer("reporter"), at=AT)
        reporter, path = sign_in_as("reporter"), f"/obligations/{first}/report"
        page = reporter.get(path)
        assert 'name="same"' not in page.text
        assert reporter.post(path, data={**fields_of(page), "same": "1"}).status_code == 422

    def test_a_years_summary_is_written_and_never_the_same_again(self, plan, second, writing, sign_in_as, reading):
        with writing():
            session.get(Obligation, second).kind = "closing"
        reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
        page = reporter.get(path)
        assert 'name="same"' not in page.text
        assert reporter.post(path, data={**fields_of(page), "same": "1"}).status_code == 422
        with reading():
            assert queries.versions(second, inside=True) == []


class TestReusingEvidence:
    @pytest.fixture
    def second(self, plan, first, writing):
        """The second report, after a first one with a file was accepted."""
        with writing():
            by = plan.viewer("reporter")
            service.sign(plan.assignment("压减审批时限", "市财政局").id, by=by, at=AT)
            service.attach(first, stream=io.BytesIO(b"%PDF-1.7 a"), name="台账.pdf", by=by, at=AT)
            version = reported(plan, first)
            service.accept(version, by=plan.viewer("lead"), at=at(DAY, 14))
            return plan.obligations("压减审批时限", "市财政局")[1].id

    def test_a_file_is_used_again_and_stored_once(self, plan, second, sign_in_as, reading):
        reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
        with reading():
            public_id = session.scalar(select(Evidence.public_id))
        page = reporter.get(path)
        assert f'name="reuse" value="{public_id}"' in page.text
        typed = {**fields_of(page), "done": "继续推进。", "percent": "50", "reuse": public_id}
        assert reporter.post(path, data=typed).status_code == 302
        page = reporter.get(path).text
        assert "继续推进。" in page, "what was typed is kept"
        assert f'name="remove" value="{public_id}"' in page
        assert f'name="reuse" value="{public_id}"' not in page
        with reading():
            assert session.scalar(select(func.count()).select_from(Evidence)) == 1
            assert session.scalar(select(func.count()).select_from(ReturnEvidence)) == 2

    def test_only_the_units_own_files(self, plan, second, first, writing, reading):
        with reading():
            public_id = session.scalar(select(Evidence.public_id))
        with writing():
            by = plan.viewer("other_reporter")
            mine = plan.assignment("压减审批时限", "市交通运输局").id
            service.sign(mine, by=by, at=AT)
            theirs = plan.obligations("压减审批时限", "市交通运输局")[0].id
        with writing(), pytest.raises(NotFound):
            service.reuse(theirs, public_id, by=by, at=at(DAY, 15))
        with writing():
            service.reuse(second, public_id, by=plan.viewer("reporter"), at=at(DAY, 15))
            service.reuse(second, public_id, by=plan.viewer("reporter"), at=at(DAY, 15))
        with writing(), pytest.raises((DomainError, Conflict)):
            service.reuse(first, public_id, by=plan.viewer("reporter"), at=at(DAY, 15))
