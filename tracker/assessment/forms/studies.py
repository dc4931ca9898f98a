"""What is asked of a run beside its result."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _, lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional

from tracker.assessment.scoring.wording import translated
from tracker.assessment.studies import LEAST_DRAWS, MOST_DRAWS, MOST_PERCENT, MOST_SEED
from tracker.assessment.what_if import Change
from tracker.web.forms import Form, options


class RobustnessForm(Form):
    percent = IntegerField(
        _l("权重浮动"),
        [InputRequired(_l("请填写浮动的百分比。")), NumberRange(1, MOST_PERCENT, _l("请填写 1 至 50 之间的整数。"))],
        default=10,
        description=_l("每项指标的权重各自在上下这个幅度内均匀抽取，再按满分折回。"),
    )
    count = IntegerField(
        _l("抽样次数"),
        [
            InputRequired(_l("请填写抽样次数。")),
            NumberRange(LEAST_DRAWS, MOST_DRAWS, _l("请填写 100 至 10000 之间的整数。")),
        ],
        default=1000,
    )
    seed = IntegerField(
        _l("随机种子"),
        [Optional(), NumberRange(0, MOST_SEED, _l("请填写 0 至 2147483647 之间的整数。"))],
        description=_l("不填则由输入摘要得出：同样的依据抽到同样的权重，随时可以重做。"),
    )


class WhatIfForm(Form):
    change = SelectField(_l("假设调整什么"), [InputRequired(_l("请选择要调整的规则。"))])
    value = StringField(_l("改为"), description=_l("所选一项以“改为…”结尾时填写。"))

    def offer(self, changes: Sequence[Change]) -> WhatIfForm:
        said = (translated(change.words, _) for change in changes)
        self.change.choices = options([("", _("请选择")), *enumerate(said)])
        return self
