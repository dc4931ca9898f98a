"""Addresses of pages of other rooms, above and below, for links in pages and workbooks."""

from __future__ import annotations

from typing import Any

from flask import current_app
from werkzeug.routing import BuildError


def path_of(endpoint: str, *, anchor: str = "", **values: Any) -> str | None:
    """The path of a page, within a request or a job; None where this installation has no such page."""
    try:
        path = current_app.url_map.bind("").build(endpoint, values)
    except BuildError:
        return None
    return f"{path}#{anchor}" if anchor else path
