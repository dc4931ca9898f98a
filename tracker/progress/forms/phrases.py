"""The reasons for a return that the lead office keeps."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from tracker.progress.forms.acting import ActForm
from tracker.progress.models.phrases import LONGEST_PHRASE


class PhraseForm(ActForm):
    text = StringField(
        _l("理由"),
        [DataRequired(_l("请填写理由。")), Length(max=LONGEST_PHRASE, message=_l("请填写 %(max)d 字以内的理由。"))],
    )
