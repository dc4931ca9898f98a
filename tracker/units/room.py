"""Registers the units room with the application."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, g

from tracker.units import queries
from tracker.web.errors import is_failing


def register(app: Flask) -> None:
    app.context_processor(_page_context)


def _page_context() -> dict[str, Any]:
    """The city's name, whether this is a demonstration, and the viewer with the name of their unit."""
    if is_failing():
        return {"city_name": "", "is_demonstration": False}
    site = queries.site()
    viewer = g.get("viewer")
    context: dict[str, Any] = {"city_name": site.city_name, "is_demonstration": site.is_demonstration}
    if viewer is not None and viewer.grants:
        unit_id = viewer.grants[0][1]
        context["viewer"] = replace(viewer, unit_name=queries.name_of(unit_id))
    return context
