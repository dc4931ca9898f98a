"""What channels and states of what was sent are called on pages."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from tracker.reminders.digest import REASON_LABELS, counted
from tracker.reminders.states import ORANGE
from tracker.web.labels import offer_labels

CHANNEL_LABELS = {
    "notice": _l("站内通知"),
    "email": _l("电子邮件"),
    "wecom": _l("企业微信群机器人"),
    "dingtalk": _l("钉钉群机器人"),
    "webhook": _l("Webhook"),
}
STATE_LABELS = {
    "read": _l("已阅"),
    "unread": _l("未读"),
    "waiting": _l("待发送"),
    "sending": _l("发送中"),
    "sent": _l("已发送"),
    "failed": _l("发送失败"),
    "unknown": _l("是否送达不明"),
}
STATE_TONES = {
    "read": "green",
    "unread": "gray",
    "waiting": "amber",
    "sending": "amber",
    "sent": "green",
    "failed": "red",
    "unknown": "red",
}

COLOUR_LABELS = {"blue": _l("蓝色（提醒）"), "yellow": _l("黄色（警示）"), "red": _l("红色（严重）")}
SHADE_LABELS = {**COLOUR_LABELS, ORANGE: _l("橙色（警告）")}
"""A grade as the rule set of its reports calls it."""
COLOUR_TONES = {ORANGE: "amber", "blue": "blue", "yellow": "amber", "red": "red"}
SLIP_STATE_LABELS = {"issued": _l("待回执"), "replied": _l("已回执"), "withdrawn": _l("已撤销")}
SLIP_STATE_TONES = {"issued": "amber", "replied": "green", "withdrawn": "gray"}


def register(app: Flask) -> None:
    offer_labels(
        app,
        reminder_channel=CHANNEL_LABELS,
        reminder_state=STATE_LABELS,
        reminder_tone=STATE_TONES,
        reminder_reason=REASON_LABELS,
        slip_colour=SHADE_LABELS,
        slip_colour_tone=COLOUR_TONES,
        slip_state=SLIP_STATE_LABELS,
        slip_tone=SLIP_STATE_TONES,
    )
    app.jinja_env.filters["reminder_counts"] = counted
