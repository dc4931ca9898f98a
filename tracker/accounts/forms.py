"""What a person types to sign in and to change their password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from tracker.web.forms import Form


class SignInForm(Form):
    username = StringField(_l("用户名"), [DataRequired(_l("请填写用户名。")), Length(max=60)])
    password = PasswordField(_l("密码"), [InputRequired(_l("请填写密码。")), Length(max=128)])
    next = HiddenField()


class PasswordForm(Form):
    old = PasswordField(_l("原密码"), [InputRequired(_l("请填写原密码。"))])
    new = PasswordField(
        _l("新密码"),
        [InputRequired(_l("请填写新密码。"))],
        description=_l("至少 10 个字符；可以用一句好记的话，不要求大小写和符号。"),
    )
    again = PasswordField(
        _l("再输一次新密码"),
        [InputRequired(_l("请再输一次新密码。")), EqualTo("new", _l("两次输入的新密码不一致。"))],
    )
