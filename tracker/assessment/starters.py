"""Ready-made starting points of a scheme, as data: a person begins with one and changes what they like. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.assessment.sources import ENTERED, N_

GRADES: list[dict[str, Any]] = [
    {"name": "优秀", "min": "90", "quota_percent": "30"},
    {"name": "良好", "min": "80"},
    {"name": "合格", "min": "60"},
    {"name": "不合格", "min": "0"},
]
SETTINGS: Mapping[str, Any] = {
    "rounding": {"places": "2", "mode": "half_up", "stage": "total"},
    "not_applicable": "rescale",
    "veto": {"mode": "fail"},
    "grades": GRADES,
    "quota_ties": "exclude",
    "ties": "competition",
}


@dataclass(frozen=True, slots=True)
class Starter:
    """`body` and `sources` as a scheme stores them; the name is given by whoever begins with it."""

    key: str
    title: str
    text: str
    body: dict[str, Any]
    sources: dict[str, Any]


def _leaf(key: str, name: str, points: str, kind: str, **parameters: Any) -> dict[str, Any]:
    return {"key": key, "name": name, "points": points, "rule": {"kind": kind, **parameters}}


def _inner(key: str, name: str, points: str, *children: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "name": name, "points": points, "aggregate": "sum", "children": list(children)}


def _scheme(*children: dict[str, Any], **settings: Any) -> dict[str, Any]:
    return {**SETTINGS, **settings, "indicators": _inner("total", "总分", "100", *children)}


BLANK = Starter(
    "blank", N_("空白方案"), N_("只有总分 100 分，指标自己添加。"),
    {**SETTINGS, "indicators": {"key": "total", "name": "总分", "points": "100"}}, {},
)  # fmt: skip

KEY_WORK = Starter(
    "key_work", N_("重点任务落实考核（100 分）"),
    N_("任务完成 50 分、报送时效 30 分、报送质量 20 分，全部由系统自动统计；另设加分和一票否决。"),
    _scheme(
        _inner("work", "任务完成", "50", _leaf("done", "任务完成率", "50", "ratio")),
        _inner("time", "报送时效", "30", _leaf("on_time", "按时报送率", "20", "ratio"),
               _leaf("overdue", "逾期扣分", "10", "deduction")),
        _inner("quality", "报送质量", "20", _leaf("sent_back", "退办扣分", "20", "deduction")),
        bonus={"cap": "5", "gate": "60"}, tie_break=["done"],
    ),
    {"done": {"from": "accepted_share"}, "on_time": {"from": "on_time_share"},
     "overdue": {"from": "overdue_each", "each": "0.5"}, "sent_back": {"from": "sent_back_each", "each": "1"}},
)  # fmt: skip

COUNTY_OPENNESS = Starter(
    "county_openness", N_("县区政务公开考核（100 分）"),
    N_("组织推进、主动公开、平台建设、公众评价四个部分，分值 15、45、20、20。"),
    _scheme(
        _inner("lead", "组织推进", "15", _leaf("duty", "年度任务分工落实", "10", "ratio"),
               _leaf("staff", "机构和人员到位", "5", "all_or_nothing")),
        _inner("open", "主动公开", "45", _leaf("topics", "重点领域公开", "25", "deduction"),
               _leaf("policy", "政策发布与解读", "10", "deduction"), _leaf("on_time", "按时报送率", "10", "ratio")),
        _inner("site", "平台建设", "20", _leaf("checks", "网站与新媒体抽查", "20", "deduction")),
        _inner("public", "公众评价", "20",
               _leaf("review", "考核组评议", "10", "marks", combine="trimmed_mean", trim_from="5"),
               _leaf("survey", "满意度", "10", "bands",
                     bands=[{"min": "95", "points": "10"}, {"min": "85", "points": "8"}, {"min": "75", "points": "6"},
                            {"points": "3"}])),
        bonus={"cap": "5"}, penalty={"cap": "10"}, tie_break=["public", "open"],
    ),
    {"duty": {"from": "accepted_share"}, "staff": {"from": ENTERED}, "topics": {"from": ENTERED},
     "policy": {"from": ENTERED}, "on_time": {"from": "on_time_share"}, "checks": {"from": ENTERED},
     "review": {"from": ENTERED}, "survey": {"from": ENTERED}},
)  # fmt: skip

DEPARTMENT_OPENNESS = Starter(
    "department_openness", N_("部门政务公开考核（100 分）"),
    N_("任务落实、公开内容、依申请公开、服务对象评价四个部分，分值 40、30、15、15。"),
    _scheme(
        _inner("work", "任务落实", "40", _leaf("duty", "年度任务完成率", "30", "ratio"),
               _leaf("overdue", "逾期扣分", "10", "deduction")),
        _inner("open", "公开内容", "30", _leaf("content", "法定内容公开", "20", "deduction"),
               _leaf("reading", "政策解读质量", "10", "marks", combine="mean")),
        _inner("request", "依申请公开", "15", _leaf("answers", "答复规范", "15", "deduction")),
        _inner("public", "服务对象评价", "15", _leaf("survey", "满意度", "15", "linear", floor="60", goal="95")),
        bonus={"cap": "5"}, penalty={"cap": "10"}, tie_break=["duty"],
    ),
    {"duty": {"from": "accepted_share"}, "overdue": {"from": "overdue_each", "each": "0.5"},
     "content": {"from": ENTERED}, "reading": {"from": ENTERED}, "answers": {"from": ENTERED},
     "survey": {"from": ENTERED}},
)  # fmt: skip

STARTERS: Mapping[str, Starter] = {
    starter.key: starter for starter in (BLANK, KEY_WORK, COUNTY_OPENNESS, DEPARTMENT_OPENNESS)
}
