"""Reading a document again with a newer reader: what would change, and doing it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import service
from tracker.drafts.queries.renewing import renewing
from tracker.drafts.routes.blueprint import Answer, editable, pages


@pages.get("/drafts/<int:draft_id>/reread")
@allow(Role.LEAD_OFFICE)
def renewal(draft_id: int) -> Answer:
    draft = editable(draft_id)
    if not draft.outdated:
        return redirect(url_for("drafts.review", draft_id=draft_id))
    return render_template("drafts/renewal.html", draft=draft, found=renewing(draft_id))


@pages.post("/drafts/<int:draft_id>/reread")
@allow(Role.LEAD_OFFICE)
def read_anew(draft_id: int) -> Response:
    done = service.read_anew(draft_id, by=viewer(), at=clock.now())
    if not isinstance(done, service.Reread):
        return redirect(url_for("desk.job", job_id=done.id))
    flash(
        _(
            "已按新的识别程序重新识别：新增 %(new)s 项，减少 %(gone)s 项，变化 %(changed)s 项；%(kept)s 项的更正保留。",
            new=done.new, gone=done.gone, changed=done.changed, kept=done.kept,
        ), "success",
    )  # fmt: skip
    return redirect(url_for("drafts.review", draft_id=draft_id))
