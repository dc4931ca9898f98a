"""Numbers that bind nobody: what was before (`由2.1%提高到2.4%`, `去年新增2.1万户`), how it is scored (`每少1家扣1分`), and which
things are meant (`5000万元以上项目`)."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"(?:由|从|自)[^,;。、()\d]{0,8}$")
_BECOMES = re.compile(
    r"[^,;。、()\d]{0,4}?(?:提高|提升|提增|增加|增长|增至|扩大|上升|升|扩|拓展)(?:至|到|为)?[^,;。\d]{0,3}\d"
)
"""Only what rises: of what falls (`从15个压减至8个`) both are kept, as the first says how many there are."""
_ON_TOP = re.compile(r"的?基础上")
_LONGEST_BEFORE = 10

_SCORED = re.compile(
    r"[扣加减]\s*\d+(?:\.\d+)?(?:[-—~至]\d+(?:\.\d+)?)?分(?!钟)|[得计记](?:满分|零分|0分|\d+(?:\.\d+)?分(?!钟|以上|及以上))|"
    r"分值\s*[为:]?\s*\d|不(?:予)?[得计记]分|不加分|按比例[得计记扣赋]分|扣(?:完|光)|倒扣|满分"
)
_MAY_SCORE = re.compile(r"[扣加减]\s*\d|[得计记](?:满|零|\d|分)|扣|满分|分值|\(\D{0,2}\d+(?:\.\d+)?分\)")
_CLAUSE = re.compile(r"[^,;。()]+")
_WORTH = re.compile(r"\s*(?:共|计|分值|权重)?\s*\d+(?:\.\d+)?分\s*")
_CASE = re.compile(
    r"\s*(?:每(?:再)?(?:有|少|缺|低|高|多|超|降|增|减|出现|发生|逾期|迟|漏|错|下降|提高|上升)|凡|未|缺|少|低于|高于|超|逾期|迟|晚|漏|错|发生|出现|"
    r"发现|被|不足|达不到)|.*(?:的|者)$"
)
"""A clause that says in which case points are taken or given, the points in the one behind it."""


def may_rise(folded: str) -> bool:
    """A cheap look, as most texts name nothing that was before."""
    return "由" in folded or "从" in folded or "自" in folded or "基础" in folded


def was_before(folded: str, start: int, end: int) -> bool:
    """Is the quantity at this place what there was, which the text says is to become another?"""
    if _ON_TOP.match(folded, end):
        return True
    begins = _BEGINS.search(folded, max(0, start - _LONGEST_BEFORE), start)
    return begins is not None and _BECOMES.match(folded, end) is not None


def scored_spans(folded: str) -> list[tuple[int, int]]:
    """The clauses that say how something is scored, and what it is worth (`(20分)`)."""
    if "分" not in folded or not _MAY_SCORE.search(folded):
        return []
    spans: list[tuple[int, int]] = []
    clauses = [found.span() for found in _CLAUSE.finditer(folded)]
    for at, (start, end) in enumerate(clauses):
        if _SCORED.search(folded, start, end):
            if at and folded[clauses[at - 1][1] : start] == "," and _CASE.match(folded[slice(*clauses[at - 1])]):
                spans.append(clauses[at - 1])
            spans.append((start, end))
        elif folded[start - 1 : start] == "(" and folded[end : end + 1] == ")" and _WORTH.fullmatch(folded, start, end):
            spans.append((start, end))
    return spans


_TELLS = re.compile(
    r"(?:去年|上一?年度?)(?![^,;。\d]{0,4}(?:基础|相比))|(?:截至|截止)?目前[^,;。\d]{0,10}?[已有共达为]|(?:我|全|本)[省市县区州](?:目前)?现有|"
    r".*\d[^\d]{0,12}已(?:经|全部|基本)?(?:[于在]20\d\d年(?:\d{1,2}月)?底?前?)?(?:全部)?(?:完成|建成|竣工|投用|办结)$"
)
"""A clause that says what there is already."""
_MAY_TELL = re.compile("去年|上一?年|(?<!项)目前|现有|已")
_YEAR_BEFORE = re.compile(r"(?:^|(?<=[,;。:(]))(?:截至|截止到?)?(?P<year>20\d\d)年(?:12月)?[底末度]?")
_TOLD = re.compile(
    r",?[^,的\d比较]{0,14}?(?:完成|实现|建成|新增|达到?|为|累计|[共已有]|增长|下降)[^,的\d]{0,12}\d[^;。]*?"
    r"(?=[;。]|$|(?:20\d\d|今|本)年|年内|力争|再|[拟到]|计划|预计)"
)


def past_spans(folded: str, year: int | None) -> list[tuple[int, int]]:
    """The clauses that say what was reached by now, or in a year before the document's own."""
    spans = []
    if _MAY_TELL.search(folded):
        clauses = (found.span() for found in _CLAUSE.finditer(folded))
        spans += [span for span in clauses if _TELLS.match(folded, *span)]
    for found in _YEAR_BEFORE.finditer(folded) if "年" in folded else ():
        told = _TOLD.match(folded, found.end()) if int(found["year"]) < (year or 0) else None
        if told:
            spans.append((found.start(), told.end()))
    return spans


_LARGE = re.compile(r"[万亿]?(?:元|美元)|[万亿]?(?:平方米|㎡|千瓦|兆瓦)|蒸吨|千伏")
_OF_THEM = re.compile(
    r"的?[\u4e00-\u9fff]{0,4}?(?:项目(?!资金|贷款|经费|补助|投资)|企业|工程(?!款)|公司|建筑|锅炉|机组|商户|养殖场)"
)


def picks_out(folded: str, found: re.Match[str]) -> bool:
    """`实施5000万元以上项目120个`: how large the things are that are meant."""
    return (
        found["suffix"] in {"以上", "及以上", "以下", "及以下"}
        and not found["prefix"]
        and _LARGE.fullmatch(found["unit"] or "") is not None
        and _OF_THEM.match(folded, found.end()) is not None
    )
