"""What states, periods and lights are called on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from tracker.plans.labels import ROLE_LABELS
from tracker.progress.content import figure_words, plain_figure
from tracker.progress.labels_periods import period_label
from tracker.web.labels import offer_labels
from tracker.web.locale import counted as _n, number

OBLIGATION_STATE_LABELS = {
    "open": _l("待报送"),
    "reported": _l("待核"),
    "returned": _l("退办"),
    "accepted": _l("已核"),
    "cancelled": _l("已取消"),
}
OBLIGATION_STATE_TONES = {
    "open": "amber",
    "reported": "blue",
    "returned": "red",
    "accepted": "green",
    "cancelled": "gray",
}
RETURN_STATE_LABELS = {
    "draft": _l("草稿"),
    "own_review": _l("本单位审核"),
    "own_returned": _l("本单位退回"),
    "to_check": _l("待核"),
    "returned": _l("退办"),
    "accepted": _l("已核"),
    "withdrawn": _l("已撤回"),
}
RETURN_STATE_TONES = {
    "draft": "gray",
    "own_review": "amber",
    "own_returned": "red",
    "to_check": "blue",
    "returned": "red",
    "accepted": "green",
    "withdrawn": "gray",
}
REQUEST_KIND_LABELS = {
    "extension": _l("延期"),
    "closing": _l("办结"),
    "suspension": _l("挂账"),
    "waiver": _l("免责"),
}
REQUEST_TITLES = {
    "extension": _l("申请延期"),
    "closing": _l("申请办结"),
    "suspension": _l("申请挂账"),
    "waiver": _l("申请免责"),
}
REQUEST_STATE_LABELS = {
    "asked": _l("待批"),
    "granted": _l("同意"),
    "refused": _l("不同意"),
    "taken_back": _l("已撤回"),
    "lapsed": _l("已失效"),
    "ended": _l("已恢复办理"),
}
REQUEST_STATE_TONES = {
    "asked": "amber",
    "granted": "green",
    "refused": "red",
    "taken_back": "gray",
    "lapsed": "gray",
    "ended": "blue",
}
REQUEST_PICTURES = {
    "extension": "calendar-time",
    "closing": "circle-check",
    "suspension": "player-pause",
    "waiver": "shield-check",
}
KIND_LABELS = {
    "date": _l("时限"),
    "month_end": _l("时限"),
    "year_end": _l("时限"),
    "phase": _l("阶段"),
    "recurring": _l("定期报送"),
    "ongoing": _l("周期报送"),
    "closing": _l("年终总结"),
}
LIGHT_LABELS = {
    "on_time": _l("● 按期"),
    "near": _l("▲ 临期"),
    "soon": _l("▲ 临期"),
    "behind": _l("▼ 滞后"),
    "reminded": _l("▽ 提醒"),
    "warned": _l("◆ 警告"),
    "overdue": _l("■ 逾期"),
    "done": _l("✓ 已核"),
    "caught_up": _l("◐ 补报"),
    "none": _l("–"),
}
DECISION_LABELS = {
    "kept": _l("已维持原单位"),
    "moved": _l("已改派"),
    "withdrawn": _l("已撤销"),
    "taken_back": _l("单位已撤回退回"),
}
"""What became of a hand-back: three by the lead office, the last by the unit itself."""

HAND_BACK_PHRASES = (
    _l("不属于本单位职责。"),
    _l("职能已划转至其他单位。"),
    _l("本单位仅为配合单位，建议由主管部门牵头。"),
)


FACET_LABELS = {
    "reworded": _l("改写"),
    "moved": _l("移动"),
    "new": _l("新增"),
    "dropped": _l("取消任务"),
    "kept": _l("照旧"),
    "units": _l("单位变动"),
    "deadlines": _l("时限变动"),
    "targets": _l("目标变动"),
}
"""What another edition changes: see `tracker.plans.editions`."""
FACET_TONES = {"reworded": "amber", "moved": "blue", "new": "green", "dropped": "red", "kept": "gray"}
FACET_SIGNS = {"reworded": "≈", "moved": "⇅", "new": "＋", "dropped": "－", "kept": "＝"}
CHANGE_LABELS = {
    "new": _l("新任务"),
    "on": _l("加派本单位"),
    "off": _l("不再由本单位承担"),
    "ended": _l("任务取消"),
    "changed": _l("任务变动"),
    "role": _l("职责变动"),
}
"""What another edition is to a unit."""
CHANGE_TONES = {"new": "green", "on": "green", "off": "red", "ended": "red", "changed": "amber", "role": "amber"}


def term(one: Any) -> str:
    """What an obligation reports on: the period, else the words of the document; `one` has `period`, `text`, `kind`."""
    words = period_label(one.period) or one.text or str(KIND_LABELS[one.kind])
    return f"{words} · {_('年终总结')}" if one.kind == "closing" else words


def named(one: Any) -> str:
    """A return as a message names it: unit, task and what it reports on."""
    return _("%(unit)s“%(task)s”（%(term)s）", unit=one.unit, task=one.task, term=term(one))


def asked_words(one: Any) -> str:
    """What a request is about, as a message names it; `one` has the columns of `RequestRow`."""
    if not one.due_kind:
        return _("%(unit)s“%(task)s”", unit=one.unit, task=one.task)
    return _("%(unit)s“%(task)s”（%(term)s）", unit=one.unit, task=one.task, term=request_term(one))


def asked_by_words(reviewers: Sequence[str]) -> str:
    """Who asks for what only a unit's reviewers may ask for, told to its reporters."""
    if reviewers:
        return _("由本单位审核人提出：%(names)s。", names=joined(reviewers))
    return _("由本单位审核人提出。本单位还没有审核人，请联系系统管理员为一位同事授予“单位审核人”角色。")


def request_term(one: Any) -> str:
    """The report that a request is about, empty for one about the whole task."""
    if not one.due_kind:
        return ""
    words = period_label(one.period) or one.text or str(KIND_LABELS[one.due_kind])
    return f"{words} · {_('年终总结')}" if one.due_kind == "closing" else words


def unread_words(fields: Sequence[Any], percent: Any) -> str:
    """What a person is told of numbers and days that cannot be read as they stand; `percent` is the form's own."""
    named = joined([_("“%(name)s”", name=one.label.text) for one in fields if one is not percent])
    said = [_("完成百分比请填写 0 至 100 的整数")] if percent in fields else []
    return _("；").join([*said, *([_("%(names)s不是可识别的数字或日期", names=named)] if named else [])])


def figure(value: Decimal | None, unit: str) -> str:
    """A figure with its unit, the number written as the page's language has it."""
    return figure_words(value, unit, number)


def figure_wanted(unit: str) -> str:
    """What is to be typed where a figure cannot be read."""
    return _("请填写以“%(unit)s”为单位的数字，例如 1200。", unit=unit) if unit else _("请填写数字，例如 1200。")


def days_words(days: int) -> str:
    """How far off a date is: 还有 3 天, 今天到期, 已过 5 天. `days` is negative once it has passed."""
    if days > 0:
        return _n("还有 %(n)s 天", days)
    return _("今天到期") if days == 0 else _n("已过 %(n)s 天", -days)


def issued_words(done: Any) -> str:
    """What issuing a plan made, in a message: `done` has `units`, `assignments`, `obligations`."""
    return _(
        "已下发：%(units)s 个单位、%(n)s 条责任落实，生成 %(m)s 项报送义务。",
        units=done.units,
        n=done.assignments,
        m=done.obligations,
    )


def revised_words(done: Any) -> str:
    """What adopting an edition did, in a message: `done` has `number`, `units`."""
    return _("已采用第 %(n)s 版，%(units)s 个单位会收到变动提示。", n=done.number, units=done.units)


STEP_NAMES = (
    (_l("本单位审核"),),
    (_l("科室审核"), _l("分管领导审核")),
    (_l("科室审核"), _l("分管领导审核"), _l("主要负责人审签")),
)
"""What the steps of a unit's own review are called where there are one, two or three."""


def step_name(number: int, of: int) -> str:
    return str(STEP_NAMES[of - 1][number - 1])


def change_words(facts: Mapping[str, Any]) -> list[str]:
    """What another edition changed for a unit, each fact a phrase: see `EditionChange.facts`."""
    said: list[str] = []
    if facts.get("words"):
        said.append(_("工作要求改写"))
    if facts.get("targets"):
        said.append(_("目标值变动"))
    if facts.get("role"):
        before, now = (str(ROLE_LABELS[role]) for role in facts["role"])
        said.append(_("职责由“%(before)s”改为“%(now)s”", before=before, now=now))
    said += [_("期限 %(before)s 改为 %(now)s", before=before, now=now) for before, now in facts.get("moved", ())]
    if facts.get("added"):
        said.append(_("报送期限：%(days)s", days=joined(facts["added"])))
    if facts.get("cancelled"):
        said.append(_("取消期限：%(days)s", days=joined(facts["cancelled"])))
    if facts.get("left"):
        said.append(_("已到期的 %(n)s 项报送仍须办完", n=facts["left"]))
    return said


def joined(words: Sequence[str]) -> str:
    return _("、").join(words)


def register(app: Flask) -> None:
    offer_labels(
        app,
        obligation_state=OBLIGATION_STATE_LABELS,
        obligation_tone=OBLIGATION_STATE_TONES,
        return_state=RETURN_STATE_LABELS,
        return_tone=RETURN_STATE_TONES,
        obligation_kind=KIND_LABELS,
        request_kind=REQUEST_KIND_LABELS,
        request_title=REQUEST_TITLES,
        request_picture=REQUEST_PICTURES,
        request_state=REQUEST_STATE_LABELS,
        request_tone=REQUEST_STATE_TONES,
        facet_label=FACET_LABELS,
        facet_tone=FACET_TONES,
        facet_sign=FACET_SIGNS,
        change_label=CHANGE_LABELS,
        change_tone=CHANGE_TONES,
        hand_back_decision=DECISION_LABELS,
    )
    app.jinja_env.filters.update(
        period_label=period_label,
        term=term,
        request_term=request_term,
        asked_by_words=asked_by_words,
        figure=figure,
        plain_figure=plain_figure,
        days_words=days_words,
        step_name=step_name,
        change_words=change_words,
    )
