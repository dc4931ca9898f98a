"""Which reports go into a kit, what is sent back, and which side is taken of what both have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _, lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, MultipleFileField, SelectField
from wtforms.validators import InputRequired

from tracker.errors import DomainError
from tracker.progress.forms.batch import AHEAD, DUE
from tracker.progress.kits.merging import SIDES
from tracker.progress.queries.batch import Owing
from tracker.progress.service.kits import Choices
from tracker.web.forms import Form, options


class AllKitsForm(Form):
    due = SelectField(_l("期限"), default="soon", choices=options(DUE.items()))

    def begin(self, units: Sequence[Owing], today: date) -> None:
        """Begins with all dates where nothing is due soon."""
        if "due" not in request.values and not any(one.first <= today + AHEAD for one in units):
            self.due.data = "all"


class KitForm(AllKitsForm):
    unit = SelectField(_l("单位"), [InputRequired(_l("请选择单位。"))], coerce=int)

    def offer(self, units: Sequence[Owing], today: date) -> KitForm:
        self.begin(units, today)
        self.unit.choices = options((one.unit_id, one.unit) for one in units)
        return self


class KitReturnForm(Form):
    files = MultipleFileField(
        _l("填好的填报包"),
        description=_l(
            "从系统导出、填好并保存的 .xlsx；可以一次选几份，也可以是一个 .zip。先显示会改变什么，确认后才写入草稿。"
        ),
    )

    def uploads(self) -> list[tuple[bytes, str]]:
        """Raises DomainError where no file was chosen."""
        chosen = [one for one in self.files.data or () if isinstance(one, FileStorage) and one.filename]
        if not chosen:
            raise DomainError(_("请选择文件。"), field="files")
        return [(one.read(), one.filename or "") for one in chosen]


def one_side(said: str) -> str:
    """The side that is offered for every conflict, by the address of the page; empty where it asks for none."""
    return said if said in {"theirs", "ours"} else ""


class TakeForm(Form):
    seen = HiddenField()

    def choices(self, given: Any) -> Choices:
        """`given` is what the page sent: `use-<cell>` names the side."""
        said = {key.removeprefix("use-"): value for key, value in given.items() if key.startswith("use-")}
        sides = {name: side for name, value in said.items() for side in SIDES if side == value}
        return Choices(self.seen.data or "", sides)
