"""What schemes, rules, facts and runs are called on pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from tracker.assessment import fact_words, words
from tracker.assessment.binding import ENTERED_KINDS
from tracker.assessment.scoring.wording import translated
from tracker.assessment.sources import SOURCES
from tracker.web.labels import offer_labels
from tracker.web.locale import counted as _n

SCHEME_STATES = {"draft": _l("编制中"), "in_use": _l("启用"), "retired": _l("停用")}
SCHEME_TONES = {"draft": "amber", "in_use": "green", "retired": "gray"}
RUN_STATES = {
    "preview": _l("试算"),
    "published": _l("已公布"),
    "withdrawn": _l("已撤销"),
    "open": _l("公示中"),
    "final": _l("公示期满"),
    "replaced": _l("已被更正"),
}
"""States of a run, and of a published one the stages of its publicity."""
RUN_TONES = {
    "preview": "amber",
    "published": "green",
    "withdrawn": "gray",
    "open": "blue",
    "final": "green",
    "replaced": "gray",
}

KINDS = {key: _l(text) for key, text in words.KINDS.items()}
FORMULAS = {
    "ratio": _l("分值 × 实际 ÷ 目标，比值不超过上限（默认 1）。"),
    "deduction": _l("分值 − 各次扣分之和，扣完为止；没有扣分即得满分。"),
    "marks": _l("分值 × 评委打分的平均（或中位、去高低后平均） ÷ 满分。"),
    "all_or_nothing": _l("达到要求得满分，否则不得分。"),
    "bands": _l("数值落在哪一档，就得哪一档的分。"),
    "linear": _l("分值 × （数值 − 起点） ÷ （目标 − 起点），在 0 与分值之间。"),
    "efficacy": _l("分值 × [基础系数 + （1 − 基础系数） × （数值 − 组内最低） ÷ （组内最高 − 组内最低）]。"),
    "value": _l("录入多少就得多少，在 0 与分值之间。"),
    "roles": _l("分值 − 每次扣分 × 次数 × 角色系数（主办 1，协办按系数）之和，扣完为止。"),
    "share": _l("分值 × 各部分完成比例之和，合计不超过 100%。"),
    "monthly": _l("分值 − 不足月数 × 每月扣 − 空白月数 × 每月扣，扣完为止；空白月不再按不足月扣。"),
    "over_target": _l(
        "超额率 = （实际 − 目标） ÷ 目标；超过起点得起加分值，再超过第二个起点后，每多一档再加，不超过分值。"
    ),
    "overdue": _l("分值 − 各项之和：每项扣固定分 + 每个工作日扣分 × 逾期工作日，可设每项上限，扣完为止。"),
    "recidivism": _l("分值 − 每次扣分 × 次数之和 − 未改再扣 × 退回未改次数，扣完为止。"),
    "once": _l("分值 − 各事项扣分之和，同一事项有几次扣分时只计最高的一次，扣完为止。"),
    "account": _l("起始分 + 加分 − 减分，在 0 与分值之间；协办按系数计，写明同一事项的只计最高的一次加分和一次减分。"),
    "mix": _l("分值 × 各来源得分 × 权重之和 ÷ 100 ÷ 打分满分；权重合计 100，没有用到的来源不计，权重折算。"),
    "rollup": _l("分值 × 各级平均得分 × 比例之和 ÷ 比例合计 ÷ 打分满分，如本级:乡镇:县直 = 6:3:1。"),
    "lists": _l("达到目标且在组内前几名，得红榜分；未达到目标且在后几名、又无免责情形，得黑榜分；其余得不上榜分。"),
    "duties": _l("分值 − 每次扣分 × 次数之和，扣完为止；只承担一类事项的单位加倍扣。"),
    "rounds": _l("分值 × 各轮得分的平均（或最好、最后一轮） ÷ 打分满分；还没有进行的轮次不计。"),
    "progress": _l("每进一位得分 × 进位数，不超过分值；退位不扣分，保持在前几名的得满分。"),
    "survey": _l("分值 × 测评得分 ÷ 打分满分；样本量不足的不能采用。"),
    "placing": _l("组内第一得满分，每退后一名减固定分，不低于最低分；数值相同的名次并列。"),
    "best": _l("分值 × 数值 ÷ 组内最高；越低越好的，分值 × 组内最低 ÷ 数值。"),
    "capped": _l("分值 − 各次扣分之和，扣到限额为止；没有扣分即得满分。"),
    "rise": _l("起始分 ± 每档加（扣）分 × 比上期变动的档数，在 0 与分值之间。"),
    "difficulty": _l("分值 × 完成比例 × 难度系数，几项取平均；或以难度系数为权重加权平均。比值不超过上限（默认 1）。"),
    "reverse": _l("分值 × 目标 ÷ 实际（越少越好的事），比值不超过上限（默认 1）。"),
}
AGGREGATES = {key: _l(text) for key, text in words.AGGREGATES.items()}
PARAMETERS = {key: _l(text) for key, text in words.PARAMETERS.items()}
PARAMETER_HINTS = {
    "cap": _l("不填为 1"),
    "base": _l("不填为 0.6"),
    "trim_from": _l("不填为 5"),
    "scale": _l("不填为本项分值"),
    "mix.scale": _l("不填为 100"),
    "rollup.scale": _l("不填为 100"),
    "rollup.parts": _l("如：县本级 6、乡镇 3、县直部门 1"),
    "co": _l("不填为 0.5"),
    "fixed": _l("不填为 0"),
    "per_day": _l("不填为 0"),
    "most": _l("不填为不设上限"),
    "double": _l("不填为 2"),
    "keep": _l("不填则不设"),
    "lowest": _l("不填为 0"),
    "down": _l("不填为 0"),
    "every": _l("不填为 1"),
    "rounds.scale": _l("不填为 100"),
    "survey.scale": _l("不填为 100"),
    "parts": _l("如：第三方 40、互评 30、日常 30"),
}
CHOICES = {name: {key: _l(text) for key, text in texts.items()} for name, texts in words.CHOICES.items()}
FACT_FIELDS = {key: _l(text) for key, text in fact_words.FACT_FIELDS.items()}
FACT_KINDS = {key: _l(text) for key, text in fact_words.FACT_KINDS.items()}
STAGES = {key: _l(text) for key, text in words.STAGES.items()}
MODES = {key: _l(text) for key, text in words.MODES.items()}
NOT_APPLICABLE = {key: _l(text) for key, text in words.NOT_APPLICABLE.items()}
TIES = {key: _l(text) for key, text in words.TIES.items()}
QUOTA_TIES = {key: _l(text) for key, text in words.QUOTA_TIES.items()}
VETO_MODES = {key: _l(text) for key, text in words.VETO_MODES.items()}
NOTICE_STATES = {
    "open": _l("待单位回复"),
    "waiting": _l("有异议，待处理"),
    "settled": _l("无异议，计入"),
    "upheld": _l("维持，计入"),
    "cancelled": _l("已撤销，不计"),
}
NOTICE_TONES = {"open": "blue", "waiting": "amber", "settled": "gray", "upheld": "red", "cancelled": "green"}
RECORD_MARKS = {
    "A": _l("按时报送，已核"),
    "B": _l("逾期报送，已核"),
    "T": _l("按时报送，未核"),
    "L": _l("逾期报送，未核"),
    "N": _l("未报送"),
    "S": _l("退办"),
    "D": _l("逾期"),
    "P": _l("按时整改"),
    "Q": _l("未按时整改"),
    "G": _l("整改退回再改"),
}
RECORD_TONES = {
    "A": "green", "B": "amber", "T": "blue", "L": "amber", "N": "red", "S": "amber", "D": "red", "P": "green", "Q": "red",
    "G": "amber",
}  # fmt: skip


FIELDS = {
    "key": _l("代码"),
    "name": _l("名称"),
    "points": _l("分值"),
    "weight": _l("权重"),
    "aggregate": _l("汇总方式"),
    "rule": _l("计分方式"),
    "source": _l("评分来源"),
    "children": _l("下级指标"),
    "rounding": _l("取舍"),
    "bonus": _l("加分"),
    "penalty": _l("减分"),
    "veto": _l("一票否决"),
    "grades": _l("等次"),
    "tie_break": _l("同分先看"),
    "quota_pool": _l("小组合并名额"),
    "larger": _l("占综合考核的比例"),
    "total": _l("总分折算"),
}
"""Parts of a scheme, as its problems name them."""


SETTINGS = {
    "rounding.places": ("places", _l("保留小数")),
    "rounding.mode": ("mode", _l("取舍方法")),
    "rounding.stage": ("stage", _l("在哪里取舍")),
    "not_applicable": ("not_applicable", _l("不适用的指标")),
    "bonus.cap": ("bonus_cap", _l("加分上限")),
    "bonus.gate": ("bonus_gate", _l("加分门槛")),
    "bonus.kinds": ("bonus_kinds", _l("加分分类上限")),
    "penalty.cap": ("penalty_cap", _l("减分上限")),
    "penalty.kinds": ("penalty_kinds", _l("减分分类上限")),
    "total.full": ("total_full", _l("总分满分（折算前）")),
    "total.as": ("total_as", _l("总分折算为")),
    "total.cap": ("total_cap", _l("总分最多")),
    "veto.mode": ("veto_mode", _l("一票否决")),
    "veto.score": ("veto_score", _l("否决后的固定分")),
    "ties": ("ties", _l("名次并列")),
    "quota_ties": ("quota_ties", _l("等次名额线上同分")),
    "quota_pool": ("quota_pool", _l("小组合并名额")),
    "larger.percent": ("larger", _l("占综合考核的比例")),
}
"""Settings of a scheme by their path: the field that they stand in, and its name."""
_COLUMNS = {
    "grades.name": ("grade-name", _l("等次名称")),
    "grades.min": ("grade-min", _l("不低于")),
    "grades.quota_percent": ("grade-quota", _l("名额比例")),
    "bands.min": ("", _l("不低于")),
    "bands.points": ("", _l("得分")),
}
"""Columns of the tables of grades and of bands: the inputs of a grade, and their names."""


def place_of(path: str) -> str:
    """The id of the field in the editor that a setting stands in, of the list of rules where it has none."""
    if path in SETTINGS:
        return SETTINGS[path][0]
    table, row, column = _cell(path)
    stem, _name = _COLUMNS.get(f"{table}.{column}", ("", ""))
    return f"{stem}-{row}" if stem else "rules"


def setting_name(path: str) -> str:
    """`加分上限`, `第2等“不低于”`: a setting as the editor calls it."""
    if path in SETTINGS:
        return str(SETTINGS[path][1])
    table, row, column = _cell(path)
    if not row:
        return str(FIELDS.get(path.partition(".")[0].partition("[")[0], path))
    said = _("第%(n)s等", n=row) if table == "grades" else _("第%(n)s档", n=row)
    names = _COLUMNS.get(f"{table}.{column}")
    return _("%(row)s“%(column)s”", row=said, column=names[1]) if names else said


def _cell(path: str) -> tuple[str, int, str]:
    """(table, row from 1, column) of `grades[1].min` or `rule.bands[0].points`; row 0 where it is none of them."""
    for table in ("grades", "bands"):
        head, found, rest = path.partition(f"{table}[")
        number, _bracket, column = rest.partition("]")
        if found and number.isdigit() and head in {"", "rule."}:
            return table, int(number) + 1, column.lstrip(".")
    return "", 0, ""


def problem_words(problem: tuple[str, str]) -> str:
    """`分值：必须大于 0`: the field that is wrong, where it is known, and why."""
    path, message = problem
    said, parts = sentence(message), [part.partition("[")[0] for part in path.split(".") if part]
    if not parts:
        return said
    if path in SETTINGS or _cell(path)[1]:
        return _("%(name)s：%(said)s", name=setting_name(path), said=said)
    name = str(PARAMETERS.get(parts[-1]) or FIELDS.get(parts[0], parts[0]))
    return said if said.startswith(name) else _("%(name)s：%(said)s", name=name, said=said)


def source_label(settings: Mapping[str, Any] | None) -> str:
    """`逾期扣分,每次 0.5`, 人工录入, or empty where none was chosen."""
    return sentence(words.source_words(settings))


def fitting(kind: str) -> list[tuple[str, str]]:
    """(key, name) of the sources that can feed a rule kind, for a list to choose from."""
    return [(source.key, _(source.name)) for source in SOURCES.values() if kind in source.rules]


def may_be_entered(kind: str) -> bool:
    return not kind or kind in ENTERED_KINDS


def sentence(text: Any) -> str:
    """A sentence of the engine in the language of the page."""
    return translated(text, _)


def recusal_words(recusals: Sequence[Mapping[str, Any]], *, whole: bool) -> str:
    """`评委回避 1 人：严考核 配偶在该县任职。`; not `whole`, for the unit's own people, only how many."""
    said = _n("评委回避 %(n)s 人", len(recusals))
    return said + _("：") + _("；").join(f"{one['by_name']} {one['reason']}" for one in recusals) if whole else said


def award_words(kind: str, amount: object, figures: Mapping[str, str] | None) -> str:
    """A bonus or a penalty with its own kind: `加 2 分（表彰奖励）`."""
    return sentence(fact_words.fact_words(kind, amount=str(amount), figures=figures))


def register(app: Flask) -> None:
    offer_labels(
        app,
        scheme_state=SCHEME_STATES,
        scheme_tone=SCHEME_TONES,
        run_state=RUN_STATES,
        run_tone=RUN_TONES,
        fact_kind=FACT_KINDS,
        notice_state=NOTICE_STATES,
        notice_tone=NOTICE_TONES,
        record_mark=RECORD_MARKS,
        record_tone=RECORD_TONES,
    )
    app.jinja_env.filters.update(
        rule_kind=lambda kind: KINDS.get(kind, kind),
        rule_formula=lambda kind: FORMULAS.get(kind, ""),
        figures_words=lambda figures: sentence(fact_words.figures_words(figures)),
        award_words=award_words,
        pool_words=lambda least: sentence(words.pool_words(least)),
        bonus_words=lambda bonus: sentence(words.bonus_words(bonus)),
        total_words=lambda total: sentence(words.total_words(total)),
        larger_words=lambda larger: sentence(words.larger_words(larger)),
        aggregate_label=lambda name: AGGREGATES.get(name, name),
        source_words=source_label,
        recusal_words=recusal_words,
        sentence=sentence,
        problem_words=problem_words,
        setting_name=setting_name,
        setting_place=place_of,
        veto_words=words.veto_words,
    )
