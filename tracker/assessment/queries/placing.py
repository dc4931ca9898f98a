"""What led to a unit's rank and grade in a run, from the stored result of those it was ranked and graded with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from tracker.assessment.binding import nodes
from tracker.assessment.models import RunUnit
from tracker.assessment.queries.runs import UnitScoreRow
from tracker.assessment.scoring.wording import Sentence
from tracker.assessment.standing import Placed, Standing, quota_pool, standing, ties_over_lines
from tracker.db import session


@dataclass(frozen=True, slots=True)
class TiedUnits:
    """A tie across a quota line, with the units in it."""

    groups: tuple[str, ...]
    words: Sentence
    units: list[UnitScoreRow]


def tied_units(scheme: Mapping[str, Any], scores: Sequence[UnitScoreRow]) -> list[TiedUnits]:
    """Of all units of a run; `scheme` as the run froze it."""
    placed = [Placed(one.group, one.total, one.veto, one.rank, one.grade) for one in scores]
    return [
        TiedUnits(tie.groups, tie.words, [scores[at] for at in tie.places]) for tie in ties_over_lines(scheme, placed)
    ]


def standing_of(run_id: int, scheme: Mapping[str, Any], score: UnitScoreRow) -> Standing:
    """`scheme` as the run froze it."""
    counted = (
        select(RunUnit.unit_group, func.count())
        .where(RunUnit.run_id == run_id)
        .group_by(RunUnit.unit_group)
        .order_by(RunUnit.unit_group)
    )
    sizes = dict(session.execute(counted).tuples().all())
    pool = quota_pool(scheme, sizes, score.group)
    statement = (
        select(RunUnit.unit_group, RunUnit.total, RunUnit.veto, RunUnit.rank, RunUnit.grade)
        .where(RunUnit.run_id == run_id, RunUnit.unit_group.in_(pool))
        .order_by(RunUnit.position)
    )
    shared = [Placed(*row) for row in session.execute(statement)]
    mine = Placed(score.group, score.total, score.veto, score.rank, score.grade)
    names = {str(node["key"]): str(node.get("name", "")) for node, _ in nodes(scheme["indicators"])}
    return standing(scheme, names, mine, shared, len(pool) > 1)
