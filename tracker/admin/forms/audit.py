"""What is looked for in the audit record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from tracker.admin.queries.audit import AuditFilter
from tracker.admin.words import SUBJECT_NAMES
from tracker.audit.words import spoken
from tracker.web.forms import DateField, Filters, options


class AuditFilterForm(Filters):
    person = StringField(_l("人员"), [Optional()])
    action = SelectField(_l("行为"), [Optional()], default="", render_kw={"data-tom-select": ""})
    subject = SelectField(
        _l("对象"), [Optional()], choices=options([("", _l("全部对象")), *SUBJECT_NAMES.items()]), default=""
    )
    number = StringField(_l("对象编号"), [Optional()])
    first = DateField(_l("从"), [Optional()])
    last = DateField(_l("到"), [Optional()])

    def offer(self, actions: Sequence[str]) -> AuditFilterForm:
        self.action.choices = options(
            [("", _l("全部行为")), *((action, spoken(action, gettext)) for action in actions)]
        )
        return self

    def wanted(self) -> AuditFilter:
        number = (self.number.data or "").strip()
        return AuditFilter(
            (self.person.data or "").strip(), self.action.data or "", self.subject.data or "",
            int(number) if number.isdigit() and len(number) < 10 else None, _day(self.first), _day(self.last),
        )  # fmt: skip


def _day(field: DateField) -> date | None:
    value: date | None = field.data
    return value
