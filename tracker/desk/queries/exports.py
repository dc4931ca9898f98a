"""What reports are made of: their models, filled from the rooms below for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from reports.breakdown import Breakdown, BreakdownRow
from reports.catalogue import REPORTS
from reports.deductions import Deductions
from reports.ledger import Ledger, LedgerRow
from reports.overdue import Overdue, OverdueRow
from reports.scoresheet import ScoreSheet
from reports.source import Source
from reports.words import lapped
from reports.workbook import Properties, Sheet
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW, Role, Viewer
from tracker.assessment.queries.deductions import deductions
from tracker.assessment.queries.runs import RunRow, run_row, runs
from tracker.assessment.queries.scoresheet import score_sheet
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.plans.models import Chapter, Plan, Task
from tracker.plans.queries import plan_choices
from tracker.plans.queries.exports import BreakdownEntry, breakdown_rows, breakdown_shape
from tracker.plans.queries.visible import plans_of
from tracker.progress.labels import OBLIGATION_STATE_LABELS, joined
from tracker.progress.labels_milestones import milestone_words
from tracker.progress.labels_periods import period_label
from tracker.progress.queries import LedgerEntry, OverdueEntry, ledger_rows, overdue, summary_total
from tracker.units.models import Unit
from tracker.units.queries import root_name, visible_to
from tracker.web.places import place

SEEING = frozenset({*WHOLE_VIEW, *UNIT_ROLES})
OF_PLANS: Mapping[str, frozenset[Role]] = {"ledger": SEEING, "overdue": SEEING, "breakdown": SEEING}
OF_RUNS: Mapping[str, frozenset[Role]] = {"scoresheet": WHOLE_VIEW, "deductions": WHOLE_VIEW}
ENDS = tuple("。！？；.!?;")
"""Of a sentence."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which report of what: a plan's (or of all plans), or a run's."""

    name: str
    plan_id: int | None = None
    run_id: int | None = None
    unit_id: int | None = None
    chapter_id: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A report ready to be written."""

    sheets: list[Sheet]
    properties: Properties
    file_name: str
    count: int
    """Rows to come, as far as that is known."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a report is made, as of which day; `base` is the address of this site, '' where it is not known."""

    viewer: Viewer | None
    today: date
    at: datetime
    base: str = ""

    def page(self, path: str) -> str | None:
        return f"{self.base.rstrip('/')}{path}" if self.base else None


def translate(message: str, /, **values: object) -> str:
    """The language of the page, in the shape that reports take it."""
    return _(message, **values)


def may_ask(name: str, viewer: Viewer) -> bool:
    return bool((OF_PLANS.get(name) or OF_RUNS.get(name) or frozenset()) & viewer.roles)


def make(asked: Asked, reader: Reader) -> Made:
    """Raises NotFound for a report, plan or run that there is not or that the viewer may not see; DomainError where
    something is missing in the question."""
    report = REPORTS.get(asked.name)
    if report is None or (reader.viewer is not None and not may_ask(asked.name, reader.viewer)):
        raise NotFound
    model, subject, count = _MODELS[asked.name](asked, reader)
    title = _(report.title)
    name = joined([subject, title]) if subject in title else lapped(subject, title)
    properties = Properties(title=name, author=root_name(), created=reader.at)
    return Made(report.build(model, translate), properties, f"{name}-{reader.today.isoformat()}.xlsx", count)


def _plan(asked: Asked, reader: Reader) -> Plan:
    if asked.plan_id is None:
        raise DomainError(_("请选择计划。"), field="plan")
    statement = select(Plan).where(Plan.id == asked.plan_id)
    if reader.viewer is not None:
        statement = statement.where(plans_of(reader.viewer))
    plan = session.scalar(statement)
    if plan is None:
        raise NotFound
    return plan


def _subject(asked: Asked, reader: Reader) -> tuple[str, str]:
    """What the report is of, and the filter that chose its rows, in words."""
    plan = _plan(asked, reader).name if asked.plan_id is not None else _("全部计划")
    unit = session.scalar(select(Unit.name).where(Unit.id == asked.unit_id)) if asked.unit_id is not None else None
    words = [
        plan,
        unit or _scope_words(reader.viewer),
        (session.scalar(select(Chapter.title).where(Chapter.id == asked.chapter_id)) or "") if asked.chapter_id else "",
    ]
    return (plan if asked.plan_id is not None else root_name()), _("；").join(word for word in words if word)


def _scope_words(viewer: Viewer | None) -> str:
    seen = None if viewer is None else visible_to(viewer, *SEEING)
    if seen is None:
        return _("全部单位")
    names = session.scalars(
        select(Unit.name).where(Unit.id.in_(seen)).order_by(func.length(Unit.path), Unit.id).limit(3)
    )
    return joined(list(names))


def _ledger(asked: Asked, reader: Reader) -> tuple[Ledger, str, int]:
    subject, scope = _subject(asked, reader)
    count = summary_total(asked.plan_id, reader.today, viewer=reader.viewer, archived=True).total
    rows = ledger_rows(
        asked.plan_id, today=reader.today, viewer=reader.viewer, unit_id=asked.unit_id, chapter_id=asked.chapter_id
    )
    return Ledger(subject, reader.today, scope, _ledger_rows(rows, reader), count), subject, count


def _ledger_rows(entries: Iterator[LedgerEntry], reader: Reader) -> Iterator[LedgerRow]:
    for one in entries:
        figures = [_("%(target)s：报 %(value)s", target=target, value=value) for target, value in one.figures]
        reached = [f"{said.text}{_('：')}{milestone_words(said.said)}" for said in one.milestones]
        yield LedgerRow(
            plan=one.plan, path=one.path, number=one.number, task=one.task, requirement=one.requirement, unit=one.unit,
            role=one.role, due_on=one.due_on, period=period_label(one.period) or one.text, percent=one.percent,
            light=one.light, done=_told(one.done, [*reached, *figures]), problems=one.problems,
            submitted_at=one.submitted_at, accepted_at=one.accepted_at,
            source=Source(one.document, place(one.locator), reader.page(f"/tasks/{one.task_id}")),
        )  # fmt: skip


def _told(text: str, further: Sequence[str]) -> str:
    """A text with what is said further: a sentence that has its end needs no mark before the next."""
    rest = _("；").join(further)
    return f"{text}{_('；') if text and rest and not text.endswith(ENDS) else ''}{rest}"


def _overdue(asked: Asked, reader: Reader) -> tuple[Overdue, str, int]:
    subject, scope = _subject(asked, reader)
    entries = overdue(reader.viewer, today=reader.today, plan_id=asked.plan_id, unit_id=asked.unit_id)
    rows = (_overdue_row(one, reader) for one in entries)
    return Overdue(subject, reader.today, scope, rows, len(entries)), subject, len(entries)


def _overdue_row(one: OverdueEntry, reader: Reader) -> OverdueRow:
    state = _("逾期报送，待核") if one.state == "reported" else str(OBLIGATION_STATE_LABELS[one.state])
    return OverdueRow(
        unit=one.unit, group=one.group, plan=one.plan, chapter=one.chapter, number=one.number, task=one.task,
        role=one.role, due_on=one.due_on, days=one.days, percent=one.percent, state=state,
        source=Source(one.document, place(one.locator), reader.page(f"/tasks/{one.task_id}")),
    )  # fmt: skip


def _breakdown(asked: Asked, reader: Reader) -> tuple[Breakdown, str, int]:
    plan = _plan(asked, reader)
    shape = breakdown_shape(plan.id, reader.viewer)
    document = " ".join(part for part in (plan.document_title, plan.document_number) if part)
    rows = (_breakdown_row(one, document, reader) for one in breakdown_rows(plan.id, reader.viewer))
    model = Breakdown(
        plan.name, reader.today, document, shape.levels, shape.roles, rows, shape.has_targets, shape.tasks
    )
    return model, plan.name, shape.tasks


def _breakdown_row(one: BreakdownEntry, document: str, reader: Reader) -> BreakdownRow:
    return BreakdownRow(
        path=one.path, number=one.number, task=one.name, requirement=one.requirement,
        units={role: joined(names) for role, names in one.units.items()}, deadline=_("；").join(one.deadlines),
        targets=_("；").join(one.targets), source=Source(document, place(one.locator), reader.page(f"/tasks/{one.task_id}")),
    )  # fmt: skip


def _run_subject(asked: Asked, reader: Reader) -> RunRow:
    if asked.run_id is None:
        raise DomainError(_("请选择评分。"), field="run")
    return run_row(asked.run_id, reader.viewer)


def _score_sheet(asked: Asked, reader: Reader) -> tuple[ScoreSheet, str, int]:
    run = _run_subject(asked, reader)
    return score_sheet(run.id, reader.base), run.scheme_name, run.units


def _deductions(asked: Asked, reader: Reader) -> tuple[Deductions, str, int]:
    run = _run_subject(asked, reader)
    model = deductions(run.id, reader.base)
    return model, run.scheme_name, model.count or 0


_MODELS: dict[str, Callable[[Asked, Reader], tuple[Any, str, int]]] = {
    "ledger": _ledger,
    "overdue": _overdue,
    "breakdown": _breakdown,
    "scoresheet": _score_sheet,
    "deductions": _deductions,
}

LINES_OF_A_UNIT = 40
"""Rows that one scored unit has in a score sheet, about: its indicators and what they rest on."""


def size_of(asked: Asked, reader: Reader) -> int:
    """About how many rows a report will have: what decides whether the person waits for it. One statement or two."""
    if asked.name == "ledger":
        return summary_total(asked.plan_id, reader.today, viewer=reader.viewer, archived=True).total
    if asked.name == "overdue":
        return summary_total(asked.plan_id, reader.today, viewer=reader.viewer, archived=True).overdue
    if asked.name in OF_RUNS:
        return _run_subject(asked, reader).units * LINES_OF_A_UNIT
    statement = select(func.count()).select_from(Task).where(Task.plan_id == asked.plan_id, Task.ended_in.is_(None))
    return session.scalar(statement) or 0


def choices(viewer: Viewer) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """(plans, runs) to choose from as (id, name); runs only for who may export them."""
    found = runs(viewer) if viewer.has(*WHOLE_VIEW) else []
    named = [
        (run.id, _("%(scheme)s 第%(version)s版　%(day)s　%(state)s", scheme=run.scheme_name, version=run.scheme_version,
                   day=run.as_of.isoformat(), state=_("已公布") if run.state == "published" else _("试算")))
        for run in found
        if run.state != "withdrawn"
    ]  # fmt: skip
    return plan_choices(viewer), named
