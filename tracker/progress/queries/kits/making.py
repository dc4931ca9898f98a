"""The offline return kit (离线填报包) of a unit: its open reports as a workbook that is known again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from reports.kit import MARK, Kit, KitRow, Slot, Stage, build, cells, columns
from reports.markup import seal_workbook
from reports.workbook import Properties, workbook_bytes
from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.plans.models import Plan, Task, TaskText
from tracker.progress.content import figure_of
from tracker.progress.kits.cells import FIGURE, PERCENT, canonical, texts_of
from tracker.progress.kits.reading import mark_of
from tracker.progress.kits.sealing import Given, Head, sealed
from tracker.progress.labels import figure, joined
from tracker.progress.labels_periods import period_label
from tracker.progress.milestones import EXPECTED, REACHED, YES
from tracker.progress.queries.batch import OwedFilter, OwedRow, owed_by
from tracker.progress.queries.beginning import first_values
from tracker.progress.queries.figures import TargetView
from tracker.progress.queries.milestones import Milestone
from tracker.units.models import Unit
from tracker.units.queries import covers
from tracker.web.locale import translate
from tracker.web.seals import place_mark, secret

MOST_REPORTS = 2_000
"""In one kit: nobody fills in more."""
_UNFIT = re.compile(r'[\x00-\x1f/\\:*?"<>|]')
"""What the name of a file cannot hold on some computer."""


@dataclass(frozen=True, slots=True)
class Made:
    public_id: str
    unit_id: int
    name: str
    data: bytes
    reports: int


def is_inside(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer reports for the unit; from outside only what has left it is seen."""
    return covers(viewer, unit_id, Role.REPORTER)


def leads(viewer: Viewer, unit_id: int) -> bool:
    """Whether the viewer belongs to the lead office over the unit."""
    return covers(viewer, unit_id, Role.LEAD_OFFICE)


def made_kit(unit_id: int, viewer: Viewer, wanted: OwedFilter, *, public_id: str, at: datetime) -> Made:
    """Raises NotFound where the viewer neither reports for the unit nor leads a plan of it, DomainError where nothing is to
    be reported. A fixed number of statements."""
    today = clock.day_of(at)
    inside = is_inside(viewer, unit_id)
    unit = session.scalar(select(Unit.name).where(Unit.id == unit_id))
    if unit is None or not (inside or leads(viewer, unit_id)):
        raise NotFound
    rows = owed_by(unit_id, viewer, wanted, inside=inside, today=today)
    if not rows:
        raise DomainError(_("%(unit)s在所选范围内没有待填的报送。", unit=unit), field="due")
    if len(rows) > MOST_REPORTS:
        raise DomainError(_("所选范围有 %(n)s 项报送，一份填报包装不下，请缩小范围。", n=len(rows)), field="due")
    asked = _requirements(rows)
    model = Kit(unit, today, rows[0].due_on, joined(_offices(rows)), [_row(row, asked[row.task_id]) for row in rows])
    keyed = columns(model, translate)
    headers = {column.label: key for key, column in keyed if key != MARK}
    head = Head(public_id, place_mark(), unit_id, unit, at.isoformat(), keyed[0].column.label, headers)
    locked = [key for key, column in keyed if column.entry is None and key != MARK]
    given = [_given(row, shown, locked) for row, shown in zip(rows, model.rows, strict=True)]
    title = _("%(unit)s填报包", unit=unit)
    data = workbook_bytes(build(model, translate), properties=Properties(title, viewer.name, at), translate=translate)
    name = _("填报包-%(unit)s-%(day)s.xlsx", unit=_UNFIT.sub(" ", unit), day=today.isoformat())
    return Made(public_id, unit_id, name, seal_workbook(data, sealed(head, given, secret())), len(rows))


def _requirements(rows: Sequence[OwedRow]) -> dict[int, str]:
    """Task → what it asks for."""
    statement = select(TaskText.task_id, TaskText.requirement).where(
        TaskText.task_id.in_({row.task_id for row in rows})
    )
    return {row.task_id: row.requirement for row in session.execute(statement.order_by(TaskText.task_id))}


def _offices(rows: Sequence[OwedRow]) -> list[str]:
    """Whose plans they are: to whom the kit may be sent."""
    plans = select(Plan.owner_unit_id).join(Task, Task.plan_id == Plan.id)
    owners = plans.where(Task.id.in_({row.task_id for row in rows}))
    return list(session.scalars(select(Unit.name).where(Unit.id.in_(owners)).order_by(Unit.sort_key, Unit.id)))


def begins(row: OwedRow) -> dict[str, str]:
    """What a report says, or begins with, as the cells of a kit."""
    values = first_values(row.going_on, row.before, row.lower, row.targets, row.asked)
    return texts_of(values, [target.id for target in row.targets], [one.id for one in _asked(row)])


def _asked(row: OwedRow) -> tuple[Milestone, ...]:
    return row.asked.asked if row.asked else ()


def _row(row: OwedRow, requirement: str) -> KitRow:
    texts, before = begins(row), row.before
    last = f"{before.percent}%　{before.done}" if before else ""
    return KitRow(
        mark=mark_of(row.id), plan=_plain(row.plan), number=_plain(row.number or ""), task=_plain(row.task),
        requirement=_plain(requirement), term=_plain(period_label(row.period) or row.text), due=row.due_on.isoformat(),
        last=_plain(last), done=texts["done"], percent=int(texts[PERCENT]) if PERCENT in texts else None, problems=texts["problems"],
        next_step=texts["next_step"], setback=texts["setback"],
        slots=tuple(
            Slot(
                _target(target, before.figures.get(target.id) if before else None),
                figure_of(texts[f"{FIGURE}{target.id}"]),
            )
            for target in row.targets
        ),
        stages=tuple(
            Stage(_milestone(one), _reached(texts[f"{REACHED}{one.id}"]), texts[f"{EXPECTED}{one.id}"])
            for one in _asked(row)
        ),
    )  # fmt: skip


def _milestone(one: Milestone) -> str:
    return _plain(_("%(name)s（%(day)s 前）", name=one.text, day=one.due_on.isoformat()))


def _reached(text: str) -> bool | None:
    """What stands in the cell of a milestone."""
    return text == YES if text else None


def _target(target: TargetView, last: Decimal | None) -> str:
    unit = f"（{target.unit}）" if target.unit and target.unit not in target.label else ""
    said = _("（上次 %(value)s）", value=figure(last, target.unit)) if last is not None else ""
    return _plain(f"{target.label}{unit}{said}")


def _plain(text: str) -> str:
    """As a cell can hold it, and is compared with what comes back."""
    return canonical("done", text)


def _given(row: OwedRow, shown: KitRow, locked: Sequence[str]) -> Given:
    found = cells(shown, translate)
    places = {f"value{number}": f"{FIGURE}{target.id}" for number, target in enumerate(row.targets, 1)}
    for number, one in enumerate(_asked(row), 1):
        places |= {f"reached{number}": f"{REACHED}{one.id}", f"expected{number}": f"{EXPECTED}{one.id}"}
    return Given(
        row.id, row.task, row.due_on.isoformat(), {key: str(found[key]) for key in locked if key in found}, begins(row),
        places, {f"{FIGURE}{target.id}": target.unit for target in row.targets if target.unit},
    )  # fmt: skip
