"""A rule that some covering letters print: of the units listed, the first one leads (排在首位的为牵头单位)."""

from __future__ import annotations

import re
from dataclasses import replace

from imports.phrases.chars import fold
from imports.recognise.reading import Reading

_RULE = re.compile(
    r"(?:(?:列|排)(?:名)?(?:在)?(?:第一|首)(?:位|个)?的?|首个|第一个|第一位的?)(?:责任|承办)?(?:单位|部门)?(?:的)?(?:,)?(?:即)?(?:为|是|作为)"
    r"(?:该项)?(?:任务|工作)?的?(?:牵头|汇总|主办)"
)


def let_first_unit_lead(reading: Reading) -> None:
    """Gives the lead to the first named unit of every task that has none, where the document itself says so."""
    texts = [(piece.locator, piece.text) for piece in reading.draft.unread]
    titles = reading.draft.document.sources.get("title", [])
    for locator, text in (*reading.draft.document.columns, *titles, *texts):
        if ("第" in text or "首" in text) and _RULE.search(fold(text)):
            reading.find("first-unit-leads", locator)
            break
    else:
        return
    for task in reading.draft.tasks:
        first = task.units[0] if task.units else None
        if first is not None and not first.collective and all(unit.role != "lead" for unit in task.units):
            task.units[0] = replace(first, role="lead")
