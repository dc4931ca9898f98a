"""Numbers that bind nobody: what was before (`由2.1%提高到2.4%`), and how it is scored (`每少1家扣1分`)."""

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
    r"不(?:予)?[得计记]分|不加分|按比例[得计记扣赋]分|扣(?:完|光)|倒扣|满分"
)
_MAY_SCORE = re.compile(r"[扣加减]\s*\d|[得计记](?:满|零|\d|分)|扣|满分|\(\D{0,2}\d+(?:\.\d+)?分\)")
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
