"""What the words of a printed standard (评分标准) say about the rule, with the numbers that go with it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tracker.assessment.printed.points import NUMBER, shown
from tracker.assessment.printed.rules import parameters_text
from tracker.assessment.printed.steps import steps_of
from tracker.assessment.scoring.numbers import half_width_figures
from tracker.assessment.scoring.wording import N_, Sentence
from tracker.assessment.words import KINDS

_TOLD = (
    ("share", re.compile(r"按比例扣")),
    ("deduction", re.compile(r"扣完为止|每[^，。；]{0,30}扣|扣\s*[\d０-９一二三四五六七八九十][\d.]*\s*分|扣分")),
    (
        "share",
        re.compile(
            r"按比例(计|得|给)分|按完成(比例|率)|按.{0,6}百分比(计|得)分|率\s*[×xX*✕]|[×xX*✕]\s*(本项|该项|标准|指标)?(分值|权重|满分)"
            r"|(实际|完成)[^，。；]{0,10}([/÷／]|占)[^，。；]{0,4}(目标|计划|任务|应)[^，。；]{0,10}[×xX*✕]"
        ),
    ),
    ("marks", re.compile(r"评委|评议|打分|测评|评审")),
    (
        "all_or_nothing",
        re.compile(r"否则不得分|未[^。；]{0,20}不得分|(达到|完成|符合)[^，。；]{0,20}得(满|全)?分|是否"),
    ),
)
SURE, UNSURE = True, False

_FACTOR = re.compile(r"(难度|权重|调节|调整|规模|工作量|折算)系数")
"""A factor that differs from unit to unit or from matter to matter: no rule reckons with it by itself."""
_DIFFICULTY = re.compile(r"难度系数\s*[×xX*✕][^，。；]{0,8}率|率\s*[×xX*✕]\s*难度系数")
_SEVERAL_SHARES = re.compile(r"率\s*[×xX*✕]\s*[\d.]+%?\s*[+＋]")
_BOTH_WAYS = re.compile(
    r"(提升|提高|增长|上升|增加)[^。；]{0,20}加\s*[\d.]+\s*分[^。]{0,60}(下降|降低|减少|退步)[^。；]{0,20}扣"
)
_WORTH = re.compile(rf"得\s*{NUMBER}\s*分|得(满分|全分)")
_MOST_LOST = re.compile(
    rf"(?:最多|最高|累计|合计|总计)?扣分?(?:总额|总数)?(?:最多|最高|累计)?(?:不超过|不得超过|以)\s*{NUMBER}\s*分"
    rf"|(?:累计|合计|总计)(?:最多|最高)?(?:不超过|不得超过)\s*{NUMBER}\s*分"
    rf"|(?:最多|最高|至多|累计最多)\s*(?:可)?扣(?:减|除)?\s*(?:至)?\s*{NUMBER}\s*分"
)
_TAKEN = re.compile(r"(?<!最多)(?<!最高)(?<!至多)扣\s*\d[\d.]*\s*分(?!为止)")
_PLACE_LESS = re.compile(
    rf"每(?:下降|降低|退后|后退|降|退|低)[^，。；\d]{{0,4}}(?:名次|名|位)[^，。；\d]{{0,4}}(?:减|扣|少得?|递减)\s*{NUMBER}\s*分?"
)
_FIRST_FULL = re.compile(
    rf"第(?:一|1)名[^，。；]{{0,6}}?(?:得|计|为)?\s*(?:{NUMBER}\s*分|满分)|首位[^，。；]{{0,4}}满分"
)
_BEST = re.compile(
    r"(以?[^，。；]{0,14}(第一名|第1名|最高|最多|最优|最好)[^，。；]{0,8}(为|得|计)(满分|基准))[^。；]{0,4}[，；]?(其余|其他|其它)[^，。；]{0,8}按比例"
)
_TRIMMED = re.compile(r"(去掉|去除|剔除|扣除|不计)[^，。；]{0,6}最(高|低)")
_EFFICACY = re.compile(r"功效系数")
_EFFICACY_BASE = re.compile(rf"(?:基础|基准|功效)系数(?:为|取|是)?\s*{NUMBER}")
_MOST = re.compile(rf"(?:最高|最多|累计|合计|总计)(?:不超过|不得超过|得|可得|可加|加|扣|为|计|分)*\s*{NUMBER}\s*分")
_MORE = re.compile(r"(?<!不)(?<!不再)(?<!不予)(?:加\s*[\d０-９一二三四五六七八九十][\d.]*\s*分|加分)")


def most_of(criteria: str) -> Decimal | None:
    """The most that a standard says an item can come to: 最高不超过10分."""
    found = _MOST.search(half_width_figures(criteria))
    return Decimal(found[1]) if found else None


def gives_more(criteria: str, points: Decimal | None) -> bool:
    """Whether a standard goes on to points beyond those of the indicator."""
    most = most_of(criteria)
    beyond = most is not None and points is not None and most > points
    return beyond or bool(_MORE.search(criteria))


def told_rule(criteria: str) -> tuple[dict[str, Any], bool]:
    """(rule, whether the text says so) by the words of the standard; a number typed in where it says nothing known, or
    more than the rule that it sounds like would reckon with."""
    if not any(one.search(criteria) for one in (_FACTOR, _BOTH_WAYS, _SEVERAL_SHARES)):
        for kind, words in _TOLD:
            if words.search(criteria):
                if kind == "all_or_nothing" and _in_steps(criteria):
                    break
                return {"kind": kind}, SURE
    return {"kind": "value"}, UNSURE


def _in_steps(criteria: str) -> bool:
    """完成得10分，基本完成得6分: all or nothing would drop what stands between."""
    return len({found[0] for found in _WORTH.finditer(half_width_figures(criteria))}) > 1


def rule_with_numbers(criteria: str, points: Decimal) -> dict[str, Any] | None:
    """A rule with the parameters that the standard says; None where it says none."""
    steps = steps_of(criteria, points)
    if steps is not None:
        return {"kind": "bands", "bands": steps}
    text = half_width_figures(criteria)
    if _EFFICACY.search(text):
        base = _EFFICACY_BASE.search(text.replace("功效系数法", ""))
        return {"kind": "efficacy"} | ({"base": base[1]} if base and Decimal(base[1]) <= 1 else {})
    less = _PLACE_LESS.search(text)
    first = _FIRST_FULL.search(text)
    if less is not None and first is not None and first[1] in (None, shown(points)):
        return {"kind": "placing", "drop": less[1]}
    if _DIFFICULTY.search(text):
        return {"kind": "difficulty"}
    if _BEST.search(text):
        return {"kind": "best"}
    return _combined(text) or _capped(text, points)


def told(rule: Mapping[str, Any]) -> Sentence:
    """What a standard was read as, to be checked."""
    if rule["kind"] == "bands":
        return Sentence(N_("按评分标准读成分档：%(bands)s，请核对"), bands=parameters_text(rule))
    kind, parameters = Sentence(KINDS[rule["kind"]]), parameters_text(rule)
    if not parameters:
        return Sentence(N_("按评分标准读成“%(kind)s”，请核对"), kind=kind)
    return Sentence(N_("按评分标准读成“%(kind)s”，%(parameters)s，请核对"), kind=kind, parameters=parameters)


def _combined(text: str) -> dict[str, Any] | None:
    """Marks of which some do not count: a plain mean would be another result."""
    if told_rule(text)[0] != {"kind": "marks"}:
        return None
    how = "trimmed_mean" if _TRIMMED.search(text) else "median" if "中位" in text else None
    return {"kind": "marks", "combine": how} if how else None


def _capped(text: str, points: Decimal) -> dict[str, Any] | None:
    """Deductions that stop before the points are gone."""
    limit = _limit(text, points)
    return {"kind": "capped", "limit": shown(limit)} if limit is not None and len(_TAKEN.findall(text)) < 2 else None


def limit_of_some(criteria: str, points: Decimal) -> Decimal | None:
    """A limit that only some of several deductions may have: nobody can tell which."""
    text = half_width_figures(criteria)
    limit = _limit(text, points)
    return limit if len(_TAKEN.findall(text)) > 1 else None


def _limit(text: str, points: Decimal) -> Decimal | None:
    """Below the points; None where the standard is no deduction, or says none or several."""
    found = {Decimal("".join(one)) for one in _MOST_LOST.findall(text)}
    if len(found) != 1 or told_rule(text) != ({"kind": "deduction"}, SURE):
        return None
    return next((limit for limit in found if limit < points), None)
