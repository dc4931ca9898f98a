"""The blueprint that all pages of the room belong to, and who may open them."""

from __future__ import annotations

from flask import Blueprint

from tracker.accounts.roles import Role

pages = Blueprint("dashboard", __name__)

WATCHERS = (Role.LEAD_OFFICE, Role.LEADER, Role.EVALUATOR)
