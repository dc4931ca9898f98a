"""Names of what a marked-up workbook changes: columns of its table, or fields of a task."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from imports.template import BY_KEY
from tracker.drafts.forms import KIND_NAMES
from tracker.drafts.forms.arranging import COLUMN_LABELS
from tracker.drafts.queries.memory import Memory
from tracker.plans.labels import FIELD_LABELS

WORKBOOK_STATES = {"waiting": _l("待确认"), "taken": _l("已采纳"), "dropped": _l("已放弃")}
WORKBOOK_TONES = {"waiting": "amber", "taken": "green", "dropped": "gray"}
WORKBOOK_MODES = {"own": _l("原文件"), "table": _l("任务表")}


MEMORY_KINDS = {"alias": _l("别名"), "collective": _l("集合称谓"), "column": _l("列名")}


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
    if key in FIELD_LABELS:
        return str(FIELD_LABELS[key])
    if key in BY_KEY:
        return BY_KEY[key].header
    return _("第%(n)s级标题", n=key.removeprefix("level"))


def register(app: Flask) -> None:
    app.jinja_env.filters.update(
        workbook_state=lambda state: WORKBOOK_STATES[state],
        workbook_tone=lambda state: WORKBOOK_TONES[state],
        workbook_mode=lambda mode: WORKBOOK_MODES[mode],
        memory_kind=lambda kind: MEMORY_KINDS[kind],
        memory_meaning=memory_meaning,
    )
