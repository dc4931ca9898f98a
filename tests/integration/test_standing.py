"""What tests begin with is the same whether it is made or put back."""

from __future__ import annotations

from copy import deepcopy

from sqlalchemy import select, text

from tests.support.databases import ON_SQLITE
from tests.support.issued import adopted, issued
from tests.support.place import found_place
from tracker.db import Base, session
from tracker.plans.models import Plan


def rows():
    """Everything that stands in the database, by table, in the order of its keys."""
    return {
        table.name: session.execute(select(table).order_by(*table.primary_key)).all()
        for table in Base.metadata.sorted_tables
    }


def test_what_is_put_back_is_what_was_made(standing, reading):
    found = []
    for _time in range(2):
        standing.renew()
        place = standing.begin(found_place)
        plan = standing.begin(issued, place)
        assert plan.place is place  # who is added by one is known to the other
        with reading():
            found.append((deepcopy(place), plan.plan_id, rows()))
    assert found[0] == found[1]


def test_counters_go_on_where_they_were(standing, writing):
    for _time in range(2):
        standing.renew()
        plan = standing.begin(issued, standing.begin(found_place))
    with writing():
        assert adopted(plan.place, year=2027).plan_id == plan.plan_id + 1


def test_what_somebody_else_wrote_stays(standing, writing, reading):
    standing.begin(issued, standing.begin(found_place))
    standing.renew()
    place = standing.begin(found_place)
    with writing():
        adopted(place, year=2027)
    standing.begin(issued, place)
    with reading():
        assert set(session.scalars(select(Plan.year))) == {2026, 2027}


@ON_SQLITE
def test_what_asks_for_no_order_is_answered_backwards(reading):
    with reading():
        assert session.scalar(text("PRAGMA reverse_unordered_selects")) == 1
