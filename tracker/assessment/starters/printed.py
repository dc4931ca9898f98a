"""Starting points after schemes that governments have printed: their rules and figures, their items named in short.

Where a source gives no points for an item, the points here are ours: they are there to be changed.
"""

from __future__ import annotations

from typing import Any

from tracker.assessment.sources import N_
from tracker.assessment.starters.parts import Starter, all_entered, leaf, scheme

PASS_OR_FAIL = [{"name": "合格", "min": "60"}, {"name": "不合格", "min": "0"}]
THRESHOLDS = [
    {"name": "优秀", "min": "90"}, {"name": "良好", "min": "80"}, {"name": "合格", "min": "60"}, {"name": "不合格", "min": "0"},
]  # fmt: skip


def _starter(key: str, title: str, text: str, body: dict[str, Any], **criteria: str) -> Starter:
    """`criteria`: the printed standard of each leaf that has one, by its key."""
    return Starter(key, title, text, body, all_entered(body, criteria))


WEBSITE_CHECK = _starter(
    "s1", N_("政府网站与政务新媒体检查（否决、扣分、加分）"),
    N_("一票否决即不合格；100 分扣分制，没有办事服务的单位按 75 分折算；高于 80 分才计加分，最多 30 分。"
       "依据国办秘函〔2019〕19号检查指标。"),
    scheme(
        leaf("publish", "信息发布与解读", "35", "deduction"), leaf("talk", "互动交流", "20", "deduction"),
        leaf("serve", "办事服务", "25", "deduction"), leaf("build", "功能设计与安全", "20", "deduction"),
        bonus={"cap": "30", "gate": "80"}, veto={"mode": "fail"}, not_applicable="rescale", grades=PASS_OR_FAIL,
    ),
)  # fmt: skip

SPREAD_AND_59 = _starter(
    "s2", N_("不适用分值平均分摊、否决计 59 分"),
    N_("一项 20 分、八项各 10 分；不适用的分值平均分给其余各项；加分最多 25 分；一票否决按 59 分计。依据肇庆2019年考评办法。"),
    scheme(
        leaf("serve", "政务服务公开", "20", "deduction"),
        *(leaf(f"item{n}", name, "10", "deduction") for n, name in enumerate(
            ("组织领导", "重点领域公开", "政策解读", "回应关切", "依申请公开", "平台建设", "制度建设", "监督保障"), 1)),
        bonus={"cap": "25", "gate": "80"}, veto={"mode": "fixed", "score": "59"}, not_applicable="spread", grades=THRESHOLDS,
    ),
)  # fmt: skip

FOUR_GRADES = _starter(
    "s3", N_("四个等次（90、80、60 分）"),
    N_("自查、考评、审定分步进行，等次只看分数线，线上含本数，分组排名。依据岳阳2017年考核办法。"),
    scheme(
        leaf("lead", "组织领导", "20", "deduction"), leaf("open", "公开内容", "50", "deduction"),
        leaf("site", "平台与渠道", "20", "deduction"), leaf("material", "自查材料与佐证", "10", "deduction"), grades=THRESHOLDS,
    ),
)  # fmt: skip

THREE_LEVELS = _starter(
    "s4", N_("一级指标封顶扣分，另设加分、减分"),
    N_("各级扣分合计不超过所属一级指标的分值；加分、减分另计，县区与部门分组。依据锦州2020年考核方案。"),
    scheme(
        leaf("organise", "组织保障", "12", "deduction"), leaf("publish", "主动公开", "38", "deduction"),
        leaf("answer", "依申请公开", "20", "deduction"), leaf("read", "解读回应", "18", "deduction"),
        leaf("platform", "平台建设", "12", "deduction"), bonus={"cap": "10"}, penalty={"cap": "10"},
    ),
)  # fmt: skip

KEY_POINTS = _starter(
    "s5", N_("要点落实与日常监测（逐项扣分）"),
    N_("要点未完成每项扣 5 分，公文公开超过 20 个工作日每件扣 2 分，错字每处扣 1 分、严重的扣 2 分。依据金东2021年考核细则。"),
    scheme(
        leaf("points", "年度要点落实", "40", "deduction"), leaf("late", "及时公开", "20", "overdue", fixed="2"),
        leaf("errors", "内容准确", "20", "deduction"), leaf("daily", "日常监测", "20", "deduction"), bonus={"cap": "5"},
    ),
    points="年度要点未完成的，每项扣 5 分，扣完为止。", late="公文形成之日起超过 20 个工作日才公开的，每件扣 2 分，扣完为止。",
    errors="一般错字每处扣 1 分，严重错误每处扣 2 分，扣完为止。", daily="日常监测发现的问题，按通报的扣分标准逐次扣分，扣完为止。",
)  # fmt: skip

SENT_BACK = _starter(
    "s6", N_("退回未改再扣 5 分"),
    N_("每条扣 5 分或 1 分，退回后未改的再扣 5 分；依申请公开答复超期扣完该项 6 分；年报与往年或他人雷同扣 5 分。依据鲤城2020年考核标准。"),
    scheme(
        leaf("publish", "主动公开", "64", "recidivism", extra="5"),
        leaf("answer", "依申请公开答复", "6", "overdue", fixed="6"),
        leaf("report", "年度报告", "10", "deduction"), leaf("platform", "平台与机制", "20", "deduction"),
    ),
    publish="应公开未公开的每条扣 5 分，不规范的每条扣 1 分；退回后仍未改正的，每次再扣 5 分。",
    answer="答复超过法定期限的，每件扣 6 分，扣完为止。", report="与上年或其他单位的报告雷同的，扣 5 分。",
)  # fmt: skip

MONTHLY = _starter(
    "s7", N_("按月信息量考核（网上 80%、现场 20%）"),
    N_("每月不少于 40 条，不足月扣 5 分、空白月扣 10 分；超额 10% 以上加 1 分，30% 以上每 20% 再加 1 分；表扬批评加减分。"
       "依据乡镇2010年考核办法。"),
    scheme(
        leaf("number", "每月公开数量", "60", "monthly", least="40", short="5", blank="10"),
        leaf("beyond", "超额完成", "5", "over_target", over="10", first="1", further="30", step="20", more="1"),
        leaf("check", "网上检查与现场检查", "35", "mix", parts="网上 80、现场 20"),
        bonus={"cap": "5"}, penalty={"cap": "5"},
    ),
    number="每月公开不少于 40 条；不足的每月扣 5 分，空白的每月扣 10 分，扣完为止。",
    beyond="超过目标 10% 以上加 1 分；超过 30% 的，每再超 20% 加 1 分。", check="网上检查占 80%，现场检查占 20%。",
)  # fmt: skip

SOURCES_MIXED = _starter(
    "s8", N_("第三方评估、互评与日常加权"),
    N_("第三方两轮 15% 和 25%，双向互评 30%，专项督查和日常各 15%；权重合计必须是 100。依据市直部门考核办法。"),
    scheme(
        leaf("all", "综合得分", "100", "mix",
             parts="第三方首轮 15、第三方次轮 25、双向互评 30、专项督查 15、日常工作 15"), grades=THRESHOLDS,
    ),
)  # fmt: skip

ROLLED_UP = _starter(
    "s8_county",
    N_("县区得分按本级、乡镇、县直 6:3:1 汇总"),
    N_("县本级、所属乡镇、县直部门的得分分别平均，再按 6:3:1 汇总成县区总分。依据市对县区考核办法。"),
    scheme(leaf("all", "县区总分", "100", "rollup", parts="县本级 6、乡镇 3、县直部门 1"), grades=THRESHOLDS),
)

ELEVEN = _starter(
    "s9", N_("十一项一级指标"),
    N_("一级指标分值 12、10、15、5、5、5、20、10、8、6、4，合计 100。依据佳木斯2018年考核方案。"),
    scheme(
        *(leaf(f"a{n}", name, points, "deduction") for n, (name, points) in enumerate((
            ("组织领导", "12"), ("主动公开", "10"), ("重点领域", "15"), ("政策解读", "5"), ("回应关切", "5"), ("依申请公开", "5"),
            ("平台建设", "20"), ("公众参与", "10"), ("公开目录", "8"), ("教育培训", "6"), ("监督考评", "4")), 1)),
    ),
)  # fmt: skip

BASE_80 = _starter(
    "s10", N_("督查事项：基础分 80，主办、协办加减"),
    N_("基础分 80、最高 100；办结主办加 2 分、协办加 1 分；未按时办结主办扣 5 分、协办扣 2.5 分；同一事项按最高一次计。"
       "依据县督查考核办法。"),
    scheme(leaf("matters", "督查事项", "100", "account", start="80", co="0.5"), grades=THRESHOLDS),
    matters="按时办结的，主办加 2 分、协办加 1 分；未按时办结的，主办扣 5 分、协办扣 2.5 分；同一事项按最高一次计。",
)  # fmt: skip

BASE_100 = _starter(
    "s11", N_("督查工作：从满分起扣，领导评价 20 分"),
    N_("报告未报每次扣 10 分，内容空泛每次扣 5 分；领导评价 20 分；只有一类事项的单位扣分加倍。依据区督查考核细则。"),
    scheme(
        leaf("reports", "督查事项报告", "80", "duties", double="2"),
        leaf("leaders", "领导评价", "20", "marks", combine="mean"), grades=THRESHOLDS,
    ),
    reports="未按要求报送的每次扣 10 分，内容空泛的每次扣 5 分；只有一类事项的单位扣分加倍。",
)  # fmt: skip

LISTS = _starter(
    "s12", N_("红黑榜、分档和按比例得分"),
    N_("红榜前 5 名、黑榜后 4 名，达标的不列黑榜；三方评议 30、50、20 加权；分档 10、6、0 分；用情况说明代替的扣该项四成。"
       "依据绵阳、宣州等地办法。"),
    scheme(
        leaf("ranked", "重点指标红黑榜", "40", "lists", target="90", top="5", bottom="4", red="40", plain="32", black="0"),
        leaf("review", "三方评议", "40", "mix", parts="主管部门 30、服务对象 50、社会评议 20"),
        leaf("rubric", "落实质量分档", "10", "bands", bands=[{"min": "90", "points": "10"}, {"min": "60", "points": "6"},
                                                     {"points": "0"}]),
        leaf("feedback", "意见征集与反馈", "10", "share"),
    ),
    ranked="达到目标且在组内前 5 名的列红榜；未达到目标且在后 4 名的列黑榜，有不可抗力等免责情形的除外。",
    feedback="征集和反馈都公开的得满分；以情况说明代替的得 60%。",
)  # fmt: skip

PRINTED = (
    WEBSITE_CHECK, SPREAD_AND_59, FOUR_GRADES, THREE_LEVELS, KEY_POINTS, SENT_BACK, MONTHLY, SOURCES_MIXED, ROLLED_UP,
    ELEVEN, BASE_80, BASE_100, LISTS,
)  # fmt: skip
