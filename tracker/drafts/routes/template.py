"""The blank template, to be filled in."""

from __future__ import annotations

from flask import Response as Sent
from flask_babel import gettext as _

from reports import template as report
from reports.workbook import Properties, workbook_bytes
from tracker import clock
from tracker.accounts.roles import Role, allow
from tracker.drafts import queries
from tracker.drafts.routes.blueprint import pages
from tracker.drafts.template import template
from tracker.drafts.wording import in_words
from tracker.units.queries import root_name
from tracker.web.downloads import XLSX, attachment


@pages.get("/drafts/template.xlsx")
@allow(Role.LEAD_OFFICE)
def blank_template() -> Sent:
    at, title = clock.now(), _("任务分解表空白模板")
    sheets = report.build(template(queries.unit_names(clock.day_of(at)), in_words), in_words)
    data = workbook_bytes(
        sheets, properties=Properties(title=title, author=root_name(), created=at), translate=in_words
    )
    return Sent(data, mimetype=XLSX, headers=attachment(f"{title}.xlsx", plain="template.xlsx"))
