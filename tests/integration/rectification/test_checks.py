"""Spot checks: drawn from what was accepted, drawn again alike, typed back, their findings in the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.integration.rectification.conftest import DUE, UNIT
from tests.support.issued import at, reported
from tests.support.place import AT, DAY
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress import service as progress
from tracker.progress.models import Obligation
from tracker.rectification import queries, service
from tracker.rectification.models import SpotCheck
from tracker.rectification.sampling import BEHIND, OFTEN_RETURNED, WEIGHTS

TASK, OTHER = "压减审批时限", "市交通运输局"


def wanted(plan, **other: object):
    terms = {
        "plan_id": plan.plan_id, "drawn_from": "reports", "since": DAY, "until": DAY + timedelta(days=20), "seed": "20260302",
        "size": 10, "per_unit": 3, "weights": WEIGHTS, **other,
    }  # fmt: skip
    return service.Wanted(**terms)


@pytest.fixture
def accepted(plan, writing):
    """Two accepted reports of two units, one of them late, and a third that waits."""
    with writing():
        own, others = plan.obligations(TASK, UNIT), plan.obligations(TASK, OTHER)
        for one, day, reporter, reviewer in (
            (own[0], DAY, "reporter", "reviewer"), (others[0], date(2026, 3, 21), "other_reporter", "other_reviewer"),
            (own[1], DAY, "reporter", "reviewer"),
        ):  # fmt: skip
            version = reported(plan, one.id, day=day, reporter=reporter, reviewer=reviewer)
            if one is not own[1]:
                progress.accept(version, by=plan.viewer("lead"), at=at(day, 15))
        return own[0].id, others[0].id


def items(plan, check, who="lead"):
    return queries.check_view(check, plan.viewer(who)).items


def test_it_draws_what_was_accepted_in_its_days_with_its_risks(plan, accepted, writing, reading):
    with writing():
        check = service.draw_check(wanted(plan), by=plan.viewer("evaluator"), at=at(date(2026, 3, 25))).id
    with reading():
        shown = queries.check_view(check, plan.viewer("leader"))
        risks = {one.obligation_id: one.risks for one in shown.items}
        assert risks == {accepted[0]: ("no_evidence",), accepted[1]: ("late", "no_evidence")}
        assert (shown.framed, shown.repeats, shown.row.drawer) == (2, True, "孟考核")
    with writing():
        only = service.draw_check(wanted(plan, until=DAY), by=plan.viewer("lead"), at=at(date(2026, 3, 25))).id
    with reading():
        assert [one.obligation_id for one in items(plan, only)] == [accepted[0]]


def test_the_same_seed_draws_the_same_though_the_ledger_goes_on(plan, accepted, writing, reading):
    with writing():
        first = service.draw_check(wanted(plan, size=1), by=plan.viewer("lead"), at=at(date(2026, 3, 25))).id
        again = service.draw_check(wanted(plan, size=1), by=plan.viewer("evaluator"), at=at(date(2026, 3, 26))).id
        session.execute(update(Obligation).where(Obligation.id == accepted[0]).values(timing="late"))
    with reading():
        assert [one.obligation_id for one in items(plan, first)] == [one.obligation_id for one in items(plan, again)]
        assert queries.check_view(first, plan.viewer("lead")).repeats
    with writing():
        session.get(SpotCheck, first).frame = [[accepted[0], 1, []]]
    with reading():
        assert not queries.check_view(first, plan.viewer("lead")).repeats, "a frame that was changed is told"


def test_closed_tasks_are_drawn_by_their_last_report(plan, accepted, writing, reading):
    with writing(), pytest.raises(DomainError) as refused:
        service.draw_check(wanted(plan, drawn_from="closed"), by=plan.viewer("lead"), at=at(date(2026, 3, 25)))
    assert refused.value.field == "since"
    with writing():
        second = plan.obligations(TASK, OTHER)[1].id
        version = reported(
            plan, second, day=date(2026, 3, 22), percent=100, reporter="other_reporter", reviewer="other_reviewer"
        )  # fmt: skip
        progress.accept(version, by=plan.viewer("lead"), at=at(date(2026, 3, 22), 15), close=True)
        check = service.draw_check(
            wanted(plan, drawn_from="closed"), by=plan.viewer("lead"), at=at(date(2026, 3, 25))
        ).id  # fmt: skip
    with reading():
        assert [one.obligation_id for one in items(plan, check)] == [second]


def test_a_finding_goes_to_the_ledger_and_to_its_unit(plan, accepted, writing, reading):
    day = date(2026, 3, 25)
    with writing():
        check = service.draw_check(wanted(plan), by=plan.viewer("lead"), at=at(day)).id
    with reading():
        places = {one.obligation_id: one.id for one in items(plan, check)}
    with writing(), pytest.raises(DomainError, match="结果"):
        service.conclude(check, note="", by=plan.viewer("lead"), at=at(day))
    with writing(), pytest.raises(DomainError) as refused:
        service.enter_result(places[accepted[0]], service.Seen(day, "", "台账缺失"), by=plan.viewer("lead"), at=at(day))
    assert refused.value.field == "due_on"
    with writing():
        seen = service.Seen(day, "现场未见台账。", "台账缺失", day + timedelta(days=10))
        service.enter_result(places[accepted[0]], seen, by=plan.viewer("lead"), at=at(day))
        service.enter_result(
            places[accepted[1]], service.Seen(day, "相符。"), by=plan.viewer("second_lead"), at=at(day)
        )
    with reading():
        found = queries.finding_page(plan.viewer("reporter"), queries.FindingFilter(), today=day).rows
        assert [(one.source, one.title, one.state) for one in found] == [("spot_check", "台账缺失", "assigned")]
        assert queries.finding_view(found[0].id, plan.viewer("lead"), today=day).check_id == check
        assert [one.findings for one in items(plan, check) if one.result == "found"] == [1]
    with writing(), pytest.raises(Conflict, match="已登记"):
        service.enter_result(places[accepted[0]], service.Seen(day, "误会。"), by=plan.viewer("lead"), at=at(day))
    with writing():
        service.drop(found[0].id, reason="误登记。", by=plan.viewer("lead"), at=at(day))
        service.enter_result(places[accepted[0]], service.Seen(day, "误会。"), by=plan.viewer("lead"), at=at(day))
        service.conclude(check, note="总体属实。", by=plan.viewer("evaluator"), at=at(day))
    with writing(), pytest.raises(Conflict):
        service.enter_result(places[accepted[1]], service.Seen(day), by=plan.viewer("lead"), at=at(day))


def test_only_the_office_and_evaluators_draw_and_enter(plan, accepted, writing, reading):
    for stranger in ("reporter", "leader", "admin"):
        with writing(), pytest.raises(NotFound):
            service.draw_check(wanted(plan), by=plan.viewer(stranger), at=AT)
    with writing():
        check = service.draw_check(wanted(plan), by=plan.viewer("lead"), at=at(date(2026, 3, 25))).id
        place = queries.check_view(check, plan.viewer("lead")).items[0].id
    with writing(), pytest.raises(NotFound):
        service.enter_result(place, service.Seen(DAY), by=plan.viewer("leader"), at=at(date(2026, 3, 25)))
    with reading():
        assert queries.checks(plan.viewer("reporter")) == []
        with pytest.raises(NotFound):
            queries.check_view(check, plan.viewer("reviewer"))
    with writing(), pytest.raises(DomainError):
        service.void(check, reason=" ", by=plan.viewer("lead"), at=AT)
    with writing():
        service.void(check, reason="范围选错。", by=plan.viewer("lead"), at=AT)
    with reading():
        assert [one.state for one in queries.checks(plan.viewer("leader"), "void")] == ["void"]
        assert queries.count_checks_open(plan.viewer("lead")) == 0


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"since": DAY, "until": DAY - timedelta(days=1)}, "until"),
        ({"since": DUE + timedelta(days=90), "until": DUE + timedelta(days=91)}, "since"),
        ({"seed": " "}, "seed"), ({"size": 0}, "size"), ({"size": 201}, "size"), ({"per_unit": 0}, "per_unit"),
        ({"weights": {**WEIGHTS, "late": 21}}, None), ({"weights": {}}, None),
    ],
)  # fmt: skip
def test_a_wish_that_makes_no_sense_is_refused_at_its_field(plan, accepted, writing, other, field):
    with writing(), pytest.raises(DomainError) as refused:
        service.draw_check(wanted(plan, **other), by=plan.viewer("lead"), at=at(date(2026, 3, 25)))
    assert refused.value.field == field


def test_pages_say_from_which_measure_on_something_is_a_risk(plan, accepted, writing, sign_in_as):
    """Whoever draws and whoever goes there reads what 进度偏低 and 多次退办 mean, and what each adds."""
    with writing():
        check = service.draw_check(wanted(plan), by=plan.viewer("lead"), at=at(date(2026, 3, 25))).id
    lead = sign_in_as("lead")
    for path in ("/spot-checks/new", f"/spot-checks/{check}"):
        page = lead.get(path).text
        assert f"落后序时进度超过 {BEHIND} 个百分点" in page, path
        assert f"退办 {OFTEN_RETURNED} 次以上" in page, path
        assert "首次送达晚于期限" in page, path
