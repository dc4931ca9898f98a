"""Worked numbers, differences of versions, sources."""

from __future__ import annotations

from copy import deepcopy

from tests.support.scored import BODY, SOURCES, leaf
from tracker.assessment.binding import takes
from tracker.assessment.differences import scheme_changes
from tracker.assessment.sources import SOURCES as COUNTED, Tally, counted
from tracker.assessment.worked import worked_number


def test_every_kind_has_a_worked_number():
    kinds = {
        "ratio": {}, "deduction": {}, "all_or_nothing": {}, "marks": {"combine": "trimmed_mean"}, "value": {},
        "efficacy": {}, "linear": {"floor": "60", "goal": "95"}, "bands": {"bands": [{"min": "9", "points": "20"}, {"points": "5"}]},
    }  # fmt: skip
    for kind, parameters in kinds.items():
        assert worked_number(leaf("a", "指标", "20", kind, **parameters)), kind
    assert worked_number({"key": "a", "name": "", "rule": {"kind": "ratio"}}) is None
    assert worked_number(leaf("a", "", "x", "marks")) is None
    assert worked_number({"key": "a", "points": "5"}) is None


def test_a_worked_deduction_takes_off_what_its_source_does():
    assert str(worked_number(leaf("a", "逾期扣分", "20", "deduction"), "2")) == "20 − 2 × 3 = 14"


def test_changes_are_named_by_indicator_and_field():
    new, sources = deepcopy(BODY), deepcopy(SOURCES)
    new["indicators"]["children"][0]["children"][0]["points"] = "45"
    new["indicators"]["children"].append(leaf("n1", "创新", "5", "value"))
    del new["indicators"]["children"][2]
    new["bonus"] = {"cap": "5"}
    sources["late"] = {"from": "overdue_each", "each": "1"}
    found = [(one.subject, one.field, one.old, one.new) for one in scheme_changes(BODY, SOURCES, new, sources)]
    assert ("", "加分", "最多 3 分", "最多 5 分") in found
    assert ("任务完成率", "分值", "50", "45") in found
    assert ("创新", "上级指标", "", "总分") in found
    assert ("公开内容", "分值", "10", "") in found
    assert any(subject == "逾期扣分" and field == "评分来源" for subject, field, _, _ in found)
    assert scheme_changes(BODY, SOURCES, BODY, SOURCES) == []
    left_out = {key: value for key, value in BODY.items() if key not in {"tie_break", "ties", "not_applicable"}}
    assert scheme_changes(left_out, SOURCES, BODY, SOURCES) == [], "what is left out is what the contract takes then"


def test_new_indicators_without_a_name_are_told_apart_and_no_key_is_shown():
    new = deepcopy(BODY)
    new["indicators"]["children"] += [{"key": "n1", "points": "5"}, {"key": "n2", "name": " ", "points": "6"}]
    subjects = [one.subject for one in scheme_changes(BODY, SOURCES, new, SOURCES) if one.field == "分值"]
    assert subjects == ["未命名指标 1", "未命名指标 2"]


def test_sources_state_at_most_what_one_fact_may():
    settings = {"from": "overdue_each", "each": "0.5"}
    facts = counted(settings, Tally(due=250, on_time=0))
    assert [one["count"] for one in facts] == [100, 100, 50]
    assert counted(settings, Tally(due=3, on_time=3)) == []
    assert counted({"from": "accepted_share"}, Tally()) == [{"not_applicable": True}]
    assert counted({"from": "all_on_time"}, Tally(due=2, on_time=2)) == [{"met": True}]
    assert {source.key for source in COUNTED.values()} >= {"accepted_share", "sent_back_each"}


def test_facts_of_indicators_that_are_gone_have_no_place():
    assert takes(BODY, SOURCES, "review", "mark")
    assert takes(BODY, SOURCES, "done", "not_applicable")
    assert not takes(BODY, SOURCES, "done", "value")
    assert not takes(BODY, SOURCES, "gone", "mark")
    assert takes(BODY, SOURCES, None, "veto")
    assert not takes(BODY, SOURCES, None, "mark")
