"""What a request carries comes whole, or is not taken.

gunicorn ends a body where the line breaks, and says of each that it has an end: the half of a form would be read as a form.
Werkzeug counts the bytes where it is not told so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

Serve = Callable[[Any, Any], Iterable[bytes]]


def register(app: Flask) -> None:
    app.wsgi_app = _counted(app.wsgi_app)  # type: ignore[assignment, method-assign]  # the documented way to wrap it


def _counted(serve: Serve) -> Serve:
    """A request that says its length is refused (400) where fewer bytes come."""

    def serve_counted(environ: Any, start_response: Any) -> Iterable[bytes]:
        if environ.get("CONTENT_LENGTH"):
            environ.pop("wsgi.input_terminated", None)
        return serve(environ, start_response)

    return serve_counted
