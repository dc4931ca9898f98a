"""What a person types while importing, matching and adopting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from tracker.drafts.bodies import Body
from tracker.drafts.queries import Joinable
from tracker.drafts.service import Document, Terms, pasted_document
from tracker.plans.forms import PolicyFields, UnitPick
from tracker.plans.policy import Policy
from tracker.plans.seen import seen_mark
from tracker.units.kinds import KINDS, WHOLE
from tracker.units.words import KIND_NAMES
from tracker.web.forms import DateField, Filters, Form, chosen_file, options

MEMORY_KINDS = {"alias": _l("别名"), "collective": _l("集合称谓"), "column": _l("列名")}
YEARS = NumberRange(1990, 2100, _l("年度要填写四位数字，例如 2026。"))


class ImportForm(Form):
    file = FileField(
        _l("选择文件"),
        description=_l("Excel、Word、WPS、网页、CSV 或文本；读不了的会告诉您怎样另存。宏不会运行，文件原样留存。"),
    )
    text = TextAreaField(
        _l("或者粘贴文字"),
        [Optional()],
        description=_l("可从网页、Word 或 Excel 复制后直接粘贴，表格会按原来的行列识别。"),
        render_kw={"rows": 6, "data-paste": "html"},
    )
    html = HiddenField()
    year = IntegerField(
        _l("年度"),
        [Optional(), YEARS],
        description=_l("时限没有写年份时按这个年度；不填则用文件自己的年度。"),
    )

    def document(self) -> Document:
        """The file that was chosen, else what was pasted. Raises DomainError where there is neither."""
        chosen = chosen_file(self.file)
        if chosen is None:
            return pasted_document(self.text.data or "", self.html.data, self.year.data)
        return Document(*chosen, self.year.data)


class FindingFilterForm(Filters):
    severity = SelectField(
        _l("提示"),
        [Optional()],
        choices=options(
            [
                ("", _l("未处理的错误和警告")),
                ("error", _l("错误")),
                ("warning", _l("警告")),
                ("note", _l("说明")),
                ("settled", _l("已处理")),
                ("unread", _l("未读入的内容")),
            ]
        ),
        default="",
    )


class HeaderForm(Form):
    """What the document says of itself."""

    title = StringField(_l("标题"), [Optional(), Length(max=300)])
    issuer = StringField(_l("发文单位"), [Optional(), Length(max=120)])
    number = StringField(_l("文号"), [Optional(), Length(max=80)])
    issued_on = DateField(_l("发文日期"), [Optional()])
    year = IntegerField(_l("年度"), [Optional(), YEARS], description=_l("更改后，没有写年份的时限随之更改。"))
    seen = HiddenField()

    @classmethod
    def showing(cls, header: Body, seen: str) -> HeaderForm:
        issued = date.fromisoformat(header["issued_on"]) if header["issued_on"] else None
        return cls(data={**header, "issued_on": issued, "seen": seen})

    def values(self) -> Body:
        return {
            "title": (self.title.data or "").strip(),
            "issuer": (self.issuer.data or "").strip() or None,
            "number": (self.number.data or "").strip() or None,
            "issued_on": self.issued_on.data.isoformat() if self.issued_on.data else None,
            "year": self.year.data,
        }


class MemoryFilterForm(Filters):
    q = StringField(_l("查找"), [Optional(), Length(max=60)])
    kind = SelectField(
        _l("种类"),
        [Optional()],
        choices=options([("", _l("全部")), *MEMORY_KINDS.items()]),
        default="",
    )


HOW_TO_PICK = _l("可输入全称、简称、别名或拼音首字母。")


class UnitsForm(Form):
    """Which units one expression stands for."""

    act = HiddenField(default="pick")
    unit = UnitPick(_l("对应的单位"), [Optional()], description=HOW_TO_PICK)
    remember = BooleanField(_l("记住，今后导入时自动匹配"), default=True)
    note = TextAreaField(_l("不落实到单位的原因"), [Optional(), Length(max=500)], render_kw={"rows": 2})
    units = SelectMultipleField(_l("包括的单位"), [Optional()], coerce=int, validate_choice=False)
    more = UnitPick(_l("再加一个单位"), [Optional()], description=HOW_TO_PICK)
    name = StringField(_l("单位名称"), [Optional(), Length(max=120)])
    kind = SelectField(
        _l("类别"),
        [Optional()],
        choices=options([("", _l("请选择")), *((kind, KIND_NAMES[kind]) for kind in KINDS if kind not in WHOLE)]),
        default="",
    )
    parent = UnitPick(_l("上级单位"), [Optional()], description=HOW_TO_PICK)
    joins = SelectMultipleField(_l("也加入"), [Optional()], validate_choice=False)
    told = HiddenField()

    def fill(self, text: str, top: int | None) -> UnitsForm:
        """What a new unit begins with: the expression as its name, below the unit at the top."""
        if not self.name.raw_data:
            self.name.data = text
        if not self.parent.raw_data:
            self.parent.process_data(top)
        return self

    def has_told(self, joinable: Sequence[Joinable]) -> bool:
        """Whether the person has been told which confirmed expressions the unit could come to belong to; from now on yes."""
        mark = seen_mark([self.kind.data, self.parent.data, [one.phrase for one in joinable]])
        told, self.told.data = self.told.data, mark
        return not joinable or told == mark

    @property
    def chosen(self) -> list[int]:
        """Numbers of the units that were chosen; the service refuses those that do not live."""
        if self.act.data == "pick":
            return [self.unit.data] if self.unit.data else []
        if self.act.data != "members":
            return []
        more = [self.more.data] if self.more.data else []
        return list(dict.fromkeys([*(self.units.data or ()), *more]))


class CertainForm(Form):
    """Which of the certain expressions are taken as proposed."""

    seen = HiddenField()
    take = SelectMultipleField(_l("称谓"), [Optional()], validate_choice=False)


class AdoptForm(PolicyFields, Form):
    name = StringField(_l("计划名称"), [DataRequired(_l("请填写计划名称。")), Length(max=200)])
    year = IntegerField(_l("年度"), [InputRequired(_l("请填写年度。")), YEARS])
    warnings_ok = BooleanField(_l("已核对警告，确认无误"))
    unclaimed_ok = BooleanField(_l("没有责任单位的任务作为待认领任务入库"))

    @classmethod
    def again(cls, said: Mapping[str, Any]) -> AdoptForm:
        """With what a person said before, in an attempt that came to nothing."""
        return cls(data={**said["policy"], **said})

    def terms(self) -> Terms:
        policy = Policy(self.proof.data, self.roll.data, int(self.near_days.data or 0))
        return Terms(
            self.name.data or "", int(self.year.data or 0), policy, bool(self.warnings_ok.data),
            bool(self.unclaimed_ok.data),
        )  # fmt: skip
