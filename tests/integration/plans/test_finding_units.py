"""Finding a unit by what a person types."""

from __future__ import annotations

import pytest

from tests.support.place import AT, DAY, FOUNDED
from tracker.plans import queries
from tracker.units.service import add_alias, create_unit, end_unit, get_unit


@pytest.fixture
def city(writing, place):
    """The sample city with a body of a long name, one that shares its name, and an alias."""
    with writing():
        for name, parent in (("市住房和城乡建设局", "云岫市"), ("办公室", "望川县"), ("办公室", "临溪县")):
            place.units[f"{parent}/{name}"] = create_unit(
                name=name, kind="office" if name == "办公室" else "department", parent_id=place.units[parent], by=None,
                at=AT, since=FOUNDED,
            ).id  # fmt: skip
        add_alias(get_unit(place.units["市交通运输局"]), "公路处", by=place.viewer("lead"), at=AT)
    return place


@pytest.fixture
def found(city, reading):
    def find(text: str) -> list[str]:
        with reading():
            return [unit.name for unit in queries.find_units(text, day=DAY)]

    return find


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("市财政局", "市财政局"),
        ("住建", "市住房和城乡建设局"),
        ("市住建局", "市住房和城乡建设局"),
        ("公路处", "市交通运输局"),
        ("sczj", "市财政局"),
        ("SZFHCX", "市住房和城乡建设局"),
        (" 望川 县 ", "望川县"),
    ],
)
def test_what_is_typed_finds_the_body(found, typed, first):
    assert found(typed)[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "市没有局", "%", "_", "\\", "财政%"])
def test_what_names_nothing_finds_nothing(found, typed):
    assert found(typed) == []


def test_one_that_has_ended_is_not_found(found, city, writing):
    with writing():
        end_unit(get_unit(city.units["市财政局"]), last_day=FOUNDED, by=city.viewer("lead"), at=AT)
    assert "市财政局" not in found("财政")


def test_units_of_one_name_are_told_apart_by_what_is_above(city, reading):
    with reading():
        assert len(queries.units_named("办公室", day=DAY)) == 2
        (one,) = queries.units_named("临溪县/办公室", day=DAY)
    assert one.id == city.units["临溪县/办公室"]


def test_a_person_is_shown_where_a_unit_belongs(city, sign_in_as):
    rows = sign_in_as("reporter").get("/units/find.json?q=办公室").json
    assert [(row["text"], row["note"]) for row in rows] == [("办公室", "望川县"), ("办公室", "临溪县")]


def test_statements_do_not_grow_with_the_units(city, writing, reading, statements):
    counts = []
    for size in (2, 25):
        with writing():
            for number in range(size):
                create_unit(
                    name=f"{size}第{number}中心", kind="office", parent_id=city.units["望川县"], by=None, at=AT,
                    since=FOUNDED,
                )  # fmt: skip
        with reading(), statements() as seen:
            assert len(queries.find_units(f"{size}第", day=DAY)) == size
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_units_that_may_not_be_chosen_are_not_suggested(city, sign_in_as):
    lead, asked = sign_in_as("lead"), "/units/find.json?q=市财政局"
    assert [one["text"] for one in lead.get(asked).json][:1] == ["市财政局"]
    without = city.units["市财政局"]
    assert "市财政局" not in [one["text"] for one in lead.get(f"{asked}&without={without}").json]
