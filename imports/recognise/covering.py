"""Covering letters (印发通知): their own points say how the list is to be worked through that they issue."""

from __future__ import annotations

import re

from imports.phrases.chars import fold, squeeze
from imports.phrases.targets import parse_targets
from imports.recognise.items import text_of
from imports.recognise.nodes import Node
from imports.recognise.reading import Reading
from imports.recognise.title import is_letter

_ISSUES = re.compile(r"(?:印发|下发|分解|转发|下达)给你们|予以(?:分解)?(?:印发|下发|下达)|分解(?:下达|\((?:详)?见附件)")
_POINTS = re.compile(
    r"(?:结合|按照)(?:以下|如下)(?:要求|意见)|(?:事项|事宜|要求|工作)通知如下|提出(?:以下|如下)(?:意见|要求)"
)
"""The points that follow are the letter's own."""
_WORKING = re.compile(
    r"(?:牵头|责任|协同|配合|承办)(?:责任)?单位|牵头.{0,4}领导|各(?:地|级|部门|单位|乡镇|县|区|镇|街道)|督[查办]|考[核评]|通报"
)
"""How a list is worked through: who answers for it, who follows it up."""
_MOST = 0.6


def issues_something(text: str) -> bool:
    """The paragraph of a letter that hands out what it covers, and perhaps says where to report (`报市政府办(市督查室)`)."""
    return _ISSUES.search(fold(text)) is not None


def is_letter_alone(reading: Reading, outline: Node, *, has_table: bool) -> bool:
    """Running text that is nothing but the letter that issues a list. Its chapters stand above its signature or are announced
    as its points; they name nobody in particular and set no figures. `has_table`: the list follows in the file."""
    intro = "".join(group.text for group in outline.groups)
    chapters = outline.children
    if not chapters or not issues_something(intro):
        return False
    if not has_table and not is_letter(reading.draft.document.title):
        return False
    if any(node.has_notes for node in outline.walk()):
        return False
    if not _POINTS.search(fold(intro)) and (
        any(chapter.children for chapter in chapters) or not _is_signed_after(reading, chapters[-1])
    ):
        return False
    texts = [fold(text_of(node)) for node in outline.walk() if not node.children]
    told = sum(1 for text in texts if _WORKING.search(squeeze(text)) and not parse_targets(text))
    return told >= _MOST * len(texts)


def _is_signed_after(reading: Reading, last: Node) -> bool:
    signed = {locator for locator, _ in reading.draft.document.sources.get("issued_on", [])}
    places = [paragraph.locator for paragraph in reading.document.paragraphs()]
    return last.locator in places and not signed.isdisjoint(places[places.index(last.locator) :])
