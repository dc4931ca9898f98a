"""Which report, of what; and what is looked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SearchField, SelectField
from wtforms.validators import Optional

from tracker.desk.queries.exports import Asked
from tracker.web.forms import Filters, options

LONGEST = 60
"""Characters of what was typed that are looked for."""


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


class FindForm(Filters):
    """The box of the top bar, and of its page."""

    q = SearchField(_l("关键词"), [Optional()])

    def words(self) -> str:
        """What was typed, apart by single blanks, full-width letters and digits as the others."""
        return " ".join(unicodedata.normalize("NFKC", self.q.data or "").split())[:LONGEST]
