"""Grades (等次) with their least totals and quotas, as sentences say them. Pure.

以上 and 以下 include their number (民法典 §1259), so that "90分以上" is a least total of 90; where one grade ends and the
next begins at the same number, the better grade has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.assessment.printed.around.passages import Said

_N = r"\d{1,5}(?:\.\d{1,4})?"
_WITH = r"(?:[（(]含[^（）()]*[）)]|含)?"
_ASIDE = r"(?:[（(][^（）()]*[）)])?"
_NAME = (
    r"基本合格|不合格|合格|基本达标|未达标|不达标|达标|基本称职|不称职|称职|不及格|及格|优秀|优良|良好|较好|较差|一般|先进|中等"
    r"|[A-E](?:级|等|档)|[一二三四](?:等奖|等|类|档|级)(?!指标|标题)"
    r"|(?<=为)[优良中好差](?=[，,。；、）)等]|$)|^[优良中好差](?=[：:（(]|等)"
)
_TOKENS = re.compile(
    rf"(?P<name>{_NAME})"
    rf"|(?P<beyond>(?:高于|超过|大于|[>＞](?!=)){_N}分|{_N}分?[（(]不含[^（）()]*[）)]以上|{_N}分以上[（(]不含)"
    r"|(?P<rest>(?:其余|其他|其它)(?!的?(?:得分|总分)?(?:在|达)?\d))"
    rf"|(?P<low>{_N})分?{_WITH}(?:[-—–~～至到]+)(?P<high>{_N})分?{_ASIDE}(?![年月日%％\d项个家名位次.])(?:之间)?"
    rf"|(?P<low2>{_N})分?{_ASIDE}(?:及|或|含)?以上{_ASIDE}[、，,]?(?:且|但|至|到)?"
    rf"(?:(?:低于|不足|不满|未满|小于){_ASIDE}(?P<high2>{_N})分|(?P<high3>{_N})分?{_ASIDE}以下)"
    rf"|(?P<low3>{_N})分?(?:≤|<=)[^\d，。；]{{0,6}}(?:<|＜|≤|<=)(?P<high4>{_N})分?"
    rf"|(?:≥|>=|不低于|大于等于|大于或等于|达到)(?P<least>{_N})分?(?![年月日%％\d项个家名位次.])(?:及?以上)?"
    rf"|(?P<least2>{_N})分{_WITH}(?:及其?|或|含)?(?:{_N}分)?以上"
    rf"|(?:低于|不足|不满|未满|未达到|小于|<(?!=)|＜)(?P<below>{_N})分?(?![年月日%％\d项个家名位次.])"
    rf"|(?P<below2>{_N})分{_ASIDE}以下"
)
_ONE_BY_ONE = re.compile(
    r"(?:分为|分成|设置?|划分为|评定为|评为|确定为)?[^：:，。；\d分）)]{2,40}?[一二两三四五六\d]个?(?:等次|等级|档次|档|级|类|等)(?![^，。；：:]{0,4}\d)"
    r"|(?:分为?|分成|设|共)[一二两三四五六\d]个?(?:等次|等级|档次|档|级|类|等)(?=[：:，,（(]|$)"
)
"""That there are four grades, and what they are called."""
_QUOTA = re.compile(
    rf"(?P<name>{_NAME})(?:等次|等级|档次|单位|的)*(?:，?(?:其)?(?:比例|名额|数量))?[^。；，、]{{0,12}}?"
    rf"(?:不超过|不得超过|不高于|不突破|控制在|限定在|按照?|为|占)[^。；，\d]{{0,24}}?(?P<share>{_N})[%％]"
    rf"|(?P<name2>{_NAME})(?:等次|等级|单位)?(?P<share2>{_N})[%％]"
    rf"|前(?P<share3>{_N})[%％][^。；，]{{0,12}}?(?:评为|确定为|定为|列为|为)(?P<name3>{_NAME})"
)
_WHOLE = re.compile(r"\d{1,2}|100")


@dataclass(frozen=True, slots=True)
class Grade:
    """`least` None: whatever is left over, down to 0."""

    name: str
    least: Decimal
    quota: str
    said_by: tuple[Said, ...]
    """Who says its least total, then its quota."""


@dataclass(frozen=True, slots=True)
class _Pair:
    name: str
    least: Decimal | None
    """None where a grade is only said to be below something."""
    end: Decimal | None
    """Where it ends above, as far as it is said."""
    said: Said


def grades_of(said: Sequence[Said]) -> tuple[list[Grade], list[Said]]:
    """(grades from the best to the last, sentences that speak of grades and were not taken in).

    No grades where one cannot be read or where they do not join on: half of them would grade units wrongly.
    """
    pairs, unread = _pairs(said)
    quotas = list(_quotas(said))
    grades = _joined(pairs, {name: (share, one) for name, share, one in quotas}) if not unread else []
    if not grades:
        spoken = [*unread, *(pair.said for pair in pairs), *(one for _, _, one in quotas)]
        return [], [one for one in said if one in spoken]
    names = {grade.name for grade in grades[:-1]}
    return grades, [one for name, share, one in quotas if name not in names or not _WHOLE.fullmatch(share)]


def _pairs(said: Sequence[Said]) -> tuple[list[_Pair], list[Said]]:
    pairs: list[_Pair] = []
    unread: list[Said] = []
    for one in said:
        tokens = [token for token in _tokens(one.plain) if token]
        if not any(isinstance(token, tuple) for token in tokens):
            continue
        made = _alternating(tokens, one)
        if made is None and any(isinstance(token, str) for token in tokens):
            unread.append(one)
        pairs += made or []
    return pairs, unread


_Token = str | tuple[Decimal | None, Decimal | None] | None


def _tokens(plain: str) -> Iterator[_Token]:
    """Names as texts, bounds as (least, end above); "" for one that begins above its number, which no least total can say."""
    for found in _TOKENS.finditer(_ONE_BY_ONE.sub("", plain)):
        if found["name"]:
            yield found["name"]
            continue
        if found["beyond"]:
            yield (None, None)
            continue
        if found["rest"]:
            yield (Decimal(0), None)
            continue
        low = next((found[key] for key in ("low", "low2", "low3", "least", "least2") if found[key]), None)
        high = next((found[key] for key in ("high", "high2", "high3", "high4", "below", "below2") if found[key]), None)
        yield (None if low is None else Decimal(low), None if high is None else Decimal(high))


def _alternating(tokens: Sequence[_Token], said: Said) -> list[_Pair] | None:
    """Bounds and names in turn, whichever comes first; None where they do not."""
    if len(tokens) % 2:
        return None
    made = []
    for first, second in zip(tokens[::2], tokens[1::2], strict=True):
        name, bounds = (first, second) if isinstance(first, str) else (second, first)
        if not isinstance(name, str) or not isinstance(bounds, tuple) or bounds == (None, None):
            return None
        made.append(_Pair(name, *bounds, said))
    return made


def _joined(pairs: Sequence[_Pair], quotas: Mapping[str, tuple[str, Said]]) -> list[Grade]:
    """In order and without a gap or an overlap; empty where they are not."""
    if len(pairs) < 2 or len({pair.name for pair in pairs}) < len(pairs):
        return []
    if pairs[0].least is None or (pairs[-1].least is not None and pairs[0].least < pairs[-1].least):
        pairs = pairs[::-1]
    grades: list[Grade] = []
    for pair in pairs:
        least, above = pair.least if pair.least is not None else Decimal(0), grades[-1].least if grades else None
        is_last = pair is pairs[-1]
        if above is not None and (least >= above or (pair.end is not None and not above - 1 <= pair.end <= above)):
            return []
        if pair.least is None and not is_last:
            return []
        share, *by = quotas.get(pair.name, ("",))
        quota = "" if is_last or not _WHOLE.fullmatch(share) else share
        grades.append(Grade(pair.name, least, quota, (pair.said, *by)))
    return grades


def _quotas(said: Sequence[Said]) -> Iterator[tuple[str, str, Said]]:
    for one in said:
        for found in _QUOTA.finditer(one.plain):
            name = found["name"] or found["name2"] or found["name3"]
            yield name, found["share"] or found["share2"] or found["share3"], one
