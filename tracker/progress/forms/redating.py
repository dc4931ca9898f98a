"""A task's time limits in other words, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from tracker.progress.forms.acting import SHORT
from tracker.web.forms import Form


class RedatingForm(Form):
    words = TextAreaField(
        _l("完成时限"),
        [DataRequired(_l("请填写时限。")), SHORT],
        description=_l("一行一个，按文件的写法，例如“6月底前完成征求意见”“每季度末月20日前”“持续推进”。"),
        render_kw={"rows": 4},
    )
    reason = TextAreaField(
        _l("调整理由"),
        [DataRequired(_l("请写明调整理由，责任单位看得到，也会留在审计记录里。")), SHORT],
        description=_l("责任单位在工作台上看得到。"),
        render_kw={"rows": 2},
    )
    seen = HiddenField()
    """The mark of what the person was shown."""
