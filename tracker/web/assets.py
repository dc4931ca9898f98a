"""Addresses of static files with their content's hash, and icons drawn inline."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for
from markupsafe import Markup

from tracker.config import ROOT

STATIC = ROOT / "static"


@cache
def fingerprint(name: str) -> str:
    """The first hex digits of a static file's SHA-256. Raises FileNotFoundError for a file that is not there."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file; it changes with the content, so it may be kept for ever."""
    return url_for("static", filename=name, v=fingerprint(name))


@cache
def icon(name: str) -> Markup:
    """An icon of the set in `static/icons`, inline and hidden from screen readers: the text beside it says it."""
    text = Path(STATIC / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    start = text.index("<svg")
    return Markup(text[start:].replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S704 our own file


def register(app: Flask) -> None:
    app.jinja_env.globals.update(asset=asset, icon=icon)
