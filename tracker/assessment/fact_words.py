"""Facts in people's words: Chinese sentences that can be said in another language. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping

from tracker.assessment.scoring.wording import N_, Sentence, listed
from tracker.assessment.states import AWARDS
from tracker.assessment.words import CHOICES

FACT_FIELDS: Mapping[str, str] = {
    "each": N_("每次扣分"),
    "change": N_("加减分值"),
    "number": N_("当月数量"),
    "days": N_("逾期工作日"),
    "count": N_("发生次数"),
    "again": N_("其中退回未改次数"),
    "role": N_("承担角色"),
    "duty": N_("承担事项"),
    "matter": N_("事项"),
    "percent": N_("完成比例（%）"),
    "actual": N_("实际"),
    "target": N_("目标值"),
    "part": N_("来源"),
    "round": N_("轮次"),
    "score": N_("得分"),
    "sample": N_("样本量"),
    "value": N_("数值"),
    "exempt": N_("免责情形"),
    "before": N_("上次名次"),
    "now": N_("本次名次"),
    "last": N_("上期数值"),
    "this": N_("本期数值"),
    "factor": N_("难度系数"),
}
"""What the fields of facts are called, of kinds with several, in the order in which each kind declares its own."""
FACT_NOTES: Mapping[str, str] = {
    "role": N_("分值照主办的填写，协办由系统按系数折算。"),
    "duty": N_("分值照几类事项的填写，只有一类的由系统加倍。"),
}
"""What to know of a field before it is filled in: whoever types what the rule works out has it counted twice."""
_COUNTED: Mapping[str, str] = {"number": N_("这样的月数"), "days": N_("这样的项数")}
"""What `count` counts beside another field; else it counts occurrences."""
FACT_KINDS: Mapping[str, str] = {
    "deduction": N_("扣分"),
    "mark": N_("打分"),
    "value": N_("数值"),
    "met": N_("是否达标"),
    "figures": N_("数据"),
    "not_applicable": N_("不适用"),
    "bonus": N_("加分"),
    "penalty": N_("减分"),
    "veto": N_("一票否决"),
}


def field_name(name: str, among: Container[str]) -> str:
    """What a field of a fact is called among the fields that stand beside it."""
    counted = [text for other, text in _COUNTED.items() if name == "count" and other in among]
    return counted[0] if counted else FACT_FIELDS[name]


def figures_words(figures: Mapping[str, str]) -> str:
    """`每次扣分 5、承担角色 协办`, in the order in which the fields are declared."""
    return listed([
        Sentence(
            N_("%(name)s %(value)s"), name=Sentence(field_name(field, figures)),
            value=Sentence(CHOICES[field][figures[field]]) if field in CHOICES else figures[field],
        )
        for field in FACT_FIELDS
        if field in figures
    ])  # fmt: skip


def fact_words(
    kind: str, *, amount: str | None = None, times: int | None = None, met: bool | None = None,
    figures: Mapping[str, str] | None = None,
) -> str:  # fmt: skip
    """A fact in words: `扣 0.5 分 × 3 次`."""
    shown = amount or ""
    if figures and kind not in AWARDS:
        return figures_words(figures)
    match kind:
        case "deduction":
            return Sentence(N_("扣 %(each)s 分 × %(times)s 次"), each=shown, times=str(times or 1))
        case "mark":
            return Sentence(N_("打分 %(mark)s"), mark=shown)
        case "met":
            return Sentence(N_("达标") if met else N_("未达标"))
        case "bonus":
            return _of_kind(Sentence(N_("加 %(points)s 分"), points=shown), figures)
        case "penalty":
            return _of_kind(Sentence(N_("减 %(points)s 分"), points=shown), figures)
        case "value":
            return shown
    return Sentence(FACT_KINDS[kind])


def _of_kind(said: str, figures: Mapping[str, str] | None) -> str:
    """An award with the kind whose cap holds it, where it has one."""
    return Sentence(N_("%(said)s（%(kind)s）"), said=said, kind=figures["kind"]) if figures else said
