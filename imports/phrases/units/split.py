"""Cutting a list into its expressions: separators outside brackets, and the phrases that never split."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from imports.phrases.units.vocabulary import ENDINGS, HEAD, LABEL, LEVEL, PERSON, PROTECTED, SPLITTABLE_END

_OPEN, _CLOSE = "([【〔《“{", ")]】〕》”}"
_SEPARATORS = "、,;。\n|/\\+&＆ .·•①②③④⑤⑥⑦⑧⑨⑩"
_WEAK = "\n /\\+&＆.·•"
"""Signs that part units only behind what ends one."""
_MARKS = "*★☆▲△●◆■※"
_REST_OF_A_NAME = re.compile(r"(?:事处|员会|公室|委会|理局|政府|[府门位局厅委办院会心队处科])(?=$|[、,;\s])")
_SEAT = re.compile(r"(?:人民政府|政府|管委会|党委|党工委|办事处)(?=$|[、,;(\s])")
_SEATED = "县市区乡镇道州旗)"
"""`各县 (市、区) 人民政府`: who sits there is part of the name, whatever blank stands between."""
_ORGAN = re.compile(r"(?:^|[、,;\s])(?:[\u4e00-\u9fff]{2,4})?[省市州县区旗](?:(?P<committee>委)|(?:人民)?政府)$")
_OF_COMMITTEE = re.compile(
    r"办(?!事)|组织部|宣传部|统战部|政法委|网信办|编办|改革办|巡察办|社会工作部|老干部局|党校|政研室|督查室|金融办|机要|保密"
)
_OF_GOVERNMENT = re.compile(r"办(?!事)|督查室|研究室|金融办")
"""Parts of a committee or government whose name a narrow cell broke: `县委` / `网信办`."""
_EVERY_PLACE = re.compile(r"各[县市区州旗]{1,3}(?:\([^()]{1,8}\))?$")
_OFFICE_THERE = re.compile(
    r"(?![省市县区州旗镇乡各有相])[\u4e00-\u9fff]{2,10}(?:分?局|委员会|办公室|中心)(?=$|[、,;\s])"
)
"""`各县(市、区)` / `退役军人事务局`: a narrow cell broke the name of the offices of all of them."""
_BLANKS = re.compile(r"\s+")
_PERSON_BEHIND = re.compile(rf"[\u4e00-\u9fff]:(?:{PERSON.pattern})$")
"""`县财政局:张三`: a line that names a unit and who answers for it ends as one that names the unit alone."""
_SIGN = re.compile(f"[{re.escape(_SEPARATORS)}]")
_BRACKET = re.compile(f"[{re.escape(_OPEN)}]")
_MAY_BE_ONE = re.compile(r"[各企事直职党关](?=.*、)|部门、|[省市县区州乡委)]、")
"""Without any of these no phrase with a separator in it stands in a list."""
_JOINERS = re.compile(r"以及|及|和|与")
_SEATED_IN = re.compile("(?:^|[:、,;])(?:进驻|入驻|派驻|驻)[^、,;:]*$")
"""`进驻大厅各单位`: the bodies that have a place there."""
_MANAGED = re.compile(r"^[^省市县区州]{0,4}(?:室|馆|基地|中心)$")
_MANAGES = re.compile(r"^[^省市县区州]{2,6}(?:管理|建设|服务)[处科部]")
"""`实验室与设备管理处`: one office for both."""
_BEFORE_EVERY = re.compile(r"(?<=[)局厅])各(?=[\u4e00-\u9fff])|(?<=中心)各(?=[\u4e00-\u9fff])")


_KIND_OF_BODY = re.compile(r"(?:(?:有关|相关)?(?:部门|单位|机构|企业)|直属单位|直属机构)(?=$|[,;、])")
"""`市直有关部门和单位` names one set."""


_KIND_BEFORE = re.compile(r"(?:部门|单位|机构|企业|有关|相关)$")


_LEVELS = frozenset("省市县区州")
_AFTER_A_NAME = re.compile(r"(?<=[局厅办委室])[省市县区州](?![属辖内域长]|[级直](?!各|有关|相关|部门|单位))")
_WHOLE_NAME = re.compile(r"(?:(?<!分)局|厅|委|办|办公室|部门|单位)$")
_SHORTEST_NAME = 3
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,6}(?<![门位构业道镇乡区县市人导])")
_SET_AFTER = re.compile(r"(?:各|有关|相关)[\u4e00-\u9fff]{0,6}(?:部门|单位|街道|乡镇|镇街|企业|[区县市镇乡])$")
"""`卫健及相关街道`: a short name, and a set of bodies."""


class Piece(NamedTuple):
    start: int
    end: int
    separator: str
    """The sign before it: `、`, `,`, `;`, `\\n`, or '' at the beginning; a joining word counts as `、`."""


def pieces(folded: str) -> list[Piece]:
    """Positions of the expressions of a folded list, blanks at their ends excluded."""
    found: list[Piece] = []
    for start, end, separator in _cut(folded):
        first = separator
        for a, b in _inner(folded[start:end]):
            found.append(Piece(start + a, start + b, first))
            first = "、"
    return found


def holds_phrase(folded: str) -> bool:
    """Is there a phrase in a list that keeps its separators (`各县、区`)?"""
    return _MAY_BE_ONE.search(folded) is not None and PROTECTED.search(folded) is not None


def _cut(folded: str) -> list[tuple[int, int, str]]:
    kept = [found.span() for found in PROTECTED.finditer(folded)] if _MAY_BE_ONE.search(folded) else []
    cuts: list[tuple[int, int, str]] = []
    depth, start, separator, position = 0, 0, "", 0
    if not kept and not _BRACKET.search(folded):
        for found in _SIGN.finditer(folded):
            position, char = found.start(), found.group()
            if _separates(folded, start, position, char):
                cuts.append((start, position, separator))
                start, separator = position + 1, char
        cuts.append((start, len(folded), separator))
        return cuts
    spans = iter(kept)
    span = next(spans, None)
    while position < len(folded):
        if span is not None and position == span[0]:
            position = span[1]
            span = next(spans, None)
            continue
        char = folded[position]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in _SEPARATORS and depth == 0 and _separates(folded, start, position, char):
            cuts.append((start, position, separator))
            start, separator = position + 1, char
        position += 1
        while span is not None and span[0] < position:
            span = next(spans, None)
    cuts.append((start, len(folded), separator))
    return cuts


def _separates(folded: str, start: int, position: int, char: str) -> bool:
    if char not in _WEAK:
        return True
    before, after = folded[start:position].strip(), folded[position + 1 :].strip()
    if not before or LABEL.match(after):
        return True
    organ = _ORGAN.search(before) if char == "\n" else None
    if organ and (_OF_COMMITTEE if organ["committee"] else _OF_GOVERNMENT).match(after):
        return False
    if char == "\n" and len(before) < len("某局"):
        return False  # `县` / `财政局`: a narrow cell broke the name behind its first character
    if _SEAT.match(after) and before[-1] in _SEATED:
        return False
    if after.startswith("(") or (char == "\n" and _is_rest(before, after)):
        return False
    return bool(after) and (ends_name(before) or (char == "\n" and _is_person_over(before, after)))


def _is_rest(before: str, after: str) -> bool:
    """Does a line go on with the name that the one above it begins?"""
    if _REST_OF_A_NAME.match(after):
        return True
    return _OFFICE_THERE.match(after) is not None and _EVERY_PLACE.search(before) is not None


def _is_person_over(before: str, after: str) -> bool:
    """`县教育局 李红` over `县卫健局 赵明`: the next line begins with a body of its own."""
    return PERSON.fullmatch(before) is not None and LEVEL.match(after) is not None


@lru_cache(maxsize=16384)
def ends_name(before: str) -> bool:
    if before[-1] in "头合办与责:":
        return True
    plain = _BLANKS.sub("", before.rstrip(_MARKS))
    return ENDINGS.search(plain) is not None or _PERSON_BEHIND.search(plain) is not None


@lru_cache(maxsize=16384)
def _inner(folded: str) -> tuple[tuple[int, int], ...]:
    """Joining words split only where a whole unit stands before and another begins after."""
    spans: list[tuple[int, int]] = []
    start, end = 0, len(folded)
    for found in _JOINERS.finditer(folded):
        before, after = folded[start : found.start()].strip(), folded[found.end() :].strip()
        if _MANAGED.search(before) and _MANAGES.search(after):
            continue
        if before.endswith("党委") and after.startswith(("政府", "人民政府")):
            continue
        whole = SPLITTABLE_END.search(before) or (_SHORT.fullmatch(before) and _SET_AFTER.match(after))
        if _balanced(before) and whole and len(before) >= 2 and _begins_unit(after, before):
            spans.append((start, found.start()))
            start = found.end()
    for found in _BEFORE_EVERY.finditer(folded, start):
        before = folded[start : found.start()]
        if _balanced(before) and not _SEATED_IN.search(before):
            spans.append((start, found.start()))
            start = found.start()
    for position in _glued(folded, start):
        spans.append((start, position))
        start = position
    spans.append((start, end))
    trimmed = (_trim(folded, a, b) for a, b in spans)
    return tuple((a, b) for a, b in trimmed if a < b)


def _glued(folded: str, start: int) -> list[int]:
    """Where bodies of one level begin that stand side by side without any sign (`市行政审批局市司法局`)."""
    start = max(start, folded.rfind(":") + 1)
    level = folded[start : start + 1]
    if level not in _LEVELS or not _WHOLE_NAME.search(folded):
        return []
    cuts = [found.start() for found in _AFTER_A_NAME.finditer(folded, start) if found.group() == level]
    names = [folded[a:b] for a, b in pairwise([start, *cuts, len(folded)])]
    return cuts if all(len(name) >= _SHORTEST_NAME for name in names) else []


def _balanced(text: str) -> bool:
    return text.count("(") == text.count(")")


def _begins_unit(after: str, before: str) -> bool:
    if not after or HEAD.match(after) or (_KIND_OF_BODY.match(after) and _KIND_BEFORE.search(before)):
        return False
    if after[0] in "各有相市省县区州全" or LEVEL.match(after):
        return True
    head = re.split(r"[(、,;]", after, maxsplit=1)[0]
    return len(head) >= 2 and bool(ENDINGS.search(head)) and not re.fullmatch(r"[\u4e00-\u9fff]{0,2}", before)


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " \n":
        start += 1
    while end > start and folded[end - 1] in " \n":
        end -= 1
    return start, end
