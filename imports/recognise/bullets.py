"""Points behind dashes, and behind 一是, 二是: which of them are tasks, and which only parts of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.document import Paragraph
from imports.phrases.chars import BLANKS, fold
from imports.phrases.numbering import read_label
from imports.phrases.units import take_notes
from imports.recognise.lines import is_note_line, split_title
from imports.recognise.openly import named_openly

TEXT_LABEL = re.compile(
    r"\s*(?:[-*+•●·○▪◆■]\s*)?【?(?:(?:工作|具体|主要|建设|实施|任务|改革|整改|推进|落实|目标)(?:要求|内容|举措|措施)|(?:督办|督查|交办|批示|议定|决定|承诺)内容|工作任务|目标任务|"
    r"重点任务|主要任务|具体任务|工作目标|年度目标|任务描述|任务目标|(?:督办|交办|议定)事项|事项|任务|目标|内容|要求|举措|措施)】?\s*[:]\s*(?=\S)"
)
NAME_LABEL = re.compile(
    r"【?(?:(?:事项|项目|任务(?=名称)|督办事项|交办事项|议定事项|督查事项)(?:名称)?|议题)】?\s*[:]\s*(?=\S)"
)
"""What an item is called, on a line of its own under its number (`事项一` / `事项名称:…` / `督办内容:…`)."""
GOAL_LABEL = re.compile(r"(?:整改|办理|攻坚|预期|阶段)目标\s*[:]\s*(?=\S)")
"""What is to be reached, where another line says what is to be done (整改措施)."""
HISTORY_LABEL = re.compile(
    r"(?:交办|批示|登记|收文|来文|下发|签发|分办|议定|提出|受理|转办)(?:时间|日期)\s*[:]\s*(?=\S)|"
    r"(?:交办|转办|移交|下达|派单)(?:单位|部门|机关)\s*[:]\s*(?=\S)|(?:任务|事项|问题|线索)?来源\s*[:]\s*(?=\S)"
)
"""Where a matter comes from and since when, right below its heading: nothing that is to be done."""
_SECOND_POINT = re.compile(r"[。；;]\s*二是")
"""`一是…。二是…`: points within one paragraph."""


_LEAST = 2
_COUNTED_OUT = re.compile("\\s*[一二三四五六七八九十]是")


def bullet_items(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Positions of points behind dashes that are tasks: each of a run names its units, in its line or in the next."""
    found: set[int] = set()
    run: list[tuple[int, bool]] = []
    alone = True
    """Are points all that the text is divided into? Then `一是…` is a task where its sentences name who acts."""
    for position, paragraph in enumerate(paragraphs):
        label = read_label(paragraph.text)
        if label is None:
            continue
        if label.form == "bullet" and (
            is_note_line(fold(paragraph.text).strip(BLANKS))
            or TEXT_LABEL.match(paragraph.text)
            or _SECOND_POINT.search(paragraph.text)
        ):
            continue
        if label.form == "bullet":
            run.append((position, _names_units(paragraphs, position)))
            continue
        found.update(at for at, _ in run if all(named for _, named in run))
        run, alone = [], False
    if alone and all(map(_COUNTED_OUT.match, (paragraphs[at].text for at, _ in run))):
        acting = sum(named or _says_who_acts(paragraphs[at].text) for at, named in run)
        run = [(at, acting >= _LEAST and 3 * acting >= 2 * len(run)) for at, _ in run]
    return found | {at for at, _ in run if all(named for _, named in run)}


def _says_who_acts(text: str) -> bool:
    label = read_label(text)
    rest = text[label.length :] if label is not None else text
    return bool(named_openly(rest[split_title(rest)[1] :]))


def _names_units(paragraphs: Sequence[Paragraph], position: int) -> bool:
    if take_notes(paragraphs[position].text).notes:
        return True
    following = fold(paragraphs[position + 1].text).strip(BLANKS) if position + 1 < len(paragraphs) else ""
    return bool(following) and is_note_line(following)
