"""Counts of somebody who sees a whole branch: read from what is kept, and the same as counting would find."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.issued import reported
from tracker.db import session
from tracker.progress import queries
from tracker.progress.models import Obligation
from tracker.progress.queries import WorkFilter, branches as kept, waiting, work
from tracker.progress.service.counting import change

DAYS = (date(2026, 3, 2), date(2026, 3, 14), date(2026, 6, 24), date(2026, 7, 10), date(2027, 3, 1))


@pytest.fixture
def busy(plan, writing):
    """A return before the unit's own reviewer, one with the lead office, one come back."""
    with writing():
        first, second, third = (one.id for one in plan.obligations("压减审批时限", "市财政局")[:3])
        reported(plan, first, reviewer=None)
        reported(plan, second)
        back = session.get_one(Obligation, third)
        reported(plan, third)
        change([back], state="returned")
    return plan


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("who", ["reporter", "county_reporter"])
def test_kept_and_counted_are_the_same(busy, reading, monkeypatch, who, today):
    with reading():
        viewer = busy.viewer(who)
        assert kept.branches(viewer) is not None

        def found():
            return (
                waiting._owed(viewer, today),
                queries.summary_total(None, today, viewer=viewer),
                queries.summary_by_chapter(busy.plan_id, today, viewer=viewer),
                queries.summary_by_month(busy.plan_id, today, viewer=viewer),
            )

        as_kept = found()
        monkeypatch.setattr(kept, "_branches", lambda *_: None)
        assert found() == as_kept
        overdue = queries.work_page(viewer, WorkFilter(light="overdue"), today=today).rows
        assert as_kept[1].overdue == len(overdue)


def test_an_office_below_a_county_is_no_branch(plan, place, reading):
    with reading():
        viewer = plan.viewer("county_reporter")
        office = place.units["望川县财政局"]
        inside = type(viewer)(viewer.person_id, viewer.name, tuple((role, office) for role, _ in viewer.grants))
        assert kept.branches(inside) is None
        both = type(viewer)(viewer.person_id, viewer.name, (*viewer.grants, *inside.grants))
        assert kept.branches(both) == kept.branches(viewer)


@pytest.mark.parametrize("who", ["reporter", "county_reporter", "leader"])
@pytest.mark.parametrize("unit", [None, "望川县", "望川县财政局", "市财政局"])
def test_many_units_are_listed_as_few_are(busy, place, reading, monkeypatch, who, unit):
    with reading():
        wanted = WorkFilter(unit_id=place.units[unit] if unit else None)
        one_by_one = queries.work_page(busy.viewer(who), wanted, today=DAYS[0])
        monkeypatch.setattr(work, "FEW", -1)
        assert queries.work_page(busy.viewer(who), wanted, today=DAYS[0]).rows == one_by_one.rows
