"""The words of a document that a figure to be reached (目标值) stands among: 18所 of “新建公办幼儿园18所，新增学位4200个”
says “新建公办幼儿园18所”, so that whoever reports it need not guess which of several figures is meant.

clauses(figures, texts) → for each figure the clause it stands in, or '' where it says no more than the figure itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

LONGEST = 40
"""Characters of a clause; what comes before a figure is cut at a comma of a list, or it is left."""
_END = re.compile(r"[，,；;。！!？?：:\n\t（(）)【】《》“”]")
_LIST = re.compile(r"[、和及与]")
_JOINS = "、和及与并且或以及其中的 　"
_SPACE = re.compile(r"\s+")


def clauses(figures: Sequence[str], texts: Iterable[str]) -> list[str]:
    """`figures` in the order they are printed; `texts` hold them, the first that has one is taken."""
    known = list(texts)
    found = _places(figures, known)
    taken = [place for place in found if place is not None]
    return [_clause(known[place[0]], place, taken) if place is not None else "" for place in found]


Place = tuple[int, int, int]
"""Which text, from where, to where."""


def _places(figures: Sequence[str], texts: Sequence[str]) -> list[Place | None]:
    """Each figure's place: none stands in that of another, and the same words again stand further on."""
    free: list[Place] = []
    places: list[Place | None] = [None] * len(figures)
    for index in sorted(range(len(figures)), key=lambda index: -len(figures[index])):
        places[index] = _first(figures[index], texts, free)
        if places[index] is not None:
            free.append(places[index])  # type: ignore[arg-type]  # it is not None
    return places


def _first(figure: str, texts: Sequence[str], taken: Iterable[Place]) -> Place | None:
    for number, text in enumerate(texts):
        start = text.find(figure) if figure else -1
        while start >= 0:
            end = start + len(figure)
            if not any(one == number and start < to and since < end for one, since, to in taken):
                return number, start, end
            start = text.find(figure, start + 1)
    return None


def _clause(text: str, place: Place, places: Iterable[Place]) -> str:
    number, start, end = place
    others = [(since, to) for one, since, to in places if one == number and (since, to) != (start, end)]
    since = max([0, *(mark.end() for mark in _END.finditer(text, 0, start))])
    former = [to for _, to in others if since <= to <= start]
    before = _shared(text[max(former) : start])[1] if former else text[since:start]
    mark = _END.search(text, end)
    until = mark.start() if mark else len(text)
    latter = [one for one, _ in others if end <= one <= until]
    after = _shared(text[end : min(latter)])[0] if latter else text[end:until]
    room = LONGEST - (end - start)
    if len(before) > room:
        fits = [one.end() for one in _LIST.finditer(before) if len(before) - one.end() <= room]
        before = before[fits[0] :] if fits else ""
    if len(before) + len(after) > room:
        after = ""
    words = _SPACE.sub(" ", f"{before.lstrip(_JOINS)}{text[start:end]}{after.rstrip(_JOINS)}").strip()
    return "" if words == text[start:end] else words


def _shared(between: str) -> tuple[str, str]:
    """What stands between two figures of a clause: what belongs to the former (1个中心、…), and to the latter (…和停车位500个)."""
    mark = _LIST.search(between)
    return (between[: mark.start()], between[mark.end() :]) if mark else ("", between)
