"""Plans as assessment needs them."""

from __future__ import annotations

from sqlalchemy import select

from tracker.db import session
from tracker.plans.models import Plan


def plan_named(name: str) -> int | None:
    return session.scalar(select(Plan.id).where(Plan.name == name.strip()))
