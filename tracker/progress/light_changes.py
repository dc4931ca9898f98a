"""A rule set of lights as a plan has changed it: from which day a light shows, who is told, by which document. Pure.

What a plan keeps is plain data, rule set by rule set: {"sanming": {"warned": {"after": 4, "workdays": true, "tells":
["reporter"], "document": "supervision"}, …, "caught_up": "done"}}. Lights are neither added nor taken away: which there are,
and in which order, is what makes a rule set the one of its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from itertools import pairwise
from typing import Any

from tracker.progress.light_rules import RULE_SETS, RuleSet, Step

CAUGHT_UP = "caught_up"
"""Key of which light shows what was missed and caught up; those of steps are lights that a step can have."""
_KEPT = ("after", "workdays", "tells", "document")


def rules_of(key: str, own: Mapping[str, Any]) -> RuleSet:
    """The rule set that a plan goes by; `own` is all that the plan changed."""
    changes = own.get(key)
    return changed(RULE_SETS[key], changes) if changes else RULE_SETS[key]


def changed(rules: RuleSet, changes: Mapping[str, Any]) -> RuleSet:
    def step(held: Step) -> Step:
        said = {**(changes.get(held.light) or {})}
        if "tells" in said:
            said["tells"] = tuple(said["tells"])
        return replace(held, **{name: said[name] for name in _KEPT if name in said})

    return replace(
        rules,
        near=step(rules.near),
        late=tuple(step(one) for one in rules.late),
        sent_back=step(rules.sent_back) if rules.sent_back is not None else None,
        caught_up=changes.get(CAUGHT_UP, rules.caught_up),
    )


def changes_of(rules: RuleSet, wanted: RuleSet) -> dict[str, Any]:
    """What has to be kept so that the one becomes the other; empty where they are the same."""
    found: dict[str, Any] = {
        now.light: _plain(now) for was, now in zip(rules.steps, wanted.steps, strict=True) if was != now
    }
    if rules.caught_up != wanted.caught_up:
        found[CAUGHT_UP] = wanted.caught_up
    return found


def _plain(step: Step) -> dict[str, Any]:
    said = asdict(step)
    return {name: list(said[name]) if name == "tells" else said[name] for name in _KEPT}


def out_of_order(late: Sequence[Step]) -> Step | None:
    """The first light of what is overdue that could show no later than a milder one; None where each comes after the one
    before. Workdays come no sooner than as many days, so days after workdays may overtake them."""
    for milder, graver in pairwise(late):
        if graver.after <= milder.after or (milder.workdays and not graver.workdays):
            return graver
    return None
