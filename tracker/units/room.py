"""Registers the units room with the application."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, g

from tracker.outbox.registry import see_to
from tracker.units import jobs, queries
from tracker.units.words import why_told
from tracker.web.errors import is_failing


def register(app: Flask) -> None:
    app.context_processor(_page_context)
    app.jinja_env.filters["why_told"] = why_told
    see_to("reorganisation", lambda at: jobs.carry_out_due(at=at))


def _page_context() -> dict[str, Any]:
    """The city's name, whether this is a demonstration, and the viewer with the name of their unit."""
    if is_failing():
        return {"city_name": "", "is_demonstration": False}
    site = queries.site()
    viewer = g.get("viewer")
    context: dict[str, Any] = {"city_name": site.city_name, "is_demonstration": site.is_demonstration}
    if viewer is not None and viewer.grants:
        context["viewer"] = replace(viewer, unit_name=queries.unit_of(tuple(unit for _, unit in viewer.grants)))
    return context
