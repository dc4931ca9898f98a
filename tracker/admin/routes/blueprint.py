"""The blueprint that all pages of the room belong to."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from werkzeug.wrappers import Response

from tracker.web.forms import Form

pages = Blueprint("admin", __name__)

Answer = str | Response | tuple[str, int]


def carried_out(form: Form, act: Callable[[], object]) -> bool:
    """Whether what was typed will do and the service took it; else the reasons stand among the form's errors."""
    if not form.validate_on_submit():
        return False
    with form.guarded():
        act()
    return not form.refused
