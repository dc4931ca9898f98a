"""What was excused (免责) after a run: the run keeps its result, the next one counts it."""

from __future__ import annotations

from sqlalchemy import select

from tests.integration.assessment.test_runs import run, totals
from tests.support.issued import at
from tests.support.scored import AS_OF
from tracker.assessment.queries.recheck import agrees
from tracker.db import session
from tracker.progress import service
from tracker.progress.models import Obligation

UNIT = "市交通运输局"
AFTER = AS_OF.replace(day=20)


def test_a_run_keeps_its_result_and_the_next_counts_the_excuse(scored, writing, reading):
    with writing():
        scored.enter_all_marks()
        first = run(scored)
    with reading():
        before = totals(scored, first)
        late = select(Obligation.id).where(Obligation.unit_id == scored.units[UNIT], Obligation.timing == "late")
        one = session.scalars(late).one()
    with writing():
        reporter, lead = scored.viewer("other_reporter"), scored.viewer("lead")
        asked = service.ask_for("waiver", one, service.Wish("上级系统停机。"), by=reporter, at=at(AFTER))
        service.grant_request(asked.id, note="属实。", by=lead, at=at(AFTER, 11))
        second = run(scored)
    with reading():
        assert totals(scored, first) == before
        assert agrees(first), "what was frozen still comes to what was stored"
        assert float(totals(scored, second)[UNIT][0]) > float(before[UNIT][0])
        assert {name: total for name, total in totals(scored, second).items() if name != UNIT} == {
            name: total for name, total in before.items() if name != UNIT
        }
        assert agrees(second)
