"""Tables of words as filters: `{{ plan.state|plan_state }}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask


def offer_labels(app: Flask, **tables: Mapping[Any, Any]) -> None:
    """Each table becomes the filter of its name. A value without a word raises KeyError: no page shows a code."""
    app.jinja_env.filters.update({name: table.__getitem__ for name, table in tables.items()})
