"""What is said on pages about milestones (节点)."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask
from flask_babel import gettext as _, lazy_gettext as _l

from tracker.progress.milestones import Said, typed
from tracker.progress.queries.milestones import Statement
from tracker.web.labels import offer_labels
from tracker.web.locale import day

MILESTONE_LABELS = {"reached": _l("已达成"), "missed": _l("未达成")}
"""What a return says of one."""
STANDING_LABELS = {"reached": _l("✓ 已达成"), "missed": _l("■ 逾期未达成"), "ahead": _l("○ 未到期")}
"""How one stands: see `tracker.progress.milestones.Standing`."""
STANDING_SHAPES = {"reached": "✓", "missed": "■", "ahead": "○"}
"""The same by its shape alone, where words for it stand beside."""


def milestone_words(said: Said | None) -> str:
    """What is said of a milestone: 已达成; 未达成，预计 2026-08-15 达成; – where nothing is."""
    if said is None:
        return "–"
    if said.reached or said.expected_on is None:
        return str(MILESTONE_LABELS["reached" if said.reached else "missed"])
    return _("未达成，预计 %(day)s 达成", day=day(said.expected_on))


def reached_words(of: tuple[int, int]) -> str:
    """Where the percent of milestones comes from; empty where it was typed."""
    return _("%(of)s 个节点中已达成 %(n)s 个", n=of[0], of=of[1]) if of[1] else ""


def milestone_fields(said: Iterable[Statement]) -> dict[str, str]:
    """What a version says of milestones, by the fields that a script fills with it: a day as in ISO 8601, '' for none."""
    fields = typed({one.id: one.said for one in said})
    return {name: "" if value is None else str(value) for name, value in fields.items()}


def register(app: Flask) -> None:
    offer_labels(
        app, milestone_standing=STANDING_LABELS, milestone_shape=STANDING_SHAPES, milestone_said=MILESTONE_LABELS
    )
    app.jinja_env.filters.update(
        milestone_words=milestone_words, milestone_fields=milestone_fields, reached_words=reached_words
    )
