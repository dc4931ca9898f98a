"""Targets (目标值): a number with its measure word, and how it binds (`99%以上`, `不少于30日`, `1—2家`, `每季度至少举办一次`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from imports.draft import Target, TargetOp
from imports.phrases.chars import REPEATED, chinese_number, fold, squeeze
from imports.phrases.unbinding import may_rise, past_spans, picks_out, scored_spans, was_before

_END = r"[,;。、)]|以[上下内]|左右|$"
_COUNTED = (
    r"台套|[家户台件场人辆批车项架亩期课村例对趟航班站轮]次(?![性生要序])|课时|学时|平方米|平方公里|立方米|平米|延米|公里|千米|海里|千瓦时|千伏安|千瓦|兆瓦|"
    r"吨标准煤|吨标煤|厘米|毫米|美元|欧元|公顷|公斤|千克|标箱|床位|点位|站点|门店|人天|分贝|"
    rf"[列方届层趟道首集站店校园厂席单度克包眼尾核](?={_END})|"
    r"个(?!工作日|自然日|月|小时|星期|季度)|部(?!分|门)|本(?!科|地|市|县|区|级|年|月)|口(?!径|岸)|班(?!子)|组(?!织|建|成)|"
    r"[元亩吨斤人户件辆台套家头株米升册条只项所座次名场期篇张栋间份批处类种支位宗起例门堂倍遍轮村镇卷幢枚艘架棵笔幅盏杆孔桩]|片(?![区面段长头])|[顶床块根款颗粒匹羽箱袋瓶桶罐副束帧畦汪]|具(?![有体备])|面(?=[^向积对临]|$)|天(?=的?(?:使?用量|储备|需求|消费量))|兆(?!瓦)|对(?=[,;。、)]|$)|字(?=以[内上下]|左右|[,;。、)]|$)"
)
_MEASURE = (
    rf"[万亿](?!以|左右|上下|多|余)[\u4e00-\u9fff]{{1,2}}(?={_END})|"  # 500万尾: whatever stands between the number and a mark
    rf"个(?:百分点|基点)|(?:[μµmk]?g)/(?:m[³3]|L|kg)|[万亿千百]?(?:{_COUNTED})|亿|%|‰|微克|毫克|"
    r"分(?!贝|钟|管|类|别|局|级|工|析|解|配|散|支|行|期|批|中心|院|校|离|为|成)|"
    r"万?路(?=$|[,;。、)])|万?(?:TEU|[PET]FLOPS|P|[kKMGT]?Wh?|km|㎡|㎥|t|TB|GB|MB|PB|[MG]bps|[kMG]W|kV|mm|cm)(?![A-Za-z])|[万亿](?=[^\d]|$)|"
    r"(?:[级层]|[A-Za-zμ][A-Za-zμ/³²]{1,7})(?=以[上下内]|左右)"  # what is counted so only where a word binds it
)

_SPAN = r"个工作日|工作日|个自然日|自然日|个月|天|日|周|年|个小时|小时|分钟|分"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PREFIX_MORE = (
    r"不(?:得|能|应)?(?:低于|少于|小于)|至少[\u4e00-\u9fff]{0,4}|超过|超|突破|大于(?:等于)?|高于|不下于|≥|>=|>"
)
_PREFIX_LESS = (
    r"不(?:得|能|应)?(?:超过|高于|多于|大于)|控制在|(?:压缩|压减|缩短|减少|下?降|降低)[至到为]|"
    r"低于|小于(?:等于)?|≤|<=|<|最多|最高|至多"
)
_PREFIX_ABOUT = r"大约|(?<![签履预合条公节集解])约为?|近"
_PER_UNIT = (
    r"(?:/(?:[百千万]人|十万人|平方米|立方米|平方公里|公里|千瓦时|小时|日|天|年|月|度|人|亩|吨|户|次|升|件|万元)"
    r"(?:[·•](?:平方公里|平方米|年|月|日))?)?"
)
_SUFFIX = r"(?:\s*(?:\(含\))?(?P<suffix>(?:及)?以上|(?:及)?以下|(?:之|以)?内|左右|上下))?"

_QUANTITY = re.compile(
    r"(?=[\s\d不至超突大高≥>控压缩减下降低小≤<最约近])(?!(?<=[\dA-Za-z.〔第\-/№])\d)"  # most places fail at once
    rf"(?P<prefix>{_PREFIX_MORE}|{_PREFIX_LESS}|{_PREFIX_ABOUT})?\s*(?<![\dA-Za-z.〔第\-/№])(?<![^底日末月季节期度学旬假庆]前)(?<!^前)(?P<low>{_NUMBER})\s*"
    rf"(?:(?P<low_unit>%|‰)?\s*(?:[-—~]|至|到)+\s*(?P<high>{_NUMBER})\s*)?"
    rf"(?P<more>余|多)?(?:(?P<unit>(?:{_MEASURE}){_PER_UNIT})|(?P<span>{_SPAN})){_SUFFIX}"
)
_BARE = re.compile(
    rf"(?P<prefix>{_PREFIX_MORE}|{_PREFIX_LESS}|{_PREFIX_ABOUT})?\s*(?P<low>{_NUMBER})(?:\s*[-—~至到]+\s*(?P<high>{_NUMBER}))?\s*"
    r"(?P<suffix>(?:及)?以[上下内]|左右|上下)?"
)
_IN_BRACKETS = re.compile(r"\(([^()\d]{1,8})\)$")
_FREQUENCY = re.compile(
    r"每(?:个)?(?P<period>日|天|两周|半月|周|月|季度|季|半年|年|年度)(?:的?\d{1,2}[日号](?:之前|以前|前))?(?P<least>[^\d,;。、每各]{0,10}?(?:至少|不少于|不低于))?(?:应|要|须|需)?(?P<verb>(?:(?![每各])[\u4e00-\u9fff]){0,10}?)"
    r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,2})(?P<unit>次|场|期|篇|条|轮|遍|份|件|个)(?P<more>以上)?"
)
_ONCE_OVER = re.compile(r"[\u4e00-\u9fff]{2}(?P<count>[一两三])遍")
_PERCENT_CN = re.compile(r"(?<!个)百分之(?P<count>[一二三四五六七八九十百]{1,4})" + _SUFFIX)
_RANK = re.compile(
    r"(?:进入|跻身|居|列|排名|保持|[争达]到|挤进|排进)[^,;。、]{0,12}?(?P<rank>前(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>名|位|强|%))(?!的)"
)
_SHARE = re.compile(
    rf"(?P<prefix>{_PREFIX_MORE}|{_PREFIX_LESS}|{_PREFIX_ABOUT})?(?P<below>[二三四五十])分之(?P<above>[一二两三四五六七八九])"
    + _SUFFIX
)
_IN_WORDS = "一二两三四五六七八九十百"
_COUNT = f"[{_IN_WORDS}]{{1,4}}"
_BOUND = re.compile(
    rf"(?P<prefix>至少[\u4e00-\u9fff]{{0,4}}?|不(?:得|能|应)?(?:少于|低于|超过|多于|高于)|最多|至多)(?P<least>{_COUNT})(?P<unit>{_COUNTED})|"
    rf"(?<![第\d{_IN_WORDS}])(?P<count>{_COUNT})(?P<of>(?!类)(?:{_COUNTED}))(?P<suffix>及?以[上下内])"
)
"""A number in words that is bound: `不少于三名`, `八十家以上`. Unbound ones (`三个意识`, `两场会`) are rather a way of speaking."""
_TENTHS = re.compile(
    r"(?P<prefix>达到?|超过?|不(?:得)?(?:低于|少于)|突破|近)?(?P<count>[一二三四五六七八九])成(?![员立效果熟功本绩份品就长套型因])"
    r"(?P<suffix>及?以[上下]|左右)?"
)
_HALF = re.compile(r"(?:一半|半数)及?以上")
_TIMES_OVER = re.compile(
    r"(?:翻(?P<count>[一两二三四])番|(?:增长|提高|提升|扩大|增加)(?P<times>[一两二三四五])倍)(?P<suffix>以上|左右)?"
)
_AGE = re.compile(
    r"(?:达到?|提高[到至]|超过|延长[到至])(?P<age>(?P<count>\d{2}(?:\.\d+)?)岁(?P<suffix>以上|左右)?)(?=[,;。、)]|$)"
)
"""`人均预期寿命达到79.5岁`; other ages say who is meant (60岁以上老人)."""
_QUOTED = re.compile(r"“[^”]{0,60}”|《[^》]{0,120}》|〔[^〕]{0,12}〕\d*号?")
_ASIDE = re.compile("[“《〔已去]")
"""What stands in a text of which numbers bind nobody: what is quoted, and what was reached before."""
_ENDS = frozenset(("", *",;。、)"))
_OTHERWISE = re.compile("每|遍|分(?=之)|前(?=[\\d一二两三四五六七八九十])")
"""What a number that is not printed as a quantity has beside it."""
_WORDED = re.compile(
    rf"(?=[{_IN_WORDS}半岁翻至最不])"  # what it can begin with: most places fail at once
    rf"(?:[{_IN_WORDS}](?:成|倍|[\u4e00-\u9fff]{{1,5}}?以[上下内])|半[数以及]|岁|翻|至少[\u4e00-\u9fff]{{0,4}}?[{_IN_WORDS}]|"
    rf"(?:[最至]多|不[得能应]?[少低超多高][于过])[{_IN_WORDS}])"
)
"""What a number in words that is a target has, in its words or beside them."""
_TRIGGER = re.compile(r"[\d分每遍前番倍岁成半至不最以]")
_LIMITED = re.compile(
    r"(?:压缩|压减|缩短|减少|下?降|降低|控制)(?:至|到|在|为)\s*(?:\d[\d.]*[^\d,;。、]{0,5}[、和]\s*)+$|(?:压缩|压减|缩短|减少)了?\s*$|"
    r"(?:压缩|压减|缩短)[^,;。、]{2,12}[至到]\s*$"
)
"""What limits a span of time: a list before it (`分别压减至15个、3个工作日以内`), by how much it shrinks (`缩短5天`), or to
what (`压缩办理时限至3个工作日`)."""
_LIMITED_LIST = 24
_LONGEST_AMOUNT = 16
_MORE, _LESS = re.compile(_PREFIX_MORE), re.compile(_PREFIX_LESS)
_DIGITS_OF_A_YEAR = 4
_PER = {
    "日": "日",
    "天": "日",
    "两周": "两周",
    "半月": "半月",
    "周": "周",
    "月": "月",
    "季度": "季度",
    "季": "季度",
    "半年": "半年",
    "年": "年",
    "年度": "年",
}


def parse_targets(text: str, year: int | None = None) -> tuple[Target, ...]:
    """All targets of a text, in printed order; numbers in quotation marks, titles and document numbers are none, nor are those
    that something rises from, by which it is scored, or that were reached before: `year` is the document's."""
    return _of_a_cell(text, year) if len(text) <= REPEATED else _targets(text, year)


def counted(text: str, measure: str, name: str) -> tuple[Target, ...]:
    """The target that a bare number sets (`≥7`, `8左右`) whose measure word stands in a cell of its own, or behind the name of
    the indicator."""
    found = _bare(text)
    unit = squeeze(measure).strip("—-–/") or measure_of(name) if found else ""
    if found is None or not unit:
        return ()
    least = _decimal(found["low"])
    if found["high"]:
        return (Target(text.strip(), (least, _decimal(found["high"])), unit, "range"),)
    return (Target(text.strip(), least, unit, _op(found["prefix"], found["suffix"])),)


def mere_amount(text: str) -> tuple[Target, ...]:
    """The target of a text that is nothing but an amount (`60家`), as it stands under a time."""
    found = parse_targets(text) if len(text) <= _LONGEST_AMOUNT else ()
    return found if len(found) == 1 and squeeze(found[0].text) == squeeze(text) else ()


@lru_cache(maxsize=4096)
def _bare(text: str) -> re.Match[str] | None:
    return _BARE.fullmatch(fold(text).strip())


def measure_of(name: str) -> str:
    """The measure word in brackets behind the name of an indicator: `一般公共预算收入(亿元)`."""
    found = _IN_BRACKETS.search(fold(name))
    measured = found is not None and parse_targets(f"不超过1{found.group(1)}")  # 小时 too, which a limit binds
    return found.group(1) if found and measured else ""


@lru_cache(maxsize=4096)
def _of_a_cell(text: str, year: int | None) -> tuple[Target, ...]:
    return _targets(text, year)


def _targets(text: str, year: int | None) -> tuple[Target, ...]:
    if not _TRIGGER.search(text):
        return ()
    folded = fold(text)
    found = _quantities(text, folded)
    others, worded = _OTHERWISE.search(folded), _WORDED.search(folded)
    aside = [span.span() for span in _QUOTED.finditer(folded)] if (told := _ASIDE.search(folded)) else []
    aside += scored_spans(folded)
    if told or "20" in folded or "上年" in folded or "现有" in folded:
        aside += past_spans(folded, year)
    if not (others or worded or aside):
        return tuple([target for _, _, target in found])
    if others:
        found += _others(text, folded)
    if worded:
        found += _in_words(text, folded)
    found.sort(key=lambda hit: (hit[0], -hit[1]))
    kept: list[Target] = []
    end = -1
    for first, last, target in found:
        if first < end or any(a <= first and last <= b for a, b in aside):
            continue
        kept.append(target)
        end = last
    return tuple(kept)


def _quantities(text: str, folded: str) -> list[tuple[int, int, Target]]:
    """Numbers with their measure words: first and last position, in printed order."""
    hits = []
    rises = may_rise(folded)
    for found in _QUANTITY.finditer(folded):
        start, end = found.span()
        printed = text[start:end].strip()
        limited = found["span"] and _LIMITED.search(folded, max(0, start - _LIMITED_LIST), start)
        target = _target(printed, found.groups(), limited=bool(limited))
        if target is None or (rises and was_before(folded, start, end)):
            continue
        if target.op == "=" or folded[end : end + 1] in _ENDS or not picks_out(folded, found):
            hits.append((end - len(printed), end, target))
    return hits


def _others(text: str, folded: str) -> Iterator[tuple[int, int, Target]]:
    """Numbers that stand otherwise: how often, how many times over, ranks (前3名), shares and percentages in words."""
    if "每" in folded:
        for found in _FREQUENCY.finditer(folded):
            more = bool(found["least"] or found["more"])
            unit = f"{found['unit']}/{_PER[found['period']]}"
            value = _count(found["count"])
            printed = text[found.start() : found.end()]
            yield found.start(), found.end(), Target(printed, value, unit, ">=" if more else "=")
    if "遍" in folded:
        for found in _ONCE_OVER.finditer(folded):
            value = _count(found["count"])
            yield found.start(), found.end(), Target(text[found.start() : found.end()], value, "遍", "=")
    if "前" in folded:
        for found in _RANK.finditer(folded):
            printed = text[slice(*found.span("rank"))]
            yield *found.span("rank"), Target(printed, _count(found["count"]), found["unit"], "<=")
    if "分之" in folded:
        for found in _SHARE.finditer(folded):
            share = round(100 * _count(found["above"]) / _count(found["below"]), 2)
            share = share if share % 1 else Decimal(int(share))
            printed = text[found.start() : found.end()]
            yield found.start(), found.end(), Target(printed, share, "%", _op(found["prefix"], found["suffix"]))
        for found in _PERCENT_CN.finditer(folded):
            value = _count(found["count"])
            yield (
                found.start(),
                found.end(),
                Target(text[found.start() : found.end()], value, "%", _op(None, found["suffix"])),
            )


def _in_words(text: str, folded: str) -> Iterator[tuple[int, int, Target]]:
    """Numbers in words that are bound (不少于三名), tenths (八成以上), halves, how many times over (翻一番), and an age reached."""
    for found in _BOUND.finditer(folded):
        value = _count(found["least"] or found["count"])
        printed = text[found.start() : found.end()]
        op = _op((found["prefix"] or "")[:4] or None, found["suffix"])
        yield found.start(), found.end(), Target(printed, value, found["unit"] or found["of"], op)
    if "成" in folded:
        for found in _TENTHS.finditer(folded):
            if found["prefix"] or found["suffix"]:
                prefix = None if (found["prefix"] or "").startswith("达") else found["prefix"]
                printed = text[found.start() : found.end()]
                yield *found.span(), Target(printed, 10 * _count(found["count"]), "%", _op(prefix, found["suffix"]))
    for found in _HALF.finditer(folded) if "半" in folded else ():
        yield *found.span(), Target(text[found.start() : found.end()], Decimal(50), "%", ">=")
    for found in _TIMES_OVER.finditer(folded) if "番" in folded or "倍" in folded else ():
        printed, unit = text[found.start() : found.end()], "番" if found["count"] else "倍"
        yield *found.span(), Target(printed, _count(found["count"] or found["times"]), unit, _op(None, found["suffix"]))
    for found in _AGE.finditer(folded) if "岁" in folded else ():
        yield (
            *found.span("age"),
            Target(text[slice(*found.span("age"))], _decimal(found["count"]), "岁", _op(None, found["suffix"])),
        )


def _count(printed: str) -> Decimal:
    return Decimal(chinese_number(printed) or 0)


def _target(printed: str, groups: tuple[str | None, ...], *, limited: bool) -> Target | None:
    """The target of a match of `_QUANTITY`; None where it is a span of time that nothing limits, here or before."""
    prefix, low, _, high, more, unit, span, suffix = groups
    if (
        span
        and not (prefix or limited)
        and not (high and span != "年")
        and suffix not in {"以上", "及以上", "以下", "及以下"}
    ):
        return None
    if span and prefix in {"控制在", "近"} and suffix is None:
        return None
    if span == "年" and len(low or "") == _DIGITS_OF_A_YEAR:
        return None
    measure = (unit or span or "").strip()
    least = _decimal(low or "")
    if high and not (span and suffix in {"内", "之内", "以内"}):
        most = _decimal(high)
        return Target(printed, (least, most), measure, "range") if most > least else None
    op = _op(prefix, suffix)
    return Target(printed, least, measure, ">=" if more and op == "=" else op)


@lru_cache(maxsize=1024)
def _op(prefix: str | None, suffix: str | None) -> TargetOp:
    if suffix in {"左右", "上下"}:
        return "~"
    if prefix is not None:
        if _MORE.fullmatch(prefix):
            return ">="
        return "<=" if _LESS.fullmatch(prefix) else "~"
    if suffix in {"以上", "及以上"}:
        return ">="
    if suffix in {"以下", "及以下", "以内", "之内", "内"}:
        return "<="
    return "~" if suffix in {"左右", "上下"} else "="


def _decimal(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))
