"""What changed from one version of a return to the next."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tracker.progress.differences import Piece, differences
from tracker.progress.milestones import Said
from tracker.progress.queries.files import FileView
from tracker.progress.queries.returns import VersionView


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed from one version to the next, text by text."""

    done: list[Piece]
    problems: list[Piece]
    next_step: list[Piece]
    percent: tuple[int, int]
    milestones: dict[int, tuple[Said | None, Said | None]]
    """Milestone → (before, after), changed ones only."""
    figures: dict[int, tuple[Decimal | None, Decimal | None]]
    """Target id → (before, after), changed ones only."""
    added: tuple[FileView, ...]
    removed: tuple[FileView, ...]

    @property
    def any(self) -> bool:
        """Whether anything differs at all."""
        texts = (*self.done, *self.problems, *self.next_step)
        marked = any(one.kind != "same" for one in texts) or bool(
            self.milestones or self.figures or self.added or self.removed
        )
        return marked or self.percent[0] != self.percent[1]


def compared(old: VersionView, new: VersionView) -> Differences:
    shared = {one.public_id for one in old.files} & {one.public_id for one in new.files}
    ids = sorted(old.figures.keys() | new.figures.keys())
    asked = {one.id: (old.says(one.id), new.says(one.id)) for one in (*old.milestones, *new.milestones)}
    return Differences(
        differences(old.done, new.done), differences(old.problems, new.problems),
        differences(old.next_step, new.next_step), (old.percent, new.percent),
        {one: (was, now) for one, (was, now) in asked.items() if was != now},
        {one: (old.figures.get(one), new.figures.get(one)) for one in ids if old.figures.get(one) != new.figures.get(one)},
        tuple(one for one in new.files if one.public_id not in shared),
        tuple(one for one in old.files if one.public_id not in shared),
    )  # fmt: skip
