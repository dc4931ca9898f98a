"""Self scores (自评): which indicators ask for one, what units said, and whether evaluators have checked it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from tracker.accounts.models import Person
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Viewer
from tracker.assessment.models import SelfScore
from tracker.assessment.queries.entering import Leaf, chosen_plan, scheme_leaves
from tracker.assessment.queries.facts import FactFile, entered_facts
from tracker.assessment.queries.schemes import SchemeRow, scheme_list, scheme_row
from tracker.assessment.queries.tallies import scored_units
from tracker.db import session
from tracker.errors import NotFound
from tracker.plans.queries import plan_choices
from tracker.progress.models import Evidence
from tracker.units.queries import covers


@dataclass(frozen=True, slots=True)
class SelfScoreRow:
    id: int
    unit_id: int
    indicator: str
    score: Decimal
    reason: str
    evidence_id: int | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """One indicator of one unit; `closed` once an evaluator has entered a fact for it."""

    leaf: Leaf
    said: SelfScoreRow | None
    closed: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A scheme in use that asks a unit of the viewer's for self scores."""

    scheme: SchemeRow
    plan_id: int
    plan: str
    unit_id: int
    unit: str
    wanted: int
    """Indicators that it may still speak to, or has: not those that evaluators had settled before it was asked."""
    said: int
    settled: int
    """Indicators that evaluators had settled before the unit said anything."""


def self_leaves(scheme: SchemeRow) -> list[Leaf]:
    """The indicators for which units score themselves first."""
    return [leaf for leaf in scheme_leaves(scheme) if leaf.kind and scheme.sources[leaf.key].get("self")]


def self_scores(series_id: int, plan_id: int) -> Mapping[tuple[int, str], SelfScoreRow]:
    """What stands, by unit and indicator: the newest of each."""
    newest = (
        select(func.max(SelfScore.id))
        .where(SelfScore.series_id == series_id, SelfScore.plan_id == plan_id)
        .group_by(SelfScore.unit_id, SelfScore.indicator)
    )
    statement = select(SelfScore, Person.name).join(Person, Person.id == SelfScore.by_id)
    return {
        (row.unit_id, row.indicator): SelfScoreRow(
            row.id, row.unit_id, row.indicator, row.score, row.reason, row.evidence_id, name, row.at
        )
        for row, name in session.execute(statement.where(SelfScore.id.in_(newest)).order_by(SelfScore.id))
    }


def slots_of(scheme: SchemeRow, plan_id: int, unit_id: int) -> list[Slot]:
    said = self_scores(scheme.series_id, plan_id)
    checked = {fact.indicator for fact in entered_facts(scheme.series_id, plan_id, unit_id=unit_id)}
    return [
        Slot(leaf, said.get((unit_id, leaf.key)), leaf.key in checked) for leaf in self_leaves(scheme)
    ]  # fmt: skip


def asked_of(viewer: Viewer) -> list[Asked]:
    """What the viewer's units are asked for, by scheme and the order of the directory."""
    plans = dict(plan_choices(viewer))
    found = []
    for one in scheme_list(viewer, state="in_use"):
        scheme = scheme_row(one.id, viewer)
        plan_id = chosen_plan(scheme, "", viewer)
        wanted = self_leaves(scheme)
        if plan_id is None or not wanted:
            continue
        said = self_scores(scheme.series_id, plan_id)
        settled_at = {(fact.unit_id, fact.indicator) for fact in entered_facts(scheme.series_id, plan_id)} - said.keys()
        for unit_id, name, _group in scored_units(plan_id):
            if not covers(viewer, unit_id, *UNIT_ROLES):
                continue
            spoken = sum((unit_id, leaf.key) in said for leaf in wanted)
            settled = sum((unit_id, leaf.key) in settled_at for leaf in wanted)
            found.append(Asked(scheme, plan_id, plans[plan_id], unit_id, name, len(wanted) - settled, spoken, settled))
    return found


def asked_unit(scheme_id: int, unit_id: int, viewer: Viewer) -> Asked:
    """Raises NotFound where that unit is asked for nothing or is not the viewer's."""
    for one in asked_of(viewer):
        if (one.scheme.id, one.unit_id) == (scheme_id, unit_id):
            return one
    raise NotFound


def self_file(score_id: int, viewer: Viewer) -> FactFile:
    """The file of a self score, for the unit's own people and for whoever sees scores whole. Raises NotFound."""
    found = session.execute(
        select(SelfScore.unit_id, Evidence)
        .join(Evidence, Evidence.id == SelfScore.evidence_id)
        .where(SelfScore.id == score_id)
    ).first()
    if found is None or not covers(viewer, found[0], *UNIT_ROLES, *WHOLE_VIEW):
        raise NotFound
    file = found[1]
    return FactFile(file.sha256, file.name, file.size, file.media_type)
