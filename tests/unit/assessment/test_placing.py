"""Why a unit has its rank and its grade: the sentences follow from the result that they explain."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, strategies as st

from tests.unit.scoring.samples import book, fact, inner, leaf, rows
from tracker.assessment.standing import Placed, Standing, quota_pool, standing, ties_over_lines

GRADES = [
    {"name": "优秀", "min": "90", "quota_percent": 30}, {"name": "良好", "min": "80"},
    {"name": "合格", "min": "60"}, {"name": "不合格", "min": "0"},
]  # fmt: skip

FIRST = "本组 1 个单位排名次，没有总分更高的"


def told(totals: str, key: str, *extras: dict[str, Any], **scheme: Any) -> Standing:
    """What is said of unit `key` where units a, b, c … have these totals."""
    units = {chr(ord("a") + at): total for at, total in enumerate(totals.split())}
    scheme = {"grades": GRADES} | scheme
    facts = [fact("v", unit, value=total) for unit, total in units.items()]
    return of(rows(book(inner("r", leaf("v", 100)), [*facts, *extras], " ".join(units), **scheme)), key, scheme)


def of(found: dict[str, dict[str, Any]], key: str, scheme: dict[str, Any]) -> Standing:
    placed = {
        unit: Placed(*(row[name] for name in ("group", "total", "veto", "rank", "grade")))
        for unit, row in found.items()
    }
    sizes: dict[str, int] = {}
    for one in placed.values():
        sizes[one.group] = sizes.get(one.group, 0) + 1
    pool = quota_pool(scheme, sizes, placed[key].group)
    shared = [one for one in placed.values() if one.group in pool]
    return standing(scheme, {"v": "公开质量"}, placed[key], shared, len(pool) > 1)


def test_a_total_over_the_line_without_a_place_says_why_the_grade_is_lower():
    found = told("95 94 93 92 70 70 70 70 70 70", "d")
    assert found.size == 10
    assert found.rank == ("本组 10 个单位排名次，总分更高的有 3 个",)
    assert found.grade == (
        "总分 92.00 不低于 90，够“优秀”的线",
        "“优秀”名额：本组 10 个单位 × 30% 为 3 个（只舍不入）",
        "够这一等的单位中总分更高的有 3 个，不在名额之内，降一等",
    )


def test_equal_totals_across_the_quota_line_are_told_as_the_scheme_has_it():
    totals = "95 94 93 93 70 70 70 70 70 70"
    assert told(totals, "c").grade[-1] == "同分的 2 个单位占第 3 至第 4 个，跨过名额线，按方案都降一等"
    assert told(totals, "c").rank[-1] == "与 1 个单位并列第 3"
    assert told(totals, "c", quota_ties="include").grade[-1] == "同分的 2 个单位跨过名额线，按方案都保留"
    assert told(totals, "a").grade[-1] == "在名额之内"
    assert told(totals, "a").rank == ("本组 10 个单位排名次，没有总分更高的",)


def test_whom_a_veto_keeps_from_the_best_grade_is_told_so_and_takes_nobodys_place():
    totals, veto = "95 94 93 92 70 70 70 70 70 70", {"mode": "no_best"}
    barred = told(totals, "a", {"unit": "a", "veto": True}, veto=veto)
    assert barred.rank == ("本组 10 个单位排名次，没有总分更高的",)
    assert barred.grade == ("一票否决：不得评为“优秀”，按总分刚好不够这一等来评", "总分 95.00 不低于 80，够“良好”的线")
    assert told(totals, "d", {"unit": "a", "veto": True}, veto=veto).grade[-1] == "在名额之内"
    low = told("59.96 50", "a", {"unit": "a", "veto": True}, veto=veto)
    assert low.grade[-1] == "总分 59.96 不低于 0，够“不合格”的线"


def over_lines(totals: str, **scheme: Any) -> list[tuple[tuple[str, ...], str, str]]:
    """(groups, what is said, units) of each tie across a line; `94@甲` is a total in the group 甲."""
    units = [f"{chr(ord('a') + at)}@{one.partition('@')[2]}" for at, one in enumerate(totals.split())]
    scheme = {"grades": GRADES} | scheme
    facts = [fact("v", unit[0], value=one.partition("@")[0]) for unit, one in zip(units, totals.split(), strict=True)]
    found = rows(book(inner("r", leaf("v", 100)), facts, " ".join(units), **scheme))
    placed = [Placed(*(row[name] for name in ("group", "total", "veto", "rank", "grade"))) for row in found.values()]
    return [
        (one.groups, str(one.words), "".join(units[at][0] for at in one.places))
        for one in ties_over_lines(scheme, placed)
    ]


def test_a_result_names_each_tie_across_a_quota_line():
    totals = "95 94 93 93 70 70 70 70 70 70"
    said = "“优秀”名额 3 个，总分 93.00 的 2 个单位同分，占第 3 至第 4 个，跨过名额线，按方案都降一等"
    assert over_lines(totals) == [(("县区",), said, "cd")]
    kept = "“优秀”名额 3 个，总分 93.00 的 2 个单位同分，占第 3 至第 4 个，跨过名额线，按方案都保留"
    assert over_lines(totals, quota_ties="include") == [(("县区",), kept, "cd")]
    assert over_lines("95 94 93 92 70 70 70 70 70 70") == []
    assert over_lines("95 93 93") == [], "without a place there is no line to stand across"


def test_who_fell_may_stand_across_the_next_line_too():
    grades = [GRADES[0], GRADES[1] | {"quota_percent": 20}, *GRADES[2:]]
    found = over_lines("95 94 93 93 93 70 70 70 70 70", grades=grades)
    assert [(said.partition("，")[0], units) for _, said, units in found] == [
        ("“优秀”名额 3 个", "cde"), ("“良好”名额 2 个", "cde"),
    ]  # fmt: skip


def test_small_groups_that_share_their_places_share_the_line():
    found = over_lines("95@甲 94@甲 94@乙 60@乙 95@丙 94@丙 94@丙 60@丙 60@丙", quota_pool=5, grades=[
        GRADES[0] | {"quota_percent": 50}, *GRADES[1:],
    ])  # fmt: skip
    assert [(groups, units) for groups, _, units in found] == [(("甲", "乙"), "bc"), (("丙",), "fg")]


@given(
    st.lists(st.sampled_from("95 94 93 92 85 84 70 50".split()), min_size=1, max_size=14),
    st.sampled_from(("exclude", "include")),
)
def test_a_tie_is_named_of_the_result_exactly_where_it_is_named_of_its_units(totals, ties):
    named = {unit for _, _, units in over_lines(" ".join(totals), quota_ties=ties) for unit in units}
    keys = [chr(ord("a") + at) for at in range(len(totals))]
    told_of = {
        key for key in keys if any("跨过名额线" in line for line in told(" ".join(totals), key, quota_ties=ties).grade)
    }
    assert named == told_of


@pytest.mark.parametrize(
    ("totals", "key", "extras", "scheme", "rank", "grade"),
    [
        ("95 94", "a", ({"unit": "a", "veto": True, "reason": "弄虚作假"},), {}, "一票否决，不排名次", "一票否决，定为最末等次"),
        ("95 94", "a", (), {}, "本组 2 个单位排名次，没有总分更高的", "没有名额，降一等"),
        ("70 70 60", "a", (), {"tie_break": ["v"]}, "与 1 个单位并列第 1", "总分 70.00 不低于 60，够“合格”的线"),
        ("70 70 60", "c", (), {"ties": "dense"}, "并列不占位：名次按不同的总分依次往下排", "总分 60.00 不低于 60，够“合格”的线"),
        ("5", "a", (), {"grades": [{"name": "优秀", "min": "９０"}]}, FIRST, "总分 5.00 低于各等次的线，不评等次"),
    ],
)  # fmt: skip
def test_every_way_to_a_rank_and_a_grade_has_its_sentence(totals, key, extras, scheme, rank, grade):
    found = told(totals, key, *extras, **scheme)
    assert (found.rank[-1], found.grade[-1]) == (rank, grade)


def test_a_scheme_without_grades_says_nothing_of_grades():
    assert told("95 94", "a", grades=[]).grade == ()


def test_small_groups_share_the_quota_that_is_told():
    groups = {"a@甲": "95", "b@甲": "94", "c@乙": "93", "d@乙": "70"}
    scheme = {"grades": GRADES, "quota_pool": 3}
    facts = [fact("v", unit.partition("@")[0], value=total) for unit, total in groups.items()]
    found = rows(book(inner("r", leaf("v", 100)), facts, " ".join(groups), **scheme))
    assert "“优秀”名额：各小组合并 4 个单位 × 30% 为 1 个（只舍不入）" in of(found, "c", scheme).grade
    assert of(found, "a", scheme).grade[-1] == "在名额之内"


@given(
    st.lists(st.integers(85, 95), min_size=1, max_size=12), st.sampled_from(("exclude", "include")),
    st.integers(0, 100), st.integers(0, 100),
)  # fmt: skip
def test_what_is_said_of_a_quota_is_true_of_the_result(totals, ties, first, second):
    grades = [{**GRADES[0], "quota_percent": first}, {**GRADES[1], "min": "86", "quota_percent": second}, *GRADES[2:]]
    units = [chr(ord("a") + at) for at in range(len(totals))]
    facts = [fact("v", unit, value=str(total)) for unit, total in zip(units, totals, strict=True)]
    scheme = {"grades": grades, "quota_ties": ties}
    found = rows(book(inner("r", leaf("v", 100)), facts, " ".join(units), **scheme))
    for unit in units:
        said = "；".join(of(found, unit, scheme).grade)
        drops = said.count("降一等")
        names = [str(grade["name"]) for grade in grades]
        reached = next(at for at, grade in enumerate(grades) if float(found[unit]["total"]) >= float(str(grade["min"])))
        assert names.index(found[unit]["grade"]) == reached + drops, said
        for seats, ahead in re.findall(r"为 (\d+) 个（只舍不入）；够这一等的单位中总分更高的有 (\d+) 个", said):
            assert int(ahead) >= int(seats) > 0
        for seats, begin, end in re.findall(
            r"为 (\d+) 个（只舍不入）；同分的 \d+ 个单位占第 (\d+) 至第 (\d+) 个", said
        ):
            assert int(begin) <= int(seats) < int(end)
