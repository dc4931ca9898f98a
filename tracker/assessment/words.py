"""Schemes in people's words: Chinese sentences that can be said in another language. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.wording import N_, Sentence, listed
from tracker.assessment.sources import ENTERED, SOURCES

KINDS: Mapping[str, str] = {
    "ratio": N_("完成比例"),
    "deduction": N_("扣分制"),
    "marks": N_("评委打分"),
    "all_or_nothing": N_("达标得满分"),
    "bands": N_("分档计分"),
    "linear": N_("线性计分"),
    "efficacy": N_("功效系数"),
    "value": N_("直接计分"),
    "roles": N_("主办协办分担"),
    "share": N_("按比例得分"),
    "monthly": N_("按月数量"),
    "over_target": N_("超额加分"),
    "overdue": N_("逾期扣分制"),
    "recidivism": N_("退回未改再扣制"),
    "once": N_("同一事项只计最高"),
    "account": N_("起始分增减"),
    "mix": N_("多来源加权"),
    "rollup": N_("分级汇总"),
    "lists": N_("红黑榜"),
    "duties": N_("职责单一加倍扣"),
    "rounds": N_("多轮考核"),
    "progress": N_("进位得分"),
    "survey": N_("抽样测评"),
    "placing": N_("名次赋分"),
    "best": N_("与组内最优比"),
    "reverse": N_("反向比例"),
    "capped": N_("限额扣分"),
    "rise": N_("同比增减"),
    "difficulty": N_("难度系数"),
}
AGGREGATES: Mapping[str, str] = {
    "sum": N_("下级相加"),
    "mean": N_("加权平均"),
    "geometric": N_("加权几何平均"),
    "min": N_("取最低"),
}
PARAMETERS: Mapping[str, str] = {
    "cap": N_("比值上限"),
    "floor": N_("起点值（得 0 分）"),
    "goal": N_("目标值（得满分）"),
    "base": N_("基础系数"),
    "better": N_("数值方向"),
    "combine": N_("合成方式"),
    "trim_from": N_("几人起去高低分"),
    "least": N_("每月至少"),
    "short": N_("不足月每月扣"),
    "blank": N_("空白月每月扣"),
    "over": N_("超额多少（%）起加分"),
    "first": N_("起加分值"),
    "further": N_("再超过多少（%）"),
    "step": N_("每多多少（%）"),
    "more": N_("再加分值"),
    "fixed": N_("每项逾期扣"),
    "per_day": N_("每逾期一个工作日扣"),
    "most": N_("每项最多扣"),
    "extra": N_("未改每次再扣"),
    "start": N_("起始分"),
    "co": N_("协办系数"),
    "parts": N_("来源和权重"),
    "target": N_("目标值"),
    "top": N_("红榜取前几名"),
    "bottom": N_("黑榜取后几名"),
    "red": N_("红榜得分"),
    "plain": N_("不上榜得分"),
    "black": N_("黑榜得分"),
    "double": N_("职责单一的倍数"),
    "rounds": N_("全年轮次"),
    "of_rounds": N_("各轮怎样取分"),
    "gain": N_("每进一位得"),
    "keep": N_("保持前几名得满分"),
    "least_sample": N_("样本量不少于"),
    "scale": N_("打分满分"),
    "drop": N_("每退后一名减"),
    "lowest": N_("最低得"),
    "limit": N_("最多扣"),
    "up": N_("每变好一档加"),
    "down": N_("每变差一档扣"),
    "every": N_("多少为一档"),
    "rest": N_("不足一档的"),
    "factors": N_("难度系数怎样用"),
    "listed": N_("说明里的各人打分"),
}
ONLY_SAID = frozenset({"listed"})
"""Parameters that change how a result is explained, and no result."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    "better": {"high": N_("越高越好"), "low": N_("越低越好")},
    "role": {"lead": N_("主办"), "co": N_("协办")},
    "duty": {"several": N_("几类事项"), "one": N_("只有一类事项")},
    "of_rounds": {"mean": N_("平均"), "best": N_("最好一轮"), "last": N_("最后一轮")},
    "rest": {"part": N_("按比例计"), "none": N_("不计")},
    "factors": {"times": N_("乘完成比例"), "weights": N_("作各项权重")},
    "exempt": {"no": N_("无"), "yes": N_("有（不可抗力等）")},
    "listed": {"yes": N_("逐一列出"), "no": N_("不列出，只写人数和结果")},
    "combine": {"mean": N_("平均"), "median": N_("中位数"), "trimmed_mean": N_("去一个最高一个最低后平均")},
}
STAGES: Mapping[str, str] = {
    "total": N_("只在总分处取舍一次"),
    "item": N_("每个末级指标先取舍"),
    "level": N_("每一级先取舍"),
}
MODES: Mapping[str, str] = {
    "half_up": N_("四舍五入"), "half_even": N_("四舍六入五成双"), "down": N_("截尾（只舍不入）"),
}  # fmt: skip
NOT_APPLICABLE: Mapping[str, str] = {
    "rescale": N_("按适用指标的分值在总分处折算"),
    "rescale_siblings": N_("在每一级的适用指标之间折算"),
    "spread": N_("分值平均分给同级适用指标"),
    "full": N_("按满分计"),
}
TIES: Mapping[str, str] = {"competition": N_("并列占位（1、2、2、4）"), "dense": N_("并列不占位（1、2、2、3）")}
QUOTA_TIES: Mapping[str, str] = {"exclude": N_("同分者都降一等"), "include": N_("同分者都保留")}
VETO_MODES: Mapping[str, str] = {
    "fail": N_("不计总分和名次，定为最末等次"),
    "fixed": N_("总分按固定分计，定为最末等次"),
    "no_best": N_("得分和名次照计，不得评为最高等次"),
}


def rule_words(rule: Any) -> str:
    """`完成比例（比值上限 1.2）`: parameters in the order of `PARAMETERS`, in whichever a scheme holds them."""
    if not isinstance(rule, Mapping) or not rule.get("kind"):
        return ""
    kind = Sentence(KINDS.get(str(rule["kind"]), str(rule["kind"])))
    names = [*(name for name in PARAMETERS if name in rule), *(name for name in rule if name not in PARAMETERS)]
    said = [_parameter(name, rule[name]) for name in names if name != "kind"]
    return Sentence(N_("%(kind)s（%(said)s）"), kind=kind, said=listed(said)) if said else kind


def _parameter(name: str, value: Any) -> str:
    if name == "bands" and isinstance(value, Sequence) and not isinstance(value, str):
        return listed([_band(band) for band in value])
    text: str = CHOICES[name].get(str(value), "") if name in CHOICES else ""
    shown = Sentence(text) if text else str(value)
    return Sentence(N_("%(name)s %(value)s"), name=Sentence(PARAMETERS.get(name, name)), value=shown)


def _band(band: Mapping[str, Any]) -> str:
    points = str(band.get("points", ""))
    if band.get("min") is None:
        return Sentence(N_("其余得 %(points)s"), points=points)
    return Sentence(N_("%(least)s 起得 %(points)s"), least=str(band["min"]), points=points)


def source_words(settings: Any) -> str:
    """`逾期扣分，每次 0.5 分`, 人工录入, or empty where none was chosen."""
    key = settings.get("from") if isinstance(settings, Mapping) else None
    if key == ENTERED:
        return Sentence(N_("人工录入，先由单位自评") if settings.get("self") else N_("人工录入"))
    if key not in SOURCES:
        return ""
    name = Sentence(SOURCES[key].name)
    each = settings.get("each")
    return Sentence(N_("%(name)s，每次 %(each)s 分"), name=name, each=str(each)) if each else name


def aggregate_words(name: Any) -> str:
    return Sentence(AGGREGATES.get(str(name or "sum"), str(name)))


def rounding_words(rounding: Any) -> str:
    """`2 位小数，四舍五入，只在总分处取舍一次`; what is left out is what the contract takes then."""
    given = rounding if isinstance(rounding, Mapping) else {}
    return Sentence(
        N_("%(places)s 位小数，%(mode)s，%(stage)s"),
        places=str(given.get("places", 2)),
        mode=Sentence(MODES.get(str(given.get("mode", "half_up")), "")),
        stage=Sentence(STAGES.get(str(given.get("stage", "total")), "")),
    )


def bonus_words(bonus: Any) -> str:
    """Cap and gate of the bonus, or the cap of the penalty, and those of their kinds."""
    given = bonus if isinstance(bonus, Mapping) else {}
    said = []
    if given.get("cap") is not None:
        said.append(Sentence(N_("最多 %(points)s 分"), points=str(given["cap"])))
    if given.get("gate") is not None:
        said.append(Sentence(N_("基础分高于 %(points)s 才计"), points=str(given["gate"])))
    if given.get("kinds") is not None:
        said.append(Sentence(N_("各类最多：%(kinds)s"), kinds=str(given["kinds"])))
    return listed(said) or Sentence(N_("不设上限"))


def total_words(total: Any) -> str:
    """Other full marks of the total (折算), and the most that it can be."""
    given = total if isinstance(total, Mapping) else {}
    said = []
    if given.get("full") is not None:
        parts = {"full": str(given["full"]), "to": str(given.get("as") or 100)}
        said.append(Sentence(N_("满分 %(full)s 折为 %(to)s"), **parts))
    if given.get("cap") is not None:
        said.append(Sentence(N_("最多 %(points)s 分"), points=str(given["cap"])))
    return listed(said) or Sentence(N_("不折算"))


def veto_words(veto: Any) -> str:
    given = veto if isinstance(veto, Mapping) else {}
    if given.get("mode") == "fixed":
        return Sentence(N_("总分按 %(points)s 分计，定为最末等次"), points=str(given.get("score", "")))
    return Sentence(VETO_MODES.get(str(given.get("mode")), VETO_MODES["fail"]))


def grade_words(grades: Any) -> str:
    """`优秀 90 分起（名额 30%）、良好 80 分起`."""
    said = []
    for grade in grades or ():
        one = Sentence(N_("%(name)s %(least)s 分起"), name=str(grade.get("name", "")), least=str(grade.get("min", "")))
        quota = grade.get("quota_percent")
        if quota is not None:
            one = Sentence(N_("%(grade)s（名额 %(percent)s%%）"), grade=one, percent=str(quota))
        said.append(one)
    return listed(said)


def pool_words(least: Any) -> str:
    if least in {None, ""}:
        return Sentence(N_("每组各自计算名额"))
    return Sentence(N_("不足 %(n)s 个单位的组合并计算名额"), n=str(least))


def larger_words(larger: Any) -> str:
    given = larger if isinstance(larger, Mapping) else {}
    if not given.get("percent"):
        return Sentence(N_("单独考核，不折算"))
    return Sentence(N_("占综合考核 %(percent)s%%"), percent=str(given["percent"]))


def larger_is_small(larger: Any) -> bool:
    """Whether it is less than the share that the state asks for: open government counts for 4 % at least."""
    given = larger if isinstance(larger, Mapping) else {}
    percent = read_number(given.get("percent"))
    return percent is not None and percent < LEAST_SHARE


LEAST_SHARE = 4
"""Percent (国办: 政务公开在政府绩效考核中的分值权重不应低于 4%)."""

SETTING_WORDS: Mapping[str, Callable[[Any], str]] = {
    "rounding": rounding_words,
    "not_applicable": lambda mode: Sentence(NOT_APPLICABLE.get(str(mode or "rescale"), "")),
    "bonus": bonus_words,
    "penalty": bonus_words,
    "total": total_words,
    "veto": veto_words,
    "grades": grade_words,
    "quota_ties": lambda mode: Sentence(QUOTA_TIES.get(str(mode or "exclude"), "")),
    "quota_pool": pool_words,
    "larger": larger_words,
    "ties": lambda mode: Sentence(TIES.get(str(mode or "competition"), "")),
}
"""By the name of a scheme's setting; `tie_break` needs the names of the indicators and stands with whoever knows them."""

NODE_WORDS: Mapping[str, Callable[[Any], str]] = {
    "rule": rule_words,
    "source": source_words,
    "aggregate": aggregate_words,
}
