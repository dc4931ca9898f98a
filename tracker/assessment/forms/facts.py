"""What a person types about facts and about deductions that a unit is told of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import (
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from tracker.assessment.entry import Entry
from tracker.assessment.fact_words import FACT_NOTES, field_name
from tracker.assessment.forms.choices import choices_of, typed_number
from tracker.assessment.labels import CHOICES
from tracker.assessment.scoring.rules import FIGURES, Field as Figure
from tracker.assessment.scoring.said import no_number
from tracker.assessment.scoring.wording import translated
from tracker.web.forms import Filters, Form, options
from tracker.web.numbers import whole_number


class PlanFilter(Filters):
    """Which plan the facts are about."""

    plan = SelectField(_l("计划"), [Optional()], default="")
    group = SelectField(_l("分组"), [Optional()], default="")
    show = SelectField(
        _l("显示"),
        [Optional()],
        choices=options([("", _l("全部单位")), ("missing", _l("只看未录齐的")), ("complete", _l("只看已录齐的"))]),
        default="",
    )

    def offer(self, plans: Sequence[tuple[int, str]], groups: Iterable[str]) -> PlanFilter:
        self.plan.choices = options(plans)
        self.group.choices = options([("", _("全部")), *((group, group) for group in groups)])
        return self


class ReplyForm(Form):
    """What a unit says to a deduction."""

    version = HiddenField(filters=[whole_number])
    agrees = RadioField(
        _l("本单位意见"),
        [InputRequired(_l("请选择本单位意见。"))],
        choices=options([("1", _l("无异议")), ("0", _l("有异议，申请复核"))]),
    )
    reply = TextAreaField(_l("说明"), render_kw={"rows": 4}, description=_l("有异议时请写明理由和事实。"))
    evidence = FileField(_l("佐证材料"))


class DecisionForm(Form):
    """What somebody else decides on a unit's objection."""

    version = HiddenField(filters=[whole_number])
    decision = RadioField(
        _l("处理意见"),
        [InputRequired(_l("请选择处理意见。"))],
        choices=options([("upheld", _l("维持扣分")), ("cancelled", _l("撤销扣分"))]),
    )
    reason = TextAreaField(_l("处理理由"), render_kw={"rows": 3}, description=_l("单位会看到。"))


class NoticeFilter(Filters):
    state = SelectField(_l("状态"), [Optional()], default="")

    def offer(self, states: Mapping[str, Any]) -> NoticeFilter:
        self.state.choices = options([("", _("全部")), *states.items()])
        return self


class FactForm(Form):
    """One entered fact. Which fields show depends on its kind; `amount` is points or a value.

    A page holds many of these, each with a prefix of its own. The token is checked for every request before any form
    is looked at, so they carry none of their own under a prefixed name.
    """

    class Meta:
        csrf = False

    kind = HiddenField()
    indicator = HiddenField()
    award_kind = SelectField(_l("类别"), [Optional()], choices=(), default="", validate_choice=False)
    """Of a bonus or a penalty where the scheme holds kinds of them to caps of their own."""
    amount = StringField(_l("分值"))
    times = IntegerField(
        _l("发生次数"), [Optional(), NumberRange(1, 100, _l("请填写 1 至 100 之间的整数。"))], default=1
    )
    met = SelectField(
        _l("是否达标"),
        [Optional()],
        choices=options([("", _l("请选择")), ("1", _l("达标")), ("0", _l("未达标"))]),
        default="",
    )
    reason = TextAreaField(_l("理由"), render_kw={"rows": 2})
    evidence = FileField(_l("佐证材料"), description=_l("可不附；附了被评单位在告知时或公布后可以查看。"))
    notice = IntegerField(
        _l("告知期限"),
        [Optional(), NumberRange(1, 30, _l("请填写 1 至 30 之间的整数。"))],
        description=_l("填写工作日数，如 5：先告知单位，期满无异议或异议处理后才计入；不填则立即计入。"),
    )
    obligation = SelectField(_l("涉及的报送任务"), [Optional()], default="", validate_choice=True)

    def offer(
        self, obligations: Sequence[tuple[int, str]], parts: Sequence[str] = (), award_kinds: Sequence[str] = ()
    ) -> FactForm:
        """`parts`: the sources or levels of a score, where its indicator has any; `award_kinds`: those of a bonus or a
        penalty, where the scheme has any."""
        if award_kinds:
            kinds = ((kind, kind) for kind in award_kinds)
            self.award_kind.choices = options([("", _("请选择")), *kinds, (NO_KIND, _("不属于以上类别"))])
        self.obligation.choices = options([("", _("不涉及")), *obligations])
        if "part" in self.figures:
            self.figures["part"].choices = options([("", _("请选择")), *((part, part) for part in parts)])
        return self

    def check(self) -> bool:
        """Whether what was typed can be read at all; what it means is for the service to judge."""
        if not self.validate():
            return False
        if (self.amount.data or "").strip() and self.typed_amount is None:
            self.amount.errors = [*self.amount.errors, translated(no_number(self.amount.data), _)]
            return False
        if self.award_kind.choices and not self.award_kind.data:
            self.award_kind.errors = [*self.award_kind.errors, _("请选择类别：各类有自己的上限。")]
            return False
        if self.kind.data == "met" and self.met.data not in {"0", "1"}:
            self.met.errors = [*self.met.errors, _("请选择是否达标。")]
            return False
        return True

    @property
    def typed_amount(self) -> Decimal | None:
        return typed_number(self.amount.data)

    def entry(self, evidence_id: int | None) -> Entry:
        """What was typed, with the file that was kept beside it."""
        return Entry(
            kind=self.kind.data or "",
            indicator=self.indicator.data or None,
            amount=self.typed_amount,
            times=self.times.data or 1,
            met=None if not self.met.data else self.met.data == "1",
            figures=self._typed_figures(),
            reason=self.reason.data or "",
            obligation_id=whole_number(self.obligation.data),
            evidence_id=evidence_id,
            notice_days=self.notice.data,
        )

    def _typed_figures(self) -> dict[str, str]:
        if self.award_kind.data and self.award_kind.data != NO_KIND:
            return {"kind": self.award_kind.data}
        return {name: field.data.strip() for name, field in self.figures.items() if (field.data or "").strip()}

    @property
    def figures(self) -> dict[str, Any]:
        """The fields of a rule kind with several, by the names that its facts give them."""
        return {field.short_name.removeprefix(FIGURE): field for field in self if field.short_name.startswith(FIGURE)}


FIGURE = "figure_"
NO_KIND = "-"
"""What the choice of a kind sends for an award that no cap of a kind holds."""


@cache
def fact_form(rule: str) -> type[FactForm]:
    """The form for facts of a rule kind: with a field for each that the kind declares."""
    if rule not in FIGURES:
        return FactForm
    among = [one.name for one in FIGURES[rule].figures]
    fields = {f"{FIGURE}{one.name}": _figure(one, among) for one in FIGURES[rule].figures}
    return type("FiguresForm", (FactForm,), fields)


def _figure(one: Figure, among: Sequence[str]) -> Any:
    label = _l(field_name(one.name, among))
    if one.name == "part":
        return SelectField(label, [Optional()], validate_choice=False)  # whether there is such a part the rule says
    if one.type == "choice":
        note = FACT_NOTES.get(one.name)
        return SelectField(
            label, choices=choices_of(CHOICES[one.name]), default=one.default, description=_l(note) if note else ""
        )
    return StringField(label, default="" if one.default is None else str(one.default))


class AbsentForm(FactForm):
    """That an indicator does not apply to a unit: a decision of somebody, with a reason."""

    indicator = SelectField(_l("指标"), [InputRequired(_l("请选择指标。"))])

    def offer_leaves(self, leaves: Sequence[tuple[str, str]]) -> AbsentForm:
        self.indicator.choices = options(leaves)
        return self


class WithdrawForm(Form):
    reason = StringField(_l("撤回理由"), [DataRequired(_l("请写明撤回的理由。"))])


class GridForm(Form):
    """The cells of the table are read by `grid.read_cells`; of a table that was filled from a workbook the page carries
    which one it was, and from which of its cells."""

    workbook = HiddenField()
    read = HiddenField()


class WorkbookForm(Form):
    """A workbook that fills the table."""

    file = FileField(
        _l("选择文件"), [InputRequired(_l("请选择要读入的文件。"))],
        description=_l("Excel、Word 或 CSV，一行一个单位：表头要有“单位”和指标名称（或“得分”）。"),
    )  # fmt: skip
