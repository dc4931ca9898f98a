"""The rule kinds, by the name that a scheme calls them. A new kind is one file and one line here."""

from __future__ import annotations

from typing import Any

from tracker.assessment.scoring.rules.account import AccountRule
from tracker.assessment.scoring.rules.all_or_nothing import AllOrNothingRule
from tracker.assessment.scoring.rules.bands import Band, BandsRule
from tracker.assessment.scoring.rules.base import Peers, Rule, Stake
from tracker.assessment.scoring.rules.best import BestRule
from tracker.assessment.scoring.rules.capped import CappedRule
from tracker.assessment.scoring.rules.deduction import Deduction, DeductionRule
from tracker.assessment.scoring.rules.difficulty import DifficultyRule
from tracker.assessment.scoring.rules.duties import DutiesRule
from tracker.assessment.scoring.rules.efficacy import EfficacyRule
from tracker.assessment.scoring.rules.figures import Field, FiguresRule
from tracker.assessment.scoring.rules.linear import LinearRule
from tracker.assessment.scoring.rules.lists import ListsRule
from tracker.assessment.scoring.rules.marks import Mark, MarksRule
from tracker.assessment.scoring.rules.mix import MixRule, WeightedRule
from tracker.assessment.scoring.rules.monthly import MonthlyRule
from tracker.assessment.scoring.rules.once import OnceRule
from tracker.assessment.scoring.rules.over_target import OverTargetRule
from tracker.assessment.scoring.rules.overdue import OverdueRule
from tracker.assessment.scoring.rules.placing import PlacingRule
from tracker.assessment.scoring.rules.progress import ProgressRule
from tracker.assessment.scoring.rules.ratio import RatioRule
from tracker.assessment.scoring.rules.recidivism import RecidivismRule
from tracker.assessment.scoring.rules.reverse import ReverseRule
from tracker.assessment.scoring.rules.rise import RiseRule
from tracker.assessment.scoring.rules.roles import RolesRule
from tracker.assessment.scoring.rules.rollup import RollupRule
from tracker.assessment.scoring.rules.rounds import RoundsRule
from tracker.assessment.scoring.rules.share import ShareRule
from tracker.assessment.scoring.rules.survey import SurveyRule
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
        RolesRule,
        ShareRule,
        MonthlyRule,
        OverTargetRule,
        OverdueRule,
        RecidivismRule,
        OnceRule,
        AccountRule,
        MixRule,
        RollupRule,
        ListsRule,
        DutiesRule,
        RoundsRule,
        ProgressRule,
        SurveyRule,
        PlacingRule,
        BestRule,
        ReverseRule,
        CappedRule,
        RiseRule,
        DifficultyRule,
    )
}
"""The first eight are those of the trial-score contract; the others go beyond it."""

FIGURES: dict[str, type[FiguresRule]] = {kind: rule for kind, rule in KINDS.items() if issubclass(rule, FiguresRule)}
"""The kinds that declare their parameters and fact fields."""

WEIGHTED = frozenset(kind for kind, rule in FIGURES.items() if issubclass(rule, WeightedRule))
"""The kinds whose facts are scores of named parts."""

__all__ = [
    "FIGURES",
    "KINDS",
    "WEIGHTED",
    "AllOrNothingRule",
    "AnyRule",
    "Band",
    "BandsRule",
    "Deduction",
    "DeductionRule",
    "EfficacyRule",
    "Field",
    "FiguresRule",
    "LinearRule",
    "Mark",
    "MarksRule",
    "Peers",
    "RatioRule",
    "Rule",
    "Stake",
    "ValueRule",
]
