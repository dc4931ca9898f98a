"""What the rectification ledger is filtered by: part of the address, so that a list can be sent as a link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Optional

from tracker.plans.forms import UnitPick
from tracker.progress.forms.filters import day_asked, known_or_none, unit_asked
from tracker.progress.labels import LIGHT_LABELS
from tracker.progress.lights import LIGHT_KINDS
from tracker.rectification.labels import FINDING_STATE_LABELS, SOURCE_LABELS
from tracker.rectification.queries import MINE, FindingFilter
from tracker.web.forms import DateField, Filters, options
from tracker.web.numbers import whole_number

UNENDED = "open"


class FindingFilters(Filters):
    plan = SelectField(_l("计划"), [Optional()], coerce=str, default="")
    unit = UnitPick(_l("责任单位"), [Optional()])
    source = SelectField(
        _l("来源"), [Optional()], default="", choices=options([("", _l("全部")), *SOURCE_LABELS.items()])
    )
    state = SelectField(
        _l("状态"),
        [Optional()],
        default="",
        choices=options(
            [("", _l("全部")), (MINE, _l("待我办理")), (UNENDED, _l("未销号")), *FINDING_STATE_LABELS.items()]
        ),
    )
    light = SelectField(
        _l("亮灯"),
        [Optional()],
        default="",
        choices=options([("", _l("全部")), *((kind, LIGHT_LABELS[kind]) for kind in LIGHT_KINDS if kind != "done")]),
    )
    due_from = DateField(_l("时限自"), [Optional()])
    due_to = DateField(_l("时限至"), [Optional()])
    text = StringField(_l("问题"), [Optional()])

    def offer(self, plans: Sequence[tuple[int, str]], *, whole: bool) -> FindingFilters:
        """`whole`: the person sees more than one unit."""
        self.plan.choices = options([("", _l("全部")), *((str(one), name) for one, name in plans)])
        if len(plans) < 2 and not self.plan.data:
            del self._fields["plan"]
        if not whole and not self.unit.data:
            del self._fields["unit"]
        return self


def wanted_findings(arguments: Any) -> FindingFilter:
    """The filter that an address asks for; what makes no sense in it is left out."""
    return FindingFilter(
        plan_id=whole_number(arguments.get("plan")), unit_id=unit_asked(arguments.get("unit", "").strip()),
        source=known_or_none(arguments.get("source"), SOURCE_LABELS),
        state=known_or_none(arguments.get("state"), (MINE, UNENDED, *FINDING_STATE_LABELS)),
        light=known_or_none(arguments.get("light"), LIGHT_KINDS), due_from=day_asked(arguments.get("due_from")),
        due_to=day_asked(arguments.get("due_to")), text=arguments.get("text", "")[:60],
        obligation_id=whole_number(arguments.get("obligation")), descending=arguments.get("sort") == "-due",
    )  # fmt: skip
