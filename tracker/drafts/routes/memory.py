"""What is remembered, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries, service
from tracker.drafts.forms import MemoryFilterForm
from tracker.drafts.routes.blueprint import pages


@pages.get("/drafts/memory")
@allow(Role.LEAD_OFFICE)
def memory() -> str:
    form = MemoryFilterForm(request.args)
    rows, total = queries.memories(viewer(), text=(form.q.data or "").strip(), kind=form.kind.data or "")
    return render_template("drafts/memory.html", form=form, rows=rows, total=total)


@pages.post("/drafts/memory/<kind>/<int:memory_id>/forget")
@allow(Role.LEAD_OFFICE)
def forget_memory(kind: str, memory_id: int) -> Response:
    text = service.forget(kind, memory_id, by=viewer(), at=clock.now())
    flash(_("已取回“%(text)s”，今后导入不再采用；已入库的不受影响。", text=text), "success")
    return redirect(url_for("drafts.memory"))
