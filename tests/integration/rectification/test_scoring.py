"""What rectifications count for scores: as things stood on the day, each with the record that leads to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.integration.rectification.conftest import DUE, UNIT
from tests.support.issued import at
from tests.support.place import DAY
from tracker.assessment.queries.explanation import traced
from tracker.assessment.queries.tallies import count_work
from tracker.assessment.records import records_of
from tracker.assessment.sources import SOURCES, Tally
from tracker.rectification import service

LATER = DUE + timedelta(days=4)


def count(plan, as_of, unit=UNIT):
    found = count_work(plan.plan_id, as_of, findings=True)
    one = next(one for one in found.units if one.name == unit)
    return (one.tally.findings, one.tally.rectified, one.tally.to_do_again), found.records[one.key]


def test_the_day_tells_what_was_right(plan, hands, writing, reading):
    with writing():
        again, late, dropped, open_ = (
            hands.to_verify(),
            hands.to_verify(day=LATER),
            hands.register().id,
            hands.register().id,
        )
        hands.register(unit="市交通运输局", now=False)  # not assigned: nobody's to put right yet
        second = plan.viewer("second_lead")
        service.drop(dropped, reason="重复登记。", by=plan.viewer("lead"), at=at(DAY))
        service.send_back(again, reason="不到位。", by=second, at=at(DAY + timedelta(days=1)))
        hands.report(again, "after", day=DUE)
        service.close(again, opinion="", by=second, at=at(LATER))
        service.close(late, opinion="", by=second, at=at(LATER))
    with reading():
        assert count(plan, DUE - timedelta(days=1))[0] == (0, 0, 0), "nothing was due"
        assert count(plan, DUE)[0] == (3, 1, 1), "reported in time is right until it is sent back"
        assert count(plan, LATER)[0] == (3, 1, 1), "late stays late"
        assert count(plan, LATER, "市交通运输局")[0] == (0, 0, 0)
        marks = {(one.finding_id, one.mark) for one in records_of(count(plan, LATER)[1]) if one.finding_id}
        assert marks == {(again, "P"), (again, "G"), (late, "Q"), (open_, "Q")}
        shown = traced(list(records_of(count(plan, LATER)[1])))
        assert {one.href for one in shown if one.record.finding_id} == {
            f"/rectifications/{one}" for one in (again, late, open_)
        }


def test_what_is_sent_back_after_the_date_is_late(plan, hands, writing, reading):
    with writing():
        one = hands.to_verify(day=DUE)
    with reading():
        assert count(plan, DUE)[0] == (1, 1, 0)
    with writing():
        service.send_back(one, reason="不到位。", by=plan.viewer("second_lead"), at=at(LATER))
    with reading():
        assert count(plan, DUE)[0] == (1, 1, 0), "as it stood that day"
        assert count(plan, LATER)[0] == (1, 0, 1)


@pytest.mark.parametrize(
    ("key", "tally", "facts"),
    [
        ("rectified_share", Tally(findings=4, rectified=3), [{"actual": "3", "target": "4"}]),
        ("rectified_share", Tally(due=5), [{"not_applicable": True}]),
        ("unrectified_each", Tally(findings=4, rectified=3), [{"each": "0.5", "count": 1}]),
        ("unrectified_each", Tally(due=5), []),
        ("to_do_again_each", Tally(findings=4, to_do_again=2), [{"each": "0.5", "count": 2}]),
        ("to_do_again_each", Tally(), [{"not_applicable": True}]),
    ],
)
def test_sources_of_rectification(key, tally, facts):
    assert SOURCES[key].count(tally, {"each": "0.5"}) == facts
