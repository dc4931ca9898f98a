"""Units that a text names itself, at the beginning of its sentences: `由市财政局负责,…`, `市财政局牵头,会同市审计局…`,
`市财政局负责资金保障,市审计局配合`, `市财政局要…`. The text stays whole."""

from __future__ import annotations

import re

from imports.draft import Role, UnitExpression
from imports.phrases.chars import fold
from imports.phrases.deadlines import time_clause
from imports.phrases.units import parse_units
from imports.phrases.units.vocabulary import LEVEL, PLACE, VERB_FIRST

_VERB = (
    r"(?:组织(?!部|机构|领导)|开展|制定|出台|编制|完成|推进|推动|指导|督促|做好|加强|加快|强化|组建|安排|抓好|落实|建立|启动|举办|建设(?!项目|工程|用地|[局中]))"
    r"(?!的|了|情况)"
)
_TOLD = re.compile(rf"由|请|牵头|负责|按照?(?:各自)?职[责能]|要|应|须|会同|配合|[局委办厅府室会]{_VERB}")
_RESOLVED = re.compile(
    r"\s*(?:会议(?:决定|要求|强调|明确|同意|原则同意|议定|指出|认为)?|经研究(?:决定)?|议定|决定)[,:]\s*"
)
_END = (
    r"(?:局|委(?!员(?!会)|组织部|宣传部|统战部|政法|网信|编办|党校|老干|办)|委员会(?!办)|办(?!公|事|理|法)|办公[室厅](?!督)|厅|院(?!士)|中心|[支总大]队|"
    r"政府(?!办|督|各|有关|部门|性|投|购|信|网|采)|管委会|公署|(?<=[委府])(?:组织部|宣传部|统战部|督查室)|(?<=委)[\u4e00-\u9fff]{2,4}部|公司|集团|"
    r"[残妇侨文科工商]联|总工会|红十字会|电视台|广播台|供销社|党校|海关|[支分]行|专班|指挥部|街道|(?<!城)[镇乡])"
)
_BRACKET = r"(?:[(][^()]{2,14}[)])?"
_NAME = rf"[\u4e00-\u9fff]{{1,16}}?{_END}{_BRACKET}"
_SET = (
    r"(?:[省市县区州]?(?:直|级|属)?|镇|全市|全县)各(?:级|有关|相关|责任|成员)?[\u4e00-\u9fff]{0,8}?(?:\([^()]{1,8}\))?"
    r"(?:(?:(?:人民)?政府|管委会|部门(?:、?(?:各)?单位)?|单位|街道(?:办事处)?|镇街|企业|学校|医院|科室|社区)(?:\([^()]{1,8}\))?|"
    r"(?:乡镇|镇|乡)、街道(?:办事处)?|(?:乡镇|[区县市镇乡村])(?:\([^()]{1,8}\))?(?!人民|政府|[区县市乡镇街、(]))"
)
_LIST = rf"(?:{_SET}|{_NAME})(?:(?:[、和及与]|以及)(?:{_SET}|{_NAME}))*(?:等(?:有关|相关)?(?:部门|单位)*)?"
_LIST_AT = re.compile(rf"\s*(?P<by>由|请|责成)?\s*(?P<list>{_LIST})\s*")
_SET_AT = re.compile(_SET)
_WITH = re.compile(rf"\s*(?:要|应当?|须)?(?:积极|主动)?(?:会同|商|联合|配合)(?P<list>{_LIST})")
_LEADS = re.compile(r"(?:总|具体|共同|分别|联合|统一)*(?:负责)?(?:牵头|统筹(?![\u4e00-\u9fff]{0,6}(?:资金|经费)))")
_ANSWERS = re.compile(
    r"(?:要|应当?|须)?(?:具体|主要|共同|分别|统一|各自|直接)*(?:负责|承办|落实)|按照?(?:各自)?(?:职责|职能)(?:分工)?"
)
_ANSWERS_LAST = re.compile(
    r"(?:具体|主要|共同|分别|统一|各自|直接)*(?:负责|承办|落实|牵头|实施)(?:落实|负责|实施|办理)?[。;]?"
)
_HELPS = re.compile(r"(?:积极|共同|协同|做好)*(?:配合|协助|协办|参与|参加|支持)")
_HELPS_LAST = re.compile(rf"{_HELPS.pattern}(?:落实|实施|推进|办理)?[。;]?")
_MUST = re.compile(r"(?:要(?!求|素|点|件|害|闻|塞|领)|应当?(?![急对用])|须|需要|必须)")
_PARTS: tuple[tuple[re.Pattern[str], Role], ...] = ((_LEADS, "lead"), (_HELPS, "support"), (_ANSWERS, "responsible"))
_EVERYBODY = re.compile(
    r"(?:各级|各地|各有关|各相关|各部门|各单位|有关|相关)(?:各|有关|相关|地区|部门|单位|党委|政府|、|$)*"
)
_DOES = re.compile(rf"(?<=[局委办厅府室会]){_VERB}(?![^。;]{{0,12}}[了已])")
"""What an office does, said right behind its name: `市民政局组织建设养老机构12家`."""
_BESIDE = re.compile(r"\s*(?:配合|协助|指导|督促|协调|[报经向对与在为])")
"""Whoever stands behind it is told of, and does not act."""
_SENTENCE = re.compile(r"[^。;]+[。;]?")


def named_openly(text: str, *, sets: bool = False) -> tuple[UnitExpression, ...]:
    """The units named as those who act. `sets`: also where no more than a set of bodies is named (`各县区政府要…`), as it is
    said in a document that gives all its tasks so."""
    if not _TOLD.search(text):
        return ()
    folded = fold(text)
    units: list[UnitExpression] = []
    for sentence in _SENTENCE.finditer(folded):
        found = _acting(text, folded, sentence.start(), sentence.end(), first=sentence.start() == 0)
        found = found or (_goes_on(text, folded, sentence) if units else [])
        units.extend(unit for unit in found if unit not in units and not _is_everybody(unit))
    if not sets and not any(_is_own(unit) for unit in units):
        return ()
    return tuple(units)


def _acting(text: str, folded: str, start: int, end: int, *, first: bool) -> list[UnitExpression]:
    """Units of one sentence: it begins with those who act, a resolution or a time before them."""
    resolved = _RESOLVED.match(folded, start, end)
    start = resolved.end() if resolved else start
    comma = folded.find(",", start, end)
    if comma > 0 and time_clause(text[start:comma], 2000) is not None:
        start = comma + 1
    found: list[UnitExpression] = []
    sentence = start
    while start < end:
        named = _LIST_AT.match(folded, start, end)
        joined = _WITH.match(folded, start, end) if found else None
        if joined:
            found.extend(_units(text, joined, "support"))
        elif named and _begins_name(folded, named):
            part = _part(folded, named.end(), by=bool(named["by"]), first=first, begun=bool(found))
            if part is None:
                break
            found.extend(_units(text, named, part))
            after = _WITH.match(folded, _past(folded, named.end()), end)
            if after:
                found.extend(_units(text, after, "support"))
        elif not found:
            break
        comma = folded.find(",", start, end)
        if comma < 0:
            break
        start = comma + 1
    return found or _answering(text, folded, sentence, end)


def _goes_on(text: str, folded: str, sentence: re.Match[str]) -> list[UnitExpression]:
    """Behind those who act, one who is named with what it does: `市人社局要发放补贴;市财政局做好资金保障。`"""
    named = _LIST_AT.match(folded, sentence.start(), sentence.end())
    if named is None or named["by"] or not _begins_name(folded, named) or folded[sentence.start() - 1] != ";":
        return []
    does = VERB_FIRST.match(folded[named.end() : named.end() + 8])
    return _units(text, named, "responsible") if does else []


def _answering(text: str, folded: str, start: int, end: int) -> list[UnitExpression]:
    """Who answers for it, said at the end of the sentence: `新建幼儿园6所,由市教育局负责。` Behind it only who helps and a time
    may stand (`…,由市公安局牵头,市直各单位配合,4月底前到位。`)."""
    comma = folded.find(",由", start, end)
    named = _LIST_AT.match(folded, comma + 1, end) if comma > 0 else None
    if named is None or not named["by"]:
        return []
    part = _part(folded, named.end(), by=True, first=False, begun=False)
    stop = _clause_end(folded, named.end(), end)
    if part is None or not _ANSWERS_LAST.fullmatch(folded, named.end(), stop):
        return []
    found = _units(text, named, part)
    while stop < end:
        start, stop = stop + 1, _clause_end(folded, stop + 1, end)
        helping = _LIST_AT.match(folded, start, stop)
        if helping and _HELPS_LAST.fullmatch(folded, helping.end(), stop):
            found.extend(_units(text, helping, "support"))
        elif time_clause(text[start:stop].rstrip("。；;"), 2000) is None:
            return []
    return found


def _clause_end(folded: str, start: int, end: int) -> int:
    comma = folded.find(",", start, end)
    return comma if comma >= 0 else end


def _part(folded: str, at: int, *, by: bool, first: bool, begun: bool) -> Role | None:
    """The part that the words behind a list give it; None where it is no subject of an order (`市财政局牵头的机制`)."""
    for pattern, role in _PARTS:
        found = pattern.match(folded, at)
        if found:
            inner = folded.startswith(("的", "、"), found.end()) or (role == "support" and not begun)
            return None if inner else role
    ordered = (first or begun) and (
        _MUST.match(folded, at)
        or folded.startswith("会同", at)
        or (first and _DOES.match(folded, at) and not _BESIDE.match(folded))
    )
    return "responsible" if by or ordered else None


def _begins_name(folded: str, named: re.Match[str]) -> bool:
    """Behind 由 any body may stand; else its name begins with a level or a place, not with a verb (`建立市财政局牵头的…`)."""
    at = named.start("list")
    return bool(named["by"]) or (
        any(kind.match(folded, at) for kind in (LEVEL, PLACE, _SET_AT)) and not VERB_FIRST.match(folded[at : at + 4])
    )


def _past(folded: str, at: int) -> int:
    must = _MUST.match(folded, at)
    return must.end() if must else at


def _units(text: str, found: re.Match[str], role: Role) -> list[UnitExpression]:
    first, last = found.span("list")
    return [
        UnitExpression(unit.text, role, unit.collective, unit.open, unit.also)
        for unit in parse_units(text[first:last], role).units
    ]


def _is_everybody(unit: UnitExpression) -> bool:
    """`各级各部门要…` is said to all and gives nobody a task."""
    return unit.role == "responsible" and _EVERYBODY.fullmatch(unit.text) is not None


def _is_own(unit: UnitExpression) -> bool:
    return not unit.collective and (LEVEL.match(unit.text) or PLACE.match(unit.text)) is not None
