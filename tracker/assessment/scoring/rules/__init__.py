"""The rule kinds, by the name that a scheme calls them. A new kind is one file and one line here."""

from __future__ import annotations

from typing import Any

from tracker.assessment.scoring.rules.all_or_nothing import AllOrNothingRule
from tracker.assessment.scoring.rules.bands import Band, BandsRule
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake
from tracker.assessment.scoring.rules.deduction import Deduction, DeductionRule
from tracker.assessment.scoring.rules.efficacy import EfficacyRule
from tracker.assessment.scoring.rules.linear import LinearRule
from tracker.assessment.scoring.rules.marks import Mark, MarksRule
from tracker.assessment.scoring.rules.ratio import RatioRule
from tracker.assessment.scoring.rules.value import ValueRule

AnyRule = Rule[Any]

KINDS: dict[str, type[AnyRule]] = {
    rule.kind: rule
    for rule in (
        ValueRule,
        RatioRule,
        DeductionRule,
        AllOrNothingRule,
        BandsRule,
        LinearRule,
        EfficacyRule,
        MarksRule,
    )
}

__all__ = [
    "KINDS",
    "AllOrNothingRule",
    "AnyRule",
    "Band",
    "BandsRule",
    "Deduction",
    "DeductionRule",
    "EfficacyRule",
    "LinearRule",
    "Mark",
    "MarksRule",
    "Peers",
    "RatioRule",
    "Rule",
    "Stake",
    "ValueRule",
]
