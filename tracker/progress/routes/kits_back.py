"""Kits that came back: each file with its verdict, what would change before anything does, taking it in."""

from __future__ import annotations

from flask import Response as Sent, flash, redirect, render_template, request, url_for
from flask_babel import get_locale, gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from tracker import clock, storage
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.errors import DomainError, NotFound
from tracker.outbox.room import poke_after_commit
from tracker.progress.forms.kits import KitReturnForm, TakeForm, one_side
from tracker.progress.kits.refusals import refusal_of
from tracker.progress.labels_kits import cell_label, kit_taken_words, refusal_words, unread_words
from tracker.progress.queries import kits as queries
from tracker.progress.routes.blueprint import Answer, pages
from tracker.progress.service import kits as service
from tracker.web.downloads import kept_file
from tracker.web.transactions import begin_writing, keep_changes

BOTH = (Role.LEAD_OFFICE, Role.REPORTER)


def received(form: KitReturnForm, through: str) -> Answer | None:
    """Keeps what was sent, and leads to its verdict; None where the form says why not. Many files are read by a job."""
    try:
        files = service.opened_files(form.uploads())
    except DomainError as error:
        form.add_error(error)
        return None
    at = clock.now()
    if len(files) > service.AT_ONCE:
        begin_writing()
        job = service.start_receiving(files, through=through, locale=str(get_locale()), by=viewer(), at=at)
        poke_after_commit()
        return redirect(url_for("desk.job", job_id=job.id))
    looked = [service.look(one) for one in files]
    begin_writing()
    kept = service.keep(looked, through=through, by=viewer(), at=at)
    if through == "office" or len(kept) > 1:
        return redirect(url_for("progress.kit_batch", batch=kept[0].batch))
    if kept[0].state == "waiting":
        return redirect(url_for("progress.returned_kit", returned_id=kept[0].id))
    keep_changes()  # a refused file is kept, too
    why = refusal_words(refusal_of(kept[0].said["refusal"]))
    form.add_error(DomainError(_("“%(file)s”没有收：%(why)s", file=kept[0].file_name, why=why), field="files"))
    return None


@pages.get("/kits/batches/<batch>")
@allow(*BOTH)
def kit_batch(batch: str) -> str:
    rows = queries.batch_rows(batch, viewer(), request.args.get("state", ""))
    return render_template("progress/kit_batch.html", rows=rows)


@pages.get("/kits/returned/<int:returned_id>")
@allow(*BOTH)
def returned_kit(returned_id: int) -> str:
    return _page(returned_id, TakeForm(formdata=None), MultiDict())


def _page(returned_id: int, form: TakeForm, given: MultiDict[str, str]) -> str:
    found = queries.returned_view(returned_id, viewer(), today=clock.today())
    form.seen.data = found.mark
    every = one_side(request.args.get("use", ""))
    return render_template(
        "progress/returned_kit.html", found=found, form=form, given=given, every=every, cell_label=cell_label,
        unread_words=unread_words,
    )  # fmt: skip


@pages.post("/kits/returned/<int:returned_id>")
@allow(*BOTH)
def take_kit(returned_id: int) -> Answer:
    form = TakeForm()
    if form.validate_on_submit():
        with form.guarded():
            done = service.take_kit(returned_id, form.choices(request.form), by=viewer(), at=clock.now())
        if not form.refused:
            flash(kit_taken_words(done.reports, done.waiting), "success")
            return redirect(url_for("progress.returned_kit", returned_id=returned_id))
    return _page(returned_id, form, request.form), form.status


@pages.post("/kits/returned/<int:returned_id>/drop")
@allow(*BOTH)
def drop_kit(returned_id: int) -> Response:
    service.drop_kit(returned_id, by=viewer(), at=clock.now())
    flash(_("已放弃这份填报包，草稿没有改变；文件仍然保留。"), "success")
    if request.form.get("list"):
        return redirect(url_for("progress.kits", _anchor="returned"))
    return redirect(url_for("progress.returned_kit", returned_id=returned_id))


@pages.get("/kits/returned/<int:returned_id>/file")
@allow(*BOTH)
def returned_kit_file(returned_id: int) -> Sent:
    """The file as it was received."""
    found = queries.held_returned(returned_id, viewer())
    if not found.file_key:
        raise NotFound
    data = storage.load(found.file_key)
    return Sent(data, mimetype="application/octet-stream", headers=kept_file(found.file_name, len(data)))
