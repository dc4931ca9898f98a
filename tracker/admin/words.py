"""What kinds of recorded subject are called on pages, and where a subject is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _, lazy_gettext as _l

from tracker.accounts.access import viewer
from tracker.accounts.roles import ROLE_NAMES
from tracker.assessment.labels import FACT_KINDS
from tracker.audit.words import RECORDED
from tracker.plans.labels import PROOF_LABELS, ROLL_LABELS
from tracker.progress.labels_lights import RULE_SET_NAMES
from tracker.units.words import KIND_NAMES
from tracker.web.locale import in_chinese


def by_words(names: Mapping[str, Any]) -> dict[str, str]:
    """The key of each thing by what it is called, in Chinese and in the language of the page."""
    with in_chinese():
        chinese = {str(name): key for key, name in names.items()}
    return {str(name): key for key, name in names.items()} | chinese


_WORDS: dict[str, Any] = {
    "on_time": _l("按时"),
    "late": _l("逾期"),
    "discarded": _l("已作废"),
    **PROOF_LABELS,
    **ROLL_LABELS,
    **RULE_SET_NAMES,
    **FACT_KINDS,
    **{role.value: name for role, name in ROLE_NAMES.items()},
    **KIND_NAMES,
}
_PARTS: dict[str, Any] = {
    "proof": _l("佐证周期"),
    "roll": _l("遇休息日"),
    "near_days": _l("临期天数"),
    "reminds": _l("提醒日"),
    "lights": _l("亮灯规则"),
    "below": _l("上级"),
    "kinds": _l("类别"),
    "depth": _l("层级"),
    "units": _l("单位"),
}
"""Parts of a recorded value: policies of plans and rules of collectives."""

SUBJECT_NAMES = {
    "person": _l("人员"),
    "unit": _l("单位"),
    "unit_act": _l("机构改革"),
    "collective": _l("集合称谓"),
    "draft": _l("导入稿"),
    "plan": _l("计划"),
    "task": _l("任务"),
    "assignment": _l("责任落实"),
    "obligation": _l("报送义务"),
    "calendar": _l("工作日历"),
    "scheme": _l("考核方案"),
    "run": _l("评分"),
    "scored_fact": _l("评分依据"),
    "export": _l("导出"),
    "evidence": _l("评分佐证"),
    "job": _l("后台作业"),
    "reminder": _l("提醒"),
    "reminder_robot": _l("提醒机器人"),
    "supervision_slip": _l("督办单"),
    "kit": _l("填报包"),
    "returned_kit": _l("交回的填报包"),
}

_SUBJECTS = {
    "person": _l("人员 %(n)s"),
    "unit": _l("单位 %(n)s"),
    "collective": _l("集合称谓 %(n)s"),
    "draft": _l("导入稿 %(n)s"),
    "plan": _l("计划 %(n)s"),
    "task": _l("任务 %(n)s"),
    "assignment": _l("责任落实 %(n)s"),
    "obligation": _l("报送义务 %(n)s"),
    "calendar": _l("工作日历 %(n)s"),
    "scheme": _l("考核方案 %(n)s"),
    "run": _l("评分 %(n)s"),
    "scored_fact": _l("评分依据 %(n)s"),
    "export": _l("导出 %(n)s"),
    "evidence": _l("评分佐证 %(n)s"),
    "job": _l("后台作业 %(n)s"),
    "reminder": _l("提醒 %(n)s"),
    "reminder_robot": _l("提醒机器人 %(n)s"),
    "supervision_slip": _l("督办单 %(n)s"),
    "kit": _l("填报包 %(n)s"),
    "returned_kit": _l("交回的填报包 %(n)s"),
}
"""One subject, where `SUBJECT_NAMES` are kinds to choose from: languages with a plural need both."""

SUBJECT_PAGES = {
    "person": ("admin.person", "person_id"),
    "unit": ("admin.unit", "unit_id"),
    "unit_act": ("admin.act", "act_id"),
    "collective": ("admin.collective", "collective_id"),
    "draft": ("drafts.review", "draft_id"),
    "plan": ("plans.plan", "plan_id"),
    "task": ("plans.task", "task_id"),
    "assignment": ("progress.assignment", "assignment_id"),
    "obligation": ("progress.obligation", "obligation_id"),
    "scheme": ("assessment.scheme", "scheme_id"),
    "run": ("assessment.run", "run_id"),
    "supervision_slip": ("reminders.slip", "slip_id"),
}
"""Kind of subject → the page that shows it, and what its address calls the id."""


def audit_word(value: Any) -> str:
    """A recorded value as a person reads it: states are recorded by their words, roles and kinds of unit by their keys."""
    text = str(value)
    return _(text) if text in RECORDED else str(_WORDS.get(text, text))


def audit_part(key: str) -> str:
    """The name of a part of a recorded value."""
    return str(_PARTS.get(key, key))


def actor_name(name: str) -> str:
    return _("系统") if name == "system" else name


def subject_name(kind: str, number: int | None) -> str:
    """What an entry is about: 任务 12."""
    one = _SUBJECTS.get(kind)
    if one is None or number is None:
        return f"{SUBJECT_NAMES.get(kind, kind)} {number or ''}".strip()
    return str(one) % {"n": number}


def subject_href(kind: str, number: int | None) -> str | None:
    """The page of a recorded subject; None where it has none, or none that the viewer's roles open."""
    endpoint, argument = SUBJECT_PAGES.get(kind, ("", ""))
    page = current_app.view_functions.get(endpoint)
    if number is None or not getattr(page, "allowed_roles", frozenset()) & viewer().roles:
        return None
    values: dict[str, Any] = {argument: number}
    return url_for(endpoint, **values)
