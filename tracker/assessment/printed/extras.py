"""Items of bonus and penalty (加分项、减分项) among the rows of a printed scheme: no indicators, but caps. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tracker.assessment.printed.heads import squeezed
from tracker.assessment.printed.points import shown
from tracker.assessment.scoring.award_kinds import award_kinds
from tracker.assessment.scoring.wording import N_

_WORDS = (
    ("bonus", "加分"), ("penalty", "减分"), ("penalty", "倒扣"), ("penalty", "扣分项"), ("penalty", "扣分事项"),
    ("veto", "一票否决"), ("veto", "否决"),
)  # fmt: skip
SAID: Mapping[str, str] = {
    "bonus": N_("加分项不列为指标，分值计入加分上限；有几项的，每项另有自己的上限"),
    "penalty": N_("减分项不列为指标，分值计入减分上限；有几项的，每项另有自己的上限"),
}


def extra_kind(names: Iterable[str]) -> str | None:
    """Whether what stands above an item, or what its row begins with, makes it a bonus, a penalty or a veto."""
    known = [squeezed(name) for name in names]
    if "扣分" in known:
        return "penalty"
    return next((kind for kind, word in _WORDS if any(word in name for name in known)), None)


class Extras:
    """The items that were met, each with the points that it can come to."""

    def __init__(self) -> None:
        self._items: dict[str, list[tuple[str, Decimal]]] = {"bonus": [], "penalty": []}

    def add(self, kind: str, name: str, points: Decimal) -> None:
        self._items[kind].append((" ".join(name.split()), abs(points)))

    def settings(self) -> dict[str, dict[str, str]]:
        """`bonus` and `penalty` of the scheme: the cap of all, and of several items the cap of each, where all have names
        that can be told apart."""
        made = {}
        for kind, items in self._items.items():
            cap = sum((points for _, points in items), Decimal(0))
            if cap:
                made[kind] = {"cap": shown(cap)} | _kinds(items)
        return made


def _kinds(items: list[tuple[str, Decimal]]) -> dict[str, str]:
    text = "、".join(f"{name} {shown(points)}" for name, points in items)
    read = award_kinds(text) if len(items) > 1 else None
    return {"kinds": text} if read is not None and [kind.name for kind in read] == [name for name, _ in items] else {}
