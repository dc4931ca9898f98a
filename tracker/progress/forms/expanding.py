"""Which units join a plan by its collectives, and which leave it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from tracker.web.forms import Form


class ExpandForm(Form):
    chosen = SelectMultipleField(_l("单位"), [Optional()], validate_choice=False)
    reason = TextAreaField(
        _l("理由"),
        [DataRequired(_l("请写明理由。")), Length(max=500, message=_l("理由最多 500 个字。"))],
    )
    seen = HiddenField()
    """The mark of the differences that the person was shown."""
