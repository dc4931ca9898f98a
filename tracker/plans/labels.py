"""What roles, states and deadlines are called on pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from tracker.plans.wording import excerpt, hits
from tracker.units.kinds import GROUPS
from tracker.web.labels import offer_labels

ROLE_LABELS = {"lead": _l("牵头"), "responsible": _l("责任"), "support": _l("配合"), "supervise": _l("督办")}
ROLE_TONES = {"lead": "blue", "responsible": "green", "support": "gray", "supervise": "purple"}

PLAN_STATE_LABELS = {"adopted": _l("待下发"), "issued": _l("已下发"), "closed": _l("已归档")}
PLAN_STATE_TONES = {"adopted": "amber", "issued": "green", "closed": "gray"}

ASSIGNMENT_STATE_LABELS = {
    "draft": _l("待下发"),
    "to_sign": _l("待签收"),
    "handed_back": _l("已退回"),
    "in_progress": _l("办理中"),
    "done": _l("已办结"),
    "moved": _l("已改派"),
    "withdrawn": _l("已撤销"),
}
ASSIGNMENT_STATE_TONES = {
    "draft": "gray",
    "to_sign": "amber",
    "handed_back": "red",
    "in_progress": "blue",
    "done": "green",
    "moved": "gray",
    "withdrawn": "gray",
}

KIND_LABELS = {
    "date": _l("到日"),
    "month_end": _l("到月底"),
    "year_end": _l("到年底"),
    "recurring": _l("周期"),
    "ongoing": _l("持续推进"),
    "phase": _l("阶段"),
}
_WITHOUT_TIME = frozenset({"ongoing", "phase"})
"""The kinds that say something without a date or a period."""
PERIOD_LABELS = {
    "daily": _l("每日"),
    "weekly": _l("每周"),
    "monthly": _l("每月"),
    "quarterly": _l("每季度"),
    "half_yearly": _l("每半年"),
    "yearly": _l("每年"),
}
PROOF_LABELS = {
    "monthly": _l("每月"),
    "quarterly": _l("每季度"),
    "half_yearly": _l("每半年"),
    "yearly": _l("每年"),
}
ROLL_LABELS = {"none": _l("不顺延"), "next": _l("顺延到下一个工作日"), "previous": _l("提前到上一个工作日")}

GROUP_LABELS = {group: _l(group) for group in GROUPS.values()}
"""Groups of units as `tracker.units.kinds` names them."""
FIELD_LABELS = {
    "path": _l("所属标题"),
    "number": _l("编号"),
    "name": _l("任务名称"),
    "requirement": _l("工作要求"),
    "units": _l("责任单位"),
    "deadlines": _l("完成时限"),
    "targets": _l("目标值"),
    "extras": _l("其他"),
}


def recurrence_words(recurrence: str) -> str:
    """`monthly:5` as 每月 5 日; `quarterly:20` as 每季度末月 20 日; `yearly:01-31` as 每年 01-31."""
    period, _sep, rest = recurrence.partition(":")
    name = str(PERIOD_LABELS.get(period, period))
    if not rest:
        return name
    if period == "quarterly":
        return _("每季度末月 %(day)s 日", day=rest)
    if period == "yearly":
        return _("每年 %(day)s", day=rest)
    return _("%(period)s %(day)s 日", period=name, day=rest)


def deadline_words(deadline: Mapping[str, Any]) -> str:
    """What a deadline was understood as: its date, its period, or that it goes on; nothing where it was not understood."""
    if deadline.get("date"):
        return str(deadline["date"])
    if deadline.get("recurrence"):
        return recurrence_words(str(deadline["recurrence"]))
    kind = str(deadline.get("kind"))
    return str(KIND_LABELS[kind]) if kind in _WITHOUT_TIME else ""


def register(app: Flask) -> None:
    offer_labels(
        app,
        role_label=ROLE_LABELS,
        role_tone=ROLE_TONES,
        plan_state=PLAN_STATE_LABELS,
        plan_tone=PLAN_STATE_TONES,
        assignment_state=ASSIGNMENT_STATE_LABELS,
        assignment_tone=ASSIGNMENT_STATE_TONES,
        proof_label=PROOF_LABELS,
        roll_label=ROLL_LABELS,
        unit_group=GROUP_LABELS,
    )
    app.jinja_env.filters.update(
        deadline_words=deadline_words,
        excerpt=excerpt,
        hits=hits,
        source_label=lambda name: FIELD_LABELS.get(name, name),
    )
