"""Numbering labels (层次序号) at the start of a text, in all printed forms; a printed number is cited, never used as a key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from imports.phrases.chars import BLANKS, chinese_number, fold

_CN = "零〇一二三四五六七八九十百"
_MEASURES = "年月日号个项件条家户所座次人名场篇万亿元期周天时分秒季度级类种套台张间吨亩平立部"
"""What a number is counted in, rather than a heading that it numbers (`12 个`, `3 月`)."""
_TIME = r"20\d{2}\s*年|\d{1,2}\s*(?:[—~至-]\s*\d{1,2}\s*)?月"
"""What is never the second part of a number: `9.6月底前…` is point 9."""
_FORMS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("chapter", 0.0, re.compile(rf"第([{_CN}\d]{{1,5}})(章|篇|部分|编)[、:.\s]*")),
    ("section", 0.5, re.compile(rf"第([{_CN}\d]{{1,5}})节[、:.\s]*")),
    ("article", 2.5, re.compile(rf"第([{_CN}\d]{{1,5}})条[、:.\s]*")),
    ("ordinal", 0.9, re.compile(rf"(第[{_CN}]{{1,3}})[、,]\s*")),
    (
        "named",
        1.5,
        re.compile(
            rf"【?((?:重点|督[查办]|交办|议定|改革)?(?:任务|措施|举措|行动|事项|实事|专项|工程|项目)[{_CN}\d]{{1,3}})(?:】[、:.]?|[、:.]|\s*$|\s+)\s*"
        ),
    ),
    ("named", 1.5, re.compile(rf"(第[{_CN}\d]{{1,3}}[件项])(?:民生)?(?:实事|任务|工作)?[、:]\s*")),
    ("cn", 1.0, re.compile(rf"([{_CN}]{{1,4}}|—(?=、))(?:\s{{0,2}}[、.]|\s+(?=\S))\s*")),
    ("cn-bracket", 2.0, re.compile(rf"(?:[(〔\[]\s*)?([{_CN}]{{1,4}})\s*[)〕\]][、.,:]?\s*")),
    ("digit", 3.0, re.compile(rf"(\d{{1,3}})\.(?={_TIME})")),
    ("decimal", 3.5, re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.%个万亿元倍]|\s*%)[、.]?\s*")),
    (
        "digit",
        3.0,
        re.compile(
            rf"(\d{{1,3}})(?:\s{{0,2}}[、.](?!\d)|\)|\s{{1,4}}(?=[\u4e00-\u9fff“《])(?!\s*(?:[{_MEASURES}]|公[里顷斤])))\s*"
        ),
    ),
    ("digit-bracket", 4.0, re.compile(r"\(\s*(\d{1,3})\s*\)[、.]?\s*")),
    ("latin", 6.0, re.compile(r"([A-Za-z])[.、)](?=\s*[\u4e00-\u9fff])\s*")),
    (
        "bullet",
        9.0,
        re.compile(
            r"(?:(?:——|--|[—●•·■◆▪▶►★※◇□➢✓✔√◎➤])\s*|[一二三四五六七八九十]是(?=[\u4e00-\u9fff“])|"
            r"[-*+]\s+(?=[\u4e00-\u9fff“《(]))(?=\S)()"
        ),
    ),
)
_OF_DIGITS = tuple(form for form in _FORMS if form[0] in {"digit", "decimal"})
"""The forms that a text can begin with whose first sign is a digit."""
_SINGLES: tuple[tuple[str, float, int, int, str], ...] = (
    ("roman", 0.8, 0x2160, 12, "{glyph}"),
    ("circled", 5.0, 0x2460, 20, "{glyph}"),
    ("circled", 5.0, 0x2776, 10, "{glyph}"),
    ("circled", 5.0, 0x2780, 10, "{glyph}"),
    ("digit-bracket", 4.0, 0x2474, 20, "({value})"),
    ("digit", 3.0, 0x2488, 20, "{value}"),
    ("cn-bracket", 2.0, 0x3220, 10, "({chinese})"),
)
_FIRST_SINGLE = min(first for _, _, first, _, _ in _SINGLES)
_WHOLE = re.compile(r"\s*(\d{1,3})\.(?=\d{1,4}(?:\.\d+)?[^\d\s.、])")
_MARKED = re.compile(
    rf"[★☆▲△●◆■※*#]\s{{0,2}}(?=\d{{1,3}}[、.](?!\d)|\((?:[{_CN}]{{1,3}}|\d{{1,3}})\)|[{_CN}]{{1,3}}、)"
)
"""A sign before a number says something of the item (`★1.引进…`), and does not begin another."""
_STARTS = re.compile(
    rf"[★☆▲△#第任措举行事实专工项重【(〔\[{_CN}\dA-Za-z—\-*+●•·■◆▪▶►★※◇□➢✓✔√◎➤\u2160-\u216b\u2460-\u249b\u2776-\u2789\u3220-\u3229]"
)
_AFTER_SINGLE = re.compile(r"[、.]?\s*")


@dataclass(frozen=True, slots=True)
class Label:
    form: str
    """`chapter`, `roman` (Ⅰ.), `section`, `article`, `ordinal` (第一,), `named` (任务一:, 第一件:),
    `cn` (一、), `cn-bracket` ((一)), `digit` (1.), `decimal` (1.1), `digit-bracket`,
    `circled`, `latin`, `bullet`."""
    rank: float
    """Outermost forms are the smallest; two labels of one rank are siblings."""
    value: int
    """The number; of `1.2.3` the last part; 0 for a bullet."""
    cite: str
    """As a reader cites it, without the punctuation after it: `一`, `(三)`, `1`, `1.2`; '' for a bullet."""
    length: int
    """How many characters of the text the label takes, leading blanks and following punctuation included."""


@lru_cache(maxsize=32768)
def read_label(text: str) -> Label | None:
    """The label that the text begins with, or None."""
    first = text.lstrip(BLANKS)[:1]
    if not first or not _STARTS.match(fold(first)):
        return None  # as most texts, before the rest is folded
    folded = fold(text[:40])
    start = len(folded) - len(folded.lstrip())
    if start == len(folded) or not _STARTS.match(folded, start):
        return None
    marked = _MARKED.match(folded, start)
    if marked:
        start = marked.end()
    return _single(folded, start) or _pattern(folded, start)


def _single(folded: str, start: int) -> Label | None:
    code = ord(folded[start])
    if code < _FIRST_SINGLE:
        return None
    for form, rank, first, count, cite in _SINGLES:
        if first <= code < first + count:
            value = code - first + 1
            after = _AFTER_SINGLE.match(folded, start + 1)
            end = after.end() if after else start + 1
            text = cite.format(glyph=folded[start], value=value, chinese="零一二三四五六七八九十"[min(value, 10)])
            return Label(form, rank, value, text, end)
    return None


def _pattern(folded: str, start: int) -> Label | None:
    for form, rank, pattern in _OF_DIGITS if folded[start].isdecimal() else _FORMS:
        found = pattern.match(folded, start)
        if found is None:
            continue
        printed = found.group(1).replace("—", "一")  # `—、` for 一、: typed or recognised wrongly, they look the same
        if form == "bullet":
            return Label(form, rank, 0, "", found.end())
        if form == "decimal":
            parts = printed.split(".")
            return Label(form, rank + 0.1 * len(parts), int(parts[-1]), printed, found.end())
        numeral = printed.lstrip("第重点督查办交议定改革任务措施举行动事项实专工程目").rstrip("件项")
        value = ord(printed.lower()) - ord("a") + 1 if form == "latin" else chinese_number(numeral)
        if not value:
            continue
        return Label(form, rank, value, _cite(form, printed, found), found.end())
    return None


def _cite(form: str, printed: str, found: re.Match[str]) -> str:
    if form in {"cn-bracket", "digit-bracket"}:
        return f"({printed})"
    if form == "chapter":
        return f"第{printed}{found.group(2)}"
    if form in {"section", "article"}:
        return f"第{printed}{'节' if form == 'section' else '条'}"
    return printed


def as_whole_number(text: str) -> Label | None:
    """`8.12所学校` read as number 8, where `read_label` sees 8.12."""
    found = _WHOLE.match(fold(text[:12]))
    return None if found is None else Label("digit", 3.0, int(found.group(1)), found.group(1), found.end())


def without_label(text: str) -> str:
    """The text after its label; the text itself where it has none."""
    label = read_label(text)
    return text[label.length :] if label else text
