"""What a person types to part, move, and correct many tasks."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tracker.drafts.bodies import Body, read_deadline
from tracker.drafts.service import Bulk
from tracker.plans.labels import ROLE_LABELS
from tracker.web.forms import Filters, Form, options
from tracker.web.numbers import whole_number

NONE = "-"
"""In the list of units: tasks that have none."""


class SplitForm(Form):
    value = TextAreaField(
        _l("工作要求"),
        [DataRequired(_l("请填写工作要求。"))],
        description=_l(
            "在要拆开的地方空一行，每一段成为一项任务。标题和责任单位照抄，时限和目标值按各段文字重新识别。"
        ),
        render_kw={"rows": 10},
    )
    seen = HiddenField()

    @classmethod
    def showing(cls, card: Any) -> SplitForm:
        return cls(formdata=None, data={"value": card.body["requirement"], "seen": card.mark("requirement")})

    def parts(self) -> list[str]:
        text = (self.value.data or "").replace("\r\n", "\n")
        return [part.strip() for part in re.split(r"\n[^\S\n]*\n", text) if part.strip()]


class MoveForm(Form):
    position = IntegerField(
        _l("移到第几项"),
        [InputRequired(_l("请填写序号。")), NumberRange(1, 1_000_000, _l("序号从 1 开始。"))],
        description=_l("其余任务依次顺移。"),
    )

    @classmethod
    def showing(cls, card: Any) -> MoveForm:
        return cls(formdata=None, data={"position": card.position})


class BulkFilterForm(Filters):
    unit = SelectField(_l("责任单位"), [Optional()], default="", render_kw={"data-tom-select": ""})
    heading = SelectField(_l("所属标题"), [Optional()], default="")
    q = StringField(_l("文字"), [Optional()])

    def offer(self, units: dict[str, int], headings: dict[str, int]) -> BulkFilterForm:
        counted = [(text, f"{text} ({count})") for text, count in units.items()]
        self.unit.choices = options([("", _l("不限")), (NONE, _l("没有责任单位")), *counted])
        heads = [(text, f"{text} ({count})") for text, count in headings.items()]
        self.heading.choices = options([("", _l("不限")), *heads])
        return self

    def wanted(self) -> dict[str, Any]:
        unit = self.unit.data or ""
        return {
            "unit": "" if unit == NONE else unit, "without": unit == NONE, "heading": self.heading.data or "",
            "text": (self.q.data or "").strip(),
        }  # fmt: skip


ACTS = {
    "role": _l("更改“%(unit)s”的角色"),
    "rename": _l("把“%(unit)s”改写为"),
    "drop": _l("去掉“%(unit)s”"),
    "add": _l("加上一个责任单位"),
    "deadline": _l("统一改为这个完成时限"),
    "no_deadline": _l("去掉完成时限"),
}
OF_A_UNIT = ("role", "rename", "drop")
"""Acts that need a unit to be chosen above."""


class BulkForm(Form):
    act = RadioField(_l("更正什么"), [InputRequired(_l("请选择要更正什么。"))])
    text = StringField(
        _l("单位"), [Optional(), Length(max=200)],
        description=_l("改写或加上单位时填写，按原文的写法；可以写几个单位，也可以写“各县区政府”。"),
    )  # fmt: skip
    role = SelectField(
        _l("角色"), choices=options(ROLE_LABELS.items()), default="responsible",
        description=_l("更改角色或加上单位时选择。"),
    )  # fmt: skip
    deadline = StringField(
        _l("完成时限"), [Optional(), Length(max=200)], description=_l("如：6月底前、每季度末、2026年12月31日")
    )
    reach = RadioField(
        _l("更正哪些"),
        [InputRequired(_l("请选择更正哪些任务。"))],
        choices=options([("ticked", _l("下面勾选的任务")), ("all", _l("筛出的全部任务，不论是否勾选"))]),
        default="ticked",
    )
    count = HiddenField(default="0", filters=[whole_number])
    """How many tasks were found when the page was shown."""
    since = HiddenField(default="0", filters=[whole_number])
    unit = ""

    def about(self, unit: str) -> BulkForm:
        """Offers what can be done to tasks of this unit (empty: of any)."""
        self.unit = "" if unit == NONE else unit
        acts = [(act, label) for act, label in ACTS.items() if self.unit or act not in OF_A_UNIT]
        if not self.unit:
            self.act.description = _("要更改、改写或去掉某个单位，请先在上面按这个单位筛选。")
        self.act.choices = options((act, str(label) % {"unit": self.unit}) for act, label in acts)
        return self

    def bulk(self, year: int | None) -> Bulk | None:
        """What was asked for; None where something is missing, which is then said at its field."""
        act, text = self.act.data, (self.text.data or "").strip()
        deadline: Body | None = None
        if act in ("rename", "add") and not text:
            self.text.errors = [_("请填写单位。")]
            return None
        if act == "deadline":
            deadline = read_deadline((self.deadline.data or "").strip(), year)
            if deadline is None:
                self.deadline.errors = [_("从这段文字看不出时限，请换个写法，如“6月底前”。")]
                return None
        return Bulk(act, self.unit, text, self.role.data, deadline)


COLUMN_LABELS = {
    "number": _l("序号"),
    "level": _l("任务层级（标题）"),
    "name": _l("任务名称"),
    "requirement": _l("工作要求"),
    "goal": _l("工作目标"),
    "lead": _l("牵头单位"),
    "responsible": _l("责任单位"),
    "support": _l("配合单位"),
    "supervise": _l("督办单位"),
    "deadline": _l("完成时限"),
    "person": _l("联系人"),
    "phone": _l("电话"),
    "weight": _l("权重、分值"),
    "progress": _l("完成情况"),
    "remark": _l("备注"),
    "other": _l("其他，原样保留"),
}


class LayoutForm(Form):
    """The header row of one table, and what each column holds."""

    table = HiddenField()
    since = HiddenField(default="0", filters=[whole_number])
    row = RadioField(_l("表头行"), [InputRequired(_l("请选择哪一行是表头。"))])
    columns = FieldList(SelectField(_l("这一列是"), choices=options(COLUMN_LABELS.items())))
    remember = BooleanField(_l("记住这些列名的含义，今后导入时自动采用"), default=True)

    @classmethod
    def of(cls, shape: Any, *, since: int) -> LayoutForm:
        data = {"table": shape.locator, "since": since, "row": shape.header, "columns": shape.kinds}
        return cls(formdata=None, data=data).offer(shape)

    def offer(self, shape: Any) -> LayoutForm:
        self.row.choices = options((locator, locator) for locator, _cells in shape.rows)
        return self
