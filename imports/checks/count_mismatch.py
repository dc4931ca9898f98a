"""A printed count (`共 39 项任务`, a row of totals) that is not the count of tasks read: of all, or of the table it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports.phrases.chars import chinese_number, fold
from imports.problems import Problem
from imports.recognise.reading import Reading

_COUNT = re.compile(
    r"(?:共(?:计|有|分解|梳理|确定|明确|安排|提出|涉及)?|合计|总计|分解(?:为|成)|细化(?:为|成)|梳理(?:出|为)|明确了?|确定了?|安排了?|提出了?)"
    r"(?:\d+个?(?:方面|大类|类|部分|领域|板块)[,、]?(?:共)?)?\s*(?P<count>\d{1,4}|[一二三四五六七八九十百]{1,5})\s*(?:项|条|件|个)"
    r"(?:具体|重点|主要|细化|年度|工作|目标|民生|改革)*(?:任务|工作|事项|举措|措施|实事|要点|清单|$|[。,;)])"
)


def check(reading: Reading) -> Iterator[Problem]:
    found = len(reading.draft.tasks)
    if not found:
        return
    printed: list[tuple[str, int, tuple[int, ...]]] = [
        (total.locator, total.printed, total.rows) for total in reading.totals
    ]
    texts = [(piece.locator, piece.text) for piece in reading.draft.unread if piece.kind in {"text", "caption", "note"}]
    texts.extend(reading.draft.document.sources.get("title", []))
    for place, text in texts:
        for match in _COUNT.finditer(fold(text)):
            count = chinese_number(match["count"])
            if count is not None and count > 1:
                printed.append((place, count, (reading.counted.get(place, found),)))
    if any(count == found for _, count, _ in printed):
        return
    for place, count, counted in printed:
        if count not in counted:
            yield Problem("count-mismatch", (place,), {"printed": str(count), "found": str(counted[0])})
