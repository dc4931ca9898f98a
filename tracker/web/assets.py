"""Static files: their addresses with the content's hash, sent compressed and kept for ever; icons drawn inline."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request
from markupsafe import Markup

from tracker.config import ROOT
from tracker.web.parts import address

STATIC = ROOT / "static"


@cache
def fingerprint(name: str) -> str:
    """The first hex digits of a static file's SHA-256. Raises FileNotFoundError for a file that is not there."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a static file; it changes with the content, so it may be kept for ever."""
    return address("static", filename=name, v=fingerprint(name))


@cache
def icon(name: str) -> Markup:
    """An icon of the set in `static/icons`, inline and hidden from screen readers: the text beside it says it."""
    text = Path(STATIC / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    start = text.index("<svg")
    return Markup(text[start:].replace("<svg", '<svg aria-hidden="true" focusable="false"', 1))  # noqa: S704 our own file


@cache
def _texts() -> frozenset[str]:
    """Names of the static files that become smaller: texts, and pictures that are texts."""
    kinds = {".css", ".js", ".json", ".svg", ".txt", ".map"}
    return frozenset(file.relative_to(STATIC).as_posix() for file in STATIC.rglob("*") if file.suffix in kinds)


@cache
def _packed(name: str) -> bytes:
    """A static file compressed, once a process and not once a visit; all of them together are less than a megabyte."""
    return gzip.compress((STATIC / name).read_bytes(), 9, mtime=0)


def _send(filename: str) -> Response:
    """A text as gzip where the browser takes it, anything else as Flask sends it."""
    if filename not in _texts() or not request.accept_encodings["gzip"]:
        return current_app.send_static_file(filename)
    response = Response(_packed(filename), mimetype=mimetypes.guess_type(filename)[0] or "text/plain")
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{fingerprint(filename)}-gzip")
    response.make_conditional(request)
    return response


def register(app: Flask) -> None:
    app.view_functions["static"] = _send
    app.jinja_env.globals.update(asset=asset, icon=icon)
