"""The form of a return: made of its obligation, percent or milestones, and of its task's targets; what cannot be read is
kept as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from flask_babel import gettext as _, lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import (
    DecimalField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import TextInput

from tracker.progress.content import LONGEST_TEXT, Content, day_of, figure_of, percent_of, plain_figure
from tracker.progress.forms.acting import ActForm
from tracker.progress.labels import figure_wanted
from tracker.progress.labels_milestones import MILESTONE_LABELS
from tracker.progress.milestones import EXPECTED, NO, REACHED, YES, Said
from tracker.progress.queries.beginning import FIGURE
from tracker.progress.queries.figures import TargetView
from tracker.progress.queries.milestones import Milestone
from tracker.web.forms import DateField, options, refuse_far

Made = TypeVar("Made", bound="ProgressForm")
_LONG = Length(max=LONGEST_TEXT, message=_l("文字过长，请控制在 2 万字以内，其余可作为附件。"))


class PercentField(IntegerField):
    """A whole percent, a text for the browser: what is copied from a sheet has its sign."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is no number is told by the range that it has to lie in, once."""
        self.data = percent_of(valuelist[0]) if valuelist else None


class FigureField(DecimalField):
    """A figure in a unit as people type it: full-width digits, thousands separators, the unit and a trailing % are
    understood. A text for the browser, whose fields for numbers drop what they do not know: of 12/18 they send 1218."""

    widget = TextInput()

    def __init__(self, label: str, validators: Any, *, measure: str, **kwargs: Any) -> None:
        super().__init__(
            label, validators, places=None, render_kw={"inputmode": "decimal", "autocomplete": "off"}, **kwargs
        )
        self.measure = measure

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else plain_figure(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        try:
            self.data = figure_of(valuelist[0] if valuelist else "", self.measure)
        except ValueError as error:
            raise ValueError(figure_wanted(self.measure)) from error


class DayField(DateField):
    """A day as people type or paste it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data: date | None = None
        try:
            self.data = day_of(valuelist[0] if valuelist else "")
        except ValueError as error:
            raise ValueError(_("请填写日期，例如 2026-03-05。")) from error
        refuse_far(self)


class ProgressForm(ActForm):
    """What every report of progress says; `made_of` adds a figure for each target of its task, and puts milestones in the
    place of the percent."""

    in_table = False
    """Whether its fields stand in the cells of a table: then whether a milestone is reached is chosen from a list."""

    done = TextAreaField(_l("本期完成情况"), [DataRequired(_l("请填写本期完成情况。")), _LONG])
    percent: PercentField | None = PercentField(
        _l("完成百分比"),
        [InputRequired(_l("请填写 0 至 100 的整数。")), NumberRange(0, 100, _l("请填写 0 至 100 的整数。"))],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    problems = TextAreaField(_l("存在问题"), [Optional(), _LONG])
    files = MultipleFileField(_l("佐证材料"))
    due = HiddenField()
    """The date that the page showed (ISO)."""
    editor = HiddenField()
    opened = HiddenField()
    """When the page was made."""

    @property
    def figures(self) -> list[Any]:
        """The fields of the targets, in printed order."""
        return [field for name, field in self._fields.items() if name.startswith(FIGURE)]

    @property
    def opened_at(self) -> datetime | None:
        """The moment that the page says it was made at; None where it says none."""
        return moment_said(self.opened.data)

    @property
    def shown_at(self) -> datetime | None:
        """The moment as of which the page said what is asked for."""
        return self.opened_at

    @property
    def milestones(self) -> dict[int, Any]:
        """Obligation → the field that says whether its milestone is reached."""
        named = {name.removeprefix(REACHED): field for name, field in self._fields.items() if name.startswith(REACHED)}
        return {int(key): field for key, field in named.items()}

    def said(self, obligation_id: int) -> Said | None:
        """What is said of a milestone; None while it is not."""
        reached, expected = (self[f"{name}{obligation_id}"].data for name in (REACHED, EXPECTED))
        return {YES: Said(reached=True), NO: Said(False, expected)}.get(reached)

    def content(self) -> Content:
        """What is typed, as far as it can be read: a percent or a figure that is none keeps what was saved before."""
        typed = self.percent.data if self.percent else None
        percent = typed if isinstance(typed, int) and 0 <= typed <= 100 else None
        figures = {
            int(field.short_name.removeprefix(FIGURE)): field.data for field in self.figures if not field.process_errors
        }
        return Content(
            self.done.data or "", self.problems.data or "", percent=percent, figures=figures,
            milestones={key: self.said(key) for key in self.milestones}, opened=self.opened_at,
        )  # fmt: skip

    def chosen(self) -> list[FileStorage]:
        """Files sent with the form itself, where no script has sent them before."""
        return [one for one in (self.files.data or []) if isinstance(one, FileStorage) and one.filename]

    def otherwise(self, saved: Mapping[str, Any]) -> list[tuple[str, str]]:
        """(label, text) of what was saved, by the fields of the form, and the form does not say: it would be lost where the
        form is kept."""
        found = []
        for field in self:
            text = _spoken(field, saved.get(field.short_name))
            if text and text != _plain((field.raw_data or [""])[0]) and saved[field.short_name] != field.data:
                found.append((str(field.label.text), text))
        return found

    def unread(self) -> list[Any]:
        """The fields whose number or day cannot be read as it stands."""
        days = [self[f"{EXPECTED}{key}"] for key in self.milestones]
        wrong = [field for field in (*self.figures, *days) if field.process_errors]
        typed = bool(self.percent and (self.percent.raw_data or [""])[0])
        return ([self.percent] if typed and self.content().percent is None else []) + wrong


class ReturnForm(ProgressForm):
    setback = TextAreaField(
        _l("进度回退说明"),
        [Optional(), _LONG],
        description=_l("完成百分比低于上次核收的进度时必填，审核人和牵头办公室都会看到。"),
    )
    problems = TextAreaField(_l("存在问题"), [Optional(), _LONG], description=_l("需要牵头办公室协调的事项请写明。"))
    next_step = TextAreaField(_l("下步措施"), [Optional(), _LONG])

    @property
    def is_written(self) -> bool:
        """Whether anything is typed: on a page that was only opened nothing stands but the percent."""
        texts = (self.done, self.problems, self.next_step, self.setback, *self.figures)
        return any((field.raw_data or [""])[0].strip() for field in texts)

    def content(self) -> Content:
        return replace(super().content(), next_step=self.next_step.data or "", setback=self.setback.data or "")


@lru_cache(maxsize=1_000)
def made_of(form: type[Made], targets: tuple[TargetView, ...], asked: tuple[Milestone, ...] = ()) -> type[Made]:
    """The form class of a return: a figure for each target of its task, and of each milestone that is asked whether it is
    reached; then no percent is asked. Kept: a class costs as much to make as the form of a hundred requests."""
    fields: dict[str, Any] = {
        f"{FIGURE}{one.id}": FigureField(one.label, [Optional()], measure=one.unit) for one in targets
    }
    said = [(YES, MILESTONE_LABELS["reached"]), (NO, MILESTONE_LABELS["missed"])]
    for one in asked:
        fields[f"{REACHED}{one.id}"] = (
            SelectField(one.text, [Optional()], choices=options([("", ""), *said]))
            if form.in_table
            else RadioField(one.text, [Optional()], choices=options(said))
        )
        fields[f"{EXPECTED}{one.id}"] = DayField(_l("预计达成日期"), [Optional()])
    return type(f"Task{form.__name__}", (form,), {**fields, **({"percent": None} if asked else {})})


def _spoken(field: Any, value: Any) -> str:
    """What was saved for a field, as a person reads it; empty for nothing, for the percent that a form begins with, and for
    what nobody types."""
    if not value or isinstance(field, HiddenField):
        return ""
    if isinstance(field, RadioField | SelectField):
        return next((str(label) for key, label in (one[:2] for one in field.iter_choices()) if key == value), "")
    return _plain(plain_figure(value) if isinstance(value, Decimal) else str(value))


def moment_said(text: str | None) -> datetime | None:
    """The moment that a page says; None where it says none."""
    try:
        told = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return told if told.tzinfo else None


def _plain(text: str) -> str:
    return str(text).replace("\r\n", "\n").strip()
