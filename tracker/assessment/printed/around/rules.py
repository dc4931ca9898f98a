"""One rule of a scheme in one sentence, as the rows of 方案规则 say it: (`小数位数`, `2`). Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tracker.assessment.printed.points import NUMBER

Row = tuple[str, str]
"""What a row of 方案规则 is called, and what it holds; `""` for a sentence that speaks of it and cannot be taken in."""

AT_LEAST = "≥"
"""Before a number that counts itself: the gate of a scheme opens above its number."""
_FIGURES = {figure: number for number, figure in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACES = re.compile(
    r"保留(?:到|至)?(?:小数点?后?)?([一二两三四五六\d])位|小数点?后(?:面)?(?:保留)?([一二两三四五六\d])位"
    r"|精确(?:到|至)小数点?后?第?([一二两三四五六\d])位|((?:保留|取)(?:到|至|为)?整数|四舍五入取整)|精确(?:到|至)0\.(0{0,5}1)(?!\d)"
)
_OF_A_FIGURE = re.compile(r"(率|比例|系数|增幅|增速|占比|天数)[^，。得分]{0,8}(保留|精确)")
_MODES = (
    ("截尾（只舍不入）", re.compile(r"只舍不入|不[^，。；]{0,4}四舍五入|截尾|截断|直接舍去|去尾")),
    ("四舍六入五成双", re.compile(r"五成双|奇进偶舍|四舍六入")),
    ("四舍五入", re.compile(r"四舍五入|五入")),
)
_ROUNDED = r"(保留|四舍|取整|精确)"
_STAGES = (
    ("每一级先取舍", re.compile(rf"(各级|每一?级|逐级)[^，。]{{0,10}}{_ROUNDED}")),
    (
        "每个末级指标先取舍",
        re.compile(
            r"(各项|每项|每一项|单项|分项|各指标|每个指标|各单项|各小项)(指标|考核)?(的)?(得分|分数|成绩|计算|分值)?"
            rf"[^。]{{0,12}}{_ROUNDED}"
        ),
    ),
    (
        "只在总分处取舍一次",
        re.compile(
            r"(总分|总得分|总成绩|最终|最后|综合|考核|年度)(考核)?(得分|成绩|结果|分数)?" rf"[^，。]{{0,12}}{_ROUNDED}"
        ),
    ),
)
_MOST = (
    r"(?:累计|合计|总计|总分|总和|总额|最高|最多|上限|原则上)*"
    r"(?:不超过|不得超过|不高于|不能超过|不突破|上限为|上限是|上限|以|限于|限|为)"
)
_BONUS = re.compile(
    rf"(?<!减)加分(?!后)(?:项目?|事项|指标|分值|总分|总额|部分|得分)?[^，。；\d扣减]{{0,10}}[，,]?{_MOST}{NUMBER}分"
    rf"|(?:最高|最多|累计|合计|总计)+(?:可)?加(?:分)?(?:至)?{NUMBER}分"
    rf"|加分[^，。；\d扣减]{{0,6}}{NUMBER}分封顶"
)
_PENALTY = re.compile(
    rf"(?:减分|倒扣分?|扣分项目?|扣分事项|负面清单|(?:惩罚|负面|处罚|惩处)性?扣分)(?:项目?|事项|指标|分值|总分|总额|部分)?[^，。；\d加]{{0,10}}[，,]?{_MOST}{NUMBER}分"
    rf"|(?:最高|最多|累计|合计|总计)+(?:可)?减(?:分)?(?:至)?{NUMBER}分"
)
_BOTH = re.compile(rf"加减分(?:项目?)?(?:均|各|都)?(?:分别)?{_MOST}{NUMBER}分")
_OF_EACH = re.compile(r"(每项|单项|每类|各类|每个|每次|每条|同一|各项|单次|每件|每月|每季度)")
_ALL_TOGETHER = re.compile(r"^(?!.*每).*(合计|总计|总和)")
_GATE = re.compile(
    rf"(?:(高于|超过|大于)|(?:达到|达|不低于|在))?{NUMBER}分(（不含[^）]*）|\(不含[^)]*\))?(?:及|含|或)?(?:以上)?(?:的)?[^。；\d]{{0,14}}(?:方可|方能|才能|才可|才予|才)[^。；\d]{{0,6}}加分"
)
_NO_GATE = re.compile(
    rf"(?:低于|不足|未达到|不满|未达){NUMBER}分(?:的)?[^。；\d]{{0,10}}(?:不予|不得|不能|不再|不享受|不)[^。；\d]{{0,4}}加分"
)
_VETO = re.compile(r"否决")
_LAST_GRADE = re.compile(
    r"(评为|定为|确定为|视为|列为|直接为|按|为)(不合格|较差|差|末等|最低等次|最末等次|不达标|未达标|不称职|[D-E]级|三等|四等)"
)
_FIXED = re.compile(
    rf"(?:总分|得分|成绩|考核得分|考核分)?(?:按|计|记|得|为|以){NUMBER}分(?:计|记|处理)?|(?:计|记|为|得|按)零分"
)
_NO_BEST = re.compile(
    r"(?:不得|不能|不予|不再)(?:被)?(?:评|确定|列|定)(?:定|为|选)*(?:优秀|最高|先进|A级|一等)|取消[^，。；]{0,12}(?:评优|评先|优秀|评选|先进)"
    r"|不得(?:参与|参加)?(?:年度)?(?:评优|评先)"
)
_DROPPED = re.compile(
    r"(不得评|不能评|取消评|不得参评|不予评|取消[^，。；]{0,10}(?:评优|评先|资格)|(?:降低?|下调)一?个?(?:等次|档次|等级)|不得确定为)"
)
_NOT_APPLICABLE = re.compile(
    r"不涉及|不适用|无此项|没有此项|无该项|没有该项|无相关(?:工作|任务|职能|指标)|缺项|不承担|未承担|无考核任务|没有考核任务|无任务|无[^，。；]{0,8}(?:任务|职能|指标)的"
)
_ALREADY = (
    (
        "在每一级的适用指标之间折算",
        re.compile(
            r"(同级|同类|本类|该类|本大项|该大项|所属|同一一级|上级指标|一级指标内)[^。；]{0,14}(折算|换算|折合)"
        ),
    ),
    ("按适用指标的分值在总分处折算", re.compile(r"折算|换算|折合|百分制|按(?:比例|权重)[^，。；]{0,4}分(?:摊|配|解)")),
    ("分值平均分给同级适用指标", re.compile(r"平均分(?:配|摊|给)|均摊|分摊")),
    ("按满分计", re.compile(r"(?:计|按|得|记|视为|视同)满分|得满分|按满分")),
)
_EQUAL = re.compile(r"(?:得分|分数|总分|成绩|分值|考核分)(?:出现|均)?(?:相同|相等|一样|并列)|同分")
_SHARED = re.compile(r"(?:名次)?并列|同一名次|名次相同")
_WITHOUT_GAP = re.compile(r"并列不占|不占名次|不影响(?:后|下)")
_FIRST_BY = re.compile(
    r"(?:依次|优先|分别|先后|则|再|先)*(?:以|按照?|比较|看|参考|依据|根据|由)(.{2,60}?)(?:的)?(?:得分|分数|分值|成绩|总分)?(?:的)?(?:高低|高者|较高者?|高的|多者|多少|大小|排序|确定|优先|排名)"
)
_HIGHER_FIRST = re.compile(r"(?:则|，|,)*([^，。；、]{2,30}?)得?分(?:较?高)(?:的|者)[^，。；]{0,6}(?:靠前|在前|优先)")
_OUT_OF = re.compile(
    rf"(?:满分|总分|总分值|合计)(?:为|共|是|计)?{NUMBER}分[^。；]{{0,24}}?(?:折算|换算|折合)(?:成|为|到)?(?:百分制|{NUMBER}分)"
    rf"|得分[=＝][^，。；]*[÷/]{NUMBER}[×xX*✕]{NUMBER}"
)
_OVERALL = re.compile(
    rf"(?<!加)(?<!减)(?<!扣)(?<!加分)(?<!减分)(?<!扣分)(?:总分|总得分|最终得分|综合得分|考核得分|最后得分)(?:最高|最多|累计)?(?:不超过|不得超过|不高于|以){NUMBER}分(?:为限|封顶|计)?"
)
_AT_MOST = re.compile(
    rf"(?:总分|总得分|最终得分|综合得分|考核得分|最后得分)(?:超过|高于|大于|超出){NUMBER}分(?:的|者)?[，,]?(?:均|一律)?按(?:照)?{NUMBER}分"
)
_LARGER = re.compile(
    rf"(?:按|以){NUMBER}[%％](?:的)?(?:权重|比例|比重)?(?:折算)?(?:后)?(?:折算)?(?:计入|纳入|并入|列入)[^，。；]{{0,30}}(?:考核|考评|评价|总分|绩效)"
    rf"|占[^，。；]{{0,24}}(?:考核|考评|评价|绩效|总成绩|总分)[^，。；\d]{{0,14}}{NUMBER}[%％]"
    rf"|在[^，。；]{{0,24}}(?:考核|考评|评价|绩效)(?:体系|指标|总分|成绩)?(?:中|里)?[^，。；\d]{{0,8}}(?:占|权重)[^，。；\d]{{0,4}}{NUMBER}[%％]"
)


_OUTER = re.compile(r"年度|综合|目标|绩效|全[市县区省州]|[市县区]直|党政|班子|高质量|政府")
"""Of another assessment than the one that is printed here."""
_PART = re.compile(
    r"(平时|日常|年终|季度|月度|半年|第三方|自评|互评|测评|评议|满意度|评估|评价得分|领导|群众|指标|部分)[^，。；]{0,8}占"
)


def _rounding(text: str) -> Iterator[Row]:
    found = _PLACES.search(text)
    if _OF_A_FIGURE.search(text):
        return
    if found:
        yield "小数位数", _places(found)
    mode = next((words for words, how in _MODES if how.search(text)), None)
    if mode:
        yield "取舍方式", mode
    stage = next((words for words, how in _STAGES if how.search(text)), None)
    if stage and (found or mode):
        yield "取舍时机", stage


def _places(found: re.Match[str]) -> str:
    figure = found[1] or found[2] or found[3]
    if figure:
        return str(_FIGURES.get(figure, figure))
    return "0" if found[4] else str(len(found[5]))


def _extras(text: str) -> Iterator[Row]:
    gate, shut = _GATE.search(text), _NO_GATE.search(text)
    if gate:
        yield "基础分高于多少才计加分", gate[2] if gate[1] or gate[3] else AT_LEAST + gate[2]
    elif shut:
        yield "基础分高于多少才计加分", AT_LEAST + shut[1]
    both = _BOTH.search(text)
    if both:
        yield "加分上限", both[1]
        yield "减分上限", both[1]
        return
    for label, words in (("加分上限", _BONUS), ("减分上限", _PENALTY)):
        found = words.search(text)
        if found and (_ALL_TOGETHER.search(found[0]) or not _OF_EACH.search(text[: found.end()])):
            yield label, next(filter(None, found.groups()))
        elif found:
            yield label, ""


def _veto(text: str) -> Iterator[Row]:
    if not _VETO.search(text):
        return
    fixed = _FIXED.search(text)
    if _NO_BEST.search(text) and "及以上" not in text:
        yield "一票否决", "得分和名次照计，不得评为最高等次"
    elif _DROPPED.search(text):
        yield "一票否决", ""
    elif fixed:
        yield "一票否决", "总分按固定分计，定为最末等次"
        yield "否决后的固定分", fixed[1] or "0"
    elif _LAST_GRADE.search(text):
        yield "一票否决", "不计总分和名次，定为最末等次"


def _not_applicable(text: str) -> Iterator[Row]:
    if _NOT_APPLICABLE.search(text):
        done = next((words for words, how in _ALREADY if how.search(text)), "")
        if done or "分" in text:
            yield "不适用的指标", done


def _ties(text: str) -> Iterator[Row]:
    equal = _EQUAL.search(text)
    if equal is None:
        return
    rest = text[equal.end() :]
    first = _FIRST_BY.search(rest) or _HIGHER_FIRST.search(rest)
    if first:
        yield "同分先看", "；".join(filter(None, re.split(r"[、，,；]|依次|以及|其次", first[1])))
    if _WITHOUT_GAP.search(rest):
        yield "名次并列", "并列不占位（1、2、2、3）"
    elif _SHARED.search(rest):
        yield "名次并列", "" if "顺延" in rest else "并列占位（1、2、2、4）"


def _totals(text: str) -> Iterator[Row]:
    out_of = _OUT_OF.search(text)
    full, made = (out_of[1] or out_of[3], out_of[2] or out_of[4] or "100") if out_of else ("", "")
    if full != made:
        yield "总分满分（折算前）", full
        yield "总分折算为", made
    most = _OVERALL.search(text) or _AT_MOST.search(text)
    if most:
        yield "总分最多", most[1]
    larger = _LARGER.search(text)
    if larger and _OUTER.search(larger[0]) and not re.search(r"不低于|以上", larger[0]) and not _PART.search(text):
        yield "占综合考核（%）", next(filter(None, larger.groups()))


_SENTENCES: tuple[Callable[[str], Iterator[Row]], ...] = (_rounding, _extras, _veto, _not_applicable, _ties, _totals)


def rules_of(plain: str) -> list[Row]:
    """Every rule that the sentence says."""
    return [row for read in _SENTENCES for row in read(plain)]
