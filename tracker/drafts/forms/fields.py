"""Correcting one field of a task: each field has its form, and each form gives the field's new value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form as PlainForm,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from tracker.drafts.bodies import Body, read_deadline, read_target
from tracker.plans.labels import KIND_LABELS, PERIOD_LABELS, ROLE_LABELS
from tracker.web.forms import DateField, Form, options

SPARE = 2
"""Empty rows offered for what is to be added."""
AUTOMATIC = ("", _l("按文字识别"))
OPS = {">=": _l("不低于"), "<=": _l("不高于"), "=": _l("等于"), "~": _l("左右"), "range": _l("区间")}


class FieldForm(Form):
    """The base: the mark of what the person saw, and the new value. `year` is the document's, for the grammar."""

    seen = HiddenField()
    unclear = False
    """Whether `new_value` could not understand what was typed; the reasons then stand at their fields."""

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> FieldForm:
        raise NotImplementedError

    def new_value(self, before: Any, year: int | None) -> Any:
        """The field's new value, unless it is then `unclear`."""
        raise NotImplementedError

    def _all(self, found: list[Body | None]) -> list[Body]:
        """What was understood; says so where that is not all."""
        kept = [one for one in found if one is not None]
        if len(kept) < len(found):
            self.unclear = True
            self.form_errors.append(_("有看不明白的内容，请按下面的提示补充。"))
        return kept


class PathForm(FieldForm):
    value = TextAreaField(
        _l("所属标题"), [Optional()], description=_l("一行一级，最外层在最上面。"), render_kw={"rows": 3}
    )

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> PathForm:
        return cls(value="\n".join(value), seen=seen)

    def new_value(self, before: Any, year: int | None) -> list[str]:
        return [line.strip() for line in (self.value.data or "").splitlines() if line.strip()]


class NumberForm(FieldForm):
    value = StringField(_l("编号"), [Optional(), Length(max=40)])

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> NumberForm:
        return cls(value=value or "", seen=seen)

    def new_value(self, before: Any, year: int | None) -> str | None:
        return (self.value.data or "").strip() or None


class NameForm(FieldForm):
    value = StringField(_l("任务名称"), [Length(max=300)])

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> NameForm:
        return cls(value=value, seen=seen)

    def new_value(self, before: Any, year: int | None) -> str:
        text = (self.value.data or "").strip()
        if not text:
            self.unclear, self.value.errors = True, [_("请填写任务名称。")]
        return text


class RequirementForm(FieldForm):
    value = TextAreaField(_l("工作要求"), [Optional()], render_kw={"rows": 8})

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> RequirementForm:
        return cls(value=value, seen=seen)

    def new_value(self, before: Any, year: int | None) -> str:
        return (self.value.data or "").replace("\r\n", "\n").strip()


class UnitEntry(PlainForm):
    text = StringField(_l("单位"), [Optional(), Length(max=200)])
    role = SelectField(_l("角色"), choices=options(ROLE_LABELS.items()), default="responsible")
    collective = BooleanField(_l("集合"))
    open = BooleanField(_l("未列完"))


class UnitsFieldForm(FieldForm):
    entries = FieldList(FormField(UnitEntry), description=_l("清空一行就是删去这个单位。"))

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> UnitsFieldForm:
        return cls(data={"entries": [*value, *({} for _spare in range(SPARE))], "seen": seen})

    def new_value(self, before: Any, year: int | None) -> list[Body]:
        second = {unit["text"]: unit["also"] for unit in before if unit.get("also")}
        return [_unit(entry.form, second) for entry in self.entries if (entry.form.text.data or "").strip()]


def _unit(entry: UnitEntry, second: Mapping[str, str]) -> Body:
    text = (entry.text.data or "").strip()
    found = {"text": text, "role": entry.role.data, "collective": entry.collective.data, "open": entry.open.data}
    return {**found, "also": second[text]} if text in second else found


class DeadlineEntry(PlainForm):
    text = StringField(_l("原文"), [Optional(), Length(max=200)])
    kind = SelectField(_l("类别"), choices=options([AUTOMATIC, *KIND_LABELS.items()]), default="")
    date = DateField(_l("日期"), [Optional()])
    period = SelectField(_l("周期"), choices=options([("", "–"), *PERIOD_LABELS.items()]), default="")
    day = StringField(_l("每期的日子"), [Optional(), Length(max=5)])


class DeadlinesForm(FieldForm):
    entries = FieldList(
        FormField(DeadlineEntry),
        description=_l("只改原文即可，日期会重新识别；识别得不对再选类别、填日期。清空一行就是删去。"),
    )

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> DeadlinesForm:
        entries = [_deadline_shown(deadline, year) for deadline in value]
        return cls(data={"entries": [*entries, {}], "seen": seen})

    def new_value(self, before: Any, year: int | None) -> list[Body]:
        return self._all([_deadline(one.form, year) for one in self.entries if (one.form.text.data or "").strip()])


def _deadline_shown(deadline: Body, year: int | None) -> Body:
    """A deadline that the grammar reads just so is shown as automatic: changing its text reads it anew."""
    shown: Body = {"text": deadline["text"], "kind": deadline["kind"], "date": None, "period": "", "day": ""}
    again = read_deadline(deadline["text"], year)
    same = again is not None and all(again[key] == deadline[key] for key in ("kind", "date", "recurrence"))
    if same:
        return {**shown, "kind": ""}
    period, _sep, day = (deadline["recurrence"] or "").partition(":")
    given = date.fromisoformat(deadline["date"]) if deadline["date"] else None
    return {**shown, "date": given, "period": period, "day": day}


def _deadline(entry: DeadlineEntry, year: int | None) -> Body | None:
    text, kind = (entry.text.data or "").strip(), entry.kind.data
    if not kind:
        found = read_deadline(text, year)
        if found is None:
            entry.kind.errors = [_("从这段文字看不出时限，请选择类别。")]
        return found
    if kind in {"date", "month_end", "year_end"} and entry.date.data is None:
        entry.date.errors = [_("请填写日期。")]
        return None
    if kind == "recurring" and not entry.period.data:
        entry.period.errors = [_("请选择周期。")]
        return None
    recurring = kind == "recurring"
    recurrence = f"{entry.period.data}:{entry.day.data}" if entry.day.data else entry.period.data
    return {
        "text": text, "kind": kind, "date": entry.date.data.isoformat() if entry.date.data and not recurring else None,
        "recurrence": recurrence if recurring else None, "action": None,
    }  # fmt: skip


class TargetEntry(PlainForm):
    text = StringField(_l("原文"), [Optional(), Length(max=120)])
    op = SelectField(_l("要求"), choices=options([AUTOMATIC, *OPS.items()]), default="")
    value = StringField(_l("数值"), [Optional(), Length(max=20)], render_kw={"inputmode": "decimal"})
    value_to = StringField(_l("至"), [Optional(), Length(max=20)], render_kw={"inputmode": "decimal"})
    unit = StringField(_l("单位"), [Optional(), Length(max=20)])


class TargetsForm(FieldForm):
    entries = FieldList(FormField(TargetEntry), description=_l("只改原文即可，数值会重新识别。清空一行就是删去。"))

    @classmethod
    def showing(cls, value: Any, seen: str, year: int | None) -> TargetsForm:
        return cls(data={"entries": [*(_target_shown(target) for target in value), {}], "seen": seen})

    def new_value(self, before: Any, year: int | None) -> list[Body]:
        return self._all([_target(one.form) for one in self.entries if (one.form.text.data or "").strip()])


def _target_shown(target: Body) -> Body:
    again = read_target(target["text"])
    if again is not None and all(again[key] == target[key] for key in ("op", "unit", "value")):
        return {"text": target["text"], "op": "", "value": "", "value_to": "", "unit": ""}
    value = target["value"]
    low, high = value if isinstance(value, list) else (value, "")
    return {
        "text": target["text"],
        "op": target["op"],
        "value": str(low),
        "value_to": str(high),
        "unit": target["unit"],
    }


def _target(entry: TargetEntry) -> Body | None:
    text, op = (entry.text.data or "").strip(), entry.op.data
    if not op:
        found = read_target(text)
        if found is None:
            entry.op.errors = [_("从这段文字看不出数值，请选择要求并填写数值。")]
        return found
    low = _figure(entry.value)
    high = _figure(entry.value_to) if op == "range" else None
    if low is None or (op == "range" and high is None):
        return None
    return {
        "text": text,
        "op": op,
        "unit": (entry.unit.data or "").strip(),
        "value": [low, high] if op == "range" else low,
    }


def _figure(field: Any) -> int | float | None:
    try:
        value = Decimal((field.data or "").strip())
    except InvalidOperation:
        field.errors = [_("请填写数字。")]
        return None
    return int(value) if value == value.to_integral_value() else float(value)


FORMS: dict[str, type[FieldForm]] = {
    "path": PathForm,
    "number": NumberForm,
    "name": NameForm,
    "requirement": RequirementForm,
    "units": UnitsFieldForm,
    "deadlines": DeadlinesForm,
    "targets": TargetsForm,
}
