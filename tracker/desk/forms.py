"""Which report, of what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from tracker.desk.queries.exports import Asked
from tracker.web.forms import Filters, options


def number(text: Any) -> int | None:
    """An id as an address or a form carries it; None for anything else."""
    return int(text) if str(text or "").isascii() and str(text or "").isdigit() and len(str(text)) < 10 else None


def asked(name: str, values: Any) -> Asked:
    """The report that an address or a posted form asks for."""
    return Asked(
        name, plan_id=number(values.get("plan")), run_id=number(values.get("run")), unit_id=number(values.get("unit")),
        chapter_id=number(values.get("chapter")),
    )  # fmt: skip


class ExportForm(Filters):
    """The choices of one report's card."""

    plan = SelectField(_l("计划"), [Optional()], coerce=str, default="")
    run = SelectField(_l("评分"), [Optional()], coerce=str, default="")

    def offer(self, plans: Sequence[tuple[int, str]], runs: Sequence[tuple[int, str]], *, every: bool) -> ExportForm:
        """`every`: the report may be of all plans together."""
        self.plan.choices = options([*[("", _l("全部计划"))] * every, *plans])
        self.run.choices = options(runs)
        return self
