"""What is said on pages about offline return kits (离线填报包)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from imports.problems import UnreadableDocument
from tracker.drafts.wording import message, unreadable
from tracker.progress.content import LONGEST_TEXT
from tracker.progress.kits.cells import FIGURE, PERCENT, TEXTS, is_faulty, is_read
from tracker.progress.kits.refusals import Cause, Refusal
from tracker.progress.labels import figure_wanted, joined
from tracker.progress.labels_milestones import MILESTONE_LABELS
from tracker.progress.milestones import EXPECTED, NO, REACHED, YES
from tracker.progress.queries.kits import Merged, ReturnedRow
from tracker.web.labels import offer_labels
from tracker.web.locale import counted as _n

KIT_STATE_LABELS = {"waiting": _l("待采纳"), "taken": _l("已采纳"), "dropped": _l("已放弃"), "refused": _l("未收")}
KIT_STATE_TONES = {"waiting": "amber", "taken": "green", "dropped": "gray", "refused": "red"}
CELL_LABELS = {
    "done": _l("本期完成情况"),
    "percent": _l("完成百分比"),
    "problems": _l("存在问题"),
    "next_step": _l("下步措施"),
    "setback": _l("进度回退说明"),
}
BARRED_LABELS = {
    "own_review": _l("已在本单位审核，不能再写入；要改请先撤回。"),
    "reported": _l("已经报送，正在核验。"),
    "accepted": _l("已经核收。"),
    "cancelled": _l("这一期已取消，期限已另行安排或任务已调整。"),
    "moved": _l("任务已改派给其他单位。"),
    "withdrawn": _l("任务已撤销。"),
    "handed_back": _l("任务已退回牵头办公室。"),
    "to_sign": _l("任务待签收，签收后才能填报。"),
    "done": _l("任务已办结。"),
    "gone": _l("这项报送已不存在。"),
}
REFUSALS: Mapping[Cause, Any] = {
    "no-kit": _l("这不是填报包：文件里没有识别信息。请用从系统导出的那份工作簿填写，另存或复制到新文件的不能收回。"),
    "no-workbook": _l(
        "这个文件不是工作簿：填报包另存为 CSV、网页、PDF 等以后，识别信息就没有了。"
        "请打开从系统导出的那份工作簿，填好后保存为 .xlsx 再上传。"
    ),
    "marked-workbook": _l("这是导入稿的批注工作簿，不是填报包。请到那份导入稿的“批注工作簿”里上传。"),
    "elsewhere": _l("这是另一套系统导出的填报包（%(unit)s），不能在这里收回。请发还给导出它的系统。"),
    "altered": _l("填报包的识别信息被改动过或不完整，无法确认改了什么。请重新导出一份，把内容填进去再交回。"),
    "old-template": _l("这份填报包（%(unit)s）是旧模板，第%(was)s版；现行第%(now)s版。请重新导出一份，把内容填进去再交回。"),
    "unknown": _l("系统里没有这份填报包（%(unit)s）的导出记录，可能是从备份恢复以前导出的。请重新导出一份。"),
    "other-unit": _l("这是%(unit)s的填报包，不是您负责的单位的，没有收。"),
    "columns-gone": _l("表头被改动，找不到这些列：%(names)s。请恢复表头，或重新导出一份。"),
    "cells-changed": _l("锁定的单元格被改动（%(n)s 处）：%(cells)s。请恢复原来的内容，或重新导出一份。"),
    "twice": _l("同一项报送出现两次：%(first)s 和 %(second)s 都是“%(name)s”。请删去复制的一行。"),
    "several-tables": _l("工作簿里有几张填报表（%(names)s），填写的不一样，不知道以哪张为准。请只留填好的一张再交回。"),
    "nothing": _l("这份填报包和导出时一样，没有填写任何内容。"),
    "empty": _l("压缩包是空的，里面没有填报包。"),
    "path": _l("压缩包里这个文件的名字指向压缩包以外，没有收。请把工作簿重新压缩。"),
    "too-large": _l("文件过大，不是填报包。"),
    "archive": _l("这是压缩包（%(kind)s），没有打开。请先解压，再上传里面的工作簿，或者把工作簿直接压缩成一个 .zip。"),
    "locked": _l("压缩包设有密码，没有打开。请解压，再上传里面的工作簿，或者重新压缩成没有密码的 .zip。"),
    "unreadable": _l("压缩包里这个文件已损坏，没有收。请让单位重新发送。"),
}  # fmt: skip


UNREAD: Mapping[str, Cause] = {"kind-archive": "archive", "unknown-format": "no-workbook"}
"""Codes of `imports.wording` whose advice is for documents that are imported → what is said of a kit instead."""


def refusal_words(refusal: Refusal | str) -> str:
    """Why a file was refused and what to do; files refused before codes were kept have their words."""
    if isinstance(refusal, str):
        return refusal
    cause: Any = refusal.code
    if refusal.unread:
        cause = UNREAD.get(refusal.code, "")
        if not cause and not refusal.code.startswith("kind-"):
            return unreadable(UnreadableDocument(refusal.code, **refusal.params))
        if not cause:
            return f"{message(refusal.code, refusal.params)}{REFUSALS['no-workbook']}"
    return str(REFUSALS[cause]) % refusal.params


def cell_label(one: Merged, key: str) -> str:
    """What a cell of a kit is called: a column of every kit, a target of its task, or a milestone."""
    if key.startswith(EXPECTED):
        return _("%(name)s（预计达成日期）", name=one.said.labels.get(key, ""))
    return str(CELL_LABELS[key]) if key in CELL_LABELS else one.said.labels.get(key, "")


def cell_words(text: str, one: Merged, key: str) -> str:
    """What stands in a cell, in words: a number with its unit."""
    if key == PERCENT and text.isdigit():
        return f"{text}%"
    if key.startswith(REACHED) and text in {YES, NO}:
        return str(MILESTONE_LABELS["reached" if text == YES else "missed"])
    return f"{text}{one.said.units.get(key, '')}" if key.startswith(FIGURE) and text and is_read(key, text) else text


def unread_words(one: Merged, key: str, text: str) -> str:
    """Why what stands in a cell cannot be written, and what could."""
    if key in TEXTS and is_faulty(text):
        return _("公式没有结果，请填写文字。")
    if key in TEXTS:
        return _("文字过长，最多 %(n)s 字", n=LONGEST_TEXT)
    if key == PERCENT:
        return _("请填写 0 至 100 的整数。")
    if key.startswith(REACHED):
        return _("请选“已达成”或“未达成”。")
    if not key.startswith(EXPECTED):
        return figure_wanted(one.said.units.get(key, ""))
    return _("没有选“未达成”，这个日期不写入。") if is_read(key, text) else _("看不出是哪一天，请写成 2026-08-15。")


def kit_state_words(state: str, replaced: bool) -> str:
    return _("重复") if replaced else str(KIT_STATE_LABELS[state])


def barred_words(one: Merged) -> str:
    """Why nothing is written for a report now."""
    if one.holders:
        return _("任务已改派给%(units)s。", units=joined(one.holders))
    return str(BARRED_LABELS[one.barred])


def verdict_words(row: ReturnedRow) -> str:
    """What was found in a file when it came; of a refused one why."""
    if row.state == "refused":
        return refusal_words(row.refusal)
    if row.replaced:
        return _("和后来收到的一份是同一个文件，以后来的为准。")
    counts = row.counts
    unclear = counts.get("unread", 0) + counts.get("gone", 0)
    parts = [
        (counts.get("take", 0), _("可写入 %(n)s 格", n=counts.get("take", 0))),
        (counts.get("conflict", 0), _("两边都改 %(n)s 格", n=counts.get("conflict", 0))),
        (unclear, _("看不明白 %(n)s 格", n=unclear)),
        (counts.get("barred", 0), _("不能再写 %(n)s 项", n=counts.get("barred", 0))),
        (row.added, _("增加 %(n)s 行", n=row.added)),
        (row.missing, _("缺少 %(n)s 行", n=row.missing)),
        (row.beside, _("表格以外 %(n)s 处", n=row.beside)),
    ]
    found = joined([words for n, words in parts if n]) or _("没有新内容")
    return _("其余已采纳，冲突由单位自己选择。") + found if row.waits_for_unit else found


def kit_taken_words(reports: int, waiting: int) -> str:
    if not (reports or waiting):
        return _("没有要写入的内容，草稿没有改变。")
    if not reports:
        return _n("已交给单位：%(n)s 处由单位自己选择。", waiting)
    words = _n("已写入 %(n)s 项报送的草稿，还没有提交。", reports)
    return words + (_n("另有 %(n)s 处由单位自己选择。", waiting) if waiting else "")


def register(app: Flask) -> None:
    offer_labels(app, kit_tone=KIT_STATE_TONES)
    app.jinja_env.filters.update(
        barred_words=barred_words, cell_words=cell_words, kit_state=kit_state_words, kit_verdict=verdict_words
    )
