"""Parts of pages that are the same again and again: made once for all that they are made of, then only put in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from flask import Flask, current_app, g, request, session as cookie, url_for
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tracker.web.kept import newest_text

MOST = 2_000
"""Entries of a store; then it begins anew."""

LONGEST_QUERY = 500
"""Bytes of a query up to which its page's parts are remembered: nobody fills the memory with what is asked once."""

Key = tuple[Hashable, ...]
Made = TypeVar("Made")


def register(app: Flask) -> None:
    app.extensions.update(parts={}, addresses={}, places={}, csrf_tokens={})
    app.jinja_env.globals.update(part=part, address=address, slot=SLOT)
    app.jinja_env.filters["filled"] = filled


def where() -> tuple[str, str]:
    """What the text of a part always depends on: the language, and the address that the site is served under."""
    found: tuple[str, str] | None = g.get("parts_of")
    if found is None:
        found = g.parts_of = (str(get_locale()), request.root_path)
    return found


def address(endpoint: str, **parts: Any) -> str:
    """The address of a page that there is one of, or a few: not for the pages of records."""
    known: dict[Key, str] = current_app.extensions["addresses"]
    key = (endpoint, where(), *parts.items())
    if key not in known:
        _remember(known, key, url_for(endpoint, **parts))
    return known[key]


def cached(name: str, of: Hashable, make: Callable[[], Made], store: str | None = "parts") -> Made:
    """What `make` gives for `of` in the language of the page, or gave before. `of` must hold all that it depends on.

    What comes in many forms has a `store` of its own, so that it does not crowd out the others; None remembers nothing.
    """
    if store is None:
        return make()
    known: dict[Key, Made] = current_app.extensions[store]
    key = (name, where(), of)
    found = known.get(key)
    if found is None:
        found = make()
        if not current_app.debug and len(request.query_string) <= LONGEST_QUERY:
            _remember(known, key, found)
    return found


@pass_context
def part(context: Context, name: str, *of: Hashable) -> Markup:
    """A template rendered where it stands, or as it was rendered before: by its name, the language, and `of`.

    `of` (which the template sees) must hold all that its text depends on, rights and what is typed included.
    """
    return cached(name, of, lambda: _rendered(context, name, of))


def _rendered(context: Context, name: str, of: Key) -> Markup:
    text = context.environment.get_template(name).render({**context.get_all(), "of": of})
    return Markup(text)  # noqa: S704 a template's own output, escaped there


def shared(name: str, of: Hashable, make: Callable[[], Mapping[str, Any]]) -> Markup:
    """A template that shows what `make` reads, made once for all who may read the same, until somebody acts.

    `of` must hold all that it is read by: the grants of whoever asks, the day, what was asked for. The template sees what
    `make` gives and nothing of the person: no viewer, no messages, and no token, which would be somebody else's.
    """

    def text() -> Markup:
        g.is_shared = True
        try:
            return Markup(current_app.jinja_env.get_template(name).render(**make()))  # noqa: S704 a template's own output
        finally:
            g.is_shared = False

    if current_app.debug or len(request.query_string) > LONGEST_QUERY:
        return text()
    return newest_text((name, where(), of), text)


SLOT = Markup(f"\x1f{secrets.token_hex(8)}\x1f")  # noqa: S704 characters of our own
"""Stands in the shape of a row where a value comes. Another for every process: a name that holds it cannot be made up."""


def with_token(shape: Markup) -> Markup:
    """A shared part with the token of whoever asks in its slots, for the forms that stand in it."""
    return Markup(str(shape).replace(str(SLOT), csrf_token())) if SLOT in shape else shape  # noqa: S704 digits and letters


_escaped = lru_cache(maxsize=16_384)(escape)
"""Names come again in row after row and page after page."""


def filled(shape: str, rows: Iterable[Sequence[object]]) -> Markup:
    """The shape of a row once for each row, its slots filled with the row's values in order.

    Values are escaped as everywhere, Markup apart; a long list takes half the time that a loop over it takes.
    """
    form = "%s".join(piece.replace("%", "%%") for piece in str(shape).split(str(SLOT)))
    return Markup("".join(form % tuple(map(_safe, row)) for row in rows))  # noqa: S704 every value went through `_safe`


def _safe(value: object) -> object:
    kind = type(value)
    if kind is str:
        return _escaped(value)
    return value if kind is Markup or kind is int else escape(value)


def csrf_token() -> str:
    """The token of forms, signed once a session: the frame of every page is kept by it, and each signing gives another.
    See `flask_wtf.csrf.generate_csrf`."""
    if g.get("is_shared"):
        raise RuntimeError("a part that many people see holds nobody's token")
    raw = cookie.get("csrf_token")
    if "csrf_token" not in g and isinstance(raw, str):
        known: dict[Key, str] = current_app.extensions["csrf_tokens"]
        key = (raw, current_app.secret_key)
        token = known.get(key)
        if token is None:
            token = str(URLSafeTimedSerializer(current_app.secret_key or "", salt="wtf-csrf-token").dumps(raw))
            _remember(known, key, token)
        g.csrf_token = token
    made: str = generate_csrf()
    return made


def _remember(known: dict[Key, Any], key: Key, value: Any) -> None:
    if len(known) >= MOST:
        known.clear()
    known[key] = value
