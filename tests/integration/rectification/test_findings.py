"""A finding from registering to striking off: who may do what when, two people, what counts, what stays on record."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.integration.progress.test_together import renaming
from tests.integration.rectification.conftest import DUE, UNIT
from tests.support.issued import at
from tests.support.place import AT, DAY
from tests.support.together import together, until_somebody_waits
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.rectification import queries, service
from tracker.rectification.models import Finding
from tracker.rectification.service.acting import hold
from tracker.units.acts import NewBody, Terms
from tracker.units.service import order_act

AFTER = DUE + timedelta(days=3)


def view(plan, finding, who="lead", day=DAY):
    return queries.finding_view(finding, plan.viewer(who), today=day)


def acts():
    statement = select(AuditEntry.action).where(AuditEntry.subject_kind == "finding").order_by(AuditEntry.seq)
    return list(session.scalars(statement))


def test_the_whole_way_with_a_return_in_it(plan, hands, writing, reading):
    with writing():
        one = hands.to_verify()
        service.send_back(one, reason="只更新了一半。", by=plan.viewer("second_lead"), at=at(DAY, 14))
    with reading():
        shown = view(plan, one, "reporter")
        assert (shown.state, shown.times_returned, shown.timing) == ("sent_back", 1, "none")
        assert shown.rounds[0].opinion == "只更新了一半。"
    with writing(), pytest.raises(DomainError, match="佐证") as refused:  # what is now must be shown anew
        service.hand_in(one, by=plan.viewer("reviewer"), at=at(DAY, 15))
    assert refused.value.field == "after"
    with writing():
        hands.report(one, "after", by="reviewer", day=DAY + timedelta(days=1))  # what was before stands
        service.close(one, opinion="属实。", by=plan.viewer("evaluator"), at=at(DAY + timedelta(days=2)))
    with reading():
        shown = view(plan, one, "leader")
        assert (shown.state, shown.timing, shown.light, shown.may) == ("closed", "on_time", "done", frozenset())
        assert [(one.round_no, one.verifier, len(one.files)) for one in shown.rounds] == [
            (2, "孟考核", 1),
            (1, "卢牵头", 2),
        ]
        assert acts() == [
            "登记问题", "交办问题", "制定整改措施", "起草整改情况", "上传整改佐证", "上传整改佐证", "提交整改审核", "报送整改",
            "退回再改", "起草整改情况", "上传整改佐证", "提交整改审核", "报送整改", "整改销号",
        ]  # fmt: skip


@pytest.mark.parametrize("verb", ["close", "send_back"])
def test_who_registered_or_reported_does_not_verify(plan, hands, writing, reading, verb):
    def verify(who):
        words = {"opinion": ""} if verb == "close" else {"reason": "未整改。"}
        getattr(service, verb)(one, **words, by=plan.viewer(who), at=at(DAY, 14))

    with writing():
        one = hands.to_verify()
    with writing(), pytest.raises(DomainError, match="两人原则"):
        verify("lead")
    for stranger in ("reporter", "reviewer", "leader", "other_reporter"):
        with writing(), pytest.raises(NotFound):
            verify(stranger)
    with reading():
        assert view(plan, one).one_of_two
        assert "close" not in view(plan, one).may
        assert queries.findings_waiting(plan.viewer("lead")) == 0
        assert queries.findings_waiting(plan.viewer("second_lead")) == 1
    with writing():
        verify("second_lead")


def test_a_unit_sees_it_once_it_is_assigned_and_until_it_hands_it_back(plan, hands, writing, reading):
    with writing():
        one = hands.register(by="evaluator", now=True).id  # only the lead office assigns
    with reading():
        assert view(plan, one).state == "registered"
        assert queries.findings_waiting(plan.viewer("lead")) == 1
        with pytest.raises(NotFound):
            view(plan, one, "reporter")
    with writing(), pytest.raises(NotFound):
        service.assign(one, unit_id=plan.place.units[UNIT], due_on=DUE, by=plan.viewer("evaluator"), at=AT)
    with writing():
        service.assign(one, unit_id=plan.place.units[UNIT], due_on=DUE, by=plan.viewer("lead"), at=AT)
    with reading():
        assert view(plan, one, "reporter").may == {"plan", "hand_back"}
        assert queries.findings_waiting(plan.viewer("reviewer")) == 1
        with pytest.raises(NotFound):
            view(plan, one, "other_reporter")
    with writing():
        service.hand_back(one, reason="属交通部门职责。", by=plan.viewer("reviewer"), at=AT)
        service.assign(one, unit_id=plan.place.units["市交通运输局"], due_on=DUE, by=plan.viewer("lead"), at=AT)
    with reading():
        assert view(plan, one, "other_reviewer").may == {"plan", "hand_back", "extension"}
        with pytest.raises(NotFound):
            view(plan, one, "reporter")


def test_a_measure_is_whole_and_in_time_and_may_change(plan, hands, writing, reading):
    with writing():
        one = hands.register().id
    for text, person, day, field in (
        ("更新。", "", DUE, "measure"), (" ", "某人", DUE, "measure"), ("更新。", "某人", None, "measure"),
        ("更新。", "某人", AFTER, "planned_on"),
    ):  # fmt: skip
        with writing(), pytest.raises(DomainError) as refused:
            service.plan_measure(one, service.Measure(text, person, day), by=plan.viewer("reporter"), at=AT)
        assert refused.value.field == field
    with writing(), pytest.raises(Conflict):
        hands.report(one)  # nothing is reported before there is a measure
    with writing():
        hands.plan_measure(one)
        service.plan_measure(one, service.Measure("另行更新。", "新人", DUE), by=plan.viewer("reviewer"), at=AT)
    with reading():
        assert (view(plan, one).measure, view(plan, one).responsible) == ("另行更新。", "新人")


def test_lights_and_lateness(plan, hands, writing, reading):
    with writing():
        one, other = hands.register().id, hands.register().id
        hands.plan_measure(one)
    with reading():
        assert view(plan, one, day=DUE - timedelta(days=8)).light == "on_time"
        assert view(plan, one, day=DUE - timedelta(days=7)).light == "near"
        assert view(plan, one, day=AFTER).light == "overdue"
        lead = plan.viewer("lead")
        for day in (DAY, DUE - timedelta(days=7), DUE, AFTER):
            rows = queries.finding_page(lead, queries.FindingFilter(), today=day).rows
            for light in ("on_time", "near", "overdue"):
                listed = queries.finding_page(lead, queries.FindingFilter(light=light), today=day).rows
                assert [row.id for row in listed] == [row.id for row in rows if row.light == light], (day, light)
    with writing():
        hands.report(one, day=AFTER)
        hands.plan_measure(other)
        hands.report(other, day=DUE)
    with reading():
        assert (view(plan, one, day=AFTER).light, view(plan, one).timing) == ("overdue", "late")
        assert (view(plan, other, day=AFTER).light, view(plan, other).timing) == ("on_time", "on_time")


def test_who_reported_takes_it_back_and_writes_on(plan, hands, writing, reading):
    with writing():
        one = hands.to_verify()
    with writing(), pytest.raises(DomainError, match="本人"):
        service.recall(one, by=plan.viewer("second_reviewer"), at=AT)
    with writing():
        service.recall(one, by=plan.viewer("reporter"), at=AT)
    with reading():
        assert view(plan, one, "reporter").draft.done == "已更新。"
        assert view(plan, one).rounds == (), "what is being written is the unit's alone"
    with writing():
        service.hand_in(one, by=plan.viewer("reviewer"), at=AT)  # the same round, with its files
        service.approve(one, by=plan.viewer("second_reviewer"), at=AT)
        service.close(one, opinion="", by=plan.viewer("second_lead"), at=AT)


def test_files_are_looked_at_and_belong_to_their_finding(plan, hands, writing, reading):
    with writing():
        one, other = hands.register().id, hands.register(unit="市交通运输局").id
        hands.plan_measure(one)
        hands.write(one, "before")
    with writing(), pytest.raises(DomainError, match="程序") as refused:
        service.attach(one, phase="after", stream=io.BytesIO(b"MZ"), name="a.txt", by=plan.viewer("reporter"), at=AT)
    assert refused.value.field == "after"
    with reading():
        public_id = view(plan, one, "reporter").draft.files[0].public_id
        assert queries.finding_file(one, public_id, plan.viewer("reporter")).name == "before.txt"
        for finding, who in ((one, "lead"), (one, "other_reporter"), (other, "reporter"), (other, "lead")):
            with pytest.raises(NotFound):
                queries.finding_file(finding, public_id, plan.viewer(who))
    with writing():
        service.detach(one, public_id, by=plan.viewer("reviewer"), at=AT)
    with reading():
        assert view(plan, one, "reporter").draft.files == ()


def test_what_is_registered_is_the_offices_own(plan, hands, writing, reading):
    city = plan.place.units["云岫市"]
    with writing(), pytest.raises(DomainError) as refused:
        hands.register(unit="云岫市")
    assert refused.value.field == "unit"
    with writing(), pytest.raises(DomainError) as refused:
        service.register(
            service.Found("leader", "问题", "", plan.place.units[UNIT], DAY - timedelta(days=1)),
            by=plan.viewer("lead"),
            at=AT,
        )
    assert refused.value.field == "due_on"
    for stranger in ("reporter", "reviewer", "leader", "admin"):
        with writing(), pytest.raises((NotFound, DomainError)):
            hands.register(by=stranger)
    with writing(), pytest.raises(NotFound):
        hands.register(source="deduction", fact_id=77)
    with writing():
        obligation = plan.obligations("压减审批时限", UNIT)[0].id
        one = hands.register(source="report", obligation_id=obligation)
        assert (one.plan_id, one.owner_unit_id) == (plan.plan_id, city)
        service.drop(one.id, reason="重复登记。", by=plan.viewer("lead"), at=AT)
    with reading():
        assert queries.finding_page(plan.viewer("lead"), queries.FindingFilter(), today=DAY).rows == []
        dropped = queries.finding_page(plan.viewer("lead"), queries.FindingFilter(state="dropped"), today=DAY)
        assert [row.light for row in dropped.rows] == ["none"]


def test_the_ledger_is_filtered_and_paged_in_its_scope(plan, hands, writing, reading, statements):
    with writing():
        ids = [hands.register(unit=unit).id for unit in (UNIT, "市交通运输局", "望川县") for _ in range(3)]
        lead = plan.viewer("lead")
        hands.plan_measure(ids[0])
    with reading():
        seen, cursor = [], None
        while True:
            page = queries.finding_page(lead, queries.FindingFilter(), today=DAY, cursor=cursor, size=4)
            seen += [row.id for row in page.rows]
            cursor = page.next
            if cursor is None:
                break
        assert seen == ids
        assert page.total == 9
        wanted = queries.FindingFilter(unit_id=plan.place.units["望川县"], text="栏目", descending=True)
        assert [row.id for row in queries.finding_page(lead, wanted, today=DAY).rows] == ids[:5:-1]
        own = queries.finding_page(plan.viewer("reporter"), queries.FindingFilter(), today=DAY).rows
        assert [row.id for row in own] == ids[:3]
        with statements() as few:
            queries.finding_page(lead, queries.FindingFilter(), today=DAY, size=2)
        with statements() as many:
            queries.finding_page(lead, queries.FindingFilter(), today=DAY, size=9)
        assert len(few) == len(many)


def test_two_at_once_one_wins_and_the_other_is_told(plan, hands, writing):
    with writing():
        one = hands.to_verify()
        seen = session.get(Finding, one).version
        service.close(one, opinion="", by=plan.viewer("second_lead"), at=AT, seen=seen)
    with writing(), pytest.raises(Conflict):
        service.send_back(one, reason="未改。", by=plan.viewer("evaluator"), at=AT, seen=seen)


def test_a_unit_that_is_reorganised_passes_on_what_is_open(plan, hands, writing, reading):
    with writing():
        closed, waiting, open_ = hands.to_verify(), hands.to_verify(), hands.register().id
        service.close(closed, opinion="", by=plan.viewer("second_lead"), at=AT)
        units = plan.place.units
        terms = Terms("merge", (units[UNIT], units["市交通运输局"]), DAY, "云编发〔2026〕1号", "机构改革方案",
                      bodies=(NewBody("市财政交通局", "", "department", units["云岫市"]),))  # fmt: skip
        order_act(terms, by=plan.viewer("admin"), at=AT)
    with reading():
        assert {one: view(plan, one).unit for one in (closed, waiting, open_)} == {
            closed: UNIT, waiting: "市财政交通局", open_: "市财政交通局",
        }  # fmt: skip
        assert acts()[-2:] == ["随机构改革承接问题"] * 2


def test_a_finding_is_planned_for_while_its_unit_is_renamed(plan, hands, writing, reading):
    """Whoever plans holds the finding already when the reorganisation comes for it, and wants the record next."""
    with writing():
        finding = hands.register().id
    with reading():
        if session.get_bind().dialect.name == "sqlite":
            pytest.skip("SQLite has one writer from the beginning of its transaction")
        reporter, admin, units = plan.viewer("reporter"), plan.viewer("admin"), plan.place.units
    body = NewBody("云岫市财政金融局", "", "department", units["云岫市"])
    order = Terms("rename", (units[UNIT],), DAY, "云编发〔2026〕1号", bodies=(body,))
    begun, over = threading.Event(), threading.Event()

    def measure() -> None:
        hold(finding, reporter)
        until_somebody_waits(begun, over)
        hands.plan_measure(finding)

    assert together(writing, measure, renaming(order, admin, begun, over)) == ["done", "done"]
    with reading():
        assert (view(plan, finding).unit, view(plan, finding).state) == ("云岫市财政金融局", "in_hand")
