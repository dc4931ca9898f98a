"""What a person types about runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from tracker.assessment.comparing import Pair
from tracker.assessment.publicity import DAYS, MOST_DAYS
from tracker.assessment.queries.runs import RunRow
from tracker.web.forms import DateField, Filters, Form, options
from tracker.web.numbers import whole_number


class TrialFilter(Filters):
    """What a scheme is tried on; beside the editor its fields have the prefix `trial-`."""

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
    days = IntegerField(
        _l("公示期"),
        [InputRequired(_l("请填写公示的工作日数。")), NumberRange(1, MOST_DAYS, _l("请填写 1 至 60 之间的整数。"))],
        default=DAYS,
        description=_l("从明天起的工作日数，一般不少于 5 个。公示期满结果即定，不能再撤销。"),
    )
    reason = TextAreaField(_l("更正理由"), render_kw={"rows": 3}, description=_l("各单位会看到。"))


class ScoreFilter(Filters):
    """The totals of a run: by group, by grade, by name."""

    group = SelectField(_l("分组"), [Optional()], default="")
    grade = SelectField(_l("等次"), [Optional()], default="")
    text = StringField(_l("单位名称"), [Optional()])

    def offer(self, groups: Iterable[str], grades: Iterable[str]) -> ScoreFilter:
        self.group.choices = options([("", _("全部")), *((group, group) for group in groups)])
        self.grade.choices = options([("", _("全部")), *((grade, grade) for grade in grades)])
        return self


class AgainstFilter(Filters):
    """Which run another one is set beside, and by what: the total, or one indicator."""

    other = SelectField(_l("与哪次评分比较"), [Optional()], default="", name="with")
    indicator = SelectField(_l("比较什么"), [Optional()], default="")

    def offer(self, others: Iterable[RunRow]) -> AgainstFilter:
        self.other.choices = options((one.id, _run_name(one)) for one in others)
        self.indicator.choices = options([("", _("总分"))])
        return self

    def offer_indicators(self, pairs: Iterable[Pair]) -> None:
        below = (("　" * (pair.depth - 1) + pair.name, pair.key) for pair in pairs if pair.depth)
        self.indicator.choices = options([("", _("总分")), *((key, name) for name, key in below)])


def _run_name(run: RunRow) -> str:
    version = _("第%(n)s版", n=run.scheme_version)
    return f"{run.as_of.isoformat()} {run.scheme_name} {version} · {_('第 %(n)s 次', n=run.id)}"


class WithdrawRunForm(Form):
    version = HiddenField(filters=[whole_number])
    reason = StringField(_l("撤销理由"), [DataRequired(_l("请写明撤回的理由。"))])
