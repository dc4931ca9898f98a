"""The organisation tree as of a day, and for which units a role counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.support.databases import ON_SQLITE
from tests.support.place import AT, DAY, FOUNDED
from tracker.accounts.roles import WHOLE_VIEW, Role, Viewer
from tracker.db import session
from tracker.errors import DomainError
from tracker.units import queries, service
from tracker.units.models import Unit


def seen(viewer: Viewer, *roles: Role) -> set[str] | None:
    units = queries.visible_to(viewer, *roles)
    if units is None:
        return None
    return set(session.scalars(select(Unit.name).where(Unit.id.in_(units))))


def test_a_role_counts_for_the_unit_and_all_below_it(place, reading):
    with reading():
        assert seen(place.viewer("lead"), *WHOLE_VIEW) is None
        assert seen(place.viewer("county_reporter"), Role.REPORTER) == {"望川县", "望川县财政局"}
        assert seen(place.viewer("reporter"), Role.REPORTER) == {"市财政局"}
        assert seen(place.viewer("reporter"), Role.REVIEWER) == set()
        assert seen(place.viewer("nobody"), *Role) == set()


@pytest.mark.parametrize(
    ("who", "unit", "role", "covered"),
    [
        ("lead", "望川县财政局", Role.LEAD_OFFICE, True),
        ("lead", "望川县财政局", Role.REPORTER, False),
        ("county_reporter", "望川县财政局", Role.REPORTER, True),
        ("county_reporter", "望川县", Role.REPORTER, True),
        ("county_reporter", "临溪县", Role.REPORTER, False),
        ("county_reporter", "云岫市", Role.REPORTER, False),
        ("reporter", "市交通运输局", Role.REPORTER, False),
        ("nobody", "云岫市", Role.ADMIN, False),
    ],
)
@ON_SQLITE
def test_covers(place, reading, who, unit, role, covered):
    with reading():
        assert queries.covers(place.viewer(who), place.units[unit], role) is covered


def test_a_unit_whose_number_begins_like_anothers_is_not_below_it(place, writing, reading):
    """Paths are compared with their slashes: /1/4/ is no prefix of /1/41/."""
    with writing():
        county = place.units["望川县"]
        others = [
            service.create_unit(
                name=f"第{n}科", kind="department", parent_id=place.units["云岫市"], by=None, at=AT, since=FOUNDED
            ).id
            for n in range(60)
        ]
    with reading():
        below = set(session.scalars(queries.subtree([county])))
    assert any(str(other).startswith(str(county)) for other in others)
    assert below == {county, place.units["望川县财政局"]}


def test_the_tree_of_a_day_holds_who_lived_then(place, writing, reading):
    last = DAY - timedelta(days=10)
    with writing():
        ended = session.get_one(Unit, place.units["望川县财政局"])
        service.end_unit(ended, last_day=last, by=place.viewer("admin"), at=AT)
        service.create_unit(
            name="望川县财政和国资局", kind="office", parent_id=place.units["望川县"], by=None, at=AT,
            since=last + timedelta(days=1),
        )  # fmt: skip
    with reading():
        before = [unit.name for unit in queries.tree(last)]
        after = [unit.name for unit in queries.tree(last + timedelta(days=1))]
        assert [unit.name for unit in queries.tree(FOUNDED - timedelta(days=1))] == []
    assert "望川县财政局" in before
    assert "望川县财政和国资局" not in before
    assert "望川县财政局" not in after
    assert "望川县财政和国资局" in after
    assert before[0] == "云岫市"
    assert before.index("望川县") + 1 == before.index("望川县财政局")


def test_the_tree_takes_two_statements_whatever_its_size(place, reading, statements):
    with reading(), statements() as sent:
        queries.tree(DAY)
    assert len(sent) == 2


def test_a_county_cannot_end_before_its_offices(place, writing):
    with writing(), pytest.raises(DomainError, match="望川县财政局"):
        service.end_unit(session.get_one(Unit, place.units["望川县"]), last_day=DAY, by=place.viewer("admin"), at=AT)


@pytest.mark.parametrize("name", ["市财政局", "市 财政局", ""])
@ON_SQLITE
def test_a_second_unit_of_one_name_is_refused(place, writing, name):
    with writing(), pytest.raises(DomainError):
        service.create_unit(
            name=name, kind="department", parent_id=place.units["云岫市"], by=None, at=AT, since=FOUNDED
        )


def test_an_alias_belongs_to_one_unit_and_can_be_taken_back(place, writing, reading):
    with writing():
        finance = session.get_one(Unit, place.units["市财政局"])
        alias = service.add_alias(finance, "云岫财政", by=None, at=AT)
        with pytest.raises(DomainError, match="市财政局"):
            service.add_alias(session.get_one(Unit, place.units["市交通运输局"]), "云岫 财政", by=None, at=AT)
        assert service.add_alias(finance, "云岫财政", by=None, at=AT).id == alias.id
    with reading():
        assert queries.directory(DAY).by_alias["云岫财政"] == [place.units["市财政局"]]
    with writing():
        service.take_back_alias(queries.aliases_of(place.units["市财政局"])[0], by=place.viewer("admin"), at=AT)
    with reading():
        assert "云岫财政" not in queries.directory(DAY).by_alias


def test_a_collective_is_worked_out_as_of_a_day(place, writing, reading):
    rule = {"below": place.units["云岫市"], "kinds": ["county"], "depth": 1}
    with writing():
        service.confirm_collective("各县区政府", rule, by=place.viewer("admin"), at=AT)
        service.create_unit(
            name="青禾县", kind="county", parent_id=place.units["云岫市"], by=None, at=AT, since=date(2026, 7, 1)
        )
    with reading():
        names = {unit.id: unit.name for unit in queries.tree(date(2026, 7, 1))}
        rules = queries.collective_rules()

        def members(day: date) -> list[str]:
            confirmed, found = queries.expand("各 县区政府", rules, queries.tree(day))
            assert confirmed
            return [names[number] for number in found]

        assert members(DAY) == ["望川县", "临溪县"]
        assert sorted(members(date(2026, 7, 1))) == sorted(["望川县", "临溪县", "青禾县"])


def test_printed_order_is_not_the_order_of_ids(place, writing, reading):
    """A path holds ids as text, and what was founded last need not be printed last."""
    with writing():
        for order in (30, 10, 20):
            service.create_unit(
                name=f"市第{order}局", kind="department", parent_id=place.units["云岫市"], by=None, at=AT, since=FOUNDED,
                order=order,
            )  # fmt: skip
    with reading():
        rows = session.execute(select(Unit.id, Unit.name, Unit.path, Unit.sort_key).order_by(Unit.path)).all()
        assert [row.id for row in queries.in_printed_order(rows)] == [unit.id for unit in queries.tree(DAY)]
        below = [row for row in reversed(rows) if row.name.startswith("望川县")]  # what stands above is out of sight
        assert [row.name for row in queries.in_printed_order(below)] == ["望川县", "望川县财政局"]
