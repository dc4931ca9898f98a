"""What a person says of another edition: what to look at, which task is which, why it is adopted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, NumberRange, Optional

from tracker.progress.forms.acting import SHORT, ActForm
from tracker.progress.labels import FACET_LABELS
from tracker.progress.queries.comparing import FACETS, Pairing
from tracker.progress.service import Wishes
from tracker.web.forms import Filters, options

NONE, AUTOMATIC = "none", "auto"


class ComparisonFilter(Filters):
    kind = SelectField(_l("变动"), [Optional()], default="")

    def offer(self, counts: dict[str, int]) -> ComparisonFilter:
        """The kinds of change with how many there are."""
        shown = [(facet, f"{FACET_LABELS[facet]} {counts[facet]}") for facet in FACETS]
        self.kind.choices = options([("", _l("全部变动")), *shown])
        return self

    @property
    def wanted(self) -> str:
        return self.kind.data if self.kind.data in FACETS else ""


class PairForm(ActForm):
    task = RadioField(_l("对应的原任务"), [Optional()])
    position = IntegerField(
        _l("或填写原任务的序号"), [Optional(), NumberRange(1, 100_000)],
        description=_l("列表里没有时，按原计划任务列表中的次序填写。"),
    )  # fmt: skip

    def offer(self, found: Pairing) -> PairForm:
        shown = [(str(side.key), f"{side.position} {side.name}") for side, _percent in found.likely]
        last = [(NONE, _l("都不是：这是新增任务")), (AUTOMATIC, _l("按文字自动配对"))]
        self.task.choices = options([*shown, *last])
        if self.task.data is None:
            self.task.data = (str(found.now) if found.now else NONE) if found.pinned else AUTOMATIC
        return self


class AdoptEditionForm(ActForm):
    """`version` is the mark of what was shown."""

    reason = TextAreaField(
        _l("采用理由"),
        [DataRequired(_l("请写明采用修订稿的理由。")), SHORT],
        description=_l("例如“市政府印发修订稿（文号）”。各单位和审计记录里都能看到。"),
        render_kw={"rows": 3},
    )
    issue = RadioField(
        _l("新增的任务和单位"),
        choices=options([("now", _l("立即下发，等待签收")), ("wait", _l("先不下发，待核对后再下发"))]),
        default="now",
    )
    due = RadioField(
        _l("被取消任务中已到期还没有报送的"),
        choices=options([("keep", _l("仍须补报，补报核收后自动终止")), ("waive", _l("一并取消，不再要求补报"))]),
        default="keep",
    )
    warnings_ok = BooleanField(_l("已核对警告，按现在的内容采用"))
    unclaimed_ok = BooleanField(_l("没有责任单位的任务作为待认领任务"))

    @classmethod
    def again(cls, wishes: Mapping[str, Any], version: str) -> AdoptEditionForm:
        """With what a person said before, in an attempt that came to nothing."""
        return cls(
            version=version, reason=wishes["reason"], issue="now" if wishes["issue_now"] else "wait",
            due="keep" if wishes["keep_due"] else "waive", warnings_ok=wishes["warnings_ok"],
            unclaimed_ok=wishes["unclaimed_ok"],
        )  # fmt: skip

    def wishes(self) -> Wishes:
        return Wishes(
            self.reason.data or "", self.issue.data == "now", self.due.data == "keep", bool(self.warnings_ok.data),
            bool(self.unclaimed_ok.data),
        )  # fmt: skip
