"""Matching printed names to units, by example (own names, the shapes of the domain reference) and by property."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from tracker.units.collectives import means_whole_kind, members, proposed_kinds
from tracker.units.families import family_stem
from tracker.units.matching import (
    Directory,
    Entry,
    Former,
    in_order,
    match,
    normal,
    ranked,
)

CITY, WANGCHUAN, LINXI, PARK = 1, 30, 31, 40
ENTRIES = (
    Entry(CITY, "云岫市", "city", None, ("云岫市人民政府",)),
    Entry(10, "云岫市发展和改革委员会", "department", CITY, ("市发展改革委", "市发改委")),
    Entry(11, "云岫市人力资源和社会保障局", "department", CITY, ("市人力资源社会保障局",)),
    Entry(12, "云岫市财政局", "department", CITY, ("市财政局",)),
    Entry(13, "云岫市市场监督管理局", "department", CITY, ("市市场监管局",)),
    Entry(14, "云岫市住房和城乡建设局", "department", CITY, ("市住建局",)),
    Entry(WANGCHUAN, "望川县", "county", CITY, ()),
    Entry(LINXI, "临溪县", "county", CITY, ()),
    Entry(PARK, "云岫经济开发区", "zone", CITY, ("经开区",)),
    Entry(50, "望川县财政局", "office", WANGCHUAN, ("县财政局",)),
    Entry(51, "临溪县财政局", "office", LINXI, ("县财政局",)),
)
DIRECTORY = Directory.of(ENTRIES)


@pytest.mark.parametrize(
    ("text", "unit", "how"),
    [
        ("云岫市发展和改革委员会", 10, "name"),
        ("市发展改革委", 10, "alias"),
        ("市发改委", 10, "alias"),
        ("市 财 政 局", 12, "alias"),
        ("市财政局\u3000", 12, "alias"),
        ("望川县人民政府", WANGCHUAN, "place"),
        ("望川县政府", WANGCHUAN, "place"),
        ("云岫经济开发区管委会", PARK, "place"),
        ("云岫经济开发区管理委员会", PARK, "place"),
        ("云岫市人民政府", CITY, "alias"),
        ("云岫市政府", CITY, "place"),
    ],
)
def test_a_known_name_is_known_in_each_of_its_forms(text: str, unit: int, how: str):
    found = match(text, DIRECTORY)
    assert (found.unit_id, found.how) == (unit, how)


def test_one_unit_with_two_names_is_found_by_the_second():
    assert match("市新质发展局", DIRECTORY, also="市市场监管局").unit_id == 13


def test_two_units_of_one_name_are_never_chosen_between():
    found = match("县财政局", DIRECTORY)
    assert found.unit_id is None
    assert set(found.suggestions) == {50, 51}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("市人社局", 11),  # characters in order
        ("市发展和改革局", 10),  # of the same family
        ("市住房城乡建设局", 14),
        ("市市场监督管理局", 13),
    ],
)
def test_an_unknown_name_gets_its_likeliest_unit_first_and_is_not_taken(text: str, first: int):
    found = match(text, DIRECTORY)
    assert found.unit_id is None
    assert found.how == "none"
    assert found.suggestions[0] == first


@pytest.mark.parametrize("text", ["无", "—", "/", "不存在的某某单位啊"])
def test_what_names_nobody_is_nobody(text: str):
    assert match(text, DIRECTORY).unit_id is None


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("各县区政府", ("county",)),
        ("各县(市、区)人民政府", ("county",)),
        ("开发区管委会", ("zone",)),
        ("各功能区管委会", ("zone",)),
        ("市政府各部门", ("department",)),
        ("市政府各部门、单位", ("department",)),
        ("市直各部门", ("department",)),
        ("各有关部门", ("department",)),
        ("各乡镇(街道)", ("town",)),
        ("各科室", ("office",)),
        ("市各公共企事业单位", ("enterprise",)),
        ("等", ()),
        ("市财政局", ()),
    ],
)
def test_what_a_collective_usually_means(phrase: str, kinds: tuple[str, ...]):
    assert proposed_kinds(phrase) == kinds


@pytest.mark.parametrize("phrase", ["各县区政府", "市直各部门、各单位", "各县（市、区）人民政府", "各乡、镇、场、街道"])
def test_a_phrase_without_a_further_word_means_all_of_a_kind(phrase):
    assert means_whole_kind(phrase)


@pytest.mark.parametrize("phrase", ["市政府各行政执法部门单位", "各相关单位", "各窗口单位", "各山区县政府"])
def test_a_word_that_narrows_is_left_to_a_person(phrase):
    assert not means_whole_kind(phrase)


TREE = (
    (CITY, None, "city", "/1/"),
    (12, CITY, "department", "/1/12/"),
    (WANGCHUAN, CITY, "county", "/1/30/"),
    (LINXI, CITY, "county", "/1/31/"),
    (PARK, CITY, "zone", "/1/40/"),
    (50, WANGCHUAN, "office", "/1/30/50/"),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"below": CITY, "kinds": ["county"]}, (WANGCHUAN, LINXI)),
        ({"below": CITY, "kinds": ["county", "zone"]}, (WANGCHUAN, LINXI, PARK)),
        ({"below": CITY, "kinds": ["office"]}, ()),
        ({"below": CITY, "kinds": ["office"], "depth": 2}, (50,)),
        ({"below": WANGCHUAN, "kinds": ["office"]}, (50,)),
        ({"below": WANGCHUAN, "kinds": ["county"]}, ()),
        ({"units": [LINXI, 12]}, (12, LINXI)),
        ({"units": []}, ()),
        ({"units": [999]}, ()),
    ],
)
def test_members_of_a_collective(rule: dict[str, object], expected: tuple[int, ...]):
    assert members(rule, TREE) == expected


def test_a_rule_without_kinds_is_a_fault():
    with pytest.raises(ValueError, match="kinds"):
        members({"below": CITY, "kinds": "county"}, TREE)


NAMES = st.text(alphabet="云岫市县财政局发改委和人社()（） \u3000", min_size=1, max_size=12)


@given(NAMES)
def test_normalising_twice_changes_nothing_more(name: str):
    assert normal(normal(name)) == normal(name)


@given(NAMES)
def test_blanks_and_full_width_brackets_make_no_other_name(name: str):
    spaced = " ".join(name).replace("(", "（").replace(")", "）")
    assert normal(spaced) == normal(name)


@given(st.sampled_from(ENTRIES), st.data())
def test_every_name_of_a_unit_leads_to_it_or_to_a_choice(entry: Entry, data: st.DataObject):
    name = data.draw(st.sampled_from([entry.name, *entry.names]))
    found = match(name, DIRECTORY)
    assert found.unit_id == entry.id or entry.id in found.suggestions


@given(NAMES)
def test_suggestions_are_units_each_once_and_always_the_same(name: str):
    found = ranked(name, DIRECTORY)
    assert len(found) == len({one.unit_id for one in found}) <= 5
    assert {one.unit_id for one in found} <= set(DIRECTORY.entries)
    assert found == ranked(name, Directory.of(reversed(ENTRIES)))


@given(st.text(alphabet="市人力资源社会保障局", min_size=3, max_size=8), st.data())
def test_leaving_inner_characters_out_keeps_them_in_order(long: str, data: st.DataObject):
    kept = data.draw(st.lists(st.integers(1, len(long) - 2), unique=True, max_size=len(long) - 2).map(sorted))
    short = long[0] + "".join(long[place] for place in kept) + long[-1]
    assert in_order(short, long) is (3 <= len(short) < len(long))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("市发改委", "市发展和改革委员会", True),
        ("县发改局", "市发改委", False),  # another level
        ("市文旅局", "市文化广电和旅游局", True),
        ("市教育局", "市人社局", False),
    ],
)
def test_families_keep_the_level(one: str, other: str, same: bool):
    assert (family_stem(normal(one)) == family_stem(normal(other)) is not None) is same


THEN = Former(9, "云岫市体育局", date(2020, 1, 1), date(2026, 8, 31), "rename", (12,))


@pytest.mark.parametrize(
    ("text", "first", "reason"),
    [
        ("市市场监督管理局", 13, "prefix"),
        ("人社局", 11, "family"),
        ("人资局", 11, "in_order"),
        ("财政局", 12, "prefix"),
        ("发改委", 10, "prefix"),
        ("发展改革局", 10, "family"),
        ("市人社局", 11, "family"),
        ("市财政管理局", 12, "in_order"),
        ("县财政局", 50, "same_name"),
    ],
)
def test_each_candidate_says_what_speaks_for_it(text: str, first: int, reason: str):
    why = match(text, DIRECTORY).why
    assert (why[0].unit_id, why[0].reason) == (first, reason)
    assert tuple(one.unit_id for one in why) == match(text, DIRECTORY).suggestions


def test_a_plate_is_a_name_of_the_body_that_bears_it():
    directory = Directory.of([*ENTRIES, Entry(60, "云岫市知识局", "department", CITY, plates=("市知识产权局",))])
    assert (match("市知识产权局", directory).unit_id, match("市知识产权局", directory).how) == (60, "plate")


@pytest.mark.parametrize("written", [date(2026, 3, 1), date(2026, 10, 1), None])
def test_a_body_of_the_past_is_found_and_its_successor_offered(written: date | None):
    found = match("云岫市体育局", Directory.of(ENTRIES, former=[THEN], day=written))
    assert (found.unit_id, found.suggestions, found.why[0].former) == (None, (12,), THEN)


@pytest.mark.parametrize(("written", "unit"), [(date(2026, 3, 1), None), (date(2026, 10, 1), 70), (None, 70)])
def test_a_name_that_came_to_another_body_means_whoever_bore_it_on_the_documents_day(written: date | None, unit: int):
    bearing = Entry(70, "云岫市体育局", "department", CITY, since=date(2026, 9, 1))
    directory = Directory.of([*ENTRIES, bearing], former=[THEN], day=written)
    assert match("云岫市体育局", directory).unit_id == unit
