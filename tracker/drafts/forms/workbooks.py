"""What a person gives and chooses when a marked-up workbook comes back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from tracker.drafts.service.taking_in import Choices
from tracker.web.forms import Form, chosen_file
from tracker.web.numbers import whole_number


class WorkbookForm(Form):
    file = FileField(
        _l("更正后的批注工作簿"),
        description=_l("从本页下载、改好并保存的 .xlsx；上传后先显示会改变什么，确认后才写入。"),
    )

    @property
    def upload(self) -> tuple[bytes, str] | None:
        return chosen_file(self.file)


class TakeInForm(Form):
    """Which side is taken of what both have changed; which new rows come in, which tasks without a row go."""

    since = HiddenField(default="0", filters=[whole_number])

    def choices(self, given: Any) -> Choices:
        """`given` is what the page sent: `use-<change>`, `add`, `remove`."""
        said: Mapping[str, str] = {key: value for key, value in given.items() if key.startswith("use-")}
        return Choices(
            since=int(self.since.data or 0),
            theirs={key.removeprefix("use-"): value == "theirs" for key, value in said.items()},
            add={int(text) for text in given.getlist("add") if text.isdecimal() and len(text) < 10},
            remove={int(text) for text in given.getlist("remove") if text.isdecimal() and len(text) < 10},
        )


def chosen_before(said: Mapping[str, Any]) -> MultiDict[str, str]:
    """What was chosen in an attempt that came to nothing, as the page sends it: see `TakeInForm.choices`."""
    uses = [(f"use-{name}", "theirs" if theirs else "ours") for name, theirs in said["theirs"].items()]
    rows = [("add", str(number)) for number in said["add"]]
    return MultiDict([*uses, *rows, *(("remove", str(task_id)) for task_id in said["remove"])])
