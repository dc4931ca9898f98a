"""The unit's own review in steps (逐级审核): a unit's setting, and where a report stands on its way through it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select

from tracker.accounts.models import Grant, Person
from tracker.accounts.queries import holders
from tracker.accounts.roles import Role, Viewer
from tracker.db import session, table_of
from tracker.errors import NotFound
from tracker.prepared import Turn
from tracker.progress.chain import Chain
from tracker.progress.models import ReviewSigner, Signature
from tracker.units.models import Unit
from tracker.units.queries import visible_to

MOST = 200
_SIGNER = table_of(ReviewSigner).c
_NAMED = (
    select(_SIGNER.step_no, _SIGNER.person_id)
    .where(_SIGNER.unit_id == bindparam("unit"))
    .order_by(_SIGNER.step_no, _SIGNER.person_id)
)
"""Made once: every return that is handed in asks it while everybody else waits to write."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A step that somebody has taken."""

    step: int
    person_id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way that a report goes through its unit, as it is shown."""

    number: int
    of: int
    state: str
    """`done`, `now` or `ahead`."""
    people: tuple[str, ...]
    """Who took it; else who may."""
    ids: frozenset[int]
    """Of these."""
    at: datetime | None = None


def chain_of(unit_id: int) -> Chain:
    named: dict[int, frozenset[int]] = {}
    session.flush()
    for step, person in session.connection().execute(_NAMED, {"unit": unit_id}):
        named[step] = named.get(step, frozenset()) | {person}
    return Chain(named)


def reviewers_for(path: str, today: date, *, on: Turn | None = None) -> dict[int, str]:
    """People who review what the unit of this path reports, by id."""
    units = tuple(int(part) for part in path.strip("/").split("/") if part)
    return dict(holders(Role.REVIEWER, units, today=today, on=on))


def reviewers_of(unit_id: int, today: date) -> tuple[str, ...]:
    """Who reviews for a unit, by name."""
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    return tuple(reviewers_for(path, today).values())


def takes_step(unit_id: int, step: int, person: int) -> bool:
    """Whether a reviewer of the unit may take a step: named for it, or nobody is. Whose hands are in it, the guard tells."""
    named = chain_of(unit_id).named.get(step)
    return not named or person in named


def signatures(of: type[Signature], about: Any, ids: Collection[int]) -> dict[int, list[Signed]]:
    """What was signed → the steps before the last that were taken; `about` is the column that says what. One statement,
    none where none is asked for."""
    found: dict[int, list[Signed]] = {}
    if not ids:
        return found
    statement = select(about, of.step_no, of.person_id, Person.name, of.at).join(Person, Person.id == of.person_id)
    for number, *one in session.execute(statement.where(about.in_(ids)).order_by(about, of.step_no)):
        found.setdefault(number, []).append(Signed(*one))
    return found


def way_ahead(unit_id: int, *, author: int, today: date) -> list[Step]:
    """The steps that what somebody hands in now would take, each with who may take it."""
    return steps_of(unit_id, None, (), hands={author}, today=today)


def steps_of(
    unit_id: int, standing: tuple[int, int] | None, signed: Sequence[Signed], *, hands: Collection[int], today: date
) -> list[Step]:
    """Every step. `standing` is (the step it waits at, how many there are); None for what is not handed in."""
    chain = chain_of(unit_id)
    path = session.scalar(select(Unit.path).where(Unit.id == unit_id)) or ""
    here, of = standing or (0, chain.steps)
    names, taken = reviewers_for(path, today), {one.step: one for one in signed}
    found = []
    for number in range(1, of + 1):
        one = taken.get(number)
        if one is not None:
            found.append(Step(number, of, "done", (one.name,), frozenset({one.person_id}), one.at))
        else:
            may = chain.may(number, names, hands)
            who = tuple(name for person, name in names.items() if person in may)
            found.append(Step(number, of, "now" if number == here else "ahead", who, may))
    return found


def is_turn(viewer: Viewer, unit_id: Any, record: Any, signature: Any, own: Any) -> ColumnElement[bool]:
    """The condition that a record waits for this very reviewer: `chain.Chain.may` in SQL. `own` joins the signatures of
    the record; `unit_id` is the column of the unit whose review it is."""
    here = and_(ReviewSigner.unit_id == unit_id, ReviewSigner.step_no == record.review_step)
    named = select(ReviewSigner.person_id).where(here).correlate_except(ReviewSigner)
    mine = named.where(ReviewSigner.person_id == viewer.person_id)
    took = select(signature.step_no).where(own, signature.person_id == viewer.person_id).correlate_except(signature)
    return and_(or_(~named.exists(), mine.exists()), ~took.exists())


@dataclass(frozen=True, slots=True)
class UnitChain:
    """A unit with the steps of its own review."""

    unit_id: int
    unit: str
    steps: tuple[tuple[str, ...], ...]
    """The names of each step; one empty step where any reviewer takes it."""
    reviewers: int
    """How many review for this very unit."""


def unit_chains(viewer: Viewer, *, today: date, text: str = "") -> list[UnitChain]:
    """The units with reviewers of their own that the viewer looks after, in printed order."""
    own = (
        select(Grant.unit_id, func.count().label("n"))
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == Role.REVIEWER.value, Grant.held_on(today), Person.is_active.is_(True))
    )
    counted = own.group_by(Grant.unit_id).subquery()
    statement = select(Unit.id, Unit.name, counted.c.n).join(counted, counted.c.unit_id == Unit.id)
    scope = visible_to(viewer, Role.ADMIN)
    if scope is not None:
        statement = statement.where(Unit.id.in_(scope))
    if text.strip():
        statement = statement.where(Unit.name.contains(text.strip(), autoescape=True))
    rows = session.execute(statement.where(Unit.valid_to.is_(None)).order_by(Unit.sort_key, Unit.id).limit(MOST)).all()
    named = _names(row.id for row in rows)
    return [UnitChain(row.id, row.name, _steps(named.get(row.id, {})), row.n) for row in rows]


def _names(unit_ids: Iterable[int]) -> dict[int, dict[int, list[str]]]:
    found: dict[int, dict[int, list[str]]] = {}
    statement = (
        select(ReviewSigner.unit_id, ReviewSigner.step_no, Person.name)
        .join(Person, Person.id == ReviewSigner.person_id)
        .where(ReviewSigner.unit_id.in_(sorted(unit_ids)))
        .order_by(ReviewSigner.unit_id, ReviewSigner.step_no, Person.id)
    )
    for unit_id, step, name in session.execute(statement):
        found.setdefault(unit_id, {}).setdefault(step, []).append(name)
    return found


def _steps(named: Mapping[int, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(named.get(step, ())) for step in range(1, max(named, default=1) + 1))


@dataclass(frozen=True, slots=True)
class ChainSetting:
    """What the form of a unit's steps shows."""

    unit_id: int
    unit: str
    people: list[tuple[int, str]]
    """Who reviews for the unit, with those named who do no more."""
    chain: Chain


def chain_setting(unit_id: int, viewer: Viewer, *, today: date) -> ChainSetting:
    """Raises NotFound for a unit that the viewer does not look after."""
    scope = visible_to(viewer, Role.ADMIN)
    statement = select(Unit.name, Unit.path).where(Unit.id == unit_id)
    row = session.execute(statement if scope is None else statement.where(Unit.id.in_(scope))).first()
    if row is None:
        raise NotFound
    return ChainSetting(unit_id, row.name, sorted(reviewers_for(row.path, today).items()), chain_of(unit_id))
