"""Who holds a role for a unit: asked for every return, while everybody else waits to write."""

from __future__ import annotations

from sqlalchemy import text

from tests.support.databases import ON_SQLITE
from tests.support.place import DAY
from tracker.accounts.queries import holders
from tracker.accounts.roles import Role
from tracker.db import session


@ON_SQLITE
def test_not_everybody_is_looked_at(place, reading, statements):
    units = (place.units["望川县"], place.units["市财政局"])
    with reading():
        with statements() as seen:
            assert holders(Role.REVIEWER, units, today=DAY)
        plan = session.execute(text("EXPLAIN QUERY PLAN " + seen[0].replace("?", "1"))).all()
        steps = [row.detail for row in plan if row.detail.startswith(("SCAN", "SEARCH"))]
    assert steps
    assert not [step for step in steps if step.startswith("SCAN")], steps
