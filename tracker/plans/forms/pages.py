"""What a person types about plans and tasks."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from tracker.plans.labels import PROOF_LABELS, ROLL_LABELS
from tracker.plans.policy import Policy
from tracker.plans.queries import TaskFilter
from tracker.plans.wording import Wording
from tracker.web.forms import Filters, Form, options
from tracker.web.numbers import whole_number


class PolicyFields:
    """The three settings of a plan, shared by adopting and by changing them later."""

    proof = SelectField(
        _l("没有写明时限的任务多久报送一次"),
        choices=options(PROOF_LABELS.items()),
        default="quarterly",
        description=_l("“持续推进”一类任务按此周期报送，年底再作一次总结。"),
    )
    roll = SelectField(
        _l("时限遇到休息日"),
        choices=options(ROLL_LABELS.items()),
        default="none",
    )
    near_days = IntegerField(
        _l("提前几天亮“临期”"),
        [InputRequired(_l("请填写天数。")), NumberRange(0, 90, _l("请填写 0 至 90 之间的整数。"))],
        default=7,
    )


class PolicyForm(PolicyFields, Form):
    version = HiddenField(filters=[whole_number])

    def policy(self) -> Policy:
        return Policy(self.proof.data, self.roll.data, int(self.near_days.data or 0))


NOBODY = "nobody"
"""In the list of units: the tasks that none of them has yet."""
ENDED = "ended"
"""In the same list: the tasks that a later edition has no more."""


class TaskFilterForm(Filters):
    chapter = SelectField(_l("章节"), [Optional()], coerce=str, default="")
    unit = SelectField(_l("单位"), [Optional()], coerce=str, default="", render_kw={"data-tom-select": ""})
    q = StringField(_l("文字"), [Optional()])

    def offer(
        self,
        chapters: list[tuple[int, str, int]],
        units: list[tuple[int, str]],
        *,
        unclaimed: bool,
        ended: bool = False,
    ) -> TaskFilterForm:
        """Fills the lists to choose from; `unclaimed` says whether there are tasks that nobody has, `ended` tasks that were
        dropped."""
        nobody = [(NOBODY, _l("待认领"))] if unclaimed else []
        gone = [(ENDED, _l("已取消的任务"))] if ended else []
        self.chapter.choices = options([("", _l("全部章节")), *((number, title) for number, title, _n in chapters)])
        self.unit.choices = options([("", _l("全部单位")), *nobody, *gone, *units])
        return self

    def wanted(self) -> TaskFilter:
        text = (self.q.data or "").strip()
        chapter, unit = whole_number(self.chapter.data), whole_number(self.unit.data)
        return TaskFilter(chapter, unit, text, self.unit.data == NOBODY, self.unit.data == ENDED)


class WordingForm(Form):
    """Correcting an adopted task."""

    number = StringField(_l("编号"), [Optional(), Length(max=40)])
    name = StringField(_l("任务名称"), [DataRequired(_l("请填写任务名称。")), Length(max=300)])
    requirement = TextAreaField(_l("工作要求"), [Optional()], render_kw={"rows": 8})
    weight = StringField(_l("权重"), [Optional(), Length(max=20)], render_kw={"inputmode": "decimal"})
    reason = TextAreaField(
        _l("更正理由"),
        [DataRequired(_l("请写明更正理由，它会留在审计记录里。"))],
        description=_l("原来的文字会留在审计记录里，已报送的内容不受影响。"),
        render_kw={"rows": 2},
    )
    seen = HiddenField()

    @classmethod
    def showing(cls, wording: Wording) -> WordingForm:
        return cls(
            number=wording.number or "",
            name=wording.name,
            requirement=wording.requirement,
            weight="" if wording.weight is None else format(wording.weight, "f"),
            seen=wording.mark,
        )

    def validate_weight(self, field: Any) -> None:
        if field.data and _decimal(field.data) is None:
            raise ValidationError(str(_l("权重要填写数字，例如 2.5；没有权重就留空。")))

    def wording(self) -> Wording:
        return Wording(
            (self.number.data or "").strip() or None,
            (self.name.data or "").strip(),
            (self.requirement.data or "").replace("\r\n", "\n").strip(),
            _decimal(self.weight.data or ""),
        )


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
