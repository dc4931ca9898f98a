"""What a person types about a scheme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _, lazy_gettext as _l
from markupsafe import Markup
from wtforms import (
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from tracker.assessment.forms.choices import NO_PLAN, choices_of, plan_choices
from tracker.assessment.labels import (
    MODES,
    NOT_APPLICABLE,
    QUOTA_TIES,
    SCHEME_STATES,
    SETTINGS,
    STAGES,
    TIES,
    VETO_MODES,
    sentence,
)
from tracker.assessment.scoring.numbers import half_width
from tracker.assessment.starters import STARTERS
from tracker.web.downloads import bare_name
from tracker.web.forms import Filters, Form, options
from tracker.web.numbers import whole_number


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
            (starter.key, Markup("<strong>{}</strong>{}{}").format(_(starter.title), _("："), _(starter.text)))
            for starter in STARTERS.values()
        ]
        self.plan.choices = plan_choices(plans)
        return self


class ImportSchemeForm(Form):
    """A workbook in which a scheme is printed."""

    name = StringField(
        _l("方案名称"), [DataRequired(_l("请填写方案名称。")), Length(max=120, message=_l("名称不超过 120 个字。"))]
    )
    plan = SelectField(_l("考核哪个计划"), [Optional()], default=NO_PLAN)
    file = FileField(
        _l("选择文件"),
        description=_l(
            "Excel、Word、PDF 或 CSV。表头要有“分值”和“指标”（或“考评内容”），可有“考核项目”“评分标准”“计分方式”；"
            "没有表格的，条目要编号并带分值。"
        ),
    )

    def offer(self, plans: Sequence[tuple[int, str]]) -> ImportSchemeForm:
        self.plan.choices = plan_choices(plans)
        return self

    @property
    def upload(self) -> tuple[bytes, str]:
        """(bytes, name) of the chosen file; empty where none was chosen."""
        chosen = self.file.data
        return (chosen.read(), bare_name(chosen.filename)) if chosen else (b"", "")


class SchemeForm(Form):
    """The settings of a scheme; its tree is read by `editing`. What is typed is stored as typed, faults and all."""

    version = HiddenField(filters=[whole_number])
    plan = SelectField(_l("考核哪个计划"), [Optional()], default=NO_PLAN)
    places = StringField(_l("保留小数"), default="2")
    mode = SelectField(_l("取舍方法"), choices=choices_of(MODES))
    stage = SelectField(_l("在哪里取舍"), choices=choices_of(STAGES))
    not_applicable = SelectField(_l("不适用的指标"), choices=choices_of(NOT_APPLICABLE))
    bonus_cap = StringField(_l("加分上限"), description=_l("不填为不设上限"))
    bonus_gate = StringField(_l("加分门槛"), description=_l("基础分高于它才加分，不填为不设门槛"))
    bonus_kinds = StringField(
        _l("加分分类上限"), description=_l("如：表彰奖励 5、改革创新 8；各类累计不超过，录入加分时选类别")
    )
    penalty_cap = StringField(_l("减分上限"), description=_l("不填为不设上限"))
    penalty_kinds = StringField(_l("减分分类上限"), description=_l("如：通报批评 5；写法同加分"))
    total_full = StringField(
        _l("总分满分（折算前）"), description=_l("如：120，总分按 100 ÷ 120 折为百分制；不填为不折算")
    )
    total_as = StringField(_l("总分折算为"), description=_l("不填为 100"))
    total_cap = StringField(_l("总分最多"), description=_l("超过的按此计，不填为不封顶"))
    veto_mode = SelectField(_l("一票否决"), choices=choices_of(VETO_MODES))
    veto_score = StringField(_l("否决后的固定分"))
    ties = SelectField(_l("名次并列"), choices=choices_of(TIES))
    quota_ties = SelectField(_l("等次名额线上同分"), choices=choices_of(QUOTA_TIES))
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
            "bonus_kinds": part("bonus", "kinds"),
            "penalty_cap": part("penalty", "cap"),
            "penalty_kinds": part("penalty", "kinds"),
            "total_full": part("total", "full"),
            "total_as": part("total", "as"),
            "total_cap": part("total", "cap"),
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
            return half_width((self[name].data or "").strip())

        def given(**parts: str) -> dict[str, str]:
            return {key: text for key, text in parts.items() if text}

        body: dict[str, Any] = {
            "rounding": given(places=typed("places"), mode=typed("mode"), stage=typed("stage")),
            "not_applicable": typed("not_applicable"),
            "ties": typed("ties"),
            "quota_ties": typed("quota_ties"),
            "veto": given(mode=typed("veto_mode"), score=typed("veto_score") if typed("veto_mode") == "fixed" else ""),
        }
        bonus = given(cap=typed("bonus_cap"), gate=typed("bonus_gate"), kinds=typed("bonus_kinds"))
        penalty = given(cap=typed("penalty_cap"), kinds=typed("penalty_kinds"))
        total = given(full=typed("total_full"), **{"as": typed("total_as")}, cap=typed("total_cap"))
        pool, larger = given(quota_pool=typed("quota_pool")), given(percent=typed("larger"))
        optional = {"bonus": bonus, "penalty": penalty, "total": total, "larger": larger}
        return body | pool | {name: part for name, part in optional.items() if part}

    def mark(self, problems: Sequence[tuple[str, str]]) -> None:
        """Shows at its field what is wrong with a setting: (path, message) as a scheme's view names it."""
        for path, message in problems:
            if path in SETTINGS:
                wrong = self[SETTINGS[path][0]]
                wrong.errors = [*wrong.errors, sentence(message)]

    @property
    def plan_id(self) -> int | None:
        return whole_number(self.plan.data)


class AdoptForm(Form):
    version = HiddenField(filters=[whole_number])


class VersionForm(Form):
    reason = TextAreaField(
        _l("为什么要制定新版本"), [DataRequired(_l("请说明制定新版本的理由。"))], render_kw={"rows": 2}
    )
