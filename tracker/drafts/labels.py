"""What the pages of drafts call marked-up workbooks and what they change, the parts of a document's header, and memories."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from imports.template import BY_KEY
from tracker.drafts.forms.arranging import COLUMN_LABELS
from tracker.drafts.forms.pages import MEMORY_KINDS
from tracker.drafts.queries.memory import Memory
from tracker.plans.labels import FIELD_LABELS
from tracker.units.words import KIND_NAMES
from tracker.web.labels import offer_labels

WORKBOOK_STATES = {"waiting": _l("待确认"), "taken": _l("已采纳"), "dropped": _l("已放弃")}
WORKBOOK_TONES = {"waiting": "amber", "taken": "green", "dropped": "gray"}
WORKBOOK_MODES = {"own": _l("原文件"), "table": _l("任务表")}
HEADER_LABELS = {
    "title": _l("标题"), "number": _l("文号"), "issuer": _l("发文单位"), "issued_on": _l("发文日期"), "year": _l("年度"),
}  # fmt: skip


def memory_meaning(one: Memory) -> str:
    """What something remembered is taken for, in words."""
    if one.kind == "column":
        return str(COLUMN_LABELS[one.meaning])
    if one.kind == "collective" and one.count:
        return _("%(names)s等 %(n)s 个", names=one.meaning, n=one.count) if one.count > 6 else one.meaning
    if one.kind == "collective":
        return _("全部%(kinds)s", kinds=_("、").join(str(KIND_NAMES[kind]) for kind in one.meaning.split(",") if kind))
    return one.meaning


def column_label(key: str) -> str:
    """What is called by a key of a change: a field of a task, or a column of the table."""
    if key in FIELD_LABELS:
        return str(FIELD_LABELS[key])
    if key in BY_KEY:
        return BY_KEY[key].header
    return _("第%(n)s级标题", n=key.removeprefix("level"))


def register(app: Flask) -> None:
    offer_labels(
        app,
        workbook_state=WORKBOOK_STATES,
        workbook_tone=WORKBOOK_TONES,
        workbook_mode=WORKBOOK_MODES,
        memory_kind=MEMORY_KINDS,
        header_label=HEADER_LABELS,
    )
    app.jinja_env.filters.update(
        memory_meaning=memory_meaning,
    )
