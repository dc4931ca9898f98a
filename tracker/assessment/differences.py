"""What changed from one version of a scheme to another, in the names that people know. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracker.assessment.binding import nodes
from tracker.assessment.scoring.wording import N_, Sentence, listed
from tracker.assessment.words import NODE_WORDS, SETTING_WORDS

FIELDS: Mapping[str, str] = {
    "name": N_("名称"), "points": N_("分值"), "weight": N_("权重"), "aggregate": N_("汇总方式"), "rule": N_("计分方式"),
    "source": N_("评分来源"), "criteria": N_("评分标准"), "place": N_("上级指标"),
}  # fmt: skip
SETTINGS: Mapping[str, str] = {
    "rounding": N_("取舍"), "not_applicable": N_("不适用指标"), "bonus": N_("加分"), "penalty": N_("减分"),
    "total": N_("总分折算"),
    "veto": N_("一票否决"), "grades": N_("等次"), "quota_ties": N_("名额线上同分"),
    "quota_pool": N_("小组合并名额"), "larger": N_("计入综合考核"), "ties": N_("名次并列"),
    "tie_break": N_("同分先看"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """`subject` is the name of an indicator, or empty for the scheme itself; `field` is to be translated."""

    subject: str
    field: str
    old: str
    new: str


def scheme_changes(
    old: Mapping[str, Any], old_sources: Mapping[str, Any], new: Mapping[str, Any], new_sources: Mapping[str, Any]
) -> list[Change]:
    """Settings first, then the indicators of the new tree in its order, then those that are gone. What reads the same is no
    change: a setting that is left out is what the contract takes then."""
    changes = [Change("", label, _setting(key, old), _setting(key, new)) for key, label in SETTINGS.items()]
    before, after = _described(old, old_sources), _described(new, new_sources)
    unnamed = 0
    for key in [*after, *(key for key in before if key not in after)]:
        was, now = before.get(key, {}), after.get(key, {})
        subject = str(now.get("name") or was.get("name") or "").strip()
        if not subject:
            unnamed += 1
            subject = Sentence(N_("未命名指标 %(n)s"), n=str(unnamed))
        changes += [Change(subject, label, _field(name, was), _field(name, now)) for name, label in FIELDS.items()]
    return [change for change in changes if change.old != change.new]


def rules_of(scheme: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every setting of a scheme with its name: (to be translated, in words)."""
    return [(label, _setting(key, scheme)) for key, label in SETTINGS.items()]


def _described(scheme: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    tree = scheme.get("indicators")
    if not tree:
        return {}
    described: dict[str, dict[str, Any]] = {}
    above: list[str] = []
    for node, depth in nodes(tree):
        del above[depth:]
        described[node["key"]] = {
            **{name: node.get(name) for name in ("name", "points", "weight", "aggregate", "rule")},
            "source": _without_criteria(sources.get(node["key"])),
            "criteria": (sources.get(node["key"]) or {}).get("criteria"),
            "inner": bool(node.get("children")),
            "place": above[-1] if above else None,
        }
        above.append(str(node.get("name", "")))
    return described


def _without_criteria(source: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if source is None else {name: value for name, value in source.items() if name != "criteria"}


def _setting(key: str, scheme: Mapping[str, Any]) -> str:
    """A setting of a scheme in words; empty where there is no scheme to speak of."""
    if not scheme:
        return ""
    if key == "tie_break":
        names = {node["key"]: str(node.get("name", "")) for node, _ in nodes(scheme.get("indicators") or {"key": ""})}
        return listed([names.get(one) or N_("（未命名）") for one in scheme.get(key) or ()])
    return SETTING_WORDS[key](scheme.get(key))


def _field(name: str, node: Mapping[str, Any]) -> str:
    """A field of an indicator in words; empty where the indicator is not there."""
    if not node or (name == "aggregate" and not node.get("inner")):
        return ""
    said = NODE_WORDS.get(name)
    return said(node.get(name)) if said else str(node.get(name) or "")
