"""The steps of a unit's own review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.progress.chain import MOST_STEPS, Chain
from tracker.progress.forms.acting import ActForm
from tracker.web.forms import Filters, options


class UnitNamed(Filters):
    text = StringField(_l("单位名称"), [Optional()])


def _people(label: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label, [Optional()], coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )  # fmt: skip


class ChainForm(ActForm):
    """Who takes which step. What is left empty at the end is no step."""

    step_1 = _people(_l("第一级"))
    step_2 = _people(_l("第二级"))
    step_3 = _people(_l("第三级"))

    def offer(self, people: Sequence[tuple[int, str]]) -> ChainForm:
        for field in self.fields:
            field.choices = options(people)
        return self

    @property
    def fields(self) -> list[Any]:
        return [self._fields[f"step_{number}"] for number in range(1, MOST_STEPS + 1)]

    def steps(self) -> list[list[int]]:
        return [list(field.data or ()) for field in self.fields]


def chosen_steps(chain: Chain) -> dict[str, list[int]]:
    """What the form begins with."""
    return {f"step_{number}": sorted(people) for number, people in chain.named.items()}
