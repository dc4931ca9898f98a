"""What is done twice, by a double click or by two people at the same moment, is done and recorded once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from tests.support.databases import ON_SQLITE
from tests.support.place import AT
from tests.support.together import one_behind_the_other
from tracker.accounts.models import Grant
from tracker.admin.service import units as service
from tracker.audit.models import AuditEntry
from tracker.db import session
from tracker.drafts.service.remembering import forget
from tracker.units.models import Unit, UnitAlias
from tracker.units.service import add_alias, confirm_collective


def recorded(action: str) -> int:
    return session.scalar(select(func.count()).where(AuditEntry.action == action)) or 0


def test_two_units_of_one_name_are_not_founded_at_once(place, writing, reading):
    with reading():
        by = place.viewer("admin")

    def adding() -> None:
        service.add_unit(
            name="望川县水利局", short_name="", kind="office", parent_id=place.units["望川县"], since=date(2026, 3, 1),
            by=by, at=AT,
        )  # fmt: skip

    assert one_behind_the_other(writing, adding, adding) == ["done", "DomainError"]
    with reading():
        assert len(list(session.scalars(select(Unit.id).where(Unit.name == "望川县水利局")))) == 1


@pytest.mark.parametrize(("kind", "action"), [("alias", "撤回别名"), ("collective", "撤回集合称谓")])
def test_what_is_remembered_is_forgotten_once(place, writing, reading, kind, action):
    with writing():
        if kind == "alias":
            unit = session.get_one(Unit, place.units["市财政局"])
            number = add_alias(unit, "云岫财政", by=place.viewer("admin"), at=AT).id
        else:
            rule = {"units": [place.units["望川县"]]}
            number = confirm_collective("各县", rule, by=place.viewer("admin"), at=AT).id
    with reading():
        by = place.viewer("lead")

    def forgetting() -> object:
        return forget(kind, number, by=by, at=AT)

    assert one_behind_the_other(writing, forgetting, forgetting) == ["done", "NotFound"]
    with reading():
        assert recorded(action) == 1


def test_a_name_is_taken_back_once(place, writing, reading):
    with writing():
        unit = session.get_one(Unit, place.units["市财政局"])
        number = add_alias(unit, "云岫财政", by=place.viewer("admin"), at=AT).id
    with reading():
        by = place.viewer("admin")

    def taking() -> None:
        service.take_back_alias(place.units["市财政局"], number, by=by, at=AT)

    assert one_behind_the_other(writing, taking, taking) == ["done", "NotFound"]
    with reading():
        assert session.get(UnitAlias, number) is None
        assert recorded("撤回别名") == 1


def _role(place) -> tuple[str, dict[str, str]]:
    person = place.people["reporter"]
    grant = session.scalars(select(Grant.id).where(Grant.person_id == person)).one()
    return f"/people/{person}/roles/{grant}/withdraw", {}


def _disable(place) -> tuple[str, dict[str, str]]:
    return f"/people/{place.people['reporter']}/disable", {}


def _name(place) -> tuple[str, dict[str, str]]:
    return f"/units/{place.units['市财政局']}", {"name": "云岫市财政局", "short_name": "市财政局"}


def _collective(place) -> tuple[str, dict[str, str]]:
    return "/collectives", {"phrase": "各县", "units": str(place.units["望川县"])}


@ON_SQLITE
@pytest.mark.parametrize(
    ("form", "action"),
    [(_role, "收回角色"), (_disable, "停用账号"), (_name, "更正单位名称"), (_collective, "确认集合称谓")],
)
def test_a_second_click_that_changes_nothing_is_not_recorded(
    place, sign_in_as, reading, form: Callable[..., tuple[str, dict[str, str]]], action
):
    with reading():
        address, sent = form(place)
    admin = sign_in_as("admin")
    assert [admin.post(address, data=sent).status_code for _click in range(2)] == [302, 302]
    with reading():
        assert recorded(action) == 1
