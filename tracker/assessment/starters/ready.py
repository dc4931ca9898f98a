"""Starting points that fit this product's own plans: most of their facts are counted from the work. Pure."""

from __future__ import annotations

from tracker.assessment.sources import ENTERED, N_
from tracker.assessment.starters.parts import SETTINGS, Starter, inner, leaf, scheme

BLANK = Starter(
    "blank", N_("空白方案"), N_("只有总分 100 分，指标自己添加。"),
    {**SETTINGS, "indicators": {"key": "total", "name": "总分", "points": "100"}}, {},
)  # fmt: skip

KEY_WORK = Starter(
    "key_work", N_("重点任务落实考核（100 分）"),
    N_("任务完成 50 分、报送时效 30 分、报送质量 20 分，全部由系统自动统计；另设加分和一票否决。"),
    scheme(
        inner("work", "任务完成", "50", leaf("done", "任务完成率", "50", "ratio")),
        inner("time", "报送时效", "30", leaf("on_time", "按时报送率", "20", "ratio"),
               leaf("overdue", "逾期扣分", "10", "deduction")),
        inner("quality", "报送质量", "20", leaf("sent_back", "退办扣分", "20", "deduction")),
        bonus={"cap": "5", "gate": "60"}, tie_break=["done"],
    ),
    {"done": {"from": "accepted_share"}, "on_time": {"from": "on_time_share"},
     "overdue": {"from": "overdue_each", "each": "0.5"}, "sent_back": {"from": "sent_back_each", "each": "1"}},
)  # fmt: skip

COUNTY_OPENNESS = Starter(
    "county_openness", N_("县区政务公开考核（100 分）"),
    N_("组织推进、主动公开、平台建设、公众评价四个部分，分值 15、45、20、20。"),
    scheme(
        inner("lead", "组织推进", "15", leaf("duty", "年度任务分工落实", "10", "ratio"),
               leaf("staff", "机构和人员到位", "5", "all_or_nothing")),
        inner("open", "主动公开", "45", leaf("topics", "重点领域公开", "25", "deduction"),
               leaf("policy", "政策发布与解读", "10", "deduction"), leaf("on_time", "按时报送率", "10", "ratio")),
        inner("site", "平台建设", "20", leaf("checks", "网站与新媒体抽查", "20", "deduction")),
        inner("public", "公众评价", "20",
               leaf("review", "考核组评议", "10", "marks", combine="trimmed_mean", trim_from="5"),
               leaf("survey", "满意度", "10", "bands",
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
    scheme(
        inner("work", "任务落实", "40", leaf("duty", "年度任务完成率", "30", "ratio"),
               leaf("overdue", "逾期扣分", "10", "deduction")),
        inner("open", "公开内容", "30", leaf("content", "法定内容公开", "20", "deduction"),
               leaf("reading", "政策解读质量", "10", "marks", combine="mean")),
        inner("request", "依申请公开", "15", leaf("answers", "答复规范", "15", "deduction")),
        inner("public", "服务对象评价", "15", leaf("survey", "满意度", "15", "linear", floor="60", goal="95")),
        bonus={"cap": "5"}, penalty={"cap": "10"}, tie_break=["duty"],
    ),
    {"duty": {"from": "accepted_share"}, "overdue": {"from": "overdue_each", "each": "0.5"},
     "content": {"from": ENTERED}, "reading": {"from": ENTERED}, "answers": {"from": ENTERED},
     "survey": {"from": ENTERED}},
)  # fmt: skip
