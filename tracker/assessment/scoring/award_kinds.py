"""Kinds of bonus and penalty with a cap each (分类限额), as a scheme writes them: `表彰奖励 5、改革创新 8`."""

from __future__ import annotations

import re

from tracker.assessment.scoring.book import AwardKind
from tracker.assessment.scoring.rules.mix import parts_of

_POINTS = re.compile(r"(?<=[\d０-９])\s*分(?=\s*(?:[、，,；;\n]|$))")
"""`5分` is as good as 5."""


def award_kinds(text: str) -> tuple[AwardKind, ...] | None:
    """The kinds in their order; None where a piece has no name or no cap above 0, or a name comes twice."""
    found = parts_of(_POINTS.sub("", text))
    return None if found is None else tuple(AwardKind(one.name, one.weight) for one in found)
