"""What the ledger is filtered by: part of the address, so that a list can be sent as a link."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any

from flask_babel import gettext, lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Optional

from tracker import clock
from tracker.plans.forms import UnitPick
from tracker.plans.queries import units_named
from tracker.progress.forms.acting import number
from tracker.progress.labels import LIGHT_LABELS, OBLIGATION_STATE_LABELS
from tracker.progress.lights import LIGHT_KINDS
from tracker.progress.queries.choices import Choices, Pairs
from tracker.progress.queries.narrowing import Narrowed
from tracker.progress.queries.work import WorkFilter
from tracker.web.forms import DateField, Filters, options

NO_UNIT = 0
WITH = "with"
"""What an address says that wants archived plans (归档) among the others."""


class WorkFilters(Filters):
    plan = SelectField(_l("计划"), [Optional()], coerce=str, default="")
    archived = SelectField(
        _l("归档计划"), [Optional()], default="", choices=options([("", _l("不含")), (WITH, _l("一并列出"))])
    )
    chapter = SelectField(_l("章节"), [Optional()], coerce=str, default="")
    task = SelectField(_l("任务"), [Optional()], coerce=str, default="")
    unit = UnitPick(_l("单位"), [Optional()])
    group = SelectField(_l("分组"), [Optional()], coerce=str, default="")
    light = SelectField(
        _l("亮灯"),
        [Optional()],
        default="",
        choices=options([("", _l("全部")), *((kind, LIGHT_LABELS[kind]) for kind in LIGHT_KINDS)]),
    )
    state = SelectField(
        _l("状态"),
        [Optional()],
        default="",
        render_kw={"data-keep-empty": ""},  # an address that asks for nothing shows what is not finished
        choices=options([("", _l("全部")), ("unfinished", _l("未办完")), *OBLIGATION_STATE_LABELS.items()]),
    )
    timing = SelectField(
        _l("报送"),
        [Optional()],
        default="",
        choices=options(
            [("", _l("全部")), ("on_time", _l("按时报送")), ("extended", _l("延期内报送")), ("late", _l("逾期报送"))]
        ),
    )
    due_from = DateField(_l("期限自"), [Optional()])
    due_to = DateField(_l("期限至"), [Optional()])
    text = StringField(_l("任务名称"), [Optional()])
    sort = HiddenField()

    def offer(self, found: Choices) -> WorkFilters:
        """Fills the lists to choose from; a list with nothing to choose is left out."""
        for name, rows in (("plan", found.plans), ("chapter", found.chapters)):
            field: Any = self._fields[name]
            field.choices = options([("", _l("全部")), *((str(one), label) for one, label in rows)])
            if len(rows) < 2 and not field.data:
                del self._fields[name]
        if not found.archived and not self.archived.data:
            del self._fields["archived"]
        if not found.units and not self.unit.data:
            del self._fields["unit"]
        self.task.choices = options([("", _l("全部")), *((str(one), label) for one, label in found.tasks)])
        if not found.tasks:
            del self._fields["task"]
        self.group.choices = options([("", _l("全部")), *((one, gettext(one)) for one in found.groups)])
        if len(found.groups) < 2:
            del self._fields["group"]
        del self._fields["sort"]
        return self


class QueueFilters(Filters):
    """What waits for somebody's decision is narrowed by."""

    plan = SelectField(_l("计划"), [Optional()], coerce=str, default="")
    unit = UnitPick(_l("单位"), [Optional()])
    text = StringField(_l("任务名称"), [Optional()])

    def offer(self, found: Choices) -> QueueFilters:
        """Fills the list to choose from; what leaves nothing to choose is left out."""
        self.plan.choices = options([("", _l("全部")), *((str(one), label) for one, label in found.plans)])
        if len(found.plans) < 2 and not self.plan.data:
            del self._fields["plan"]
        if not found.units and not self.unit.data:
            del self._fields["unit"]
        return self


def narrowed(arguments: Any) -> Narrowed:
    """What the address of a queue, or of a decision reached from it, asks for; what makes no sense in it is left out."""
    return Narrowed(
        number(arguments.get("plan")),
        unit_asked(arguments.get("unit", "").strip()),
        arguments.get("text", "")[:60].strip(),
    )


class FileFilters(Filters):
    """What a unit's own files are sought by."""

    text = StringField(_l("文件或任务名称"), [Optional()])
    task = SelectField(_l("任务"), [Optional()], coerce=str, default="")

    def offer(self, tasks: Pairs) -> FileFilters:
        self.task.choices = options([("", _l("全部")), *((str(one), label) for one, label in tasks)])
        return self


def wanted_work(arguments: Any) -> WorkFilter:
    """The filter that an address asks for; what makes no sense in it is left out."""
    return WorkFilter(
        plan_id=number(arguments.get("plan")), archived=arguments.get("archived") == WITH,
        unit_id=unit_asked(arguments.get("unit", "").strip()), group=arguments.get("group", "")[:20],
        chapter_id=number(arguments.get("chapter")), task_id=number(arguments.get("task")),
        state=known_or_none(arguments.get("state"), ("unfinished", *OBLIGATION_STATE_LABELS)),
        light=known_or_none(arguments.get("light"), LIGHT_KINDS),
        timing=known_or_none(arguments.get("timing"), ("on_time", "extended", "late")),
        due_from=day_asked(arguments.get("due_from")), due_to=day_asked(arguments.get("due_to")),
        text=arguments.get("text", "")[:60], descending=arguments.get("sort") == "-due",
    )  # fmt: skip


def unit_asked(text: str) -> int | None:
    """The unit of an address: its number, or its name as it was typed. A name of no unit, or of several, finds nothing."""
    if not text or number(text) is not None:
        return number(text)
    found = units_named(text[:120], day=clock.today())
    return found[0].id if len(found) == 1 else NO_UNIT


def known_or_none(text: str | None, known: Container[str]) -> str:
    """The word of an address where it is one of these, else none."""
    return text if text and text in known else ""


def day_asked(text: str | None) -> date | None:
    """The day of an address; None where it says none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
