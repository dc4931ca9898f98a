"""Choosing the rule set of lights of a plan, and changing its lines. Nothing is stored by light: all lists show it at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import Conflict, NotFound
from tracker.plans.models import Plan
from tracker.plans.policy import Reminds, read_policy, stored_policy
from tracker.progress.labels_lights import recorded_rules
from tracker.progress.light_changes import changes_of, rules_of
from tracker.progress.light_rules import RULE_SETS, RuleSet
from tracker.progress.service.archiving import not_archived
from tracker.units.queries import covers


def choose_lights(plan_id: int, lights: str, *, version: int, by: Viewer, at: datetime) -> None:
    """The lead office lets a plan go by another rule set, before it is issued or after. Raises NotFound, Conflict."""
    plan = _plan(plan_id, version, by)
    held = read_policy(plan.policy)
    if held.lights == lights:
        return
    record("更改亮灯规则", by=by, at=at, subject=("plan", plan.id), unit_id=plan.owner_unit_id,
           changes={"亮灯规则": (held.lights, lights)})  # fmt: skip
    plan.policy = stored_policy(replace(held, lights=lights))
    session.flush()


def change_lights(
    plan_id: int, key: str, wanted: RuleSet, near_days: int, reminds: Reminds, *, version: int, by: Viewer, at: datetime
) -> None:
    """The lead office changes what a rule set says for a plan: days, who is told, by what; and on which days units are
    reminded. Raises NotFound, Conflict."""
    plan = _plan(plan_id, version, by)
    held = read_policy(plan.policy)
    own = {name: said for name, said in held.own_lights.items() if name != key}
    changes = changes_of(RULE_SETS[key], wanted)
    before, after = rules_of(key, held.own_lights), {**own, key: changes} if changes else own
    if before == wanted and (held.near_days, held.reminds) == (near_days, reminds):
        return
    record("调整亮灯规则", by=by, at=at, subject=("plan", plan.id), unit_id=plan.owner_unit_id,
           changes={"临期天数": (held.near_days, near_days),
                    "提醒日": (_RECORDED[held.reminds], _RECORDED[reminds]),
                    "亮灯规则": (recorded_rules(key, before, held.near_days), recorded_rules(key, wanted, near_days))})  # fmt: skip
    plan.policy = stored_policy(replace(held, near_days=near_days, reminds=reminds, own_lights=after))
    session.flush()


_RECORDED = {"workdays": "工作日", "every_day": "每天"}


def _plan(plan_id: int, version: int, by: Viewer) -> Plan:
    plan = session.get(Plan, plan_id)
    if plan is None or not covers(by, plan.owner_unit_id, Role.LEAD_OFFICE):
        raise NotFound
    not_archived(plan_id)
    if plan.version != version:
        raise Conflict(_("计划设置已被他人更改，请刷新页面查看最新内容；您填写的内容仍在下方。"))
    return plan
