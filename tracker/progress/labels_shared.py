"""What is said on pages about work that units share: questions, offers to take a task, taking over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l
from markupsafe import Markup

from tracker.progress.joining import Gathered, Sum
from tracker.progress.labels import LIGHT_LABELS, figure, joined
from tracker.progress.labels_milestones import milestone_words
from tracker.progress.lights import LightKind, counted
from tracker.progress.milestones import EXPECTED, REACHED, Said, typed
from tracker.progress.queries.milestones import Asked
from tracker.web.labels import offer_labels

QUESTION_KIND_LABELS = {"urge": _l("催报"), "supplement": _l("请补充"), "check": _l("核验询问")}
QUESTION_KIND_HINTS = {
    "urge": _l("催报：请尽快报送本期进展"),
    "supplement": _l("请补充：对已报或将报的内容提出要求"),
    "check": _l("核验询问：请说明，不退办"),
}
QUESTION_STATE_LABELS = {
    "asked": _l("待答复"),
    "answered": _l("已答复"),
    "disputed": _l("待协调"),
    "settled": _l("已了结"),
    "decided": _l("已协调"),
    "lapsed": _l("已失效"),
}
QUESTION_STATE_TONES = {
    "asked": "amber",
    "answered": "blue",
    "disputed": "red",
    "settled": "green",
    "decided": "green",
    "lapsed": "gray",
}
QUESTION_VERB_LABELS = {
    "ask": _l("询问"),
    "answer": _l("答复"),
    "ask_again": _l("追问"),
    "settle": _l("了结"),
    "dispute": _l("提请协调"),
    "decide": _l("协调决定"),
}
CLAIM_STATE_LABELS = {
    "asked": _l("待确认"),
    "confirmed": _l("已确认"),
    "declined": _l("不同意"),
    "taken_back": _l("已撤回"),
    "lapsed": _l("已失效"),
}
CLAIM_STATE_TONES = {
    "asked": "amber",
    "confirmed": "green",
    "declined": "red",
    "taken_back": "gray",
    "lapsed": "gray",
}
WHY_NOT_ADDED = {
    "share": _l("比例不能相加"),
    "span": _l("时长不能相加"),
    "rank": _l("名次不能相加"),
    "unmeasured": _l("没有计量单位，不作合计"),
}


LIGHTS_BELOW = {**LIGHT_LABELS, "done": _l("✓ 已采用")}
PART_STATE_LABELS = {
    "": _l("未填"),
    "draft": _l("草稿"),
    "reported": _l("已报"),
    "returned": _l("已退回"),
    "taken": _l("已采用"),
}
PART_STATE_TONES = {"": "gray", "draft": "gray", "reported": "blue", "returned": "red", "taken": "green"}


def lights_below(counts: Mapping[LightKind, int]) -> Markup:
    """How the units below stand, as a row of the ledger says it: 下级 ■ 逾期 2、● 按期 3."""
    shown = joined([f"{LIGHTS_BELOW[kind]} {n}" for kind, n in counts.items()])
    return Markup('<span class="row-note">{}</span>').format(_("下级 %(lights)s", lights=shown))


def takeover(found: Gathered, targets: Sequence[Any], asked: Asked | None) -> dict[str, Any]:
    """What the script of the form needs to take over what the other units reported, with what it says of each field."""
    figures = {f"figure_{one.id}": _figure_words(one, found.sums[one.id]) for one in targets}
    if asked is not None:
        figures |= _milestone_words(asked.id, found.milestone)
    return {"texts": found.texts, "figures": figures, "taken": _("已取用：%(units)s", units=joined(found.units))}


def _milestone_words(obligation_id: int, said: Said | None) -> dict[str, dict[str, str]]:
    """What all of them together say of the milestone, with the day where it is not reached."""
    if said is None:
        return {f"{REACHED}{obligation_id}": {"left": _("本节点未取用：还有单位没有报送")}}
    shown = milestone_words(said)
    reached = {
        "value": str(typed({obligation_id: said})[f"{REACHED}{obligation_id}"]),
        "taken": _("本节点按各单位报送填入：%(said)s", said=shown),
        "kept": _("本节点已填，未改动（各单位：%(said)s）", said=shown),
    }
    day = {"value": said.expected_on.isoformat()} if said.expected_on else {}
    return {f"{REACHED}{obligation_id}": reached, **({f"{EXPECTED}{obligation_id}": day} if day else {})}


def _figure_words(target: Any, total: Sum) -> dict[str, str]:
    if total.value is None:
        why = str(WHY_NOT_ADDED[total.why or "unmeasured"]) if total.units else _("没有单位填报")
        return {"left": _("“%(target)s”未取用：%(why)s", target=target.label, why=why)}
    shown = figure(total.value, target.unit)
    who = joined(total.units)
    return {
        "value": f"{total.value.normalize():f}",
        "taken": _("“%(target)s”填入合计 %(sum)s（%(units)s）", target=target.label, sum=shown, units=who),
        "kept": _("“%(target)s”已填，未改动（各单位合计 %(sum)s）", target=target.label, sum=shown),
    }


def register(app: Flask) -> None:
    offer_labels(
        app,
        question_kind=QUESTION_KIND_LABELS,
        question_state=QUESTION_STATE_LABELS,
        question_tone=QUESTION_STATE_TONES,
        part_state=PART_STATE_LABELS,
        part_tone=PART_STATE_TONES,
        claim_state=CLAIM_STATE_LABELS,
        claim_tone=CLAIM_STATE_TONES,
        question_verb=QUESTION_VERB_LABELS,
    )
    app.jinja_env.filters.update(
        lights_below=lights_below,
        counted_lights=counted,
    )
