"""The blueprint of the room's pages, and who reads them."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from tracker.accounts.roles import Role

pages = Blueprint("assessment", __name__)

READERS = (Role.EVALUATOR, Role.LEAD_OFFICE, Role.LEADER)
"""Who sees schemes and runs whole; leaders see runs once they are published."""
SCORED = (Role.REPORTER, Role.REVIEWER)
"""Who sees the score of their own unit, once it is published."""

Answer = str | Response | tuple[str, int]
