"""The whole directory out to a workbook, and in from one."""

from __future__ import annotations

from typing import Any

from flask import Response as Sent, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from reports import directory
from reports.workbook import Properties, workbook_bytes
from tracker import clock
from tracker.accounts.access import viewer
from tracker.accounts.roles import Role, allow
from tracker.admin.forms.units import DirectoryForm
from tracker.admin.queries.directory import act_lines, directory_rows, name_rows
from tracker.admin.queries.units import only_of_the_whole
from tracker.admin.routes.blueprint import Answer, pages
from tracker.admin.service.directory import Words, take_in
from tracker.admin.words import by_words
from tracker.units.queries import root_name
from tracker.units.words import ALIAS_NAMES, ALSO_CALLED, KIND_NAMES, MANNERS
from tracker.web.downloads import XLSX, attachment


@pages.get("/units/directory.xlsx")
@allow(Role.ADMIN)
def directory_sheet() -> Sent:
    at = clock.now()
    day, title = clock.day_of(at), _("组织机构")
    rows, names, acts = directory_rows(viewer(), day=day), name_rows(viewer()), act_lines(viewer())
    sheets = directory.build(rows, names, acts, city=root_name(), day=day, _=_said)
    data = workbook_bytes(sheets, properties=Properties(title=title, author=root_name(), created=at), translate=_said)
    return Sent(data, mimetype=XLSX, headers=attachment(f"{title}.xlsx", plain="directory.xlsx"))


def _said(message: str, /, **values: object) -> str:
    return _(message, **values)


def _words() -> Words:
    return Words(ALSO_CALLED | by_words(KIND_NAMES), by_words(ALIAS_NAMES), by_words(MANNERS))


@pages.get("/units/import")
@allow(Role.ADMIN)
def import_units() -> str:
    only_of_the_whole(viewer())
    given: dict[str, Any] = {"since": clock.today()}
    return render_template("admin/import_units.html", form=DirectoryForm(None, **given))


@pages.post("/units/import")
@allow(Role.ADMIN)
def take_in_units() -> Answer:
    form = DirectoryForm()
    if form.validate_on_submit():
        with form.guarded(first=True):
            data, name = form.upload or (b"", "")
            done = take_in(data, name, words=_words(), since=form.since.data, by=viewer(), at=clock.now())
        if not form.refused:
            flash(
                _("已导入：新增单位 %(units)s 个、别名 %(aliases)s 个、改革 %(acts)s 项，%(same)s 个没有变化。",
                  units=done.units, aliases=done.aliases, acts=done.acts, same=done.unchanged), "success",
            )  # fmt: skip
            return redirect(url_for("admin.units"))
    return render_template("admin/import_units.html", form=form), form.status
