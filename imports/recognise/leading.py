"""Rules that some covering letters print of the units they list: the first one leads (排在首位的为牵头单位), or the one that
bears a mark (标★的为牵头单位)."""

from __future__ import annotations

import re
from dataclasses import replace

from imports.draft import DraftTask, UnitExpression
from imports.phrases.chars import fold
from imports.recognise.reading import Reading

_LEADS = r"(?:为|是|作为|表示|代表|系)(?:该项)?(?:任务|工作)?的?(?:总?牵头|汇总|主办)"
_FIRST = re.compile(
    r"(?:(?:列|排)(?:名)?(?:在)?(?:第一|首)(?:位|个)?[的者]?|首个|第一个|第一位的?)(?:责任|承办)?(?:单位|部门)?(?:的)?(?:,)?(?:即)?"
    + _LEADS
    + r"|(?:牵头|汇总|主办)(?:单位|部门)(?:为|是|即)(?:各项(?:任务|工作)?)?(?:责任(?:单位|部门))?(?:中)?"
    r"(?:(?:排|列)(?:名|序)?(?:在)?(?:第一|首)(?:位|个)?|首个|第一个|第一位)的?(?:责任)?(?:单位|部门)"
)
_MARKS = "★☆▲△●◆■※*#"
_MARKED = re.compile(
    rf"[“\"(]?(?P<mark>[{_MARKS}])[”\")]?(?:号|标记|标注|标识|符号)?(?:的|者)?(?:责任)?(?:单位|部门)?(?:,)?{_LEADS}"
)
_STYLE = "(?:加粗|粗体|黑体|[标红黄蓝][红黄蓝色字]|下划线|斜体|高亮|底色|阴影)"
_STYLED = re.compile(
    rf"{_STYLE}[^,;。]{{0,12}}{_LEADS}|(?:牵头|汇总|主办)(?:单位|部门)(?:名称)?(?:已|均|都|一律|用|以|为|由|作|采用)*{_STYLE}"
)
"""`加粗的为牵头单位`: what shows only in the print, and is not read."""
_SIGNS = ("第", "首", "粗", "体", "红", "黄", "蓝", "线", "色", *_MARKS)


def let_first_unit_lead(reading: Reading) -> None:
    """Gives the lead, in every task that has none, to its first named unit or to those that bear the mark, where the
    document itself says so."""
    texts = [(piece.locator, piece.text) for piece in reading.draft.unread]
    titles = reading.draft.document.sources.get("title", [])
    notes = [
        piece
        for task in reading.draft.tasks
        for piece in task.sources.get("units", ())
        if "第一" in piece[1] or "首" in piece[1]
    ]
    for locator, text in (*reading.draft.document.columns, *titles, *texts, *notes):
        if not any(sign in text for sign in _SIGNS):
            continue
        folded = fold(text)
        marked = _MARKED.search(folded)
        if marked or _FIRST.search(folded):
            reading.find("marked-unit-leads" if marked else "first-unit-leads", locator)
            for task in reading.draft.tasks:
                if all(unit.role != "lead" for unit in task.units):
                    _let_lead(task, marked["mark"] if marked else None)
            return
        if _STYLED.search(folded) and any(
            all(unit.role != "lead" for unit in task.units) for task in reading.draft.tasks
        ):
            reading.find("styled-unit-leads", locator)
            return


def _let_lead(task: DraftTask, mark: str | None) -> None:
    if mark is None:
        leading = [0] if task.units and not task.units[0].collective else []
    else:
        marked = _names_beside(mark, "\n".join(raw for _, raw in task.sources.get("units", ())))
        leading = [at for at, unit in enumerate(task.units) if any(map(unit.text.endswith, marked))]
    for at in leading:
        task.units[at] = _led(task.units[at])


def _led(unit: UnitExpression) -> UnitExpression:
    return replace(unit, role="lead")


def _names_beside(mark: str, raw: str) -> list[str]:
    """The names that a mark stands before, or behind."""
    sign = re.escape(mark)
    return re.findall(rf"(?:^|(?<=[、,，;；:：\s(（])){sign}\s*([\u4e00-\u9fff]{{2,}})", raw) + re.findall(
        rf"([\u4e00-\u9fff]{{2,}}(?:[(（][^()（）]*[)）])?){sign}", raw
    )
