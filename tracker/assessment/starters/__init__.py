"""Ready-made starting points of a scheme, as data: a person begins with one and changes what they like. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.assessment.starters.parts import GRADES, SETTINGS, Starter
from tracker.assessment.starters.printed import PRINTED
from tracker.assessment.starters.ready import BLANK, COUNTY_OPENNESS, DEPARTMENT_OPENNESS, KEY_WORK

STARTERS: Mapping[str, Starter] = {
    starter.key: starter for starter in (BLANK, KEY_WORK, COUNTY_OPENNESS, DEPARTMENT_OPENNESS, *PRINTED)
}

__all__ = ["GRADES", "PRINTED", "SETTINGS", "STARTERS", "Starter"]
