"""Forms of the steps of a finding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, MultipleFileField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tracker.plans.forms import UnitPick
from tracker.progress.forms import ActForm
from tracker.rectification.service.registering import File
from tracker.web.forms import DateField, options
from tracker.web.numbers import whole_number

LONG = Length(max=4000, message=_l("内容过长，请控制在 4000 字以内。"))
SHORT = Length(max=2000, message=_l("理由过长，请控制在 2000 字以内。"))
DAY = _l("请填写日期，如 2026-03-31。")
TITLE = Length(max=120, message=_l("问题概述过长，请控制在 120 字以内。"))


def sent_files(field: Any) -> list[File]:
    """The files that were chosen in a field, each with its name."""
    chosen = [one for one in field.data or [] if isinstance(one, FileStorage) and one.filename]
    return [(one.stream, one.filename) for one in chosen]


class RegisterForm(ActForm):
    """A finding, as it enters the ledger. `source` and `plan` are left out where what it was found in says them."""

    source = SelectField(
        _l("问题来源"), choices=options([("leader", _l("领导批示")), ("other", _l("其他来源"))]), default="leader"
    )
    title = StringField(
        _l("问题概述"), [DataRequired(_l("请写明问题。")), TITLE], description=_l("一句话写清问题，台账中以此为名。")
    )
    text = TextAreaField(_l("问题详情"), [Optional(), LONG], description=_l("在哪里、什么时间、怎样发现，依据是什么。"))
    unit = UnitPick(
        _l("责任单位"),
        [DataRequired(_l("请选择责任单位。"))],
        description=_l("可输入全称、简称、别名或拼音首字母。"),
    )
    plan = SelectField(
        _l("所属计划"), [Optional()], coerce=str, default="", description=_l("属于某个计划的，计入该计划的考核。")
    )
    due_on = DateField(_l("整改时限"), [InputRequired(DAY)])
    files = MultipleFileField(_l("问题佐证"), description=_l("照片、截图、文件等，可选多个。"))
    assign_now = BooleanField(_l("登记后立即交办给责任单位"), default=True)

    def offer(self, plans: Sequence[tuple[int, str]], *, known: bool, assigns: bool) -> RegisterForm:
        """`known`: source and plan follow from what it was found in; `assigns`: the person may hand it on at once."""
        self.plan.choices = options([("", _l("不属于任何计划")), *((str(one), name) for one, name in plans)])
        if known:
            del self._fields["source"], self._fields["plan"]
        if not assigns:
            del self._fields["assign_now"]
        return self

    @property
    def plan_id(self) -> int | None:
        return whole_number(self.plan.data) if "plan" in self._fields else None

    @property
    def assigns_now(self) -> bool:
        return "assign_now" in self._fields and bool(self.assign_now.data)


class AssignForm(ActForm):
    unit = UnitPick(_l("责任单位"), [DataRequired(_l("请选择责任单位。"))])
    due_on = DateField(_l("整改时限"), [InputRequired(DAY)])


class MeasureForm(ActForm):
    measure = TextAreaField(
        _l("整改措施"), [DataRequired(_l("请写明整改措施。")), LONG], description=_l("做什么、怎么做、做到什么程度。")
    )
    responsible = StringField(
        _l("责任人"), [DataRequired(_l("请填写责任人。")), Length(max=60)], description=_l("姓名和职务。")
    )
    planned_on = DateField(_l("计划完成时间"), [InputRequired(DAY)], description=_l("不晚于整改时限。"))


class ReasonForm(ActForm):
    """One reason: see `hand_back_form` and `drop_form` for its words."""

    reason = TextAreaField(_l("理由"), [DataRequired(_l("请写明理由。")), SHORT])


def hand_back_form() -> ReasonForm:
    form = ReasonForm()
    form.reason.label.text = _l("退回理由")
    form.reason.description = _l("为什么不应由本单位整改，建议由哪个单位办理。")
    return form


def drop_form() -> ReasonForm:
    form = ReasonForm()
    form.reason.label.text = _l("撤销理由")
    form.reason.description = _l("如重复登记、经核实不属实。撤销后不计入考核，记录保留。")
    return form


class ReportForm(ActForm):
    """What the unit has put right. Its second button keeps it without sending it."""

    done = TextAreaField(
        _l("整改完成情况"), [Optional(), LONG], description=_l("采取了什么措施，问题解决到什么程度，怎样防止再犯。")
    )
    before = MultipleFileField(
        _l("整改前佐证"), description=_l("问题原来的样子：照片、截图、文件，可选多个；以前报送时附过的继续有效。")
    )
    after = MultipleFileField(_l("整改后佐证"), description=_l("现在的样子，可选多个；每次报送都要附。"))


class VerifyForm(ActForm):
    """Strike off or send back; the button says which."""

    reason = TextAreaField(_l("核验意见"), [Optional(), SHORT], description=_l("退回再改时必填，会原样告知责任单位。"))
