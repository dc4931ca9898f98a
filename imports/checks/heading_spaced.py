"""Headings with blanks inside: line breaks of a narrow merged cell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports.problems import Problem
from imports.recognise.reading import Reading

_INNER = re.compile(r"[\u4e00-\u9fff][ \u3000\xa0]+[\u4e00-\u9fff]")


def check(reading: Reading) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for task in reading.draft.tasks:
        for heading in task.path:
            if " " not in heading and "\u3000" not in heading and "\xa0" not in heading:
                continue
            place = next((locator for locator, raw in task.sources.get("path", []) if heading in raw), task.locator)
            if _INNER.search(heading) and (heading, place) not in seen:
                seen.add((heading, place))
                yield Problem("heading-spaced", (place,), {"heading": heading})
