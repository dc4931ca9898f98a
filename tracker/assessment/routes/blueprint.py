"""The blueprint of the room's pages, and who reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flask import Blueprint, request
from werkzeug.wrappers import Response

from tracker.accounts.roles import Role
from tracker.web.paging import Page, decode, encode

pages = Blueprint("assessment", __name__)

READERS = (Role.EVALUATOR, Role.LEAD_OFFICE, Role.LEADER)
"""Who sees schemes and runs whole; leaders see runs once they are published."""
SCORED = (Role.REPORTER, Role.REVIEWER)
"""Who sees the score of their own unit, once it is published."""

Answer = str | Response | tuple[str, int]

Row = TypeVar("Row")
SIZE = 100


def page_of_list(rows: Sequence[Row]) -> Page[Row]:
    """The page of a list that was read whole: what is frozen, or sorted by what people choose, has no key of its own."""
    asked = decode(request.args.get("cursor", ""), 1)
    start = asked[1][0] if asked and isinstance(asked[1][0], int) and 0 < asked[1][0] < len(rows) else 0
    after = encode([start + SIZE]) if start + SIZE < len(rows) else None
    before = encode([max(0, start - SIZE)]) if start else None
    return Page(rows[start : start + SIZE], after, before, len(rows))
