"""Writing plans: adopting a reviewed breakdown or another edition of it, and correcting what was adopted."""

from __future__ import annotations

from tracker.plans.service.editions import EditionMade, Revised, adopt_edition, mark_seen
from tracker.plans.service.plan import Adopted, adopt, change_policy, correct_task, refuse_name

__all__ = [
    "Adopted", "EditionMade", "Revised", "adopt", "adopt_edition", "change_policy", "correct_task", "mark_seen",
    "refuse_name",
]  # fmt: skip
