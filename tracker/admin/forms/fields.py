"""Fields that choose a unit: a list to type in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from markupsafe import Markup
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import ValidationError
from wtforms.widgets import Select, html_params

from tracker.web.numbers import whole_number

HOW_TO_FIND = _l("输入名称、简称或拼音首字母即可查找。")


class UnitOptions(Select):
    """Options that can also be found by pinyin and short name, with the unit above beside them."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        kwargs.setdefault("id", field.id)
        if self.multiple:
            kwargs["multiple"] = True
        chosen = {str(value) for value in (field.data if self.multiple else [field.data]) or [] if value is not None}
        options = [self._option(unit, chosen) for unit in field.units]
        if not self.multiple:
            options.insert(0, Markup('<option value="">{}</option>').format(field.nothing or _("请选择")))
        return Markup("<select {}>{}</select>").format(
            Markup(html_params(name=field.name, **kwargs)),  # noqa: S704 WTForms escapes each attribute
            Markup("").join(options),
        )

    def _option(self, unit: dict[str, str], chosen: set[str]) -> Markup:
        selected = Markup(" selected") if unit["value"] in chosen else Markup("")
        return Markup(
            '<option value="{value}" data-search="{search}" data-note="{note}"{selected}>{text}</option>'
        ).format(**unit, selected=selected)


class UnitField(SelectField):
    """The id of one unit, or None. `units` is what may be chosen, as `queries.units.unit_choices` gives it."""

    widget = UnitOptions()

    def __init__(self, *args: Any, nothing: Any = "", **kwargs: Any) -> None:
        kwargs.setdefault("coerce", whole_number)
        kwargs.setdefault("description", HOW_TO_FIND)
        kwargs.setdefault("choices", [])
        kwargs.setdefault("render_kw", {"data-tom-select": ""})
        super().__init__(*args, **kwargs)
        self.type = "SelectField"  # pages draw it as one
        self.units: Sequence[dict[str, str]] = ()
        self.nothing = nothing

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and str(self.data) not in {unit["value"] for unit in self.units}:
            raise ValidationError(_("请从列表中选择单位。"))


class UnitsField(SelectMultipleField):
    """The ids of several units."""

    widget = UnitOptions(multiple=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", int)
        kwargs.setdefault("description", HOW_TO_FIND)
        kwargs.setdefault("choices", [])
        kwargs.setdefault("render_kw", {"data-tom-select": ""})
        super().__init__(*args, **kwargs)
        self.type = "SelectMultipleField"  # as above
        self.units: Sequence[dict[str, str]] = ()

    def in_order(self) -> tuple[int, ...]:
        """Those chosen, in the order in which they are offered: a browser sends them in the order of the picking."""
        chosen = set(self.data or ())
        return tuple(number for number in (int(unit["value"]) for unit in self.units) if number in chosen)

    def pre_validate(self, form: Any) -> None:
        known = {unit["value"] for unit in self.units}
        if any(str(number) not in known for number in self.data or []):
            raise ValidationError(_("请从列表中选择单位。"))
