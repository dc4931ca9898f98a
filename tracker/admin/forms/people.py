"""Accounts and roles."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp

from tracker.accounts.roles import ROLE_NAMES, Role
from tracker.admin.forms.fields import UnitField
from tracker.admin.queries.people import PeopleFilter
from tracker.web.forms import DateField, Filters, Form, options
from tracker.web.numbers import whole_number

ROLES = [(role.value, ROLE_NAMES[role]) for role in Role]
UNIT_HINT = _l(
    "输入名称、简称或拼音首字母即可查找。角色对所选单位及其全部下级有效；牵头办公室、领导和考核组通常授予最上级单位。"
)


class PeopleFilterForm(Filters):
    q = StringField(_l("姓名或用户名"), [Optional()])
    role = SelectField(_l("角色"), [Optional()], choices=options([("", _l("全部角色")), *ROLES]), default="")
    unit = UnitField(_l("单位"), [Optional()], nothing=_l("全部单位（可输入名称、简称或拼音查找）"))
    state = SelectField(
        _l("账号"),
        [Optional()],
        choices=options([("", _l("全部")), ("active", _l("在用")), ("disabled", _l("已停用"))]),
        default="",
    )

    def offer(self, units: Sequence[dict[str, str]]) -> PeopleFilterForm:
        self.unit.units = units
        return self

    def wanted(self) -> PeopleFilter:
        return PeopleFilter((self.q.data or "").strip(), self.role.data or "", self.unit.data, self.state.data or "")


class _Account:
    name = StringField(_l("姓名"), [DataRequired(_l("请填写姓名。")), Length(max=60, message=_l("姓名最多 60 个字。"))])
    office_phone = StringField(
        _l("办公电话"),
        [Optional(), Length(max=40, message=_l("办公电话最多 40 个字符。"))],
        description=_l("只填办公电话，供牵头办公室联系；不要填写个人手机号。"),
    )


class GrantForm(Form):
    role = SelectField(_l("角色"), [InputRequired(_l("请选择角色。"))], choices=options([("", _l("请选择")), *ROLES]))
    unit = UnitField(_l("单位"), [InputRequired(_l("请选择单位。"))], description=UNIT_HINT)
    since = DateField(_l("自何日起"), [InputRequired(_l("请填写日期，例如 2026-03-05。"))])

    def offer(self, units: Sequence[dict[str, str]]) -> GrantForm:
        self.unit.units = units
        return self


class NewPersonForm(_Account, Form):
    username = StringField(
        _l("用户名"),
        [
            DataRequired(_l("请填写用户名。")),
            Length(2, 60, _l("用户名为 2 至 60 个字符。")),
            Regexp(r"^[\w.\-@]+$", message=_l("用户名只能用文字、数字和 . - _ @，中间不要空格。")),
        ],
        description=_l("登录时用，定下后不能更改；建议用姓名全拼或工号。"),
    )
    role = SelectField(_l("角色"), [InputRequired(_l("请选择角色。"))], choices=options([("", _l("请选择")), *ROLES]))
    unit = UnitField(_l("单位"), [InputRequired(_l("请选择单位。"))], description=UNIT_HINT)

    def offer(self, units: Sequence[dict[str, str]]) -> NewPersonForm:
        self.unit.units = units
        return self


class PersonForm(_Account, Form):
    version = HiddenField()

    def seen(self) -> int:
        """The version of the account that the person saw."""
        return whole_number(self.version.data) or 0
