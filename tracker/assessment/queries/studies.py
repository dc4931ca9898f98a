"""Studies that stand beside a run, as pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from tracker.accounts.models import Person
from tracker.assessment.binding import nodes
from tracker.assessment.frozen import Frozen
from tracker.assessment.models import Study
from tracker.assessment.scoring.robustness.deciding import BONUS, PENALTY
from tracker.assessment.studies import MovedRow, PairRow, UnitRow
from tracker.db import session
from tracker.errors import NotFound


@dataclass(frozen=True, slots=True)
class StudyRow:
    id: int
    run_id: int
    kind: str
    parameters: Mapping[str, Any]
    outcome: Mapping[str, Any]
    by: str
    at: datetime


def studies_of(run_id: int) -> list[StudyRow]:
    """Newest first."""
    statement = select(Study, Person.name).join(Person, Person.id == Study.created_by).where(Study.run_id == run_id)
    return [_row(study, name) for study, name in session.execute(statement.order_by(Study.id.desc()))]


def study_row(run_id: int, study_id: int) -> StudyRow:
    """Raises NotFound where that run has none of that number."""
    for row in studies_of(run_id):
        if row.id == study_id:
            return row
    raise NotFound


def same_study(run_id: int, created_by: int, created_at: datetime) -> int | None:
    """The study that was asked for by the same act, where a job is done a second time."""
    return session.scalar(
        select(Study.id).where(
            Study.run_id == run_id, Study.created_by == created_by, Study.created_at == created_at
        )
    )  # fmt: skip


def _row(study: Study, name: str) -> StudyRow:
    return StudyRow(
        study.id, study.run_id, study.kind, study.parameters, study.outcome, name, study.created_at
    )  # fmt: skip


def unit_rows(study: StudyRow, frozen: Frozen) -> list[UnitRow]:
    """Of a robustness study: the units by group, as the result has them, and rank."""
    units = {unit.key: unit for unit in frozen.units}
    rows = [
        UnitRow(key, units[key].group, rank, low, high, tuple(grades), units[key].name)
        for key, rank, low, high, grades in study.outcome["units"]
    ]
    return sorted(rows, key=lambda row: row.group)


def pair_rows(study: StudyRow, frozen: Frozen) -> list[PairRow]:
    units = {unit.key: unit for unit in frozen.units}
    named = {node["key"]: str(node.get("name", "")) for node, _depth in nodes(frozen.scheme["indicators"])}
    named |= {BONUS: _("加分"), PENALTY: _("扣分")}
    return [
        PairRow(
            units[first].name, units[second].name, units[first].group, ahead, level,
            None if item is None else named[item], by, turns,
        )
        for first, second, ahead, level, item, by, turns in study.outcome["pairs"]
    ]  # fmt: skip


def moved_rows(study: StudyRow, frozen: Frozen) -> list[MovedRow]:
    """Of a change on trial: who would stand elsewhere, by group and the rank they would have."""
    units = {unit.key: unit for unit in frozen.units}
    rows = [
        MovedRow(int(key), units[key].name, units[key].group, (before[0], before[1], before[2]),
                 (after[0], after[1], after[2]))
        for key, *standing in study.outcome["moved"]
        for before, after in ((standing[:3], standing[3:]),)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.group, row.after[1] is None, row.after[1] or 0))


def grade_names(frozen: Frozen) -> Sequence[str]:
    return [str(grade["name"]) for grade in frozen.scheme.get("grades") or ()]
