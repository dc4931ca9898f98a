"""The invented province: what the city's documents and story name has a counterpart there, and no two units share a name."""

from __future__ import annotations

import re

import pytest

from tracker.demo.city import CITY
from tracker.demo.load import DOCUMENTS, retold
from tracker.demo.place import Place
from tracker.demo.province import PROVINCE
from tracker.demo.setting import ALL
from tracker.demo.year import DONE, NOT_OURS


def names(place: Place, scale: int = 1) -> list[str]:
    seats = place.seats_of(scale)
    below = [name for seat in seats for name, _kind in seat.below]
    return [place.name, *(one.name for one in place.departments), *(seat.name for seat in seats), *below]


@pytest.mark.parametrize("place", [CITY, PROVINCE], ids=["city", "province"])
@pytest.mark.parametrize("scale", [1, 20])
def test_no_two_units_share_a_name(place: Place, scale: int) -> None:
    found = names(place, scale)
    assert len(set(found)) == len(found)
    assert len(place.seats_of(scale)) == scale * len(place.seats_of(1))


def test_a_body_of_the_city_is_told_as_the_province_calls_its_own() -> None:
    text = "市教育局、市自规局,市政府办公室和云岫市消防救援支队,各县区政府、开发区管委会;全市"
    assert PROVINCE.told(text) == "省教育厅、省自然资源厅,省政府办公厅和云泽省消防救援总队,各市人民政府;全省"
    assert CITY.told(text) == text


def test_a_place_is_told_once() -> None:
    """A county of the city becomes the city, and is not taken for the province after that."""
    assert PROVINCE.told("白石县") == "云岫市"


def test_every_department_of_the_city_has_one_in_the_province() -> None:
    assert [PROVINCE.told(one.name) for one in CITY.departments] == [one.name for one in PROVINCE.departments]
    assert all(one.name.startswith("云泽省") for one in PROVINCE.departments)


@pytest.mark.parametrize("printed", ALL, ids=lambda one: one.file)
def test_nothing_of_the_city_is_left_in_its_documents(printed) -> None:
    seen: list[str] = []

    def told(text: str) -> str:
        seen.append(PROVINCE.told(text))
        return seen[-1]

    retold((DOCUMENTS / printed.file).read_bytes(), told)
    text = "\n".join(seen)
    assert "省政府" in text or "省教育厅" in text
    assert re.findall(r"云岫|全市|(?<!省)市[一-鿿]{1,10}[局委](?![一-鿿])|县区政府|管委会", text) == []


def test_nothing_of_the_city_is_left_in_the_story() -> None:
    assert not [text for text in (*DONE, *NOT_OURS) if "市" in PROVINCE.told(text)]


@pytest.mark.parametrize("place", [CITY, PROVINCE], ids=["city", "province"])
def test_whoever_tries_the_product_belongs_to_a_unit_that_there_is(place: Place) -> None:
    assert {person.unit for person in place.people if person.unit} <= set(names(place))
