"""Forms of spot checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from tracker.progress.forms import ActForm
from tracker.rectification.forms.acting import DAY, LONG, SHORT, TITLE, ReasonForm
from tracker.rectification.labels import CHECK_STATE_LABELS, DRAWN_FROM_LABELS, RISK_LABELS
from tracker.rectification.sampling import HEAVIEST, WEIGHTS
from tracker.rectification.service import Seen, Wanted
from tracker.rectification.service.checking import LARGEST_SAMPLE
from tracker.web.forms import DateField, Filters, options


class CheckState(Filters):
    state = SelectField(
        _l("状态"), [Optional()], default="", choices=options([("", _l("全部")), *CHECK_STATE_LABELS.items()])
    )


def _weight(risk: str) -> IntegerField:
    return IntegerField(
        RISK_LABELS[risk],
        [InputRequired(_l("请填写权重。")), NumberRange(0, HEAVIEST, _l("权重为 0 至 20 的整数。"))],
        default=WEIGHTS[risk],
    )


class DrawForm(ActForm):
    """What is to be drawn, and from what."""

    plan = SelectField(_l("计划"), [InputRequired(_l("请选择计划。"))], coerce=int)
    drawn_from = SelectField(_l("抽查对象"), choices=options(DRAWN_FROM_LABELS.items()), default="reports")
    since = DateField(_l("核收日期自"), [InputRequired(DAY)])
    until = DateField(_l("核收日期至"), [InputRequired(DAY)])
    size = IntegerField(
        _l("抽取数量"),
        [InputRequired(_l("请填写数量。")), NumberRange(1, LARGEST_SAMPLE, _l("抽取数量为 1 至 200 项。"))],
        default=10,
    )
    per_unit = IntegerField(
        _l("每个单位最多"), [InputRequired(_l("请填写数量。")), NumberRange(1, LARGEST_SAMPLE)], default=2
    )
    seed = StringField(
        _l("随机种子"),
        [DataRequired(_l("请填写随机种子。")), Length(max=40)],
        description=_l("已随机生成，也可改为当众抽签所得的号码。同一种子、同一清单，抽出的结果相同。"),
    )

    @property
    def weights(self) -> list[IntegerField]:
        return [self._fields[risk] for risk in WEIGHTS]

    def wanted(self) -> Wanted:
        assert self.since.data is not None
        assert self.until.data is not None, "both were validated"
        weights: Mapping[str, int] = {risk: self._fields[risk].data for risk in WEIGHTS}
        return Wanted(
            self.plan.data, self.drawn_from.data, self.since.data, self.until.data, self.seed.data or "",
            self.size.data or 0, self.per_unit.data or 0, weights,
        )  # fmt: skip


_WEIGHED: type[DrawForm] = type("WeighedDrawForm", (DrawForm,), {risk: _weight(risk) for risk in WEIGHTS})


def draw_form(plans: Sequence[tuple[int, str]], **values: object) -> DrawForm:
    """The form with a weight for each risk."""
    form = _WEIGHED(**values)
    form.plan.choices = options(plans)
    return form


class ItemForm(ActForm):
    """What was found at a place. Where it is a finding it needs a name and a date by which it is put right."""

    result = RadioField(
        _l("抽查结果"),
        [InputRequired(_l("请选择抽查结果。"))],
        choices=options([("clean", _l("未发现问题")), ("found", _l("发现问题，登记整改"))]),
    )
    checked_on = DateField(_l("抽查日期"), [InputRequired(DAY)])
    note = TextAreaField(_l("抽查情况"), [Optional(), LONG], description=_l("看了什么，问了谁，与报送是否相符。"))
    title = StringField(_l("问题概述"), [TITLE], description=_l("发现问题时必填。"))
    due_on = DateField(_l("整改时限"), [Optional()], description=_l("发现问题时必填。"))

    def validate_title(self, field: StringField) -> None:
        if self.result.data == "found" and not (field.data or "").strip():
            raise ValidationError(_("请写明问题。"))

    def seen_there(self) -> Seen:
        assert self.checked_on.data is not None, "it was validated"
        if self.result.data == "clean":
            return Seen(self.checked_on.data, self.note.data or "")
        return Seen(self.checked_on.data, self.note.data or "", self.title.data or "", self.due_on.data)


class ConcludeForm(ActForm):
    reason = TextAreaField(_l("抽查结论"), [Optional(), SHORT], description=_l("总体情况、突出问题和工作建议。"))


def void_form() -> ReasonForm:
    form = ReasonForm(prefix="void")
    form.reason.label.text = _l("作废理由")
    return form
