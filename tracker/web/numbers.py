"""Whole numbers from outside: in an address, a filter, a hidden field. One that no row can have is none."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1
"""The largest id that a column holds; a database answers a larger one by an error."""


def whole_number(text: Any) -> int | None:
    """The number that a text says in plain digits; None where it says none, or one beyond `LARGEST`."""
    said = str(text if text is not None else "")
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(LARGEST))):
        return None
    found = int(said)
    return found if found <= LARGEST else None


class _Number(IntegerConverter):
    def __init__(self, map: Map) -> None:  # noqa: A002 as werkzeug calls it
        super().__init__(map, max=LARGEST)


def register(app: Flask) -> None:
    app.url_map.converters["int"] = _Number
