"""Choosing the rule set of lights of a plan. Nothing is stored by light: all lists show the new one at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.plans.models import Plan
from tracker.plans.policy import read_policy, stored_policy
from tracker.units.queries import covers


def choose_lights(plan_id: int, lights: str, *, version: int, by: Viewer, at: datetime) -> None:
    """The lead office lets a plan go by another rule set, before it is issued or after. Raises NotFound, Conflict."""
    plan = session.get(Plan, plan_id)
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    if plan.version != version:
        raise Conflict(_("计划设置已被他人更改，请刷新页面查看最新内容；您填写的内容仍在下方。"))
    held = read_policy(plan.policy)
    if held.lights == lights:
        return
    record("更改亮灯规则", by=by, at=at, subject=("plan", plan.id), unit_id=plan.owner_unit_id,
           changes={"亮灯规则": (held.lights, lights)})  # fmt: skip
    plan.policy = stored_policy(replace(held, lights=lights))
    session.flush()
