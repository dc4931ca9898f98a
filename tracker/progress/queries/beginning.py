"""What a report begins with before anybody types: the version to go on with, else what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select

from tracker.errors import DomainError
from tracker.plans.models import Assignment, TaskWording
from tracker.prepared import Prepared
from tracker.progress.content import Content
from tracker.progress.milestones import typed
from tracker.progress.models import Obligation
from tracker.progress.queries.figures import TargetView, targets_of
from tracker.progress.queries.milestones import Asked, asked_of
from tracker.progress.queries.partners import gather
from tracker.progress.queries.passing import BelowRow
from tracker.progress.queries.returns import ObligationView, VersionView

FIGURE = "figure_"
"""Begins the name of the field of a figure; the id of its target follows."""


def asked_about(found: ObligationView) -> Asked | None:
    """What the return for an obligation is asked of milestones; None where it is none."""
    return asked_of({found.id: found.assignment_id}).get(found.id) if found.milestone else None


def form_of(obligation_id: int) -> tuple[list[TargetView], Asked | None]:
    """What the form that a person sends is made of."""
    found, assignment_id = targets_of(obligation_id)
    asked = asked_of({obligation_id: assignment_id}).get(obligation_id) if assignment_id is not None else None
    return found, asked


def first_values(
    version: VersionView | None, before: VersionView | None, lower: Iterable[BelowRow], targets: Sequence[TargetView],
    asked: Asked | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the form begins with: the version to go on with; where nothing is written yet the percent of the last accepted
    return, or what was accepted of earlier milestones, and of units below that have reported their texts, sums of what adds
    up, and the milestone that they have reached or not together."""
    if version is None:
        found = gather((), lower, targets)
        sums = {f"{FIGURE}{key}": one.value.normalize() for key, one in found.sums.items() if one.value is not None}
        texts = {name: "\n".join(parts) for name, parts in found.texts.items()}
        said = asked.known if asked else {}
        if asked and found.milestone:
            said = {asked.id: found.milestone, **said}
        percent = before.percent if before else 0
        return {"version": 0, "percent": percent, **texts, **sums, **typed(said)}
    return written_in(version)


def written_in(version: VersionView) -> dict[str, Any]:
    """What a version says, by the fields of the form."""
    return {
        "version": version.version if version.state == "draft" else 0, "percent": version.percent, "done": version.done,
        "problems": version.problems, "next_step": version.next_step, "setback": version.setback,
        **{f"{FIGURE}{key}": value for key, value in version.figures.items()},
        **typed({one.id: one.said for one in version.milestones}),
    }  # fmt: skip


def repeated(before: VersionView | None, *, opened: datetime | None = None) -> Content:
    """The content of the last accepted return, said to be the same for this period (与上期一致). Raises DomainError."""
    if before is None:
        raise DomainError(_("没有上期核收的内容，请填写本期完成情况。"), field="done")
    same = _("与上期一致。")
    done = before.done if before.done.startswith(same) else f"{same}\n{before.done}"
    return Content(
        done, before.problems, before.next_step, percent=before.percent, figures=before.figures,
        milestones={one.id: one.said for one in before.milestones}, opened=opened, unchanged=True,
    )  # fmt: skip


_STANDS = Prepared(
    select(
        Obligation.due_on,
        select(func.max(TaskWording.until))
        .join(Assignment, Assignment.task_id == TaskWording.task_id)
        .where(Assignment.id == Obligation.assignment_id, TaskWording.reworded)
        .scalar_subquery(),
    ).where(Obligation.id == bindparam("obligation"))
)
"""Asked by every return that is handed in."""


def as_it_stands(obligation_id: int) -> tuple[date, datetime | None]:
    """The date of a report by now, and when another edition last asked for something else; None where none has."""
    ((due, reworded),) = _STANDS.rows(obligation=obligation_id)
    return due, reworded
