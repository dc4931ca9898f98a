"""The blueprint that all pages of the room belong to."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

pages = Blueprint("desk", __name__)

Answer = str | Response | tuple[str, int]
