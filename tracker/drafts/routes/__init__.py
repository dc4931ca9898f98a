"""Pages of the drafts room, by what a person does there."""

from __future__ import annotations

from tracker.drafts.routes import (
    adopting,
    arranging,
    importing,
    layout,
    matching,
    memory,
    renewing,
    reviewing,
    revising,
    template,
    workbooks,
)
from tracker.drafts.routes.blueprint import pages

__all__ = [
    "adopting",
    "arranging",
    "importing",
    "layout",
    "matching",
    "memory",
    "pages",
    "renewing",
    "reviewing",
    "revising",
    "template",
    "workbooks",
]
