"""Channels and states of what is sent. Standard library only."""

from __future__ import annotations

ROBOTS = ("wecom", "dingtalk", "webhook")
"""企业微信群机器人, 钉钉群机器人, 通用 Webhook."""

CHANNELS = ("email", *ROBOTS)

REPEATABLE = frozenset({"email", "webhook"})
"""Channels that carry a key by which a second copy is known: these are tried again where nobody knows how it went."""

STATES = ("waiting", "sending", "sent", "failed", "unknown")
"""待发送, 发送中, 已发送, 发送失败, 不明 (it may have arrived, and is not sent again by itself)."""

COLOURS = ("blue", "yellow", "red")
"""Grades of a supervision slip (督办单颜色级别): 蓝 提醒, 黄 警示, 红 严重."""

COLOUR_OF = {
    "soon": "blue",
    "near": "yellow",
    "reminded": "blue",
    "behind": "yellow",
    "warned": "yellow",
    "overdue": "red",
}
"""Light → the grade of the slip that a rule set asks for with it (三明: 蓝 → 橙 → 红; 宿迁: 蓝, 黄, 红)."""

ORANGE = "orange"
"""What a rule set that goes 蓝 → 橙 → 红 (三明) calls the middle grade, which is kept as `yellow`."""


def shade_of(colour: str, *, warns: bool) -> str:
    """What a grade is called: `warns` where it is one of a rule set whose middle light is the orange 警告."""
    return ORANGE if warns and colour == "yellow" else colour


SLIP_STATES = ("issued", "replied", "withdrawn")
"""待回执, 已回执, 已撤销."""
