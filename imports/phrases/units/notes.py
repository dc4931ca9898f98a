"""Unit notes at the end of a text: `(牵头单位:A、B;责任单位:C)`, unclosed ones too, and time notes `(完成时限:…)`."""

from __future__ import annotations

import re
from typing import NamedTuple

from imports.phrases.chars import BLANKS, fold
from imports.phrases.deadlines import time_clause
from imports.phrases.units import vocabulary as words
from imports.phrases.units.grammar import parse_units
from imports.phrases.units.labels import unspaced
from imports.phrases.units.likeness import looks_like_units

_HINT = re.compile(
    r"单位|牵头|主责|负责|配合|责任|部门|时限|时间|落实|主办|承办|协办|年[底内]|月|季度|[日底]前|持续|长期|常态|全年|每|科室|处室|领导"
)
_DASH = re.compile(r"——|[→⇒➜]|[-—]+>")
"""Between a text and who is to do it: `新建幼儿园6所——市教育局`, `改造农村公路80公里 → 市交通运输局`."""
_ARROW = re.compile("[—→⇒➜>]")
"""A sign that any of these holds."""
_BRACKETED = re.compile(r"[(\[【〔<]")
_WORD = re.compile(r"[单牵负配责部时落主承协月年持科处领局委办厅政中长常全每按春汛底前社联会队院司集台]")
"""What every note has at least one of: the first characters of its words, of times and of bodies."""
_LABEL_AFTER_STOP = re.compile(
    r"(?:[。;|]\s*|(?<=[^\s:、,])\s+)(?=(?:牵头|主办|责任|承办|配合|协办|落实|实施|主要责任)(?:责任)?(?:单位|部门|科室|处室)\s*:|(?:完成时限|完成时间|时限要求)\s*:|"
    r"(?:责任|牵头|分管|包[保联抓])(?:领导|人)\s*:)|"
    r"(?=[【〔](?:牵头|主办|责任|承办|配合|协办|落实|实施)(?:责任)?(?:单位|部门|领导)[】〕])|"
    r"[。;]\s*(?=(?:牵头|主办|责任|承办|配合|协办)\s*:\s*[^,;。:、()]{1,16}(?:[局委办厅部院处科股室所站心队府会镇乡村区县市]|单位|部门|公司|集团)(?:$|[,;。、(]))|"
    r",\s*(?=(?:牵头|主办|责任|承办|配合|协办|落实|实施)(?:责任)?(?:单位|部门)(?:为|是|\s*:)(?=[省市县区州旗各镇乡]))"
)
_FIRST_SAID = re.compile(r"\s*(?P<units>[^。;:]{4,80}(?:牵头|负责|配合|主办|承办|协办));\s*(?=\S)")
_CALLED = re.compile(r"(?:单位|部门)[为是]")
_SENTENCE = re.compile(r"[^。\s][^。]*")
_OPENING = re.compile(r"[(\[【]")
_BRACKETS = re.compile(r"[(\[【)\]】]")
_OPEN, _CLOSE = "([【〔<", ")]】〕>"
_STOPS = "。" + BLANKS
_OFFICE = re.compile(
    r"[局委办厅部]|政府|单位|中心|科室|处室|[\u4e00-\u9fff]{2}[科处股](?![\u4e00-\u9fff])|"
    r"供销社|[残妇侨文科]联|社科联|工商联|工会|[支总大中]队|[法检]院|检察院|红十字会|公司|集团|电视台|气象台"
)
_PART = re.compile(r"牵头|主[办责]|负责|配合|承办|协办")
_ASKS = re.compile(r"[要须]|应(?!急)|加强|认真|切实|确保|建立|进一步|督促|组织(?!实施|部)|[《“:]")
_LONGEST_SENTENCE = 300
_SHORTEST_LIST = 4
_LONGEST_NAME = 16
_BODY_FIRST = re.compile(rf"各|{words.LEVEL.pattern}")
_TIME_LAST = re.compile(
    r"(?:20\d{2}年)?(?:\d{1,2}月(?:\d{1,2}日|底|末)?|年底|第?[一二三四]季度)前?(?:完成)?$|(?:持续|长期)(?:推进|坚持)$"
)
_DOES = re.compile(r"负责(?!落实|实施|组织实施|统筹|牵头|推进|办理|抓|人)[\u4e00-\u9fff]{4}")
"""What somebody answers for is a task (`市教育局负责学校消防安全教育`), not who answers for one."""
_TAIL = re.compile(
    r"(?:牵头|负责|配合|落实|主[办责]|承办|协[办同助]|会办|分工|参与|参加|督办)(?:落实|负责|办理|推进|实施)?[。.;]?$"
)


class Note(NamedTuple):
    start: int
    end: int
    text: str
    """As printed, brackets included."""
    closed: bool


class Notes(NamedTuple):
    body: str
    """The text before its notes, right blanks stripped."""
    notes: tuple[Note, ...]


def take_notes(text: str) -> Notes:
    """Cuts the notes off the end of a text. A bracket that is no note stays: `(PPP)`, `(国发〔2015〕50号)`."""
    folded = unspaced(fold(text))
    if not _may_hold(folded):
        return Notes(text.rstrip(BLANKS), ())
    end = len(folded.rstrip(BLANKS))
    found: list[Note] = []
    while True:
        note = _last(text, folded, end)
        if note is None:
            break
        found.append(note)
        end = len(folded[: note.start].rstrip(BLANKS))
    return Notes(text[:end].rstrip(BLANKS), tuple(reversed(found)))


def _may_hold(folded: str) -> bool:
    """A cheap look, as most texts have no note: is there any word of one behind a bracket or in the last sentence?"""
    if ":" in folded or _ARROW.search(folded) or _CALLED.search(folded):
        return True
    bracket = _BRACKETED.search(folded)
    start = bracket.start() if bracket else len(folded)
    stop = folded.rfind("。", 0, min(start, len(folded.rstrip(_STOPS))))
    return _WORD.search(folded, start if stop < 0 else stop) is not None


def _last(text: str, folded: str, end: int) -> Note | None:
    stop = end
    while stop > 0 and folded[stop - 1] in "。.;, ":
        stop -= 1
    if stop > 0 and folded[stop - 1] in _CLOSE:
        start = _opening(folded, stop - 1)
        if start is not None and (is_note(folded[start + 1 : stop - 1]) or _bare_list(folded, start, stop)):
            return Note(start, end, text[start:end], closed=True)
    found = _unclosed(text, folded, end)
    if found is None and (":" in folded or "】" in folded or _CALLED.search(folded)):
        found = _unbracketed(text, folded, end)  # told by its label alone
    return found or _after_dash(text, folded, end) or _last_sentence(text, folded, end) or _glued(text, folded, end)


def _after_dash(text: str, folded: str, end: int) -> Note | None:
    """`新建幼儿园6所——市教育局、各区政府`: units behind a dash."""
    dash = next(reversed([*_DASH.finditer(folded, 0, end)]), None)
    start = dash.start() if dash else -1
    inside = folded[dash.end() : end] if dash else ""
    if not _OFFICE.search(inside) or not looks_like_units(inside):
        return None
    return Note(start, end, text[start:end], closed=True)


def is_dash_note(plain: str) -> bool:
    """A line that says behind a dash who leads and who helps: `——教务处牵头,各学院配合`."""
    dash = _DASH.match(plain)
    inside = plain[dash.end() :] if dash else ""
    told = _PART.search(inside) or (
        _OFFICE.search(inside) if not plain.startswith("——") or words.LEVEL.match(inside) else None
    )
    return told is not None and (looks_like_units(inside) or _all_end_as_bodies(inside))


def _all_end_as_bodies(inside: str) -> bool:
    """`县政府金融办、人行涪岭营管部`: several names, the first with its level, each with the end of a body's."""
    names = inside.split("、")
    named = len(names) > 1 and words.LEVEL.match(inside) is not None and all(map(words.ENDINGS.search, names))
    return named and max(map(len, names)) <= _LONGEST_NAME


def _last_sentence(text: str, folded: str, end: int) -> Note | None:
    """A closing sentence that only says who and when: `…。市数据局牵头,市财政局配合,6月底前完成。`"""
    start = folded.rfind("。", 0, len(folded[:end].rstrip(_STOPS))) + 1
    if not start or not is_units_sentence(folded[start:end]):
        return None
    return Note(start, end, text[start:end], closed=True)


def _glued(text: str, folded: str, end: int) -> Note | None:
    """Cells that a page let run together behind the text (`…目录。市司法局市财政局2026年9月底`): a time, then its bodies."""
    start = folded.rfind("。", 0, end) + 1
    rest = folded[start:end]
    if not start or len(rest) < _SHORTEST_LIST or not _BODY_FIRST.match(rest):
        return None
    time = _TIME_LAST.search(rest)
    if time is not None and looks_like_units(rest[: time.start()]):
        start += time.start()
    elif not (words.STRONG_END.search(rest) and looks_like_units(rest)):
        return None
    return Note(start, end, text[start:end], closed=True)


def is_units_sentence(folded: str) -> bool:
    """Does a sentence name units and their parts, perhaps a time, and nothing else? One of them has a name of its own."""
    content = folded.strip(BLANKS + "。;")
    if not 6 <= len(content) <= _LONGEST_SENTENCE or not _PART.search(content) or _ASKS.search(content):
        return False
    parts = [part for part in re.split(r"[,;]", content) if part.strip()]
    rest = [part for part in parts if time_clause(part, None) is None]
    if (
        not rest
        or _DOES.search(rest[0])
        or not _TAIL.search(rest[-1])
        or not all(looks_like_units(part) for part in rest)
    ):
        return False
    return any(not unit.collective and words.LEVEL.match(unit.text) for unit in parse_units(",".join(rest)).units)


def _unbracketed(text: str, folded: str, end: int) -> Note | None:
    """Unit labels after the last full stop, without an opening bracket: `…。牵头单位:A;责任单位:B)`."""
    found = _LABEL_AFTER_STOP.search(folded, 0, end)
    if found is None or not all(map(words.LABEL.match, _SENTENCE.findall(folded, found.end(), end))):
        return None
    start = found.start() + (folded[found.start()] in "。;")
    return Note(start, end, text[start:end], closed=folded.count(")", start, end) == folded.count("(", start, end))


def _bare_list(folded: str, start: int, stop: int) -> bool:
    """Units in brackets without any role word (`…。(市财政局、市审计局)`): after a full stop, or more than a place or a gloss."""
    inside = folded[start + 1 : stop - 1]
    if not _OFFICE.search(inside) or not looks_like_units(inside):
        return False
    before = folded[:start].rstrip(BLANKS)
    return not before or before.endswith(("。", ";")) or "、" in inside or bool(words.LEVEL.match(inside))


def _opening(folded: str, close: int) -> int | None:
    depth, angled = 0, folded[close] == ">"
    for position in range(close, -1, -1):
        char = folded[position]
        if (char in "<>") != angled:
            continue  # `(PM2.5<35,市生态环境局牵头)`: less than, and no bracket
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            depth -= 1
            if depth == 0:
                return position
    return None


def _stays_open(folded: str, end: int) -> bool:
    """Is there an opening bracket with no more closing than opening ones behind it?"""
    excess = 0
    for sign in reversed(_BRACKETS.findall(folded, 0, end)):
        if sign in _OPEN:
            if excess <= 0:
                return True
            excess -= 1
        else:
            excess += 1
    return False


def _unclosed(text: str, folded: str, end: int) -> Note | None:
    """A note whose bracket is never closed runs to the end of the text."""
    if not _stays_open(folded, end):
        return None
    for found in reversed(list(_OPENING.finditer(folded, 0, end))):
        position = found.start()
        inside = folded[position + 1 : end]
        open_still = sum(map(inside.count, "([【")) >= sum(map(inside.count, ")]】"))
        if words.LABEL.match(inside):
            return Note(position, end, text[position:end], closed=False) if open_still else None
        if open_still and _TAIL.search(inside) and is_note(inside):
            return Note(position, end, text[position:end], closed=False)
    return None


def is_note(inside: str) -> bool:
    """Does the content of a bracket name units or a time?"""
    if not _HINT.search(inside) or len(inside) > 1200:
        return False
    content = inside.strip(BLANKS)
    if words.LABEL.match(content):
        return True
    said, _, remark = content.rstrip("。").partition("。")
    if remark and not (words.REMARK.match(remark) or words.LABEL.match(remark)):
        return False
    if remark:
        content = said  # `…负责。以下均需各县落实,不再列出`
    if time_clause(content, None) is not None:
        return True
    before, _, last = content.rpartition(",")
    if before and time_clause(last, None) is not None:
        content = before
    if _times_and_units(inside.strip(BLANKS)):
        return True
    return bool(_TAIL.search(content)) and bool(
        re.search(r"[局委办厅部院处科室]|单位|部门|政府|中心|街道|乡镇|区|县|市", content) or looks_like_units(content)
    )


def _times_and_units(content: str) -> bool:
    """`长期坚持;市直各部门`: parts of which one says when and the others who."""
    parts = [part for part in re.split(r"[;,]", content) if part.strip()]
    rest = [part for part in parts if time_clause(part, None) is None]
    return 0 < len(rest) < len(parts) and all(looks_like_units(part) for part in rest)


def spans_of_notes(text: str) -> list[tuple[int, int]]:
    """All bracketed notes of a text, wherever they stand."""
    folded = unspaced(fold(text))
    spans: list[tuple[int, int]] = []
    depth, start = 0, 0
    for position, char in enumerate(folded):
        if char in "([【":
            if depth == 0:
                start = position
            depth += 1
        elif char in ")]】" and depth:
            depth -= 1
            if depth == 0 and (is_note(folded[start + 1 : position]) or _lists_alone(folded, start, position)):
                spans.append((start, position + 1))
    return spans


def _lists_alone(folded: str, start: int, close: int) -> bool:
    """Units in brackets behind a stop or before one, with no word of their role: `…；(市城管局)`, `新建公厕5座(市城管局);…`."""
    beside = folded[:start].rstrip(BLANKS).endswith(("。", ";")) or folded[close + 1 : close + 2] == ";"
    return beside and _bare_list(folded, start, close + 1)


def leading_note(text: str) -> int:
    """Where a text goes on behind a note that it begins with (`【市教育局】新建学校3所`, `市教育局牵头;新建…`); 0 where it begins
    with none."""
    folded = fold(text)
    start = len(folded) - len(folded.lstrip(BLANKS))
    said = _FIRST_SAID.match(folded)
    if said and is_units_sentence(said["units"]):
        return said.end()
    if folded[start : start + 1] not in {"(", "【", "[", "〔"}:
        return 0
    depth = 0
    for position in range(start, len(folded)):
        depth += folded[position] in _OPEN
        depth -= folded[position] in _CLOSE
        if depth == 0:
            inside = folded[start + 1 : position]
            named = words.LABEL.match(inside) or (words.LEVEL.match(inside) and looks_like_units(inside))
            return position + 1 if named and folded[position + 1 :].strip(BLANKS + "。;:") else 0
    return 0
