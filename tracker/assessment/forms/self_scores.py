"""What a unit types about itself."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import FileField, StringField, TextAreaField

from tracker.assessment.forms.choices import typed_number
from tracker.web.forms import Form


class SelfScoreForm(Form):
    """One indicator; a page holds several of these, each with a prefix of its own. The token is checked for every request
    before any form is looked at."""

    class Meta:
        csrf = False

    score = StringField(_l("自评得分"))
    reason = TextAreaField(_l("自评理由"), render_kw={"rows": 3}, description=_l("写明事实，考核组核定时会看到。"))
    evidence = FileField(_l("佐证材料"), description=_l("不另附时沿用上次的。"))

    @property
    def typed(self) -> Decimal | None:
        return typed_number(self.score.data)
