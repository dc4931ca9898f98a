"""Labels within a list that end in no colon: `【牵头单位】甲【配合单位】乙`, `牵头单位 甲 配合单位 乙`, `(牵头单位:甲)(责任单位:乙)`."""

from __future__ import annotations

import re

from imports.phrases.chars import squeeze
from imports.phrases.units.vocabulary import LABEL

_HINT = re.compile(r"[】〕\]]|[位门室体限间求](?:[为是\s—])|\)\s*\(")
_NUMBERED = re.compile(r"(?:^|(?<=[\s,;。)局委办厅院府会部心]))(?:\(\d{1,2}\)|\d{1,2}[.、)])(?=\s*[\u4e00-\u9fff])")
_DIGIT = re.compile(r"\d")
_BEFORE = " \n,;。、)】〕]"


_APART = re.compile(r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff][ \u3000]{1,3}){3,}[\u4e00-\u9fff](?![\u4e00-\u9fff])")
_SPACED = re.compile(r"[责牵配承主协完时办督落实参联](?:[ \n]{0,3}[\u4e00-\u9fff]){1,5}[ \n]{0,3}:")


def unspaced(folded: str) -> str:
    """Labels with blanks between their characters (`责 任 单 位:`) put together, the blanks before them; nothing moves."""
    return _SPACED.sub(_together, folded) if ":" in folded else folded


def letters_together(text: str) -> str:
    """Names whose characters stand apart (`市 商 务 局`) put together; the first of a list tells whether they do."""
    if text[1:2] not in {" ", "\u3000"}:
        return text
    return _APART.sub(lambda found: squeeze(found.group()), text)


def _together(found: re.Match[str]) -> str:
    plain = re.sub(r"\s", "", found.group())
    if len(plain) == len(found.group()) or not LABEL.fullmatch(plain):
        return found.group()
    return plain.rjust(len(found.group()))


def parted(folded: str) -> str:
    """The list with plain colons behind its labels and plain signs between its parts; every position stays as it was."""
    folded = unspaced(folded)
    if _HINT.search(folded):
        folded = _with_colons(_without_inner_brackets(folded))
    return _NUMBERED.sub(_blank, folded) if _DIGIT.search(folded) else folded


def _blank(found: re.Match[str]) -> str:
    return ";" + " " * (len(found.group()) - 1)


def _with_colons(folded: str) -> str:
    chars = list(folded)
    for found in LABEL.finditer(folded):
        start, end = found.span()
        begins = start == 0 or folded[start].isspace() or folded[start - 1] in _BEFORE
        if ":" in found.group() or not (found["bracket"] or begins):
            continue
        if found["bracket"]:
            if folded[end : end + 1] in {"", *"、,;)"}:
                continue  # a role beside the name before it: `市发改委【牵头】、…`
            chars[found.start("bracket")] = ";"
            closing = next(at for at in range(found.start("bracket") + 1, end) if folded[at] in "】〕]")
            chars[closing] = ":"
        elif found["apart"]:
            first, last = found.span("apart")
            chars[first:last] = ":" + " " * (last - first - 1)
    return "".join(chars)


def _without_inner_brackets(folded: str) -> str:
    """Brackets around a label and its units are signs between the parts, where several stand side by side."""
    if not re.search(r"\)\s*\(", folded):
        return folded
    chars, depth, start = list(folded), 0, 0
    for position, char in enumerate(folded):
        if char == "(":
            start = start if depth else position
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if depth == 0 and LABEL.match(folded, start + 1):
                chars[start] = chars[position] = ";"
    return "".join(chars)
