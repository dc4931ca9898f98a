"""Asking about a report, and what is said to it."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from tracker.progress.forms.acting import SHORT, ActForm
from tracker.progress.labels_shared import QUESTION_KIND_HINTS
from tracker.progress.service.questions import Ask
from tracker.web.forms import DateField, options


class AskForm(ActForm):
    kind = RadioField(_l("询问"), [InputRequired(_l("请选择询问的种类。"))])
    text = TextAreaField(_l("内容"), [DataRequired(_l("请写明内容。")), SHORT])
    knows = BooleanField(_l("已看过以前的答复，仍需询问"))
    due_on = DateField(_l("请于何日前答复"), [InputRequired(_l("请填写日期，如 2026-03-31。"))])

    def offer(self, kinds: Sequence[str]) -> AskForm:
        """What may be asked now; one kind alone need not be chosen."""
        self.kind.choices = options([(kind, QUESTION_KIND_HINTS[kind]) for kind in kinds])
        if len(kinds) == 1:
            self.kind.data = kinds[0]
        return self

    def asked(self) -> Ask:
        return Ask(self.kind.data or "", self.text.data or "", self.due_on.data, self.knows.data)


class SayForm(ActForm):
    """What is said in a thread; the button says with which step."""

    text = TextAreaField(_l("内容"), [Optional(), SHORT])
