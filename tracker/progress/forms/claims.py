"""Offering to take a task, and what the lead office says to it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from tracker.plans.labels import ROLE_LABELS
from tracker.plans.states import REPORTING_ROLES
from tracker.progress.forms.acting import SHORT, ActForm
from tracker.web.forms import options


class ClaimForm(ActForm):
    unit = SelectField(_l("认领单位"), [InputRequired(_l("请选择单位。"))], coerce=int)
    words = TextAreaField(
        _l("认领说明"),
        [DataRequired(_l("请写明认领的理由。")), SHORT],
        description=_l("为什么由本单位承担，准备怎样完成。"),
    )

    def offer(self, units: tuple[tuple[int, str], ...]) -> ClaimForm:
        self.unit.choices = options(units)
        if len(units) == 1:
            self.unit.data = units[0][0]
        return self


class ClaimDecisionForm(ActForm):
    """Confirm or decline; the button says which."""

    role = RadioField(
        _l("职责"),
        [InputRequired(_l("请选择职责。"))],
        choices=options((role, ROLE_LABELS[role]) for role in REPORTING_ROLES),
        default="responsible",
    )
    note = TextAreaField(_l("意见"), [Optional(), SHORT], description=_l("不同意时必填，会原样告知申请单位。"))
