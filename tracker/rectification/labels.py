"""What sources, states and risks are called on pages."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from tracker.rectification.sampling import BEHIND, OFTEN_RETURNED
from tracker.web.labels import offer_labels

SOURCE_LABELS = {
    "report": _l("报送核验"),
    "spot_check": _l("定期抽查"),
    "deduction": _l("考核扣分"),
    "leader": _l("领导批示"),
    "other": _l("其他来源"),
}
FINDING_STATE_LABELS = {
    "registered": _l("待交办"),
    "assigned": _l("待定措施"),
    "in_hand": _l("整改中"),
    "own_review": _l("本单位审核"),
    "reported": _l("待核验"),
    "sent_back": _l("退回再改"),
    "closed": _l("已销号"),
    "dropped": _l("已撤销"),
}
FINDING_STATE_TONES = {
    "registered": "amber",
    "assigned": "amber",
    "in_hand": "blue",
    "own_review": "amber",
    "reported": "purple",
    "sent_back": "red",
    "closed": "green",
    "dropped": "gray",
}
CHECK_STATE_LABELS = {"drawn": _l("抽查中"), "concluded": _l("已办结"), "void": _l("已作废")}
CHECK_STATE_TONES = {"drawn": "amber", "concluded": "green", "void": "gray"}
RESULT_LABELS = {"": _l("未录入"), "clean": _l("未发现问题"), "found": _l("发现问题")}
RESULT_TONES = {"": "gray", "clean": "green", "found": "red"}
DRAWN_FROM_LABELS = {"reports": _l("已核收的报送"), "closed": _l("已办结的任务")}
RISK_LABELS = {
    "late": _l("逾期报送"),
    "low": _l("进度偏低"),
    "returned": _l("多次退办"),
    "no_evidence": _l("无佐证材料"),
    "recidivist": _l("有整改问题"),
}


def risk_meaning(risk: str) -> str:
    """From which measure on something is a risk: see `sampling.py`."""
    return {
        "late": _("首次送达晚于期限"),
        "low": _("核定进度落后序时进度超过 %(n)s 个百分点", n=BEHIND),
        "returned": _("被牵头办公室退办 %(n)s 次以上", n=OFTEN_RETURNED),
        "no_evidence": _("核收的一版没有附佐证材料"),
        "recidivist": _("单位在本计划内有未销号或曾被退回再改的问题"),
    }[risk]


def register(app: Flask) -> None:
    app.jinja_env.filters["risk_meaning"] = risk_meaning
    offer_labels(
        app,
        finding_source=SOURCE_LABELS,
        finding_state=FINDING_STATE_LABELS,
        finding_tone=FINDING_STATE_TONES,
        check_state=CHECK_STATE_LABELS,
        check_tone=CHECK_STATE_TONES,
        check_result=RESULT_LABELS,
        check_result_tone=RESULT_TONES,
        drawn_from=DRAWN_FROM_LABELS,
        check_risk=RISK_LABELS,
    )
