"""The blueprint of the progress room, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from tracker.accounts.access import viewer
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW
from tracker.progress import queries
from tracker.progress.forms import QueueFilters
from tracker.progress.queries.narrowing import Narrowed

pages = Blueprint("progress", __name__)

Answer = str | Response | tuple[str, int]

UNIT, WHOLE = UNIT_ROLES, WHOLE_VIEW
SEEING = WHOLE | UNIT


def narrowing(wanted: Narrowed) -> dict[str, Any]:
    """What the page of a queue needs that is narrowed to what is `wanted`: its filters, and what its links carry on."""
    offered = queries.choices(viewer(), plan_id=None)
    return {"narrowing": QueueFilters(request.args).offer(offered), "here": wanted.address}


def pressed(yes: str, no: str) -> bool:
    """Whether the button of a decision that was pressed is `yes` and not `no`. Raises BadRequest where it is neither."""
    button = request.form.get("decision")
    if button not in (yes, no):
        raise BadRequest
    return button == yes
