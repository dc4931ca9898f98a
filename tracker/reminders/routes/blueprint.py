"""The blueprint of the reminders room, and what its pages share."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from tracker.accounts.roles import Role

pages = Blueprint("reminders", __name__)

Answer = str | Response | tuple[str, int]

OVERSEEING = (Role.LEAD_OFFICE, Role.ADMIN)
"""Who sees what was sent, and sets up robots."""
