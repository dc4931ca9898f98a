"""The offline return kit (离线填报包): a protected table to fill in away from the system, and how to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.words import Translate
from reports.workbook import SHUT, Column, Entry, Sheet

MARK = "mark"
"""Key of the hidden column."""
EXACT_DIGITS = 15
"""The office programs keep so many digits of a number; a figure with more stands as text."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A figure that a report is to say."""

    target: str
    """What is to be reached, with what was reported last."""
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A milestone that a report is to say of whether it is reached."""

    milestone: str
    """What is to be reached, by when."""
    reached: bool | None
    expected: str
    """The day on which it is expected: ISO; empty where none is said."""


@dataclass(frozen=True, slots=True)
class KitRow:
    """A report to make; its texts as a cell can hold them."""

    mark: str
    """What the row is known again by."""
    plan: str
    number: str
    task: str
    requirement: str
    term: str
    due: str
    last: str
    """What was accepted last; empty where nothing was, and then nothing can be said to be the same."""
    done: str
    percent: int | None
    """None where it is reckoned from milestones."""
    problems: str
    next_step: str
    setback: str
    slots: tuple[Slot, ...]
    stages: tuple[Stage, ...] = ()
    """Its own milestone first."""


@dataclass(frozen=True, slots=True)
class Kit:
    unit: str
    made_on: date
    until: date
    """The earliest date of its reports."""
    office: str
    """To whom it may be sent."""
    rows: Sequence[KitRow]


class Keyed(NamedTuple):
    key: str
    column: Column


def columns(model: Kit, _: Translate) -> list[Keyed]:
    """The columns of the table, those to fill in with an `entry`; what stands in them is found by these keys."""
    several = len({row.plan for row in model.rows}) > 1
    known = any(row.last for row in model.rows)
    figures = max((len(row.slots) for row in model.rows), default=0)
    stages = max((len(row.stages) for row in model.rows), default=0)
    return [
        Keyed(MARK, Column(_("行号（勿改）"), 8, typed=True, hidden=True)),
        *([_locked("plan", _("计划"), 18)] if several else []),
        _locked("number", _("编号"), 6),
        _locked("task", _("任务"), 22),
        _locked("requirement", _("工作要求"), 34),
        _locked("term", _("期次"), 12),
        _locked("due", _("截止日期"), 11),
        *([_locked("last", _("上次核收"), 26), _same(_)] if known else []),
        _text("done", _("本期完成情况"), 40, _("写本期做了什么、到了哪一步。提交前必填。")),
        _percent(_),
        *(one for number in range(1, stages + 1) for one in _stage(number, _)),
        _text("problems", _("存在问题"), 26, _("需要牵头办公室协调的事项请写明。")),
        _text("next_step", _("下步措施"), 26, ""),
        _text("setback", _("进度回退说明"), 20, _("完成百分比低于上次核收的进度，或已达成的节点改为未达成时填写。")),
        *(one for number in range(1, figures + 1) for one in _figure(number, _)),
    ]


def _locked(key: str, label: str, width: float) -> Keyed:
    return Keyed(key, Column(label, width, typed=True, shaded=True))


def _text(key: str, label: str, width: float, hint: str) -> Keyed:
    return Keyed(key, Column(label, width, typed=True, hint=hint, entry=Entry()))


def _same(_: Translate) -> Keyed:
    hint = _("选“是”：本期没有变化，沿用上次核收的内容，其余各栏不必填。")
    return Keyed(
        "same",
        Column(_("与上期一致"), 9, typed=True, align="center", hint=hint, choices=(_("是"),),
               entry=Entry(refusal=_("请从下拉列表里选择，或者留空。"))),
    )  # fmt: skip


def _percent(_: Translate) -> Keyed:
    refusal = _("请填写 0 至 100 的整数。")
    return Keyed(
        "percent", Column(_("完成百分比"), 9, kind="integer", hint=refusal, entry=Entry("whole", 0, 100, refusal))
    )


def _stage(number: int, _: Translate) -> list[Keyed]:
    choose = _("从下拉列表里选“已达成”或“未达成”。")
    return [
        _locked(f"milestone{number}", _("节点%(n)s", n=number), 22),
        Keyed(
            f"reached{number}",
            Column(_("节点%(n)s是否达成", n=number), 10, typed=True, align="center", hint=choose,
                   choices=(_("已达成"), _("未达成")), entry=Entry(refusal=choose)),
        ),
        _text(f"expected{number}", _("节点%(n)s预计达成日期", n=number), 13, _("未达成时填写，写成 2026-08-15；原因写在“存在问题”里。")),
    ]  # fmt: skip


def _figure(number: int, _: Translate) -> list[Keyed]:
    entry = Entry(
        "decimal", refusal=_("这里要填数字。可以连目标的单位一起写；约数和说明请写在“本期完成情况”里。"), firm=False
    )
    return [
        _locked(f"target{number}", _("目标%(n)s", n=number), 22),
        Keyed(f"value{number}", Column(_("目标%(n)s本期值", n=number), 11, kind="number", entry=entry)),
    ]


def cells(row: KitRow, _: Translate) -> Mapping[str, object]:
    """What stands in a row, by the key of its column; nothing where a row has no such target or milestone."""
    found: dict[str, object] = {
        MARK: row.mark, "plan": row.plan, "number": row.number, "task": row.task, "requirement": row.requirement,
        "term": row.term, "due": row.due, "last": row.last, "same": None if row.last else SHUT, "done": row.done,
        "percent": SHUT if row.percent is None else row.percent, "problems": row.problems,
        "next_step": row.next_step, "setback": row.setback,
    }  # fmt: skip
    for number, slot in enumerate(row.slots, 1):
        found[f"target{number}"], found[f"value{number}"] = slot.target, _exact(slot.value)
    for number, stage in enumerate(row.stages, 1):
        reached = None if stage.reached is None else _("已达成") if stage.reached else _("未达成")
        found[f"milestone{number}"], found[f"reached{number}"] = stage.milestone, reached
        found[f"expected{number}"] = stage.expected
    return found


def _exact(value: Decimal | None) -> Decimal | str | None:
    if value is None or len(value.as_tuple().digits) <= EXACT_DIGITS:
        return value
    return f"{value:f}"


def build(model: Kit, _: Translate) -> list[Sheet]:
    keyed = columns(model, _)
    told = (
        _("白色的格可以填写，灰色的格已锁定；填好后保存，原样传回。截止日期见各行，最早的一项是 %(day)s。", day=model.until.isoformat()),
    )  # fmt: skip
    return [
        Sheet(
            title=_("填报表"), heading=_("%(unit)s填报包", unit=model.unit), lines=told,
            columns=tuple(one.column for one in keyed), rows=(_line(row, keyed, _) for row in model.rows),
            count=len(model.rows), freeze_columns=4 if keyed[1].key == "plan" else 3, filter=False, protected=True,
        ),
        Sheet(
            title=_("说明"), heading=_("怎样填写"), columns=(Column(_("事项"), 14), Column(_("说明"), 96)),
            rows=_advice(model, _), filter=False, protected=True,
        ),
    ]  # fmt: skip


def _line(row: KitRow, keyed: Sequence[Keyed], _: Translate) -> tuple[object, ...]:
    found = cells(row, _)
    return tuple(found.get(key, SHUT if column.entry else None) for key, column in keyed)


def _advice(model: Kit, _: Translate) -> list[tuple[str, str]]:
    return [
        (_("填哪里"), _("在“填报表”里填写白色的格，一行是一项报送。已经写过的内容已填好，可以接着改。")),
        *([(_("节点"), _("有节点的报送不填百分比：选是否达成，未达成的写预计达成日期和原因，百分比由系统按节点计算。"))]
          if any(row.stages for row in model.rows) else []),
        (_("什么时候"), _("最早的截止日期是 %(day)s；每一项的截止日期见“截止日期”一栏。", day=model.until.isoformat())),
        (_("交到哪里"), _("登录系统，在“我的任务”的“离线填报”里上传；也可以发给%(office)s，由其收回。", office=model.office)),
        (_("收回以后"), _("填写的内容先成为草稿，由本单位填报人在系统里核对、补充佐证材料后提交，不会自动提交。")),
        (_("不要改动"), _("不要改灰色的格和表头，不要增删行、列；行可以排序。被改动的会按单元格指出，增删的行会列出，不写入。")),
        (_("同时在线"), _("导出以后又在系统里填写的，两边不同的地方逐格列出，由填报人选择，不会互相覆盖。")),
        (_("保护"), _("工作表的保护没有密码，只防误改；是否改动由系统核对识别信息。请保存为 Excel 工作簿（.xlsx）。")),
        (_("导出日期"), model.made_on.isoformat()),
    ]  # fmt: skip
