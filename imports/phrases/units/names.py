"""One expression of a list: prefix carried over, second name, open tail, collective or single body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from imports.draft import Role, UnitExpression
from imports.phrases.chars import fold
from imports.phrases.units import vocabulary as words

_SECOND_NAME = re.compile(r"^(?P<main>[^()]{2,})\((?P<also>[^()、,]{3,})\)$")
_BRACKET_AT_END = re.compile(r"\([^()]*\)$")
_LEAGUE = re.compile(r"(?:共青)?团(?P<level>[省市县区州])委")
_SHORT = re.compile(r"(?!各|有关|相关|其[他它])[\u4e00-\u9fff]{2,4}")
_SHORT_AT_END = re.compile(r"(?P<short>[\u4e00-\u9fff]{2,4})(?:部门|单位)")
"""The last of a list that calls departments by short names: `县公安、交通运输部门`."""
_PARTY_SHORT = re.compile(r"组织|宣传|统战|政法|网信|编办")
_UNIT_LIKE = re.compile(r"(?:局|厅|委|办|院|中心|委员会|办公室|馆|部|站|所|队|会|镇|乡|街道|公司)$")


def carry_prefixes(items: Sequence[tuple[str, str]]) -> list[str]:
    """`省发展改革委、工业和信息化厅` gives `省工业和信息化厅`; a comma or semicolon begins a new system.

    Takes pairs of text and the separator before it; returns the texts, prefixes filled in.
    """
    texts: list[str] = []
    prefix, party, short = "", False, False
    for printed, separator in items:
        text = printed
        if separator not in {"、", ""}:
            prefix, party, short = "", False, False
        folded = fold(text)
        own = prefix_of(folded)
        if own:
            short = is_short(folded)
            prefix, party = own, folded.startswith(own + "委") and not folded.startswith(own + "委员")
        elif short and (called := _short_name(folded)):
            text = f"{prefix}委{text}" if party and _PARTY_SHORT.fullmatch(called) else f"{prefix}{text}"
        elif prefix and _inherits(_BRACKET_AT_END.sub("", words.OPEN_TAIL.split(folded, maxsplit=1)[0])):
            text = f"{prefix}委{text}" if party and words.PARTY.search(folded) else f"{prefix}{text}"
        texts.append(text)
    return texts


@lru_cache(maxsize=16384)
def prefix_of(folded: str) -> str:
    found = words.LEVEL.match(folded) or words.PLACE.match(folded)
    league = _LEAGUE.match(folded)
    if league:
        return league["level"]
    if found is None or folded.startswith("团"):
        return ""
    return found["level"]


@lru_cache(maxsize=16384)
def is_short(folded: str) -> bool:
    """`县发改`, `市委宣传`: a department with its level, called without the word for what it is."""
    return _SHORT.fullmatch(folded.removeprefix(prefix_of(folded))) is not None and not words.ENDINGS.search(folded)


def _short_name(folded: str) -> str:
    """`住建`, `住建等部门`, `住建部门`: the department that is called so; '' for a name of another form."""
    bare = words.OPEN_TAIL.split(folded, maxsplit=1)[0]
    last = _SHORT_AT_END.fullmatch(bare)
    called = last["short"] if last else bare
    return called if _SHORT.fullmatch(called) and not words.ENDINGS.search(called) else ""


def _inherits(folded: str) -> bool:
    return bool(words.INHERITS.search(folded)) and not words.OWN_NAME.search(folded) and "各" not in folded


@lru_cache(maxsize=16384)
def expressions(text: str, role: Role) -> tuple[UnitExpression, ...]:
    """A printed expression as its unit and, where the list is left open, the tail as an entry of its own."""
    folded = fold(text)
    tail = words.OPEN_TAIL.search(folded)
    if tail is None:
        return (_one(text, folded, role),)
    before = text[: tail.start()].rstrip("、, ")
    entries = [_one(before, fold(before), role)] if before else []
    entries.append(UnitExpression(text[tail.start() :], role, collective=True, open=True))
    return tuple(entries)


def _one(text: str, folded: str, role: Role) -> UnitExpression:
    also = _second_name(text, folded)
    collective = _is_collective(folded)
    return UnitExpression(text, role, collective, collective and bool(words.OPEN_WORD.search(folded)), also)


def _second_name(text: str, folded: str) -> str | None:
    found = _SECOND_NAME.match(folded)
    if found is None or not _UNIT_LIKE.search(found["also"]) or "各" in found["main"]:
        return None
    if re.search(r"(?:县|区|乡|镇)(?:人民)?政府$", found["main"]) and found["also"] == "管委会":
        return None
    return text[found.start("also") : found.end("also")]


def _is_collective(folded: str) -> bool:
    bare = re.sub(r"\([^()]*\)", "", folded)
    if "、" in bare and "委、" not in bare:
        return True
    if not words.COLLECTIVE.search(folded):
        return False
    return "各" in bare or "有关" in bare or "相关" in bare or not words.ONE_BODY.search(bare)
