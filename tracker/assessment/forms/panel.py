"""Who is invited to mark, and who is let go."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.web.forms import Form, options


class InviteForm(Form):
    people = SelectMultipleField(
        _l("考核人员"), [InputRequired(_l("请选择要邀请的评委。"))], coerce=int,
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
    )  # fmt: skip

    def offer(self, people: Sequence[tuple[int, str]]) -> InviteForm:
        self.people.choices = options(people)
        return self


class ExcuseForm(Form):
    person = SelectField(_l("评委"), [InputRequired(_l("请选择评委。"))])
    unit = SelectField(
        _l("单位"), default="", description=_l("只回避一个单位的，请选择该单位。"), render_kw={"data-tom-select": ""}
    )
    reason = TextAreaField(
        _l("理由"), [DataRequired(_l("请写明缺席或回避的理由。"))], render_kw={"rows": 2},
        description=_l("不再等待其打分；没打的不算零分。缺席的，已打的照常计入；只回避一个单位的，对该单位已打的撤回。"),
    )  # fmt: skip

    def offer(self, people: Sequence[tuple[int, str]], units: Sequence[tuple[int, str]]) -> ExcuseForm:
        self.person.choices = options([("", _("请选择")), *((str(number), name) for number, name in people)])
        self.unit.choices = options([("", _("全部单位")), *((str(number), name) for number, name in units)])
        return self


class TakeBackForm(Form):
    """Taking back that an evaluator does not mark a unit."""

    recusal = SelectField(_l("回避"), [InputRequired(_l("请选择要撤回的回避。"))])
    reason = TextAreaField(
        _l("理由"), [DataRequired(_l("请写明撤回的理由。"))], render_kw={"rows": 2},
        description=_l("重新等待其对该单位的打分，原来已打的要重打。只能由注明的人在该单位打分到齐以前撤回。"),
    )  # fmt: skip

    def offer(self, recusals: Sequence[tuple[int, str]]) -> TakeBackForm:
        self.recusal.choices = options([("", _("请选择")), *((str(number), said) for number, said in recusals)])
        return self
