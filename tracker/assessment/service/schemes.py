"""Writing schemes: a draft may change, a version in use never does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from tracker.accounts.roles import Viewer
from tracker.assessment.binding import scheme_problems
from tracker.assessment.differences import scheme_changes
from tracker.assessment.models import Scheme
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.plans.models import Plan


def create_scheme(
    *, name: str, body: dict[str, Any], sources: dict[str, Any], plan_id: int | None, by: Viewer, at: datetime
) -> Scheme:
    name = name.strip()
    if not name:
        raise DomainError(_("请填写方案名称。"), field="name")
    if session.scalar(select(Scheme.id).where(Scheme.name == name)):
        raise DomainError(_("已有同名方案，请换一个名称，或在原方案上制定新版本。"), field="name")
    scheme = Scheme(
        name=name, plan_id=plan_id, body={**body, "name": name}, sources=sources, created_by=by.person_id, created_at=at
    )
    session.add(scheme)
    session.flush()
    session.execute(update(Scheme).where(Scheme.id == scheme.id).values(series_id=scheme.id))  # still its first version
    record("新建考核方案", by=by, at=at, subject=("scheme", scheme.id), detail={"名称": name})
    return scheme


def save_scheme(
    scheme: Scheme, *, version: int, body: dict[str, Any], sources: dict[str, Any], plan_id: int | None, by: Viewer,
    at: datetime,
) -> None:  # fmt: skip
    """Saves a draft, faults and all: it is adopting that asks for none."""
    if scheme.version != version:
        raise Conflict(_("方案已被他人更改。您填写的内容仍在本页，请另开窗口核对后再保存。"))
    if scheme.state != "draft":
        raise DomainError(_("方案已启用，不能直接修改。请制定新版本并说明理由。"))
    body = {**body, "name": scheme.name}
    found = scheme_changes(scheme.body, scheme.sources, body, sources)
    if not found and scheme.plan_id == plan_id:
        return
    changes: dict[str, tuple[Any, Any]] = {
        " ".join(filter(None, (one.subject, one.field))): (one.old, one.new) for one in found
    }
    record("修改考核方案", by=by, at=at, subject=("scheme", scheme.id),
           changes=changes | {"计划": (_plan_name(scheme.plan_id), _plan_name(plan_id))})  # fmt: skip
    scheme.body, scheme.sources, scheme.plan_id = body, sources, plan_id
    session.flush()


def _plan_name(plan_id: int | None) -> str | None:
    plan = session.get(Plan, plan_id) if plan_id else None
    return plan.name if plan else None


def adopt_scheme(scheme: Scheme, *, version: int, by: Viewer, at: datetime) -> None:
    """Puts a draft into use: frozen from now on. A scheme that does not add up is refused, saying where."""
    if scheme.version != version or scheme.state != "draft":
        raise Conflict(_("方案的状态已被他人更改，请刷新后再操作。"))
    problems = scheme_problems(scheme.body, scheme.sources)
    if problems:
        raise DomainError(_("方案还有 %(n)s 处需要更正，请先修改后再启用。", n=len(problems)))
    for other in session.scalars(select(Scheme).where(Scheme.series_id == scheme.series_id, Scheme.state == "in_use")):
        other.state = "retired"
    scheme.state, scheme.adopted_by, scheme.adopted_at = "in_use", by.person_id, at
    session.flush()
    record("启用考核方案", by=by, at=at, subject=("scheme", scheme.id), changes={"状态": ("编制中", "启用")})


def new_version(scheme: Scheme, *, reason: str, by: Viewer, at: datetime) -> Scheme:
    """A draft of the next version, a copy of this one, with the reason for it."""
    if not reason.strip():
        raise DomainError(_("请说明制定新版本的理由。"), field="reason")
    latest = session.scalar(select(func.max(Scheme.version_no)).where(Scheme.series_id == scheme.series_id)) or 0
    if session.scalar(select(Scheme.id).where(Scheme.series_id == scheme.series_id, Scheme.state == "draft")):
        raise DomainError(_("已有一个未启用的新版本，请先处理它。"))
    made = Scheme(
        series_id=scheme.series_id, name=scheme.name, version_no=latest + 1, plan_id=scheme.plan_id, body=scheme.body,
        sources=scheme.sources, reason=reason.strip(), created_by=by.person_id, created_at=at,
    )  # fmt: skip
    session.add(made)
    session.flush()
    record(
        "制定方案新版本", by=by, at=at, subject=("scheme", made.id), detail={"理由": reason, "版本": made.version_no}
    )
    return made
