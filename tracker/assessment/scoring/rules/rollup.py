"""`rollup` (分级汇总): a score made of those of several levels in a proportion, such as 本级:乡镇:县直 = 6:3:1."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from tracker.assessment.scoring.rules.mix import WeightedRule


@dataclass(frozen=True, slots=True)
class RollupRule(WeightedRule):
    """P × Σ share × mean of the level's scores ÷ Σ share ÷ scale: any proportion; a level without scores drops out."""

    parts: str
    scale: Decimal

    kind: ClassVar[str] = "rollup"
