"""The steps of a unit's own review (逐级审核): setting them, and taking one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import delete, select

from tracker import clock
from tracker.accounts.models import Person
from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.prepared import Turn
from tracker.progress.chain import MOST_STEPS, Chain
from tracker.progress.models import ReviewSigner
from tracker.progress.queries.chains import chain_of, reviewers_for
from tracker.units.models import Unit
from tracker.units.queries import covers


def set_chain(unit_id: int, steps: Sequence[Collection[int]], *, by: Viewer, at: datetime) -> None:
    """Who takes which step of a unit's own review from now on; what is handed in already keeps its number of steps.

    Empty steps at the end are none; without any name there is one step, which any reviewer takes. Raises NotFound for
    whoever does not look after the unit, DomainError at the field (`step_1` …) that cannot be so.
    """
    unit = session.get(Unit, unit_id, with_for_update=True)
    if unit is None or not covers(by, unit_id, Role.ADMIN):
        raise NotFound
    wanted = [frozenset(step) for step in steps]
    while wanted and not wanted[-1]:
        wanted.pop()
    _check(wanted, unit, at)
    before = _told(unit_id)
    session.execute(delete(ReviewSigner).where(ReviewSigner.unit_id == unit_id))
    session.add_all(
        ReviewSigner(unit_id=unit_id, step_no=number, person_id=person)
        for number, people in enumerate(wanted, 1)
        for person in sorted(people)
    )
    session.flush()
    record("设定审核层级", by=by, at=at, subject=("unit", unit_id), unit_id=unit_id,
           changes={"审核层级": (before, _told(unit_id))})  # fmt: skip


def _check(wanted: Sequence[frozenset[int]], unit: Unit, at: datetime) -> None:
    known, seen = reviewers_for(unit.path, clock.day_of(at)), set[int]()
    if len(wanted) > MOST_STEPS:
        raise DomainError(_("审核层级最多 %(n)s 级。", n=MOST_STEPS))
    for number, people in enumerate(wanted, 1):
        field = f"step_{number}"
        if not people:
            raise DomainError(_("请逐级指定审核人：后面有人的，前面不能空着。"), field=field)
        if not people <= known.keys():
            raise DomainError(_("请从本单位现有的审核人中选择。"), field=field)
        if people & seen:
            raise DomainError(_("同一人只能担任一级审核。"), field=field)
        seen |= people


def _told(unit_id: int) -> str:
    """The setting in words, for the record."""
    statement = (
        select(ReviewSigner.step_no, Person.name)
        .join(Person, Person.id == ReviewSigner.person_id)
        .where(ReviewSigner.unit_id == unit_id)
        .order_by(ReviewSigner.step_no, Person.id)
    )
    named: dict[int, list[str]] = {}
    for step, name in session.execute(statement):
        named.setdefault(step, []).append(name)
    return "；".join(f"{step} {'、'.join(names)}" for step, names in named.items())


class Reviewing(NamedTuple):
    """How many steps what is handed in takes, and the fewest people that one of them has beside the author."""

    steps: int
    others: int


def reviewing(
    unit_id: int, unit_path: str, author: int, at: datetime, *, named: bool = True, on: Turn | None = None
) -> Reviewing:
    """The unit's own review as it stands; `named` is False where it is known that nobody is named for its steps. Raises
    DomainError where a step of several has nobody to take it."""
    chain = chain_of(unit_id) if named else Chain()
    reviewers = reviewers_for(unit_path, clock.day_of(at), on=on)
    gap = chain.gap(reviewers, author)
    if gap is not None and chain.steps > 1:
        raise DomainError(
            _(
                "第 %(n)s 级审核没有可以办理的人（本人不能审核自己填写的内容）。内容已存为草稿，"
                "请联系系统管理员调整本单位的审核层级。",
                n=gap,
            )
        )
    return Reviewing(chain.steps, min(len(chain.may(step, reviewers, {author})) for step in range(1, chain.steps + 1)))
