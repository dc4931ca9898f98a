"""What every act on a finding begins with: the record locked, who may act on it, and a refusal in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import aliased

from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.progress.service.acting import refused
from tracker.progress.workflow import Facts, Refusal, Subject, step
from tracker.rectification.models import Finding, RectificationReport, RectificationSignature
from tracker.rectification.queries.finding import roles_for
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class Held:
    """A finding locked for this transaction, and what the actor is to it."""

    finding: Finding
    roles: frozenset[str]
    unit_path: str

    def walk(self, verb: str, by: Viewer, *, hands: Collection[int] = (), **guarded: Any) -> str:
        """The state that a verb leads to; `guarded` are further facts that its guards look at."""
        facts = Facts(roles=self.roles, actor=by.person_id, hands=frozenset(hands), **guarded)
        return walk("finding", self.finding.state, verb, facts)


def hold(finding_id: int, by: Viewer, *, seen: int | None = None) -> Held:
    """Raises NotFound where there is none or the actor has nothing to do with it, Conflict where it has changed since
    the version that was shown."""
    finding = session.get(Finding, finding_id, with_for_update=True, populate_existing=True)
    if finding is None:
        raise NotFound
    owner = aliased(Unit)
    paths = session.execute(
        select(Unit.path, owner.path.label("owner_path"))
        .select_from(Unit)
        .join(owner, owner.id == finding.owner_unit_id)
        .where(Unit.id == finding.unit_id)
    ).one()
    roles = roles_for(by, paths.path, paths.owner_path, assigned=finding.assigned_at is not None)
    if not roles:
        raise NotFound
    if seen is not None and seen != finding.version:
        raise Conflict(_("这个问题在您查看之后有改动，请核对最新内容后再办理。"))
    return Held(finding, roles, paths.path)


def current(finding: Finding) -> RectificationReport | None:
    """The round that is being written or waits to be verified."""
    statement = select(RectificationReport).where(
        RectificationReport.finding_id == finding.id, RectificationReport.verified_at.is_(None)
    )
    return session.scalar(statement.order_by(RectificationReport.round_no.desc()).limit(1))


def hands_on(report: RectificationReport) -> frozenset[int]:
    """Who wrote a report of a rectification, and who has taken a step of the unit's own review of it."""
    signed = select(RectificationSignature.person_id).where(RectificationSignature.report_id == report.id)
    approved = {report.approved_by} if report.approved_by is not None else set()
    return frozenset({report.saved_by, *approved, *session.scalars(signed)})


def check_due(due_on: date, today: date) -> None:
    if due_on < today:
        raise DomainError(_("整改时限已经过去，请填写今天或以后的日期。"), field="due_on")
    if due_on.year > today.year + 1:
        raise DomainError(_("整改时限过长，请填写明年年底以前的日期。"), field="due_on")


def walk(subject: Subject, state: str, verb: str, facts: Facts) -> str:
    """`workflow.step` with its refusal in the words of this room: see `refused`."""
    try:
        return step(subject, state, verb, facts)
    except Refusal as refusal:
        fields = {"measure": "measure", "evidence": "after", "before_due": "until"}
        raise refused(refusal.cause, _words(), fields) from refusal


def _words() -> dict[str, str]:
    return {
        "reason": _("请写明理由。"),
        "author": _("只有报送人本人可以撤回。"),
        "other_person": _("两人原则：登记、填写、审核和核验须由不同的人办理，请由另一位同事办理。"),
        "measure": _("请写明整改措施、责任人和计划完成时间。"),
        "evidence": _("请附上整改前和整改后的佐证材料，各至少一个文件。"),
        "reviewer": _("本单位没有其他审核人：整改情况须由另一人审核。内容已保存，请联系系统管理员为一位同事授予“单位审核人”角色。"),
        "turn": _("现在不是您这一级审核，请等前一级审核通过，或由该级审核人办理。"),
        "in_progress": _("现在不能申请延期：交办之后、整改情况送达核验之前才能申请。"),
        "owed": _("整改情况已送达或问题已办结，不必再延期。"),
        "before_due": _("时限已过，不能再申请延期。请尽快报送整改情况；确有正当理由的，可以申请免责。"),
        "late": _("这个问题没有逾期，或已认定免责，不必申请。"),
        "entered": _("还有抽查对象没有录入结果，录入全部结果后才能办结。"),
    }  # fmt: skip
