"""Which units expressions stand for: never a silent guess."""

from __future__ import annotations

import pytest

from tracker.drafts.resolve import Choice, expressions, resolve
from tracker.units.matching import Directory, Entry

DIRECTORY = Directory.of(
    [
        Entry(1, "云岫市", "city"),
        Entry(2, "市财政局", "department", 1),
        Entry(3, "市发展和改革委员会", "department", 1, ("市发展改革委",)),
        Entry(4, "望川县", "county", 1),
        Entry(5, "临溪县", "county", 1),
        Entry(6, "市住房和城乡建设局", "department", 1),
    ]
)


def unit(text, role="responsible", collective=False, open_=False, also=None):
    found = {"text": text, "role": role, "collective": collective, "open": open_}
    return {**found, "also": also} if also else found


def body(*units: dict[str, object], locator="line 1"):
    return {"locator": locator, "units": list(units), "source": {"units": [{"locator": "line 2", "text": ""}]}}


def expand(phrase):
    return {"各县区政府": (False, (4, 5)), "各部门": (True, (2, 3))}.get(phrase, (False, ()))


def resolved(*units: dict[str, object], choices=None):
    return resolve(expressions([body(*units)]).values(), DIRECTORY, choices or {}, expand)


def test_expressions_are_counted_by_task_and_role():
    found = expressions([body(unit("市财政局", "lead"), unit("市财政局")), body(unit("市财政局"))])
    (one,) = found.values()
    assert (one.tasks, one.roles, one.locator) == (2, {"lead": 1, "responsible": 2}, "line 2")


@pytest.mark.parametrize(
    ("text", "unit_ids", "how"),
    [("市财政局", (2,), "name"), ("市发展改革委", (3,), "alias"), ("望川县人民政府", (4,), "place")],
)
def test_what_the_directory_knows_is_taken(text, unit_ids, how):
    (row,) = resolved(unit(text))
    assert (row.unit_ids, row.how, row.certain) == (unit_ids, how, False)


def test_a_second_name_finds_the_body():
    (row,) = resolved(unit("市数据局(市财政局)", also="市财政局"))
    assert (row.unit_ids, row.how) == ((2,), "two_names")


def test_a_likely_name_is_proposed_and_never_taken():
    (row,) = resolved(unit("市住建局"))
    assert (row.unit_ids, row.settled, row.likely, row.certain) == ((), False, 6, True)


def test_an_unknown_name_waits():
    (row,) = resolved(unit("之江实验室"))
    assert (row.settled, row.likely, row.certain) == (False, None, False)


def test_a_collective_waits_with_its_members():
    (row,) = resolved(unit("各县区政府", collective=True))
    assert (row.settled, row.proposed, row.certain, row.many) == (False, (4, 5), True, True)


def test_a_collective_that_was_confirmed_is_taken():
    (row,) = resolved(unit("各部门", collective=True))
    assert (row.unit_ids, row.how) == ((2, 3), "rule")


def test_an_unfinished_list_always_waits():
    (row,) = resolved(unit("等有关部门", collective=True, open_=True))
    assert (row.settled, row.certain) == (False, False)


@pytest.mark.parametrize(
    ("choice", "unit_ids", "settled"),
    [
        (Choice((4,), "members"), (4,), True),
        (Choice((), "nobody", "没有"), (), True),
        (Choice((99,), "picked"), (), False),
    ],
)
def test_a_choice_counts_before_all_else(choice, unit_ids, settled):
    (row,) = resolved(unit("各县区政府", collective=True), choices={"各县区政府": choice})
    assert (row.unit_ids, row.settled, row.chosen) == (unit_ids, settled, settled)


def test_very_long_expressions_are_told_apart_by_their_beginning():
    long = "市" * 300
    (row,) = resolved(unit(long), choices={"市" * 200: Choice((2,), "picked")})
    assert row.unit_ids == (2,)
