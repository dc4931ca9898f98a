"""Tasks that nobody has (待认领): offered for, confirmed, declined; one winner, and nothing owed for what has passed."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import QUARTERLY, TaskSpec, adopted, at, issued
from tests.support.place import AT
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.plans.models import PlanEdition, Task
from tracker.progress import queries, service
from tracker.progress.models import Claim, Obligation, ObligationSummary
from tracker.progress.queries.claims import count_claims, count_ownerless, ownerless, ownerless_task
from tracker.progress.service.claims import claim, confirm_claim, decline_claim, take_back_claim

OPEN, HELD = "建设便民驿站", "压减审批时限"
SPECS = (
    TaskSpec(OPEN, (), (QUARTERLY,), targets=(("新建50个", "50", "个"),)),
    TaskSpec(HELD, (("市财政局", "lead"),)),
)
JULY = at(date(2026, 7, 1))


@pytest.fixture
def plan(place, writing):
    with writing():
        return issued(place, SPECS)


def offer(plan, unit="市财政局", *, by="reporter", when=AT):
    return claim(plan.tasks[OPEN], plan.place.units[unit], "本单位有现成场地。", by=plan.viewer(by), at=when).id


def test_offered_confirmed_and_owed_from_today_on(plan, writing, reading, sign_in_as, clock_stands):
    clock_stands.move_to(JULY)
    unit, office = sign_in_as("reporter"), sign_in_as("lead")
    listed = unit.get("/unclaimed").text
    assert OPEN in listed
    assert HELD not in listed
    path = f"/tasks/{plan.tasks[OPEN]}/claim"
    page = unit.get(path)
    assert "新建50个" in page.text, "what is asked for is read before it is offered for"
    assert unit.post(path, data={**fields_of(page), "words": " "}).status_code == 422
    assert unit.post(path, data={**fields_of(page), "words": "本单位有场地。"}).status_code == 302
    with reading():
        one = session.scalars(select(Claim.id)).one()
        assert count_claims(plan.viewer("lead")) == 1
    decision = {**fields_of(office.get(f"/claims/{one}")), "role": "lead", "decision": "confirm", "note": "同意。"}
    answer = office.post(f"/claims/{one}", data=decision, follow_redirects=True)
    assert "生成 2 项报送义务" in answer.text
    assert "主动认领" in office.get(f"/tasks/{plan.tasks[OPEN]}").text, (
        "where a document's task has the words it was read from"
    )
    assert unit.post("/claims/999999/take-back").status_code == 404
    with reading():
        held = plan.assignment(OPEN, "市财政局")
        assert (held.state, held.role, held.signed_by) == ("in_progress", "lead", plan.place.people["reporter"])
        due = [row.due_on for row in plan.obligations(OPEN, "市财政局")]
        assert due == [date(2026, 9, 20), date(2026, 12, 20)], "nobody owed what was due before"
        assert session.scalar(select(func.sum(ObligationSummary.n))) == session.scalar(
            select(func.count()).select_from(Obligation)
        )
        assert queries.obligation_view(
            plan.obligations(OPEN, "市财政局")[0].id, plan.viewer("reporter"), today=date(2026, 7, 1)
        )
        assert ownerless(plan.viewer("lead")) == []
        acts = session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq.desc()).limit(2)).all()
        assert acts == ["确认认领", "申请认领"]


def test_declined_with_a_reason_and_offered_again(plan, writing, reading):
    with writing():
        one = offer(plan)
    with writing(), pytest.raises(DomainError, match="理由"):
        decline_claim(one, " ", by=plan.viewer("lead"), at=AT)
    with writing():
        decline_claim(one, "宜由县区承担。", by=plan.viewer("lead"), at=AT)
        offer(plan)
    with reading():
        assert [row.state for row in session.scalars(select(Claim).order_by(Claim.id))] == ["declined", "asked"]


def test_one_of_two_gets_it(plan, writing, sign_in_as):
    with writing():
        one, other = offer(plan), offer(plan, "望川县", by="county_reporter")
    with writing(), pytest.raises(Conflict, match="正在等待"):
        offer(plan)
    way = 'class="btn btn-primary" href="/unclaimed"'
    assert way in sign_in_as("lead").get(f"/tasks/{plan.tasks[OPEN]}").text, "who waits is found from the task"
    assert way not in sign_in_as("leader").get(f"/tasks/{plan.tasks[OPEN]}").text
    with writing():
        confirm_claim(one, "responsible", "", by=plan.viewer("lead"), at=AT)
    with writing(), pytest.raises(Conflict, match="已经处理"):
        confirm_claim(other, "responsible", "", by=plan.viewer("second_lead"), at=AT)
    with writing(), pytest.raises(Conflict, match="已有责任单位"):
        offer(plan, "望川县", by="county_reporter")
    county = sign_in_as("county_reporter")
    assert "已失效" in county.get("/unclaimed").text
    desk = county.get("/").text
    assert "最近七天的批复" in desk, "who offered to take it is told where they begin their day"
    assert "已由其他单位承担" in desk


def test_taken_back_before_it_is_decided(plan, writing):
    with writing():
        one = offer(plan)
        take_back_claim(one, by=plan.viewer("reviewer"), at=AT)
    with writing(), pytest.raises(Conflict):
        confirm_claim(one, "responsible", "", by=plan.viewer("lead"), at=AT)


def test_a_unit_relieved_of_it_gets_it_back(plan, writing, reading):
    """What it owed then, and is still to come, is owed once and not twice."""
    with writing():
        held = plan.assignment(HELD, "市财政局").id
        service.hand_back(held, reason="不属于本单位。", proposed_unit_id=None, by=plan.viewer("reporter"), at=AT)
        back = queries.hand_backs(plan.viewer("lead"))[0]
        service.withdraw(back.id, reason="同意。", by=plan.viewer("lead"), at=AT)
        task, unit = plan.tasks[HELD], plan.place.units["市财政局"]
        one = claim(task, unit, "经核实属于本单位。", by=plan.viewer("reviewer"), at=AT)
        confirm_claim(one.id, "lead", "", by=plan.viewer("lead"), at=AT)
    with reading():
        assert [row.state for row in plan.obligations(HELD, "市财政局")] == ["open"] * 4


def test_who_may_offer_read_and_decide(plan, place, writing, sign_in_as):
    with writing():
        one = offer(plan)
        assert ownerless_task(plan.tasks[OPEN], plan.viewer("county_reporter")).claims == [], "others' words are theirs"
        assert ownerless_task(plan.tasks[OPEN], plan.viewer("county_reporter")).offers == 1
    for who, unit in (
        ("county_reporter", "市财政局"),
        ("lead", "市财政局"),
        ("leader", "望川县"),
        ("reporter", "云岫市"),
    ):
        with writing(), pytest.raises(NotFound):
            offer(plan, unit, by=who)
    for who in ("reporter", "leader", "evaluator", "admin"):
        with writing(), pytest.raises(NotFound):
            confirm_claim(one, "lead", "", by=plan.viewer(who), at=AT)
    with writing(), pytest.raises(NotFound):
        take_back_claim(one, by=plan.viewer("other_reporter"), at=AT)
    assert sign_in_as("county_reporter").get(f"/claims/{one}").status_code == 404


def test_a_task_is_offered_once_its_plan_is_issued_and_while_it_stands(plan, place, writing, reading):
    with writing():
        later = adopted(place, SPECS, year=2027)
    with reading():
        assert [one.id for one in ownerless(plan.viewer("reporter"))] == [plan.tasks[OPEN]]
        assert count_ownerless(plan.viewer("reporter")) == 1
        assert later.tasks[OPEN] not in {one.id for one in ownerless(plan.viewer("lead"))}
    with writing(), pytest.raises(NotFound):
        claim(later.tasks[OPEN], place.units["市财政局"], "愿意。", by=plan.viewer("reporter"), at=AT)
    with writing():
        one = offer(plan)
        plan_edition(plan)
    with writing(), pytest.raises(DomainError, match="已被取消"):
        confirm_claim(one, "lead", "", by=plan.viewer("lead"), at=AT)


def plan_edition(plan):
    """A later edition of the document has the task no more."""
    edition = PlanEdition(
        plan_id=plan.plan_id, number=2, document_title="修订稿", document_number="", document_issuer="", reason="修订",
        counts={}, adopted_at=AT,
    )  # fmt: skip
    session.add(edition)
    session.flush()
    session.get_one(Task, plan.tasks[OPEN]).ended_in = edition.id


def test_who_types_while_another_is_given_the_task_is_told_and_keeps_the_words(plan, writing, sign_in_as):
    county, path = sign_in_as("county_reporter"), f"/tasks/{plan.tasks[OPEN]}/claim"
    typed = {**fields_of(county.get(path)), "words": "我县有现成场地。"}
    with writing():
        confirm_claim(offer(plan), "lead", "", by=plan.viewer("lead"), at=AT)
    late = county.post(path, data=typed)
    assert late.status_code == 409
    assert "已有责任单位" in late.text
    assert "我县有现成场地。" in late.text
    assert county.post("/tasks/9999/claim", data=typed).status_code == 404


def test_neither_button_decides_nothing(plan, writing, reading, sign_in_as):
    with writing():
        one = offer(plan)
    lead = sign_in_as("lead")
    typed = {**fields_of(lead.get(f"/claims/{one}")), "role": "lead", "note": "再研究。"}
    assert lead.post(f"/claims/{one}", data=typed).status_code == 400
    with reading():
        assert session.get_one(Claim, one).state == "asked"
