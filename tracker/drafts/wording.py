"""Findings in the words of the page's language: the catalogue of `imports.wording` through gettext."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from imports.problems import UnreadableDocument, wording_of
from tracker.web.labels import offer_labels
from tracker.web.locale import counted as _n, html_lang
from tracker.web.places import place

UNREAD_LABELS = {
    "text": _l("没有识别的文字"),
    "noise": _l("网页上的导航、页脚等"),
    "addressee": _l("主送单位、抬头"),
    "caption": _l("表题、表头说明"),
    "body": _l("正文（任务以表格为准）"),
    "note": _l("表后注释"),
    "hidden": _l("隐藏的内容"),
    "total": _l("合计行"),
    "template": _l("模板自带的示例和名单"),
}
SEVERITY_LABELS = {"error": _l("错误"), "warning": _l("警告"), "note": _l("说明")}
SEVERITY_TONES = {"error": "red", "warning": "amber", "note": "blue"}


def message(code: str, params: Mapping[str, str]) -> str:
    return _(wording_of(code).message).format_map(_shown(params))


def _shown(params: Mapping[str, str]) -> Mapping[str, str]:
    """What a sentence is filled with: a place of the file in the words of the page, as everywhere else."""
    return {**params, "place": place(params["place"])} if "place" in params else params


def in_words(text: str, /, **values: object) -> str:
    """A text of a report in the language of the page."""
    return _(text, **values)


def hint(code: str, params: Mapping[str, str]) -> str:
    return _(wording_of(code).hint).format_map(params)


def unreadable(error: UnreadableDocument) -> str:
    """Why a file cannot be read and what to do, as one sentence for the field."""
    problem = error.problem
    gap = " " if html_lang() == "en" else ""  # Chinese sentences follow each other without one
    return f"{message(problem.code, problem.params)}{gap}{hint(problem.code, problem.params)}"


DRAFT_STATE_LABELS = {
    "reading": _l("正在读入"),
    "review": _l("核对中"),
    "adopted": _l("已入库"),
    "discarded": _l("已作废"),
    "failed": _l("未能读入"),
}
DRAFT_STATE_TONES = {"reading": "blue", "review": "amber", "adopted": "green", "discarded": "gray", "failed": "red"}
HOW_LABELS = {
    "name": _l("名称一致"),
    "alias": _l("别名"),
    "plate": _l("挂牌"),
    "two_names": _l("一个机构两块牌子"),
    "place": _l("地名即政府"),
    "rule": _l("已确认的集合"),
    "picked": _l("人工指定"),
    "created": _l("新增单位"),
    "members": _l("人工核对成员"),
    "nobody": _l("不落实到单位"),
    "none": _l("待匹配"),
}
FIELD_OF = {
    "heading-shifted": "path",
    "heading-repeated": "path",
    "heading-spaced": "path",
    "role-repeated": "units",
    "unit-odd": "units",
    "unit-in-two-roles": "units",
    "unit-note-shared": "units",
    "first-unit-leads": "units",
    "marked-unit-leads": "units",
    "styled-unit-leads": "units",
    "list-open": "units",
    "units-missing": "units",
    "units-unclaimed": "units",
    "units-filled-down": "units",
    "times-filled-down": "deadlines",
    "number-missing": "number",
    "number-start": "number",
    "number-twice": "number",
    "date-impossible": "deadlines",
    "date-before-document": "deadlines",
    "year-unknown": "deadlines",
    "time-unread": "deadlines",
    "time-undated": "deadlines",
    "requirement-missing": "requirement",
    "requirement-repeated": "requirement",
}
"""Which field of a task a finding is about, where its code alone says so."""
SETTLED_LABELS = {"accepted": _l("核对无误"), "mended": _l("已更正")}


class Counted(Protocol):
    """What reading a document again changed, in numbers of tasks."""

    @property
    def new(self) -> int: ...
    @property
    def gone(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def kept(self) -> int: ...


def reread_words(done: Counted) -> str:
    return _(
        "已重新识别：新增 %(new)s 项，减少 %(gone)s 项，变化 %(changed)s 项；%(kept)s 项的更正保留。可以撤销。",
        new=done.new, gone=done.gone, changed=done.changed, kept=done.kept,
    )  # fmt: skip


class Adopted(Protocol):
    """What became of a draft that was adopted."""

    @property
    def tasks(self) -> int: ...
    @property
    def assignments(self) -> int: ...
    @property
    def again(self) -> bool: ...


def adopted_words(done: Adopted) -> str:
    if done.again:
        return _("这份分解表此前已经入库。")
    return _(
        "已入库：%(tasks)s 项任务，%(n)s 条责任落实。核对计划设置后即可下发。", tasks=done.tasks, n=done.assignments
    )


def corrected_words(count: int) -> str:
    """What is said when many tasks were corrected at once."""
    return _n("已更正 %(n)s 项任务，可以一次撤销。", count) if count else _("所选任务本来就是这样，没有更改。")


def taken_words(count: int) -> str:
    """What is said when a marked-up workbook was taken in."""
    return _n("已采纳批注工作簿，%(n)s 项任务有变化。可以用“撤销上一步”整个撤销。", count)


def register(app: Flask) -> None:
    offer_labels(
        app,
        severity_label=SEVERITY_LABELS,
        severity_tone=SEVERITY_TONES,
        draft_state=DRAFT_STATE_LABELS,
        draft_tone=DRAFT_STATE_TONES,
        how_label=HOW_LABELS,
        settled_label=SETTLED_LABELS,
    )
    app.jinja_env.filters.update(
        finding_text=lambda row: row.params["text"] if row.origin == "unread" else message(row.code, row.params),
        finding_hint=lambda row: "" if row.origin == "unread" else hint(row.code, row.params),
        finding_field=lambda row: FIELD_OF.get(row.code, ""),
        unread_label=lambda kind: UNREAD_LABELS.get(kind, kind),
    )
