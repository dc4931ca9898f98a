"""Questions about an item of an outline: is it an aim, a step, a sentence; what is its path, its number, its stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from imports.document import Piece
from imports.draft import Extra
from imports.phrases.chars import BLANKS, fold, one_line, squeeze
from imports.phrases.deadlines import parse_deadlines, parse_time_cell
from imports.phrases.targets import parse_targets
from imports.phrases.units import looks_like_units, parse_units
from imports.phrases.units.notes import spans_of_notes, take_notes
from imports.phrases.units.vocabulary import ENDINGS, LEVEL, STRONG_END
from imports.recognise.lines import goes_on
from imports.recognise.nodes import Group, Node
from imports.recognise.openly import named_openly

_AIMS = re.compile(
    r"(?:总体|指导|工作|基本)?(?:要求|思路|思想|原则)(?:和.{2,8})?|(?:总体|工作|主要|发展|基本|年度|行动|总)目标(?:任务)?|总体要求.*|指导思想.*|基本原则.*|"
    r"(?:基本|总体|整体|工作|当前|进展|推进|存在)的?(?:进展|主要|推进|工作)?(?:情况|形势|问题)|"
    r"工作背景|目标要求|总要求|重要意义|充分认识.*|提高(?:思想)?认识|适用范围|术语.*|总则|附则"
)
_WORK_OF = re.compile(
    r"(?P<bodies>.{2,40}?)(?P<role>总?牵头(?:负责)?|主办|承办|负责)?的?(?:(?:重点|主要|具体)?(?:工作|任务|事项)|项目)?(?:承诺(?:事项)?)?"
)
"""A heading that says whose work stands under it (`县发改局牵头工作`, `市民政局承诺`)."""
_IN_FORCE = re.compile(
    r"(?:本|此|该)(?:办法|措施|意见|方案|规定|政策|细则|通知|计划|清单|条例|制度|文件|若干[\u4e00-\u9fff]{2})"
    r"(?:[^。;]{0,24}(?:[施实][行施]|执行|生效)|由[^。;]{2,30}负责解释|有效期)|"
    r"(?:以上|上述)(?:事项|任务|工作|问题)[^。;]{0,16},?[^。;]{0,4}请?(?:于|在)?[^。;]{0,24}[报反][^。;]{0,4}(?:[^。;]{2,16}(?:局|室|办|科|处)|送|馈)"
)
_NO_AIMS = re.compile(r"工作要求")
_COUNT = re.compile(r"\s*\((?:共|计|共计)?\s*\d+\s*[项条件个](?:任务|工作|事项)?\)$")
_STEPS = re.compile(
    r".*(?:实施|工作|方法|推进|活动|行动)?(?:步骤|阶段安排|进度安排|时间安排|时间步骤|步骤安排|实施阶段|步骤和时间.*|步骤及.*)"
)


def stage_of(title: str, year: int | None) -> tuple[str, date | None]:
    """`准备阶段(2018年3月31日前)` → 准备阶段, 2018-03-31."""
    folded = fold(title)
    found = re.search(r"\(([^()]*)\)\s*$", folded) or re.search(r"[:]\s*(.+)$", folded)
    if found:
        times = parse_time_cell(title[found.start(1) : found.end(1)], year)
        dates = [deadline.date for deadline in times if deadline.date]
        if times:
            return title[: found.start()].strip(BLANKS), dates[-1] if dates else None
    dates = [deadline.date for deadline in parse_deadlines(title, year) if deadline.date]
    return title, dates[-1] if dates else None


def is_aims(node: Node) -> bool:
    plain = squeeze(fold(node.title))
    return bool(plain) and bool(_AIMS.fullmatch(plain)) and not _NO_AIMS.fullmatch(plain)


def within_aims(node: Node) -> bool:
    return any(is_aims(ancestor) for ancestor in node.ancestors())


def is_sentence(node: Node) -> bool:
    """An item of one line that asks for something, rather than a heading with nothing under it."""
    if node.label is None or not node.title:
        return False
    raw = node.pieces[0][1].rstrip(BLANKS)
    return raw.endswith(("。", ";", "；")) or node.label.rank >= 2.0


def sentence_of(node: Node) -> str:
    """An item of one sentence as it is printed, its full stop kept; its notes stand elsewhere."""
    if len(node.pieces) != 1 or node.label is None:
        return ""
    return one_line(take_notes(node.pieces[0][1][node.label.length :]).body)


def said_first(node: Node) -> str:
    """The first sentence of an item that says itself what is to be done, with a figure or a date (`新建幼儿园6所。`); '' where
    it only names the item."""
    if node.children or not node.title:
        return ""
    sentence = sentence_of(node)
    told = sentence.endswith("。") and (parse_targets(sentence) or parse_deadlines(sentence, None))
    return sentence if told else ""


def closes_rules(node: Node) -> bool:
    """`本措施自印发之日起施行`, `由市财政局负责解释`: since when rules hold, and who explains them."""
    return not node.has_notes and _IN_FORCE.match(fold(text_of(node)).strip(BLANKS)) is not None


def heads_its_points(node: Node) -> bool:
    """Does an item but name what its points are about? One with a text, a figure or a date says itself what is to be done."""
    told = parse_targets(node.title) or parse_deadlines(node.title, None)
    return bool(node.title) and not told and not any(group.text for group in node.groups)


def text_of(node: Node) -> str:
    return "".join(group.text for group in node.groups) or node.title


_LEAST_OPENLY = 2
_LONGEST_HEAD = 40
_CIRCLED = re.compile("[①-⑳]")


def gives_tasks_openly(outline: Node) -> bool:
    """Does a text without any notes say item by item who acts (`市财政局负责…`)?"""
    nodes = [outline, *outline.walk()]
    if any(node.has_notes for node in nodes):
        return False
    named = (node for node in nodes if not node.children and named_openly(text_of(node)))
    return sum(1 for _ in named) >= _LEAST_OPENLY


def names_one_unit(node: Node) -> bool:
    """`(一)市财政局:落实资金。`: an item headed by who is to do it."""
    raw = node.pieces[0][1].rstrip(BLANKS) if node.pieces else ""
    return raw.endswith((":", "：")) and names_bodies(node.title)


def stands_under_its_body(node: Node) -> bool:
    """Is an item with a text below its heading one of several that are all headed by a body (`一、区教育局`, `二、区民政局`)?"""
    chapters = node.parent.children if node.parent is not None else []
    below = bool(node.groups) and bool(node.groups[0].text)
    return below and len(chapters) > 1 and all(head_of_chapter(chapter.title) for chapter in chapters)


def unit_head(line: str) -> int:
    """Where the text of a line begins that is headed by who is to do it (`市城管局：负责…`); 0 where it is headed by nobody."""
    colon = fold(line).find(":")
    return colon + 1 if 0 < colon <= _LONGEST_HEAD and names_bodies(line[:colon].strip(BLANKS)) else 0


def points_in_line(text: str) -> list[tuple[str | None, str]]:
    """The points of a line that are counted from ① on, each with its number; a line without such is one."""
    starts = [found.start() for found in _CIRCLED.finditer(text)]
    if (
        len(starts) < 2
        or text[: starts[0]].strip(BLANKS)
        or [ord(text[at]) - 0x2460 for at in starts] != [*range(len(starts))]
    ):
        return [(None, text)]
    return [(text[at], text[at + 1 : end]) for at, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def head_of_chapter(title: str) -> str:
    """Who is to do what stands under a heading: `县林业局牵头工作(8项)` → `县林业局牵头`; '' where it says something else."""
    bare = _without_count(title)
    found = _WORK_OF.fullmatch(fold(bare))
    if found and names_bodies(bare[: found.end("bodies")]):
        return bare[: found.end("role" if found["role"] else "bodies")]
    return bare if names_bodies(title) else ""


def names_bodies(title: str) -> bool:
    """Is a heading nothing but who is to do what stands under it? How many tasks they are may stand in brackets."""
    bare = _without_count(title)
    plain = fold(bare)
    ends = STRONG_END.search(plain) or (LEVEL.match(plain) and ENDINGS.search(plain))
    return looks_like_units(bare) and (ends is not None or plain.startswith("各"))


def _without_count(title: str) -> str:
    found = _COUNT.search(fold(title))
    return title[: found.start()] if found else title


def goals_of(pieces: Sequence[Piece]) -> list[Extra]:
    """`整改目标:…` as its label and what it says."""
    goals = [(place, re.split("[:：]", raw, maxsplit=1)) for place, raw in pieces]
    return [Extra(label.strip(BLANKS), one_line(text), place) for place, (label, text) in goals]


def path_of(node: Node) -> list[str]:
    return [ancestor.title for ancestor in node.ancestors() if ancestor.title]


def number_of(node: Node) -> str | None:
    if node.label is None:
        return None
    if not node.label.cite and node.parent is not None and len(node.parent.children) > 1:
        return None  # a point behind a dash has the number of what it stands under only where it is all of that
    if node.label.form == "decimal":
        return node.label.cite
    cites = [
        ancestor.label.cite
        for ancestor in node.ancestors()
        if ancestor.label is not None and ancestor.label.form != "decimal"
    ]
    return "".join(cites) + node.label.cite or None


def cut_at_notes(group: Group) -> list[Group]:
    """One paragraph with several notes in it holds several tasks: `推进甲。(责任单位:A)推进乙。(责任单位:B)`."""
    if len(group.texts) != 1:
        return [group]
    place, raw = group.texts[0]
    spans = [span for span in spans_of_notes(raw) if _names_units(raw[span[0] : span[1]])]
    if spans and all(goes_on(raw, stop) for _, stop in spans):
        return [_without_spans(group, spans)]
    if not spans or not group.notes:
        return [group]
    parts: list[Group] = []
    start = 0
    for first, stop in spans:
        last = stop
        while last < len(raw) and raw[last] in "。;；,， ":
            last += 1
        parts.append(Group([(place, raw[start:first])], [(place, raw[first:last])]))
        start = last
    parts.append(Group([(place, raw[start:])], group.notes))
    return [part for part in parts if one_line(part.texts[0][1])]


def _without_spans(group: Group, spans: list[tuple[int, int]]) -> Group:
    """A sentence that goes on behind its notes: `新增企业30家(责任单位:A),产值…`."""
    place, raw = group.texts[0]
    starts, ends = [0, *(stop for _, stop in spans)], [*(first for first, _ in spans), len(raw)]
    texts = [(place, raw[start:end]) for start, end in zip(starts, ends, strict=True) if raw[start:end].strip(BLANKS)]
    return Group(texts, [*((place, raw[first:stop]) for first, stop in spans), *group.notes])


def _names_units(note: str) -> bool:
    return bool(re.search(r"(?:单位|部门|科室)\s*[:：]|牵头|负责|配合", note)) or looks_like_units(
        note.strip("()（）【】[]")
    )


def is_steps(node: Node) -> bool:
    """A chapter of stages (实施步骤) whose items name no units."""
    if not _STEPS.fullmatch(fold(node.title)):
        return False
    notes = [raw for child in node.walk() for group in child.groups for _, raw in group.notes]
    return not any("单位" in raw or "牵头" in raw for raw in notes)


def says_when(node: Node, year: int | None) -> bool:
    """Does an item print a time of its own, in its text or its notes?"""
    texts = "".join([node.title, *(group.text for group in node.groups)])
    notes = [raw for group in node.groups for _, raw in group.notes]
    return bool(parse_deadlines(texts, year)) or any(parse_units(note, "responsible", year).deadlines for note in notes)


def binds(note: str) -> bool:
    """Does a note name units or a time, rather than people alone (`联系人:…`)?"""
    said = parse_units(note)
    return bool(said.units or said.deadlines)


def units_of_heading(node: Node) -> list[Piece] | None:
    """Chapters that are headed by who is to do what stands in them (`一、区教育局`), all of them."""
    chapters = node.parent.children if node.parent is not None else []
    if node.has_notes or not all(head_of_chapter(chapter.title) for chapter in chapters if chapter.children):
        return None
    return [(node.locator, head_of_chapter(node.title))]
