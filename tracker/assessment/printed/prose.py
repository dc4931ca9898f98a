"""A scheme that is printed as running text: 一、组织领导（20分） over （一）明确分管领导（10分）。未明确的不得分。 Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.assessment.printed.around.passages import Passage
from tracker.assessment.printed.heads import squeezed
from tracker.assessment.printed.tables import Printed

_NUMBERED = tuple(
    re.compile(words)
    for words in (
        r"第[一二三四五六七八九十]+(?:部分|章|篇)\s*", r"[一二三四五六七八九十]+、", r"[（(][一二三四五六七八九十]+[）)]、?",
        r"\d{1,2}[.．、](?!\d)", r"[（(]\d{1,2}[）)]、?", r"[①-⑳]",
    )
)  # fmt: skip
"""How an item begins, from the highest kind to the lowest."""
_ITEM = re.compile(
    r"(?P<name>[^。；;：:（()）]{2,40}?)\s*[（(](?:满分|分值|共|计|总分)?[:：]?\s*(?P<points>\d+(?:\.\d+)?)\s*分[）)](?P<standard>.*)",
    re.DOTALL,
)
_FEWEST = 3
"""So many items with points make a scheme."""


@dataclass(slots=True)
class _Item:
    kind: int
    number: str
    name: str
    points: str
    said: list[Passage]
    """Its standard, and what else stands below it."""
    above: tuple[_Item, ...]
    has_below: bool = False

    @property
    def heading(self) -> str:
        return f"{self.number}{self.name}（{self.points}分）"


def table_of_text(paragraphs: Sequence[Passage]) -> tuple[Printed, list[Passage]] | None:
    """(the scheme as a table, the paragraphs that are not of it); None where the text is no scheme.

    What stands below an item without points of its own belongs to its standard, until a section without points begins.
    What is said of a whole level is no standard of one indicator: it is among the other paragraphs, to be named.
    """
    items, rest, is_open = list[_Item](), list[Passage](), False
    for passage in paragraphs:
        kind, number, text = _numbered(passage.text)
        found = _ITEM.fullmatch(text) if kind is not None else None
        if kind is not None and found is not None:
            items.append(_item(kind, number, found, passage.place, items))
            is_open = True
        elif is_open and (kind is None or kind > items[-1].kind):
            items[-1].said.append(passage)
        else:
            rest.append(passage)
            is_open = False
    if len(items) < _FEWEST:
        return None
    rest += [Passage(one.place, one.text, is_note=True) for item in items if item.has_below for one in item.said]
    order = {one.place: at for at, one in enumerate(paragraphs)}
    return _table([item for item in items if not item.has_below]), sorted(rest, key=lambda one: order[one.place])


def _item(kind: int, number: str, found: re.Match[str], place: str, before: Sequence[_Item]) -> _Item:
    above = (*before[-1].above, before[-1]) if before else ()
    above = tuple(one for one in above if one.kind < kind)
    if above:
        above[-1].has_below = True
    standard = found["standard"].lstrip("。．，；：:;,. ")
    return _Item(kind, number, found["name"], found["points"], [Passage(place, standard)], above)


def _numbered(text: str) -> tuple[int | None, str, str]:
    """(kind of the number that the text begins with, the number, what follows it)."""
    text = text.strip()
    for kind, words in enumerate(_NUMBERED):
        found = words.match(text)
        if found:
            return kind, found[0], text[found.end() :].lstrip()
    return None, "", text


def _table(leaves: Sequence[_Item]) -> Printed:
    depth = max(len(leaf.above) for leaf in leaves)
    head = [*["考核项目"] * depth, "指标", "分值", "评分标准"]
    rows = [_row(leaf, depth) for leaf in leaves]
    places = [leaf.said[0].place for leaf in leaves]
    return Printed("", [head, *rows], [[place] * len(head) for place in (places[0], *places)])


def _row(leaf: _Item, depth: int) -> list[str]:
    levels = [one.heading for one in leaf.above]
    levels += [leaf.heading] * (depth - len(levels))  # an item beside items with further ones is a level of its own
    return [*levels, leaf.name, leaf.points, "\n".join(_standards(leaf))]


def _standards(leaf: _Item) -> Iterator[str]:
    return (text for one in leaf.said if squeezed(text := one.text.strip()))
