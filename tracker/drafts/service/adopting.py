"""Adopting (入库): from a reviewed draft to a plan with its tasks and assignments, in one transaction; a large one by a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from imports.phrases.stands import clauses
from tracker import clock
from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.drafts.bodies import Body
from tracker.drafts.models import Draft
from tracker.drafts.queries.adoption import PreparedDraft, Readiness, is_large, prepared, readiness
from tracker.drafts.queries.revising import revised_plan
from tracker.drafts.service.choosing import apply_choices
from tracker.drafts.service.opening import open_draft
from tracker.drafts.service.receiving import Document, receive_now
from tracker.drafts.service.remembering import note_units
from tracker.errors import DomainError, NotFound
from tracker.outbox.models import BACK, Job
from tracker.outbox.room import poke_after_commit
from tracker.outbox.service import attempt
from tracker.plans import service as plans
from tracker.plans.adoption import DocumentFacts, NewAssignment, NewTarget, NewTask
from tracker.plans.policy import Policy, read_policy
from tracker.plans.queries import plan_of_draft
from tracker.units.queries import covers

JOB_ADOPT = "drafts.adopt"


@dataclass(frozen=True, slots=True)
class Adoption:
    plan_id: int
    tasks: int
    assignments: int
    again: bool = False
    """Whether it had been adopted before: then nothing was written."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a person adopts a draft."""

    name: str
    """Of the plan."""
    year: int
    policy: Policy = field(default_factory=Policy)
    warnings_ok: bool = False
    unclaimed_ok: bool = False

    @classmethod
    def told(cls, said: Mapping[str, Any]) -> Terms:
        """As a job keeps them."""
        return cls(**{**said, "policy": read_policy(said["policy"])})


def start_adopting(draft_id: int, terms: Terms, *, by: Viewer, at: datetime) -> Adoption | Job:
    """Adopts a draft, or puts a job down where that takes longer. A second click is the same job. Raises as `adopt` does."""
    before = _adopted(draft_id, by)
    if before is not None:
        return before
    draft = open_draft(draft_id, by=by)
    ready = _ready(draft, terms, at)
    if not is_large(ready):
        return _written(draft, ready, terms, by, at)
    plans.refuse_name(terms.name)
    payload = {
        "draft": draft.id, "terms": asdict(terms), "at": at.isoformat(), BACK: f"/drafts/{draft.id}/adopt",
    }  # fmt: skip
    job = attempt(JOB_ADOPT, draft.id, payload, by=by, at=at)
    poke_after_commit()
    return job


def adopt(draft_id: int, terms: Terms, *, by: Viewer | None, at: datetime) -> Adoption:
    """Makes a plan of a draft. Adopting twice gives the plan that is there.

    Raises DomainError while errors are open or expressions unresolved, where open warnings or tasks without a unit
    (待认领) are not acknowledged, and where the plan's name is taken.
    """
    before = _adopted(draft_id, by)
    if before is not None:
        return before
    draft = open_draft(draft_id, by=by)
    return _written(draft, _ready(draft, terms, at), terms, by, at)


def _adopted(draft_id: int, by: Viewer | None) -> Adoption | None:
    """What came of a draft that was adopted before."""
    before = session.execute(select(Draft.unit_id, Draft.state).where(Draft.id == draft_id).with_for_update()).first()
    if before is None or (by is not None and not covers(by, before.unit_id, Role.LEAD_OFFICE)):
        raise NotFound
    plan = plan_of_draft(draft_id) if before.state == "adopted" else None
    return None if plan is None else Adoption(plan[0], 0, 0, again=True)


def _ready(draft: Draft, terms: Terms, at: datetime) -> PreparedDraft:
    """What is adopted. Raises DomainError where something stands in the way."""
    if revised_plan(draft.id) is not None:
        raise DomainError(_("这是已有计划的修订稿，请到“比对采用”核对变动后采用。"))
    ready = prepared(draft.id, day=clock.day_of(at))
    refuse_unready(readiness(draft.id, ready), warnings_ok=terms.warnings_ok, unclaimed_ok=terms.unclaimed_ok)
    return ready


def _written(draft: Draft, ready: PreparedDraft, terms: Terms, by: Viewer | None, at: datetime) -> Adoption:
    made = plans.adopt(
        name=terms.name, year=terms.year, owner_unit_id=draft.unit_id, document=facts_of(draft), draft_id=draft.id,
        policy=terms.policy, tasks=new_tasks(ready), by=by, at=at,
    )  # fmt: skip
    draft.state, draft.changed_at = "adopted", at
    note_units(draft, ready.resolved, at)
    session.flush()
    return Adoption(made.plan_id, made.tasks, made.assignments)


def refuse_unready(ready: Readiness, *, warnings_ok: bool, unclaimed_ok: bool) -> None:
    """Raises DomainError while something stands in the way, or is not acknowledged."""
    if not ready.tasks:
        raise DomainError(_("没有可以入库的任务。"))
    if ready.errors:
        raise DomainError(_("还有 %(n)s 处错误没有更正，不能入库。", n=len(ready.errors)))
    if ready.unresolved:
        shown = "、".join(one.expression.text for one in ready.unresolved[:3])
        raise DomainError(
            _("还有 %(n)s 个责任单位称谓没有匹配（如“%(shown)s”），不能入库。", n=len(ready.unresolved), shown=shown)
        )
    if ready.warnings and not warnings_ok:
        raise DomainError(
            _("还有 %(n)s 处警告没有核对；确认无误后请勾选“已核对警告”。", n=len(ready.warnings)), field="warnings_ok"
        )
    if ready.without_units and not unclaimed_ok:
        raise DomainError(
            _("有 %(n)s 项任务没有责任单位；如需入库后认领，请勾选“作为待认领任务入库”。", n=len(ready.without_units)),
            field="unclaimed_ok",
        )


def facts_of(draft: Draft) -> DocumentFacts:
    """What the document says of itself."""
    header = draft.header
    issued = date.fromisoformat(header["issued_on"]) if header["issued_on"] else None
    return DocumentFacts(header["title"] or draft.file_name, header["number"] or "", header["issuer"] or "", issued)


def new_tasks(ready: PreparedDraft) -> list[NewTask]:
    """What would be adopted, in the order of `ready.tasks`."""
    return [_task(body, held) for (_, _, body), held in zip(ready.tasks, ready.assigned, strict=True)]


def _task(body: Body, held: list[NewAssignment]) -> NewTask:
    return NewTask(
        path=tuple(body["path"]), number=body["number"], name=body["name"], requirement=body["requirement"],
        deadlines=body["deadlines"], locator=body["locator"], sources=body.get("source", {}), weight=_weight(body),
        targets=_targets(body), assignments=held,
    )  # fmt: skip


def _weight(body: Body) -> Decimal | None:
    """Points that the document itself prints beside the task (权重, 分值)."""
    for extra in body.get("extras", ()):
        if "权重" in extra["label"] or "分" in extra["label"]:
            try:
                return Decimal(extra["text"].strip().rstrip("%分"))
            except InvalidOperation:
                continue
    return None


def _targets(body: Body) -> list[NewTarget]:
    words = clauses([one["text"] for one in body["targets"]], (body["requirement"], body["name"]))
    return [_target(*one) for one in zip(body["targets"], words, strict=True)]


def _target(target: Mapping[str, Any], words: str) -> NewTarget:
    value = target["value"]
    low, high = value if isinstance(value, list) else (value, None)
    top = None if high is None else Decimal(str(high))
    return NewTarget(target["text"], Decimal(str(low)), top, target["unit"], target["op"], words)


def import_and_adopt(
    *, data: bytes, file_name: str, plan_name: str, year: int | None, unit_id: int, by: Viewer | None, at: datetime,
    choices: Mapping[str, Sequence[int] | None], policy: Policy | None = None, warnings_ok: bool = True,
    unclaimed_ok: bool = True,
) -> Adoption:  # fmt: skip
    """From a document's bytes to a plan in one call, through the same reading, matching and adopting as the pages.

    `choices`: expression → unit ids (none: nobody) for what the directory does not know; collectives and unfinished
    lists (等有关部门) among them.
    """
    draft = receive_now(Document(data, file_name, year), unit_id=unit_id, by=by, at=at)
    apply_choices(draft, choices, by=by, at=at)
    plan_year = year or draft.header["year"] or clock.day_of(at).year
    terms = Terms(plan_name, plan_year, policy or Policy(), warnings_ok, unclaimed_ok)
    return adopt(draft.id, terms, by=by, at=at)
