"""An adopted plan of the small city."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import update

from tests.support.breakdown import workbook
from tests.support.place import AT, Place
from tests.support.standing import Standing
from tracker.db import session
from tracker.drafts import service
from tracker.plans.models import Assignment, Plan

Writing = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def plan_id(standing: Standing, place: Place) -> int:
    """The sample table, adopted: 市水务局 was set aside."""
    return standing.begin(sample_adopted, place)


def sample_adopted(place: Place) -> int:
    return service.import_and_adopt(
        data=workbook(), file_name="分解表.xlsx", plan_name="2026年重点工作", year=None,
        unit_id=place.units["云岫市"], by=place.viewer("lead"), at=AT,
        choices={"市水务局": None, "各县区政府": [place.units["望川县"], place.units["临溪县"]]},
    ).plan_id  # fmt: skip


@pytest.fixture
def issued(plan_id: int, writing: Writing) -> int:
    """The same plan in the hands of its units."""
    with writing():
        session.execute(update(Plan).where(Plan.id == plan_id).values(state="issued", issued_at=AT))
        session.execute(update(Assignment).where(Assignment.plan_id == plan_id).values(state="to_sign"))
    return plan_id
