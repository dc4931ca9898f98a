"""Many returns at once: each row is the form of one return, its fields under a prefix of its own."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from tracker import clock
from tracker.progress.forms.acting import number
from tracker.progress.forms.filters import known_or_none
from tracker.progress.forms.reporting import ReturnForm, made_of, moment_said
from tracker.progress.queries.batch import OwedFilter, OwedRow
from tracker.progress.queries.beginning import first_values
from tracker.progress.queries.choices import Pairs
from tracker.web.forms import Filters, options

WRITTEN = {"": _l("全部"), "empty": _l("未填写"), "draft": _l("草稿"), "back": _l("退回待改")}
AHEAD = timedelta(days=30)
"""Within which a report is offered: what is due on the 5th is written in the last days of the month before."""
DUE = {"soon": _l("30 天内到期"), "overdue": _l("逾期"), "all": _l("全部期次")}


class RowForm(ReturnForm):
    """The form of a return in a table of many."""

    in_table = True
    began = HiddenField()
    """What the row held when its page was made: see `mark`."""

    shown = HiddenField()
    """When the page was made. Not `opened`: how long a row took is not known where many stand open at once."""

    @property
    def shown_at(self) -> datetime | None:
        return moment_said(self.shown.data)

    def mark(self) -> str:
        """Stands for all that the row holds, so that a row which nobody touched is known without scripts."""
        said = self.content()
        texts = ["\n".join(text.splitlines()) for text in (said.done, said.problems, said.next_step, said.setback)]
        whole = [*texts, said.percent, sorted(said.figures.items()), *said.milestones.items(), str(self.version.data)]
        return hashlib.sha256(repr(whole).encode()).hexdigest()[:16]

    @property
    def touched(self) -> bool:
        return bool(self.began.data != self.mark())

    def readable(self) -> bool:
        """Whether each number can be read, all that a draft needs; of what else is missing nothing is said."""
        self.validate()
        unread = self.unread()
        for field in self:
            if field not in unread:
                field.errors = ()
        return not unread


def row_form(row: OwedRow, *, editor: str = "") -> RowForm:
    """The form of a row as it was typed, else as it begins on the page `editor`, whatever was sent."""
    form = made_of(RowForm, row.targets, row.asked.asked if row.asked else ())
    named: dict[str, Any] = {"prefix": f"row{row.id}-", "meta": {"csrf": False}}
    if not editor:
        typed: RowForm = form(**named)
        return typed
    begins = first_values(row.going_on, row.before, row.lower, row.targets, row.asked)
    told = {"shown": clock.now().isoformat(), "due": row.due_on.isoformat()}
    made: RowForm = form(None, editor=editor, **named, **begins, **told)
    made.began.data = made.mark()
    return made


class BatchFilters(Filters):
    plan = SelectField(_l("计划"), [Optional()], coerce=str, default="")
    due = SelectField(_l("期限"), [Optional()], default="soon", choices=options(DUE.items()))
    state = SelectField(_l("填写状态"), [Optional()], default="", choices=options(WRITTEN.items()))

    def offer(self, plans: Pairs) -> BatchFilters:
        self.plan.choices = options([("", _l("全部")), *((str(one), label) for one, label in plans)])
        return self


def wanted_reports(arguments: Any, today: date) -> OwedFilter:
    """The filter that an address asks for; what makes no sense in it is left out."""
    until = {"overdue": today, "all": None}.get(arguments.get("due", ""), today + AHEAD + timedelta(days=1))
    return OwedFilter(
        plan_id=number(arguments.get("plan")), due_before=until, written=known_or_none(arguments.get("state"), WRITTEN)
    )
