"""What rule sets of lights are called on pages, and what they say in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from tracker.progress.labels import joined
from tracker.progress.light_changes import rules_of
from tracker.progress.light_rules import RuleSet, Step
from tracker.progress.lights import LightKind
from tracker.web.labels import offer_labels
from tracker.web.locale import counted as _n, in_chinese

RULE_SET_NAMES = {
    "general": _l("通用规则"),
    "yichang": _l("宜昌做法"),
    "ouhai": _l("瓯海做法"),
    "sanming": _l("三明做法"),
    "suqian": _l("宿迁做法"),
}
RULE_SET_NOTES = {
    "general": _l("按期、临期、逾期三种灯；补报并核收后亮已核。"),
    "yichang": _l("绿灯按期、黄灯临期、红灯滞后；滞后的同时告知牵头办公室。"),
    "ouhai": _l("逐期亮灯：按时完成亮已核，错过亮红灯；错过的补上后只亮黄灯，不再亮已核。"),
    "sanming": _l("逾期后由提醒（蓝）到警告（橙）再到逾期（红）逐级升级；已认定免责的不升级。"),
    "suqian": _l("临期为蓝，退办重报为黄，逾期为红。"),
}
LIGHT_NAMES = {
    "near": _l("临期"),
    "soon": _l("临期"),
    "behind": _l("滞后"),
    "reminded": _l("提醒"),
    "warned": _l("警告"),
    "overdue": _l("逾期"),
}
"""Lights that tell somebody, without their shapes."""
AUDIENCE_LABELS = {
    "reporter": _l("填报人"),
    "reviewer": _l("单位审核人"),
    "lead_office": _l("牵头办公室"),
    "leader": _l("领导"),
}
DOCUMENT_LABELS = {
    "reminder": _l("提醒"),
    "urging": _l("催办单"),
    "supervision": _l("督办单"),
    "circular": _l("通报"),
}


@dataclass(frozen=True, slots=True)
class StepWords:
    """A line of a rule set as a page says it. Who is told and by what is empty where nobody is."""

    light: LightKind
    when: str
    tells: str = ""
    document: str = ""


REMINDS_LABELS = {"workdays": _l("工作日（遇休息日提前或顺延）"), "every_day": _l("每天")}


def rule_lines(rules: RuleSet, near_days: int) -> list[StepWords]:
    """The lights of a rule set for a plan that calls `near_days` days near, the mildest first."""
    found = [
        StepWords("on_time", _("未到临期；或按时报送，等待核验")),
        _line(rules.near, _before(rules.near, near_days)),
    ]
    if rules.sent_back is not None:
        found.append(_line(rules.sent_back, _("退办待重报，期限未过")))
    found += [_line(step, _after(step)) for step in rules.late]
    found.append(StepWords("done", _("核收")))
    if rules.caught_up != "done":
        found.append(StepWords(rules.caught_up, _("逾期后补报并核收")))
    return found


def _line(step: Step, when: str) -> StepWords:
    tells = joined([str(AUDIENCE_LABELS[one]) for one in step.tells])
    return StepWords(step.light, when, tells, str(DOCUMENT_LABELS[step.document]))


def _before(step: Step, days: int) -> str:
    return _n("到期前 %(n)s 个工作日起", days) if step.workdays else _n("到期前 %(n)s 天起", days)


def _after(step: Step) -> str:
    return _("逾期第 %(n)s 个工作日起", n=step.after) if step.workdays else _("逾期第 %(n)s 天起", n=step.after)


def recorded_rules(key: str, rules: RuleSet, near_days: int) -> str:
    """What is kept in the record where a rule set is changed: its lines, but for those that tell nobody anything."""
    with in_chinese():
        name, lines = str(RULE_SET_NAMES[key]), rule_lines(rules, near_days)
    told = [f"{one.when}：{one.tells or '无人'}，{one.document}" for one in lines if one.document]
    return f"{name}：" + "；".join([*told, *([f"{lines[-1].when}亮补报"] if rules.caught_up != "done" else [])])


def _lines(key: str, near_days: int, own: Mapping[str, Any] | None = None) -> list[StepWords]:
    return rule_lines(rules_of(key, own or {}), near_days)


def register(app: Flask) -> None:
    offer_labels(
        app,
        reminds_label=REMINDS_LABELS,
        light_rule=RULE_SET_NAMES,
        light_rule_note=RULE_SET_NOTES,
        light_name=LIGHT_NAMES,
    )
    app.jinja_env.filters["light_rule_lines"] = _lines
