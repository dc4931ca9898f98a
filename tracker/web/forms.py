"""The base of every form: CSRF by Flask-WTF, and domain errors shown at the field they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

from babel.support import Translations
from flask_babel import get_locale, gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField as AnyDateField
from wtforms.fields.choices import SelectChoice
from wtforms.i18n import messages_path

from tracker.db import session
from tracker.errors import Conflict, DomainError, NotFound
from tracker.web.downloads import bare_name
from tracker.web.parts import csrf_token


@cache
def _catalogue(language: str) -> Any:
    """WTForms' own messages in a language, read once and not for each request."""
    return Translations.load(messages_path(), [language], domain="wtforms")


class _Messages:
    def gettext(self, text: str) -> str:
        return str(_catalogue(str(get_locale())).ugettext(text))

    def ngettext(self, one: str, many: str, n: int) -> str:
        return str(_catalogue(str(get_locale())).ungettext(one, many, n))


_messages = _Messages()


class _Meta:
    def get_translations(self, form: Any) -> Any:
        return _messages

    def build_csrf(self, form: Any) -> Any:
        csrf_token()  # the session's own, before Flask-WTF signs another for this form and the page's frame with it
        return super().build_csrf(form)  # type: ignore[misc]  # WTForms mixes it into its own


class Form(FlaskForm):
    """A form whose services may refuse: see `guarded`."""

    class Meta(_Meta):
        pass

    refused: bool = False
    """Whether a service refused what the form asked for; the reason then stands among the form's errors."""
    status: int = DomainError.status
    """Of the page that shows the form again: 409 where somebody else was faster."""

    @contextmanager
    def guarded(self, *, first: bool = False) -> Iterator[None]:
        """Runs a write under a savepoint. What the service refuses becomes an error of this form; nothing of it is kept.

        Where it is the first thing that the request writes, a refusal undoes the transaction, and the next write begins
        another: two statements less, while everybody else waits to write.

        with form.guarded():
            service.submit(…)
        if not form.refused:
            return redirect(…)
        """
        self.refused = False
        begun: Any = session if first else session.begin_nested()
        try:
            yield
            session.flush() if first else begun.commit()
        except DomainError as error:
            begun.rollback()
            self.refused = True
            self.add_error(error)

    def add_error(self, error: DomainError) -> None:
        """Raises NotFound: whoever may not know of a thing is not told at a form about it."""
        if isinstance(error, NotFound):
            raise error
        self.status = error.status
        field: Any = self._fields.get(error.field or "")
        if field is None or isinstance(error, Conflict):
            if error.message not in self.form_errors:  # a second try is refused for the same reason
                self.form_errors.append(error.message)
        else:
            field.errors = [*field.errors, error.message]


EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that a form takes: whatever is counted from one of them, in either direction, is a day that a calendar has."""


class DateField(AnyDateField):
    """A day. One far outside all calendars is refused: a slip of the keyboard, and nothing could be counted from it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        refuse_far(self)


def refuse_far(field: AnyDateField) -> None:
    """Raises ValueError, and leaves the field without a day, where it lies outside `EARLIEST` and `LATEST`."""
    day: date | None = field.data
    if day is not None and not EARLIEST <= day <= LATEST:
        field.data = None
        raise ValueError(_("请填写 1900 年至 2199 年之间的日期。"))


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """What a list offers, from pairs of value and label; labels may be lazy."""
    return [SelectChoice(str(value), label) for value, label in pairs]


def chosen_file(field: Any) -> tuple[bytes, str] | None:
    """(bytes, name) of the file that was chosen in a field; None where none was."""
    chosen = field.data
    return (chosen.read(), bare_name(chosen.filename)) if chosen and chosen.filename else None


class Filters(FlaskForm):
    """A form of a list: sent by GET, part of the address, no CSRF token."""

    class Meta(_Meta):
        csrf = False
