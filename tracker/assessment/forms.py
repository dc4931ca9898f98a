"""What a person types about schemes, facts and runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import (
    DateField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tracker.assessment.labels import (
    CHOICES,
    FACT_FIELDS,
    MODES,
    NOT_APPLICABLE,
    QUOTA_TIES,
    SCHEME_STATES,
    STAGES,
    TIES,
    VETO_MODES,
)
from tracker.assessment.scoring.numbers import read_number
from tracker.assessment.scoring.rules import FIGURES, Field as Figure
from tracker.assessment.starters import STARTERS
from tracker.web.forms import Filters, Form, options
from tracker.web.numbers import whole_number

NO_PLAN = ""


def _number(text: str | None) -> Decimal | None:
    """The decimal that was typed, full-width digits too; None where it is none."""
    return read_number((text or "").strip())


def _choices(labels: Mapping[str, Any]) -> list[SelectChoice]:
    return options(labels.items())


class SchemeListForm(Filters):
    state = SelectField(
        _l("状态"), [Optional()], choices=options([("", _l("全部")), *SCHEME_STATES.items()]), default=""
    )


class NewSchemeForm(Form):
    name = StringField(
        _l("方案名称"), [DataRequired(_l("请填写方案名称。")), Length(max=120, message=_l("名称不超过 120 个字。"))]
    )
    starter = RadioField(_l("从哪里开始"), default="key_work")
    plan = SelectField(_l("考核哪个计划"), [Optional()], default=NO_PLAN)

    def offer(self, plans: Sequence[tuple[int, str]]) -> NewSchemeForm:
        self.starter.choices = [
            (starter.key, f"{_(starter.title)}{_('：')}{_(starter.text)}") for starter in STARTERS.values()
        ]
        self.plan.choices = plan_choices(plans)
        return self


def plan_choices(plans: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    return options([(NO_PLAN, _("暂不指定")), *plans])


class SchemeForm(Form):
    """The settings of a scheme; its tree is read by `editing`. What is typed is stored as typed, faults and all."""

    version = HiddenField(filters=[whole_number])
    plan = SelectField(_l("考核哪个计划"), [Optional()], default=NO_PLAN)
    places = StringField(_l("保留小数"), default="2")
    mode = SelectField(_l("取舍方法"), choices=_choices(MODES))
    stage = SelectField(_l("在哪里取舍"), choices=_choices(STAGES))
    not_applicable = SelectField(_l("不适用的指标"), choices=_choices(NOT_APPLICABLE))
    bonus_cap = StringField(_l("加分上限"), description=_l("不填为不设上限"))
    bonus_gate = StringField(_l("加分门槛"), description=_l("基础分高于它才加分，不填为不设门槛"))
    penalty_cap = StringField(_l("减分上限"), description=_l("不填为不设上限"))
    veto_mode = SelectField(_l("一票否决"), choices=_choices(VETO_MODES))
    veto_score = StringField(_l("否决后的固定分"))
    ties = SelectField(_l("名次并列"), choices=_choices(TIES))
    quota_ties = SelectField(_l("等次名额线上同分"), choices=_choices(QUOTA_TIES))
    quota_pool = StringField(_l("小组合并名额"), description=_l("少于这么多单位的组合并计算名额，不填为每组各自计算"))
    larger = StringField(_l("占综合考核的比例"), description=_l("总分按此折入综合考核，一般不低于 4%，不填为不折算"))

    def offer(self, plans: Sequence[tuple[int, str]]) -> SchemeForm:
        self.plan.choices = plan_choices(plans)
        return self

    @staticmethod
    def fields_of(body: Mapping[str, Any], plan_id: int | None, version: int) -> dict[str, Any]:
        """What the form shows of a stored scheme."""

        def part(name: str, key: str, default: str = "") -> str:
            return str((body.get(name) or {}).get(key, default))

        return {
            "version": str(version),
            "plan": str(plan_id or NO_PLAN),
            "places": part("rounding", "places", "2"),
            "mode": part("rounding", "mode", "half_up"),
            "stage": part("rounding", "stage", "total"),
            "not_applicable": body.get("not_applicable", "rescale"),
            "bonus_cap": part("bonus", "cap"),
            "bonus_gate": part("bonus", "gate"),
            "penalty_cap": part("penalty", "cap"),
            "veto_mode": part("veto", "mode", "fail"),
            "veto_score": part("veto", "score"),
            "ties": body.get("ties", "competition"),
            "quota_ties": body.get("quota_ties", "exclude"),
            "quota_pool": str(body.get("quota_pool", "")),
            "larger": part("larger", "percent"),
        }

    def settings(self) -> dict[str, Any]:
        """The settings as a scheme stores them; empty fields are left out."""

        def typed(name: str) -> str:
            return (self[name].data or "").strip()

        def given(**parts: str) -> dict[str, str]:
            return {key: text for key, text in parts.items() if text}

        body: dict[str, Any] = {
            "rounding": given(places=typed("places"), mode=typed("mode"), stage=typed("stage")),
            "not_applicable": typed("not_applicable"),
            "ties": typed("ties"),
            "quota_ties": typed("quota_ties"),
            "veto": given(mode=typed("veto_mode"), score=typed("veto_score") if typed("veto_mode") == "fixed" else ""),
        }
        bonus = given(cap=typed("bonus_cap"), gate=typed("bonus_gate"))
        penalty = given(cap=typed("penalty_cap"))
        pool, larger = given(quota_pool=typed("quota_pool")), given(percent=typed("larger"))
        optional = {"bonus": bonus, "penalty": penalty, "larger": larger}
        return body | pool | {name: part for name, part in optional.items() if part}

    @property
    def plan_id(self) -> int | None:
        return int(self.plan.data) if self.plan.data else None


class AdoptForm(Form):
    version = HiddenField(filters=[whole_number])


class VersionForm(Form):
    reason = TextAreaField(
        _l("为什么要制定新版本"), [DataRequired(_l("请说明制定新版本的理由。"))], render_kw={"rows": 2}
    )


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


class TrialFilter(Filters):
    """What a scheme is tried on."""

    plan = SelectField(_l("计划"), [Optional()], default="")
    as_of = DateField(_l("截至日期"), [Optional()])

    def offer(self, plans: Sequence[tuple[int, str]]) -> TrialFilter:
        self.plan.choices = options(plans)
        return self

    def day(self, today: date) -> date:
        """The day that was asked for; today where it is none or lies ahead."""
        asked: date | None = self.as_of.data if self.validate() else None
        self.as_of.data = min(asked or today, today)
        chosen: date = self.as_of.data
        return chosen


class FactForm(Form):
    """One entered fact. Which fields show depends on its kind; `amount` is points or a value.

    A page holds many of these, each with a prefix of its own. The token is checked for every request before any form
    is looked at, so they carry none of their own under a prefixed name.
    """

    class Meta:
        csrf = False

    kind = HiddenField()
    indicator = HiddenField()
    amount = StringField(_l("分值"))
    times = IntegerField(_l("次数"), [Optional(), NumberRange(1, 100, _l("请填写 1 至 100 之间的整数。"))], default=1)
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

    def offer(self, obligations: Sequence[tuple[int, str]]) -> FactForm:
        self.obligation.choices = options([("", _("不涉及")), *obligations])
        return self

    def check(self) -> bool:
        """Whether what was typed can be read at all; what it means is for the service to judge."""
        if not self.validate():
            return False
        if (self.amount.data or "").strip() and self.typed_amount is None:
            self.amount.errors = [*self.amount.errors, _("请填写数字，例如 1.5。")]
            return False
        if self.kind.data == "met" and self.met.data not in {"0", "1"}:
            self.met.errors = [*self.met.errors, _("请选择是否达标。")]
            return False
        return True

    @property
    def typed_amount(self) -> Decimal | None:
        return _number(self.amount.data)

    def facts(self) -> dict[str, Any]:
        """The arguments of `service.facts.enter_fact`."""
        return {
            "kind": self.kind.data or "",
            "indicator": self.indicator.data or None,
            "amount": self.typed_amount,
            "times": self.times.data or 1,
            "met": None if not self.met.data else self.met.data == "1",
            "reason": self.reason.data or "",
            "obligation_id": int(self.obligation.data) if self.obligation.data else None,
            "notice_days": self.notice.data,
            "figures": {name: field.data.strip() for name, field in self.figures.items() if (field.data or "").strip()},
        }

    @property
    def figures(self) -> dict[str, Any]:
        """The fields of a rule kind with several, by the names that its facts give them."""
        return {field.short_name.removeprefix(FIGURE): field for field in self if field.short_name.startswith(FIGURE)}


FIGURE = "figure_"


@cache
def fact_form(rule: str) -> type[FactForm]:
    """The form for facts of a rule kind: with a field for each that the kind declares."""
    if rule not in FIGURES:
        return FactForm
    fields = {f"{FIGURE}{one.name}": _figure(one) for one in FIGURES[rule].figures}
    return type("FiguresForm", (FactForm,), fields)


def _figure(one: Figure) -> Any:
    label = FACT_FIELDS[one.name]
    if one.type == "choice":
        return SelectField(label, choices=_choices(CHOICES[one.name]), default=one.default)
    return StringField(label, default="" if one.default is None else str(one.default))


class AbsentForm(FactForm):
    """That an indicator does not apply to a unit: a decision of somebody, with a reason."""

    indicator = SelectField(_l("指标"), [InputRequired(_l("请选择指标。"))])

    def offer_leaves(self, leaves: Sequence[tuple[str, str]]) -> AbsentForm:
        self.indicator.choices = options(leaves)
        return self


class WithdrawForm(Form):
    reason = StringField(_l("撤回理由"), [DataRequired(_l("请写明撤回的理由。"))])


class WithdrawRunForm(Form):
    version = HiddenField(filters=[whole_number])
    reason = StringField(_l("撤销理由"), [DataRequired(_l("请写明撤回的理由。"))])


class GridForm(Form):
    """Only the token: the cells of the table are read by `grid.read_cells`."""


class RunForm(Form):
    scheme = SelectField(_l("考核方案"), [InputRequired(_l("请选择方案。"))])
    plan = SelectField(_l("计划"), [InputRequired(_l("请选择计划。"))])
    as_of = DateField(
        _l("截至日期"), [InputRequired(_l("请填写日期。"))], description=_l("统计到这一天结束时（北京时间）。")
    )

    def offer(self, schemes: Sequence[tuple[int, str]], plans: Sequence[tuple[int, str]]) -> RunForm:
        self.scheme.choices = options(schemes)
        self.plan.choices = options(plans)
        return self

    @property
    def day(self) -> date:
        day: date = self.as_of.data
        return day


class PublishForm(Form):
    version = HiddenField(filters=[whole_number])


class ScoreFilter(Filters):
    """The totals of a run: by group, by grade, by name."""

    group = SelectField(_l("分组"), [Optional()], default="")
    grade = SelectField(_l("等次"), [Optional()], default="")
    text = StringField(_l("单位名称"), [Optional()])

    def offer(self, groups: Iterable[str], grades: Iterable[str]) -> ScoreFilter:
        self.group.choices = options([("", _("全部")), *((group, group) for group in groups)])
        self.grade.choices = options([("", _("全部")), *((grade, grade) for grade in grades)])
        return self
