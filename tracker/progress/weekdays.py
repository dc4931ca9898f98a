"""Which days of the week (周几) the words name: 每周一、三、五, 每周一至周五, 每周1、3. Pure; no clock."""

from __future__ import annotations

import re

WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_WEEKDAY = re.compile(
    r"(?:周|星期|^)([一二三四五六日天](?:\s*[、和及与至到~—-]*\s*(?:(?<=[、和及与至到~—-])(?:周|星期))?[一二三四五六日天])*|[1-7](?:\s*[、和及与]\s*[1-7])*(?![\d次]))"
    r"(?!次|调度|通报|督|检查|总结|评|报(?!送)|会商|研|分析|上报|[周月季年]|个)"
)
_BEGINNING = re.compile("周初(?![审步稿核次])")
_WEEKDAY_RANGE = re.compile(r"[一二三四五六日天]\s*[至到~—-]+\s*(?:周|星期)?(?=[一二三四五六日天])")


def weekdays(text: str) -> list[int]:
    """Those that are named, of 周一至周五 the last; Friday where none is, and Monday for 每周初."""
    found = _WEEKDAY.search(text)
    days = _WEEKDAY_RANGE.sub("", found[1]) if found else "一" if _BEGINNING.search(text) else "五"
    return sorted(
        {WEEKDAYS[day] if day in WEEKDAYS else int(day) - 1 for day in re.findall("[一二三四五六日天1-7]", days)}
    )
