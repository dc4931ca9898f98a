"""Language: Chinese is the source text, English is complete; dates and numbers follow the language."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, cast
from urllib.parse import urlsplit

import click
from babel import Locale
from flask import Flask, current_app, g, has_request_context, request, session as cookie
from flask_babel import Babel, Domain, force_locale, get_domain, get_locale, gettext, ngettext
from markupsafe import Markup, escape

from tracker import clock
from tracker.web.commands import command_locale

LOCALES = ("zh_Hans_CN", "en")
COOKIE_KEY = "locale"


def register(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE=app.config["DEFAULT_LOCALE"], BABEL_DEFAULT_TIMEZONE="Asia/Shanghai")
    Babel(app, locale_selector=_chosen)
    app.before_request(_use_one_domain)
    app.jinja_env.globals.update(_=words, gettext=words, _n=counted_words)
    app.jinja_env.filters.update(day=day, moment=moment, number=number, percent=percent)
    app.context_processor(_page_context)


class _PageDomain(Domain):
    """The messages of one request: its language is looked up once, not once a text (a list has a thousand)."""

    def __init__(self) -> None:
        super().__init__()
        self._translations: object | None = None

    def get_translations(self) -> object:
        if self._translations is None:
            self._translations = _shared.get_translations()
        return self._translations


_shared = Domain()
"""Keeps the catalogues that were read, for all requests."""


def _use_one_domain() -> None:
    _PageDomain().as_default()


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Within it every text is in that language, whatever the page is in: for what is kept or goes to somebody else."""
    before = get_domain()
    with cast(AbstractContextManager[None], force_locale(locale)):
        _PageDomain().as_default()
        try:
            yield
        finally:
            before.as_default()


def in_chinese() -> AbstractContextManager[None]:
    """For what is recorded for good: the record is in Chinese whoever acts, and pages say it in their language."""
    return speaking(LOCALES[0])


_said: dict[str, dict[str, Markup]] = {}
"""For each language the texts of templates as they were said before; they are as many as templates have."""


def words(text: str, /, **variables: Any) -> Markup:
    """`_` of templates: the text in the language of the page, as Markup; what is put into it is escaped.

    The same as Jinja's own, which looks a language up for every text of a page.
    """
    said: dict[str, Markup] | None = g.get("said")
    if said is None:
        said = g.said = _said.setdefault(str(get_locale()), {})
    if variables:
        return Markup(gettext(text)) % variables  # noqa: S704 a text of our own catalogue
    found = said.get(text)
    if found is None:
        found = said[text] = Markup(gettext(text)) % {}  # noqa: S704 as above
    return found


def counted(text: str, n: int, /, **variables: Any) -> str:
    """A text in which a number meets a noun: in the form that the language has for this number. Chinese has one, and so the
    text is written once. `%(n)s` in it is the number with its thousands apart."""
    return ngettext(text, text, n, n=number(n), **variables)


def counted_words(text: str, n: int, /, **variables: Any) -> Markup:
    """`_n` of templates: `counted` as Markup, what is put into it escaped."""
    return Markup(counted(text, n, **{name: escape(value) for name, value in variables.items()}))  # noqa: S704 as above


def choose() -> str:
    """The person's choice within a request; a command's language in a command; else the city's own."""
    if not has_request_context() and click.get_current_context(silent=True) is not None:
        return command_locale()
    chosen = cookie.get(COOKIE_KEY) if has_request_context() else None
    return str(chosen if chosen in LOCALES else current_app.config["DEFAULT_LOCALE"])


def _chosen() -> Any:
    """For Flask-Babel, which takes a name, too, and then looks for the file of that language at every request."""
    return _locale(choose())


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def html_lang() -> str:
    return _html_lang(get_locale())


def _html_lang(locale: Locale | None) -> str:
    return "en" if locale is not None and locale.language == "en" else "zh-CN"


def _page_context() -> dict[str, Any]:
    locale = get_locale()
    return {"locale": locale, "html_lang": _html_lang(locale)}


def day(value: date | None) -> str:
    """2026-03-05: one form in both languages, since it is compared by eye and sorted. Of a moment, its day in China."""
    if isinstance(value, datetime):
        return clock.day_of(value).isoformat()
    return value.isoformat() if value else "–"


def moment(value: datetime | None) -> str:
    """2026-03-05 14:07 in China Standard Time, alike in both languages."""
    return clock.to_the_minute(value) if value else "–"


def number(value: int | Decimal | float | None) -> str:
    return "–" if value is None else f"{value:,}"


def percent(value: int | Decimal | float | None) -> str:
    return "–" if value is None else f"{value}%"


def asked_path() -> str:
    """The page to come back to after the language was changed."""
    return inner_path(request.form.get("next", "/"))


def inner_path(target: str) -> str:
    """The target where it is a path of our own, else the start page: never an address outside.

    Nor one with a character that nobody sees: browsers and servers drop tabs, and `/<tab>/host` is `//host` to them.
    """
    safe = target.startswith("/") and not target.startswith("//") and "\\" not in target and target.isprintable()
    return target if safe else "/"


def page_asked_from() -> str:
    """The page that a form was sent from: the one of ours that the browser names, else its own address if that opens."""
    try:
        named = urlsplit(request.referrer or "")
    except ValueError:
        named = urlsplit("")
    paths = [(request.path, request.query_string.decode("ascii", "ignore"))]
    if named.netloc == request.host:
        paths.insert(0, (named.path, named.query))
    ways = current_app.create_url_adapter(request)
    for path, query in paths:
        if ways is not None and ways.test(path, method="GET"):
            return inner_path(f"{path}?{query}" if query else path)
    return "/"


def asked_by_script() -> bool:
    """Whether a script of a page asks, which reads the status of the answer; no person sees the page that it is."""
    return "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "fetch"


def translate(message: str, /, **values: object) -> str:
    """The language of the page, in the shape that reports take it."""
    return gettext(message, **values)
