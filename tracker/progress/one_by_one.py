"""Several days that share their period: each in words of its own (双月15日和30日前, 每月逢5, 每季度首月5日和末月20日前). Pure; no clock."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.progress.spans import number_of

_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_TENS = re.compile(rf"逢?{_NUMBER}[日号]?")
_ITEM = re.compile(
    rf"((?:首个?|末|第[一二三123]个?|最后一个)月的?)?(?:{_NUMBER}\s*[日号]?|(月?底|[上中下]旬))(?:之前|以前|前)?"
)
_ITEMS = re.compile(
    rf"(?:(?:首个?|末|第[一二三123]个?|最后一个)月的?)?(?:{_NUMBER}\s*[日号]?|[上中下]旬)(?:之前|以前|前)?"
    rf"(?:\s*[、和及与]\s*(?:(?:首个?|末|第[一二三123]个?|最后一个)月的?)?(?:{_NUMBER}\s*[日号]?|月?底|[上中下]旬)(?:之前|以前|前)?)+$"
)
"""Several days of one period: `双月15日和30日前`, `每季度首月5日和末月20日前`."""


def one_by_one(text: str) -> Iterator[str]:
    """Words of one day each: `双月15日和30日前` is 双月15日 and 双月30日, `每月逢5` is 每月5日, 15日 and 25日."""
    head, every_ten, tens = text.partition("逢")
    if every_ten and head.endswith("月"):
        days = sorted({number_of(found[1]) % 10 or 10 for found in _TENS.finditer(tens)})
        yield from (f"{head}{day + more}日" for more in (0, 10, 20) for day in days)
        return
    items = _ITEMS.search(text)
    if items is None:
        yield text
        return
    month = ""
    for item in _ITEM.finditer(items.group()):
        month = item[1] or month
        yield f"{text[: items.start()]}{month}{item[3] or f'{number_of(item[2])}日'}前"
