"""The units of a book: who they are and in which group (组别) they are ranked."""

from __future__ import annotations

from tracker.assessment.scoring.book import Unit
from tracker.assessment.scoring.part import Part
from tracker.assessment.scoring.problems import Problems
from tracker.assessment.scoring.wording import N_


def read_units(raws: list[object], problems: Problems) -> tuple[Unit, ...]:
    """The units with a key of their own, in the book's order."""
    units: dict[str, Unit] = {}
    places: dict[str, str] = {}
    for index, raw in enumerate(raws):
        part = Part(raw, f"units[{index}]", problems)
        part.allow("key", "name", "group")
        key = part.text("key", required=True)
        name = part.text("name", may_be_empty=True) or ""
        group = part.text("group", required=True) or ""
        if key is None:
            continue
        if key in units:
            for path in (places[key], part.at("key")):
                problems.add(path, N_("单位代码 %(key)s 重复"), key=key)
        else:
            units[key], places[key] = Unit(key, name, group), part.at("key")
    return tuple(units.values())
