"""Forms of single acts: signing, handing back, deciding, the calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from tracker.errors import DomainError
from tracker.plans.forms import UnitPick
from tracker.progress.content import LONGEST_WORDS
from tracker.progress.service import Wish
from tracker.progress.states import RequestKind
from tracker.web.forms import DateField, Form, options

SHORT = Length(max=LONGEST_WORDS, message=_l("文字过长，请控制在 %(n)s 字以内。", n=LONGEST_WORDS))


class ActForm(Form):
    """A form about a record that somebody else may change meanwhile."""

    version = HiddenField()

    @property
    def seen(self) -> int | None:
        """The version of the record as it was shown."""
        return number(self.version.data)


def number(text: str | None) -> int | None:
    """A whole number from an address or a hidden field; None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


class DecisionForm(ActForm):
    """Approve or send back; the button says which."""

    reason = TextAreaField(_l("退回理由"), [Optional(), SHORT], description=_l("退回时必填，会原样告知填报人。"))
    """Of the lead office it is called 退办: see `for_checks`."""
    close = BooleanField(_l("同时办结这项任务（其余未报送的期次随之取消）"))

    @staticmethod
    def also(given: Sequence[str]) -> dict[int, int]:
        """The others that were ticked: version → how it stood on the page. What makes no sense is left out."""
        pairs = ((number(one.partition(":")[0]), number(one.partition(":")[2])) for one in given)
        return {chosen: stood for chosen, stood in pairs if chosen is not None and stood is not None}

    def for_checks(self) -> DecisionForm:
        """In the words of the lead office: it sends a return back (退办), where a unit's own reviewer says 退回."""
        self.reason.label.text = _l("退办理由")
        self.reason.description = _l("退办时必填，会原样告知填报单位。")
        return self


class HandBackForm(ActForm):
    reason = TextAreaField(_l("退回理由"), [DataRequired(_l("请写明退回理由。")), SHORT])
    proposed_unit = UnitPick(
        _l("建议承办单位"), [Optional()], description=_l("可输入全称、简称、别名或拼音首字母；不清楚就留空。")
    )


class RequestForm(ActForm):
    """What a unit asks for: one form a kind. `wish` is what is asked."""

    reason = TextAreaField(_l("理由"), [DataRequired(_l("请写明理由。")), SHORT])

    def wish(self) -> Wish:
        typed = {name: field.data for name, field in self._fields.items()}
        return Wish(
            typed.get("reason") or "", typed.get("progress") or "", typed.get("condition") or "", typed.get("until")
        )  # fmt: skip


class ExtensionForm(RequestForm):
    """More time for a report."""

    until = DateField(
        _l("申请延期至"),
        [InputRequired(_l("请填写日期，如 2026-03-31。"))],
        description=_l("原期限保留，考核仍以原期限为准。"),
    )
    reason = TextAreaField(_l("延期理由"), [DataRequired(_l("请写明延期理由。")), SHORT])
    progress = TextAreaField(
        _l("目前进展"),
        [DataRequired(_l("请写明目前进展。")), SHORT],
        description=_l("已做了什么，还差什么，下一步怎么办。"),
    )


class ClosingForm(RequestForm):
    """That a task be closed."""

    reason = TextAreaField(
        _l("办结情况"),
        [DataRequired(_l("请写明办结情况。")), SHORT],
        description=_l("目标怎样实现，成果在哪里，有无遗留问题。"),
    )


class SuspensionForm(RequestForm):
    """That a task be suspended: until a date, or until something has happened."""

    reason = TextAreaField(
        _l("挂账理由"),
        [DataRequired(_l("请写明挂账理由。")), SHORT],
        description=_l("为什么现在不能办理，如季节、政策或上级批复未到。"),
    )
    until = DateField(
        _l("挂账至"), [Optional()], description=_l("到这一天为止，之后自动恢复；说不准日期的，填写下面的恢复条件。")
    )
    condition = TextAreaField(
        _l("恢复条件"), [Optional(), SHORT], description=_l("什么条件具备后恢复办理，如“省级办法印发后”。")
    )


class WaiverForm(RequestForm):
    """That the lateness of a report be excused."""

    reason = TextAreaField(
        _l("正当理由"),
        [DataRequired(_l("请写明正当理由。")), SHORT],
        description=_l("逾期由什么造成，本单位采取了哪些措施。只写客观事实，必要时附在报送的佐证材料中。"),
    )


REQUEST_FORMS: dict[RequestKind, type[RequestForm]] = {
    "extension": ExtensionForm, "closing": ClosingForm, "suspension": SuspensionForm, "waiver": WaiverForm,
}  # fmt: skip


class RequestDecisionForm(ActForm):
    """What the lead office says to a request; the button says which."""

    until = DateField(_l("同意至"), [Optional()], description=_l("可以改为其他日期。"))
    note = TextAreaField(_l("批复意见"), [Optional(), SHORT], description=_l("不同意时必填，会原样告知申请单位。"))

    def add_error(self, error: DomainError) -> None:
        if error.field == "reason":
            error.field = "note"
        super().add_error(error)


class ResumeForm(ActForm):
    reason = TextAreaField(
        _l("恢复理由"),
        [DataRequired(_l("请写明恢复办理的理由。")), SHORT],
        description=_l("如条件已具备。之后到期的报送随之恢复。"),
    )


class ReopenForm(ActForm):
    reason = TextAreaField(
        _l("恢复理由"), [DataRequired(_l("请写明恢复计划的理由。")), SHORT], description=_l("留在审计记录里。"),
        render_kw={"rows": 2},
    )  # fmt: skip


class RulingForm(ActForm):
    """What becomes of a task that was handed back."""

    decision = RadioField(
        _l("处理意见"),
        [InputRequired(_l("请选择处理意见。"))],
        choices=options(
            [
                ("keep", _l("维持：仍由原单位承办")),
                ("move", _l("改派：交由其他单位承办")),
                ("withdraw", _l("撤销：不再要求该单位承办")),
            ]
        ),
    )
    unit = UnitPick(_l("改派给"), [Optional()], description=_l("可输入全称、简称、别名或拼音首字母。"))
    reason = TextAreaField(_l("说明"), [Optional(), SHORT], description=_l("维持或撤销时必填。"))

    def about(self, proposed: str, *, fits: bool, without: Collection[int]) -> RulingForm:
        """Names what the unit proposed beside the field, and keeps away from it who cannot take the task over."""
        self.unit.without = without
        if proposed and fits:
            self.unit.description = _(
                "退回单位建议改派给“%(name)s”，已为您选好。也可输入其他单位的全称、简称、别名或拼音首字母。",
                name=proposed,
            )
        elif proposed:
            self.unit.description = _(
                "退回单位建议的“%(name)s”不能承接（已经承担这项任务，或是本级）。请输入其他单位的全称、简称、别名或拼音首字母。",
                name=proposed,
            )
        return self


class CalendarForm(ActForm):
    source = StringField(
        _l("来源"),
        [DataRequired(_l("请填写来源。")), Length(max=120)],
        description=_l("如：国务院办公厅关于 2027 年节假日安排的通知"),
    )
    lines = TextAreaField(
        _l("节假日安排"),
        [DataRequired(_l("请粘贴节假日安排。")), Length(max=200_000)],
        description=_l(
            "每行一天：日期，休或班，名称。如：2027-01-01，休，元旦。可从表格复制粘贴；同一年度再次导入时以最新的为准。"
        ),
    )
