"""A field for one unit: a name to type, with the server's suggestions where scripts run.

What is sent is the unit's number (chosen from the suggestions) or a name as it was typed: the full name, the short name,
an alias, or 上级/名称 where several share one. A name that is none of these is never guessed: the likely ones are named.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import StringField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from tracker import clock
from tracker.plans.queries.units import FoundUnit, find_units, units_by_id, units_named
from tracker.web.numbers import whole_number

SHOWN = 4
"""Likely units that a refusal names."""


class _Typed(TextInput):
    """A text control that a script makes a list to search in."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        held = json.dumps([suggestion(field.unit)] if field.unit else [], ensure_ascii=False)
        url = url_for("plans.find_units", without=sorted(field.without))
        given = {"autocomplete": "off", "data-pick": "", "data-url": url, "data-held": held}
        drawn: Markup = super().__call__(field, **{**given, **kwargs})
        return drawn


class UnitPick(StringField):
    """`data` is the number of the unit, or None where nothing was typed or it could not be told."""

    widget = _Typed()
    data: int | None
    unit: FoundUnit | None = None
    typed = ""
    """What was typed where it names no unit."""
    without: Collection[int] = ()
    """Units that are not to be chosen here: they are not suggested, and refused where they are typed."""

    def process_data(self, value: Any) -> None:
        self.data = int(value) if value else None
        found = units_by_id([self.data], day=clock.today()) if self.data else []
        self.unit = found[0] if found else None

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        found = _told(text)
        self.unit = found[0] if len(found) == 1 else None
        self.data = self.unit.id if self.unit else None
        self.typed = "" if self.unit else text

    def pre_validate(self, form: Any) -> None:
        if self.typed:
            raise StopValidation(_refusal(self.typed))
        if self.unit is not None and self.unit.id in self.without:
            raise StopValidation(_("这里不能选“%(name)s”，请选择其他单位。", name=self.unit.name))

    def _value(self) -> str:
        return self.unit.name if self.unit else self.typed


def _told(text: str) -> list[FoundUnit]:
    day = clock.today()
    if text.isascii() and text.isdigit():
        number = whole_number(text)
        return units_by_id([number], day=day) if number is not None else []
    return units_named(text, day=day)


def _refusal(text: str) -> str:
    day = clock.today()
    same = units_named(text, day=day)
    if same:
        shown = "、".join(f"{one.above}/{one.name}" for one in same[:SHOWN])
        return _(
            "有 %(n)s 个单位叫“%(text)s”，请连同上级单位填写，例如：%(shown)s。", n=len(same), text=text, shown=shown
        )
    likely = "、".join(one.name for one in find_units(text, day=day, limit=SHOWN))
    if likely:
        return _("没有叫“%(text)s”的单位。可能是：%(shown)s。请填写其中一个，或从建议中选择。", text=text, shown=likely)
    return _("没有找到“%(text)s”，请填写单位名称、简称或别名。", text=text)


def suggestion(unit: FoundUnit) -> dict[str, str]:
    """A unit as the list of suggestions takes it."""
    return {
        "value": str(unit.id),
        "text": unit.name,
        "search": " ".join(unit.other_names),
        "note": unit.above if unit.deep else "",
    }
