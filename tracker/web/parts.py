"""Parts of pages that are the same again and again: made once for all that they are made of, then only put in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request, session as cookie, url_for
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

MOST = 2_000
"""Entries of a store; then it begins anew."""

Key = tuple[Hashable, ...]


def register(app: Flask) -> None:
    app.extensions["parts"], app.extensions["addresses"], app.extensions["csrf_tokens"] = {}, {}, {}
    app.jinja_env.globals.update(part=part, address=address, slot=SLOT)
    app.jinja_env.filters["filled"] = filled


def address(endpoint: str, **parts: Any) -> str:
    """The address of a page that there is one of, or a few: not for the pages of records."""
    known: dict[Key, str] = current_app.extensions["addresses"]
    key = (endpoint, request.root_path, *parts.items())
    if key not in known:
        _remember(known, key, url_for(endpoint, **parts))
    return known[key]


@pass_context
def part(context: Context, name: str, *of: Hashable) -> Markup:
    """A template rendered where it stands, or as it was rendered before: by its name, the language, and `of`.

    `of` (which the template sees) must hold all that its text depends on, rights and what is typed included.
    """
    known: dict[Key, Markup] = current_app.extensions["parts"]
    key = (name, str(get_locale()), request.root_path, *of)
    found = known.get(key)
    if found is None:
        template = context.environment.get_template(name)
        found = Markup(template.render({**context.get_all(), "of": of}))  # noqa: S704 a template's own output, escaped there
        if not current_app.debug:
            _remember(known, key, found)
    return found


SLOT = Markup("\x1f")
"""Stands in the shape of a row where a value comes; no text of a page has this character."""

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
    """The token of forms, signed once a session and not once a page; see `flask_wtf.csrf.generate_csrf`."""
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
