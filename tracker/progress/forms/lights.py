"""Which rule set of lights a plan goes by, and what it changes in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.progress.labels_lights import AUDIENCE_LABELS, DOCUMENT_LABELS, REMINDS_LABELS, RULE_SET_NAMES
from tracker.progress.light_changes import out_of_order
from tracker.progress.light_rules import Audience, RuleSet, Step
from tracker.web.forms import Form, options
from tracker.web.numbers import whole_number

LONGEST = 365
"""Days after a date from which a light may show at most."""


class LightsForm(Form):
    lights = RadioField(_l("亮灯规则"), choices=options(RULE_SET_NAMES.items()))
    version = HiddenField(filters=[whole_number])


class RulesForm(Form):
    """The lines of one rule set; `rules_form` adds what each of its lights needs."""

    rules: RuleSet
    near_days = IntegerField(
        _l("提前几天亮“临期”"),
        [InputRequired(_l("请填写天数。")), NumberRange(0, 90, _l("请填写 0 至 90 之间的整数。"))],
    )
    reminds = SelectField(_l("提醒日"), choices=options(REMINDS_LABELS.items()))
    caught_up = BooleanField(_l("逾期后补报并核收的亮“补报”（黄），不再变为已核"))
    version = HiddenField(filters=[whole_number])

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        wrong = out_of_order(self.wanted().late)
        if wrong is not None:
            self._fields[f"after_{wrong.light}"].errors = [
                _("要比上一级晚：天数更多；上一级按工作日的，这一级也按工作日。")
            ]
        return wrong is None

    def wanted(self) -> RuleSet:
        """The rule set as the form says it."""
        rules = self.rules
        return replace(
            rules,
            near=self._step(rules.near),
            late=tuple(self._step(one) for one in rules.late),
            sent_back=self._step(rules.sent_back) if rules.sent_back is not None else None,
            caught_up="caught_up" if self.caught_up.data else "done",
        )

    def _step(self, step: Step) -> Step:
        def said(part: str, otherwise: Any) -> Any:
            field: Any = self._fields.get(f"{part}_{step.light}")
            return otherwise if field is None else field.data

        return replace(
            step,
            after=said("after", step.after),
            workdays=said("workdays", "workdays" if step.workdays else "days") == "workdays",
            tells=tuple(one for one in get_args(Audience) if one in said("tells", ())),
            document=said("document", step.document),
        )


def rules_form(rules: RuleSet, **data: Any) -> RulesForm:
    """The form of a rule set: for each light that tells somebody whom and by what, and from when where that is free. The
    first of what is overdue shows from its first day."""
    fields: dict[str, Any] = {"rules": rules}
    for step in rules.steps:
        fields[f"tells_{step.light}"] = SelectMultipleField(
            _l("告知"), [Optional()], choices=options(AUDIENCE_LABELS.items()), option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
        )  # fmt: skip
        fields[f"document_{step.light}"] = SelectField(_l("文书"), choices=options(DOCUMENT_LABELS.items()))
    for step in (rules.near, *rules.late[1:]):
        fields[f"workdays_{step.light}"] = SelectField(
            _l("计日方式"), choices=options([("days", _l("天")), ("workdays", _l("个工作日"))])
        )
    for step in rules.late[1:]:
        fields[f"after_{step.light}"] = IntegerField(
            _l("逾期第几天起"),
            [InputRequired(_l("请填写天数。")), NumberRange(2, LONGEST, _l("请填写 2 至 365 之间的整数。"))],
        )
    made: RulesForm = type("RuleSetForm", (RulesForm,), fields)(**data)
    return made


def said_by(rules: RuleSet, near_days: int, reminds: str) -> dict[str, Any]:
    """What the form of a rule set begins with."""
    found: dict[str, Any] = {"near_days": near_days, "reminds": reminds, "caught_up": rules.caught_up != "done"}
    for step in rules.steps:
        found[f"tells_{step.light}"] = list(step.tells)
        found[f"document_{step.light}"] = step.document
        found[f"workdays_{step.light}"] = "workdays" if step.workdays else "days"
        found[f"after_{step.light}"] = step.after
    return found
