"""What people choose about reminders, and the robots of an office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from tracker.reminders.labels import CHANNEL_LABELS
from tracker.reminders.service.choosing import RobotFacts
from tracker.reminders.states import ROBOTS
from tracker.web.forms import Filters, Form, options
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
    name = StringField(_l("名称"), [InputRequired(_l("请填写名称。")), Length(max=60)], filters=[_stripped])
    unit = SelectField(_l("单位"), coerce=int, description=_l("该单位及其下级单位的计划有提醒时告知这个群。"))
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
