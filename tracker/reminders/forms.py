"""What people choose about reminders, the robots of an office, and supervision slips."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput

from tracker.reminders.labels import CHANNEL_LABELS, COLOUR_LABELS, SHADE_LABELS, SLIP_STATE_LABELS
from tracker.reminders.queries.subjects import Subject, newest_slip
from tracker.reminders.service.choosing import RobotFacts
from tracker.reminders.service.slips import SlipFacts
from tracker.reminders.states import COLOURS, ROBOTS, shade_of
from tracker.web.forms import DateField, Filters, Form, options
from tracker.web.numbers import whole_number

ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\Z")
"""One plain address: what could end a header or name a second recipient is not in it."""


def _stripped(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class ChoiceForm(Form):
    email = StringField(
        _l("邮箱"), [Optional(), Length(max=200), Regexp(ADDRESS, message=_l("请填写一个完整的邮箱地址。"))],
        filters=[_stripped], render_kw={"autocomplete": "email", "inputmode": "email"},
    )  # fmt: skip
    by_email = BooleanField(_l("有提醒时同时发邮件（每天最多一封）"))


class RobotForm(Form):
    kind = SelectField(_l("渠道"), choices=options((kind, CHANNEL_LABELS[kind]) for kind in ROBOTS))
    name = StringField(_l("名称"), [DataRequired(_l("请填写名称。")), Length(max=60)], filters=[_stripped])
    unit = SelectField(
        _l("单位"),
        coerce=int,
        description=_l("该单位及其下级单位的计划，以及该单位转办下级的任务，有提醒时告知这个群。"),
    )
    url = StringField(
        _l("地址"), [Optional(), Length(max=500)], filters=[_stripped], render_kw={"autocomplete": "off"},
        description=_l("机器人的完整地址。地址含密钥，保存后不再显示；修改时留空则保持不变。"),
    )  # fmt: skip
    secret = PasswordField(
        _l("加签密钥"), [Optional(), Length(max=200)], filters=[_stripped], render_kw={"autocomplete": "off"},
        description=_l("钉钉“加签”的密钥，或 Webhook 的签名密钥；没有则留空，修改时留空则保持不变。"),
    )  # fmt: skip
    is_active = BooleanField(_l("启用"), default=True)
    version = HiddenField(filters=[whole_number])

    def offer(self, offices: Sequence[tuple[int, str]]) -> RobotForm:
        self.unit.choices = options(offices)
        return self

    def facts(self) -> RobotFacts:
        return RobotFacts(
            self.kind.data, self.name.data, self.unit.data, self.url.data or "", self.secret.data or "",
            self.is_active.data,
        )  # fmt: skip


class DayForm(Filters):
    day = SelectField(_l("日期"), [Optional()], default="")

    def offer(self, days: Sequence[date]) -> DayForm:
        self.day.choices = options((one.isoformat(), one.isoformat()) for one in days)
        return self


class IssueForm(Form):
    """Supervision slips: one to each unit whose reports are chosen."""

    reports = SelectMultipleField(_l("督办事项"), coerce=int, option_widget=CheckboxInput())
    code = StringField(
        _l("机关代字"), [DataRequired(_l("请填写机关代字。")), Length(max=20)], filters=[_stripped],
        description=_l("编号由代字、年份和顺序号组成，例如 云督〔2026〕3号；顺序号自动生成。"),
    )  # fmt: skip
    colour = SelectField(_l("级别"), choices=options(COLOUR_LABELS.items()))
    reason = TextAreaField(
        _l("督办理由"), [DataRequired(_l("请写明督办理由。")), Length(max=2000)],
        filters=[_stripped], render_kw={"rows": 3},
    )  # fmt: skip
    demand = TextAreaField(
        _l("督办要求"), [DataRequired(_l("请写明督办要求。")), Length(max=2000)],
        filters=[_stripped], render_kw={"rows": 3},
    )  # fmt: skip
    reply_by = DateField(_l("回执期限"), [DataRequired(_l("请填写回执期限。"))])
    seen = HiddenField(filters=[whole_number])

    def offer(self, subjects: Sequence[Subject]) -> IssueForm:
        self.reports.choices = options((one.obligation_id, one.task) for one in subjects)
        warns = bool(subjects) and all(one.warns for one in subjects)
        self.colour.choices = options((colour, SHADE_LABELS[shade_of(colour, warns=warns)]) for colour in COLOURS)
        return self

    def shows(self, subjects: Sequence[Subject]) -> None:
        """The page tells of these with the slips that they stand on now."""
        self.seen.data = str(newest_slip(subjects))

    @classmethod
    def begun(cls, subjects: Sequence[Subject], chosen: Sequence[Subject], *, code: str, reply_by: date) -> IssueForm:
        """As it is shown first: in the grade that the rules of lights ask for, or else begin with; with words that fit what
        is chosen."""
        reason, demand = _l("以下事项逾期未报送，现予督办。"), _l("请立即补报，说明逾期原因和整改措施。")
        if chosen and not any(one.is_overdue for one in chosen):
            reason, demand = _l("以下事项临近期限或者已被退办，现予督办。"), _l("请按期报送，说明目前进展和下步措施。")
        wanted = [one.wanted or one.begins for one in chosen] or [
            min((one.begins for one in subjects), key=COLOURS.index, default=COLOURS[0])
        ]
        return cls(
            formdata=None, reports=[one.obligation_id for one in chosen], colour=max(wanted, key=COLOURS.index),
            reason=reason, demand=demand, code=code, reply_by=reply_by,
        ).offer(subjects)  # fmt: skip

    def facts(self) -> SlipFacts:
        return SlipFacts(
            self.code.data or "", self.colour.data, self.reason.data or "", self.demand.data or "", self.reply_by.data
        )


class ReplyForm(Form):
    """The reply slip (回执)."""

    reply = TextAreaField(
        _l("办理情况"), [DataRequired(_l("请填写办理情况。")), Length(max=5000)], render_kw={"rows": 6},
        description=_l("写明逾期原因、已采取的措施和完成时间。提交后不能更改。"),
    )  # fmt: skip
    version = HiddenField(filters=[whole_number])


class WithdrawForm(Form):
    reason = TextAreaField(
        _l("撤销理由"), [DataRequired(_l("请写明撤销理由。")), Length(max=500)], render_kw={"rows": 2}
    )
    version = HiddenField(filters=[whole_number])


class SlipFilters(Filters):
    state = SelectField(
        _l("状态"), [Optional()], default="", choices=options([("", _l("全部")), *SLIP_STATE_LABELS.items()])
    )
