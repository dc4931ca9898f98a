"""The scheme of the invented city, as the trial-score contract writes it."""

from __future__ import annotations

from typing import Any

GRADES = [
    {"name": "优秀", "min": "90", "quota_percent": 30},
    {"name": "良好", "min": "80"},
    {"name": "合格", "min": "60"},
    {"name": "不合格", "min": "0"},
]


def _leaf(key: str, name: str, points: str, rule: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "name": name, "points": points, "rule": rule}


def scheme(name: str) -> dict[str, Any]:
    """A hundred points: completion, timeliness, sent back, and evaluators' marks for quality."""
    return {
        "name": name,
        "rounding": {"places": 2, "mode": "half_up", "stage": "total"},
        "not_applicable": "rescale",
        "bonus": {"cap": "5", "gate": "80"},
        "penalty": {"cap": "10"},
        "veto": {"mode": "fixed", "score": "59"},
        "grades": GRADES,
        "quota_ties": "exclude",
        "ties": "competition",
        "indicators": {
            "key": "total",
            "name": "总分",
            "points": "100",
            "children": [
                {
                    "key": "work",
                    "name": "任务落实",
                    "points": "70",
                    "children": [
                        _leaf("completion", "任务完成率", "40", {"kind": "ratio"}),
                        _leaf("timeliness", "按时报送率", "20", {"kind": "ratio"}),
                        _leaf("rework", "报送退办", "10", {"kind": "deduction"}),
                    ],
                },
                {
                    "key": "quality",
                    "name": "工作质量",
                    "points": "30",
                    "children": [
                        _leaf("substance", "公开内容质量", "20", {"kind": "marks", "combine": "mean"}),
                        _leaf("discipline", "日常督查", "10", {"kind": "deduction"}),
                    ],
                },
            ],
        },
    }


SOURCES: dict[str, Any] = {
    "completion": {"from": "accepted_share"},
    "timeliness": {"from": "on_time_share"},
    "rework": {"from": "sent_back_each", "each": "0.5"},
    "substance": {"from": "entered"},
    "discipline": {"from": "entered"},
}
