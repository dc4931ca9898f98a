"""What the burden of units is filtered by: part of the address."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional

from tracker.dashboard.queries.burden import Month
from tracker.plans.forms import UnitPick
from tracker.web.forms import Filters, options

MONTHS = 13
"""So many months back are offered, this one too."""


class BurdenFilters(Filters):
    month = SelectField(_l("月份"), [Optional()])
    unit = UnitPick(_l("单位"), [Optional()])

    def offer(self, month: Month, today: date) -> BurdenFilters:
        """The last months, and the one that is shown."""
        codes, first = {month.code}, today.replace(day=1)
        for _month in range(MONTHS):
            codes.add(first.strftime("%Y-%m"))
            first = (first - timedelta(days=1)).replace(day=1)
        self.month.choices = options([(code, code) for code in sorted(codes, reverse=True)])
        return self
