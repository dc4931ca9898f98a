"""Passing a task down, and sending back what a unit below reports."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.progress.content import LONGEST_WORDS
from tracker.progress.forms.acting import SHORT, ActForm
from tracker.progress.service.passing import MOST_DAYS
from tracker.web.forms import options


class PassDownForm(ActForm):
    units = SelectMultipleField(
        _l("下级单位"), [InputRequired(_l("请至少选择一个下级单位。"))], coerce=int,
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
    )  # fmt: skip
    words = TextAreaField(
        _l("对下级的要求"),
        [DataRequired(_l("请写明对下级单位的要求，%(n)s 字以内。", n=LONGEST_WORDS)), SHORT],
    )
    days_before = IntegerField(
        _l("比本单位期限提前"),
        [
            InputRequired(_l("请填写 0 至 %(n)s 的整数。", n=MOST_DAYS)),
            NumberRange(0, MOST_DAYS, _l("请填写 0 至 %(n)s 的整数。", n=MOST_DAYS)),
        ],
        description=_l("日历天数。下级单位的期限随本单位每一期的期限推算，延期也随之顺延；已经报来的不变。"),
    )
    told = HiddenField()
    """The days of which the page has said that dates below are gone by then."""

    def offer(self, units: Sequence[tuple[int, str]]) -> PassDownForm:
        self.units.choices = options(units)
        return self


class SendBackForm(ActForm):
    reason = TextAreaField(
        _l("退回理由"),
        [DataRequired(_l("请写明退回理由。")), SHORT],
        description=_l("会原样告知下级单位。"),
    )
