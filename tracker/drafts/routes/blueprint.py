"""The blueprint of the drafts room, and what its handlers share."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts.access import viewer
from tracker.drafts import queries
from tracker.errors import NotFound

pages = Blueprint("drafts", __name__)

Answer = str | Response | tuple[str, int] | tuple[str, int, dict[str, str]]


def is_part() -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def editable(draft_id: int) -> queries.DraftView:
    """The draft, while it can be corrected. Raises NotFound."""
    draft = queries.draft_view(draft_id, viewer())
    if not draft.editable:
        raise NotFound
    return draft


def finding_filter() -> str:
    """How the list of findings is filtered on the page that asks: htmx tells its address."""
    given = request.values.get("severity")
    if given is not None or not is_part():
        return given or ""
    return parse_qs(urlsplit(request.headers.get("HX-Current-URL", "")).query).get("severity", [""])[-1]


def changed(draft_id: int, task_id: int, said: str = "") -> Answer:
    """After a correction: the task's card with all that follows from it, or the page it stands on."""
    number = queries.page_of_task(draft_id, task_id)
    if not is_part():
        if said:
            flash(said, "success")
        return redirect(url_for("drafts.review", draft_id=draft_id, page=number, _anchor=f"task-{task_id}"))
    draft, which = queries.draft_view(draft_id, viewer()), finding_filter()
    cards = queries.page_cards(draft_id, number)
    card = next(one for one in cards if one.id == task_id)
    return render_template(
        "drafts/changed.html",
        draft=draft,
        card=card,
        cards=cards,
        number=number,
        which=which,
        findings=queries.filtered_findings(draft_id, which),
    )
