"""Any time limit that a document prints, changed to any other: what was due by the day stays as it was, and what lies ahead is
what a plan issued with the other would owe; under each rule for days off, also in years without a workday calendar."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from imports.phrases.deadlines import in_one_line, parse_time_cell
from tests.support.databases import ON_SQLITE
from tests.support.issued import TaskSpec, adopted, at, people
from tests.support.place import AT, DAY
from tracker.db import session
from tracker.drafts.bodies import deadline_json
from tracker.errors import DomainError
from tracker.plans.models import Plan
from tracker.plans.policy import Policy
from tracker.progress import service
from tracker.progress.obligations import for_plan
from tracker.progress.printed import read_phrases
from tracker.progress.queries.calendar import workdays
from tracker.progress.queries.redating import redating
from tracker.progress.service.redating import redate

pytestmark = ON_SQLITE
TASK = "压减审批时限"
UNITS = ("市财政局", "市交通运输局")
EXAMPLES = Path(__file__).parents[2] / "unit/progress/examples/dues.txt"


def _printed() -> list[str]:
    """Those that give dates."""
    lines = (line.partition(" |")[::2] for line in EXAMPLES.read_text("utf-8").splitlines())
    return [in_one_line(text.replace("\\n", "\n")) for text, days in lines if days.strip() != "?"]


def _rows(made):
    """What each unit owes: (id, due, printed, state, words)."""
    return {
        (one.id, one.due_on, one.original_due_on, one.state, one.text)
        for unit in UNITS
        for one in made.obligations(TASK, unit)
    }


@pytest.mark.parametrize("seed", range(12))
def test_only_what_lies_ahead_is_planned_anew(place, writing, reading, clock_stands, seed):
    draw = random.Random(seed)  # noqa: S311 a test draws, nobody guesses
    year, roll = (2026, 2026, 2028)[seed % 3], ("none", "next", "previous", "next")[seed % 4]
    first, *others = draw.sample(_printed(), 4)
    said = tuple(deadline_json(one) for one in parse_time_cell(first, year))
    with writing():
        service.seed_calendar(at=AT)
        people(place)
        task = TaskSpec(TASK, tuple((unit, "responsible") for unit in UNITS), said)
        made = adopted(place, [task], year=year, policy=Policy(roll=roll))
        service.issue_plan(made.plan_id, by=made.viewer("lead"), at=AT)
    day = date(year, draw.randint(3, 8), draw.randint(3, 28))
    for words in others:
        clock_stands.move_to(at(day))
        with reading():
            before = _rows(made)
            found = redating(made.tasks[TASK], words, made.viewer("lead"), today=day)
            assert session.get_one(Plan, made.plan_id).year == year
            wanted = for_plan(
                read_phrases(found.deadlines), year=year, proof="quarterly", roll=roll, workdays=workdays(), issued=DAY
            )
        with writing(), suppress(DomainError):  # the same words again
            redate(made.tasks[TASK], words, reason="市政府要求。", seen=found.mark, by=made.viewer("lead"), at=at(day))
        with reading():
            after = _rows(made)
            assert {one for one in before if one[1] <= day} == {one for one in after if one[1] <= day}
            ahead = sorted(one[1] for one in after if one[1] > day and one[3] == "open")
            assert ahead == sorted(2 * [one.due for one in wanted if one.due > day]), words
        day += timedelta(days=draw.randint(0, 45))
