"""Rule sets of lights as a plan changes them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tracker.progress.calendar import Workdays
from tracker.progress.light_changes import changed, changes_of, out_of_order, rules_of
from tracker.progress.light_rules import RULE_SETS, lights_on

SANMING = RULE_SETS["sanming"]
DUE = date(2026, 6, 1)


def test_what_is_kept_brings_the_changed_rules_back():
    blue, orange, red = SANMING.late
    late = (blue, replace(orange, after=4, workdays=False, tells=("leader",), document="circular"), red)
    wanted = replace(SANMING, late=late, caught_up="caught_up")
    kept = json.loads(json.dumps(changes_of(SANMING, wanted)))
    assert list(kept) == ["warned", "caught_up"]
    assert changed(SANMING, kept) == wanted
    assert rules_of("sanming", {"sanming": kept, "suqian": {}}) == wanted
    assert rules_of("sanming", {"suqian": kept}) == SANMING


@pytest.mark.parametrize("key", sorted(RULE_SETS))
def test_a_rule_set_as_it_comes_is_no_change_and_in_order(key):
    rules = RULE_SETS[key]
    assert changes_of(rules, rules) == {}
    assert out_of_order(rules.late) is None


def test_a_changed_day_changes_the_day_of_the_light():
    blue, orange, red = SANMING.late
    rules = replace(SANMING, late=(blue, replace(orange, after=3, workdays=False), red))
    shows = [lights_on(rules, date(2026, 6, day), 3, Workdays()).of("open", "none", DUE) for day in (2, 3, 4)]
    assert shows == ["reminded", "reminded", "warned"]


@pytest.mark.parametrize(
    ("second", "third", "wrong"),
    [
        ((6, True), (6, True), 2),
        ((1, False), (5, False), 1),
        ((6, True), (9, False), 2),
        ((6, False), (7, True), None),
    ],
)
def test_each_light_comes_after_the_milder_one(second, third, wrong):
    late = tuple(
        replace(step, after=after, workdays=workdays)
        for step, (after, workdays) in zip(SANMING.late, ((1, False), second, third), strict=True)
    )
    assert out_of_order(late) == (None if wrong is None else late[wrong])
