"""The blueprint of the rectification room, and what its pages share."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import UNIT_ROLES, WHOLE_VIEW
from tracker.progress.forms import ActForm
from tracker.rectification import queries

pages = Blueprint("rectification", __name__)

Answer = str | Response | tuple[str, int]

UNIT, WHOLE = UNIT_ROLES, WHOLE_VIEW
SEEING = WHOLE | UNIT


def seen(finding_id: int) -> queries.FindingView:
    """The finding as it stands today. Raises NotFound."""
    return queries.finding_view(finding_id, viewer(), today=clock.today())


def step_page(found: queries.FindingView, form: ActForm, step: str, **shown: Any) -> str:
    return render_template("rectification/step.html", found=found, form=form, step=step, **shown)


def to_finding(finding_id: int) -> Response:
    return redirect(url_for("rectification.finding", finding_id=finding_id))
