"""What a report begins with before anybody types: the version to go on with, else what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from tracker.errors import DomainError
from tracker.progress.content import Content
from tracker.progress.queries.figures import TargetView
from tracker.progress.queries.partners import gather
from tracker.progress.queries.passing import BelowRow
from tracker.progress.queries.returns import VersionView

FIGURE = "figure_"
"""Begins the name of the field of a figure; the id of its target follows."""


def first_values(
    version: VersionView | None, before: VersionView | None, lower: Iterable[BelowRow], targets: Sequence[TargetView]
) -> dict[str, Any]:
    """What the form begins with: the version to go on with; where nothing is written yet the percent of the last accepted
    return, and of units below that have reported their texts, and sums of what adds up."""
    if version is None:
        found = gather((), lower, targets)
        sums = {f"{FIGURE}{key}": one.value.normalize() for key, one in found.sums.items() if one.value is not None}
        texts = {name: "\n".join(parts) for name, parts in found.texts.items()}
        return {"version": 0, "percent": before.percent if before else 0, **texts, **sums}
    return {
        "version": version.version if version.state == "draft" else 0, "percent": version.percent, "done": version.done,
        "problems": version.problems, "next_step": version.next_step, "setback": version.setback,
        **{f"{FIGURE}{key}": value for key, value in version.figures.items()},
    }  # fmt: skip


def repeated(before: VersionView | None, *, opened: datetime | None = None) -> Content:
    """The content of the last accepted return, said to be the same for this period (与上期一致). Raises DomainError."""
    if before is None:
        raise DomainError(_("没有上期核收的内容，请填写本期完成情况。"), field="done")
    same = _("与上期一致。")
    done = before.done if before.done.startswith(same) else f"{same}\n{before.done}"
    return Content(
        done, before.problems, before.next_step, percent=before.percent, figures=before.figures, opened=opened,
        unchanged=True,
    )  # fmt: skip
