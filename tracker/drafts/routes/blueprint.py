"""The blueprint of the drafts room, and what its handlers share."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts.access import viewer
from tracker.drafts import queries

pages = Blueprint("drafts", __name__)

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


def is_part() -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def changed(draft_id: int, task_id: int, said: str = "") -> Answer:
    """After a correction: the task's card with all that follows from it, or the page it stands on."""
    number = queries.page_of_task(draft_id, task_id)
    if not is_part():
        if said:
            flash(said, "success")
        return redirect(url_for("drafts.review", draft_id=draft_id, page=number, _anchor=f"task-{task_id}"))
    draft = queries.draft_view(draft_id, viewer())
    cards = queries.page_cards(draft_id, number)
    card = next(one for one in cards if one.id == task_id)
    return render_template(
        "drafts/changed.html",
        draft=draft,
        card=card,
        cards=cards,
        number=number,
        findings=queries.open_findings(draft_id),
    )
