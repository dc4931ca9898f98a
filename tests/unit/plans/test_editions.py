"""Two editions compared: what is kept, reworded, moved, new, dropped; by example and by rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from tracker.plans.editions import Change, Comparison, Item, Pins, compare
from tracker.plans.editions.likeness import Wholes, stands_in

LEAD = ("lead", 1)
FIRST = (
    ("一、优化流程", "压减审批时限", "压减审批时限，企业开办一日办结，办结率达到95%以上。"),
    ("一、优化流程", "健全机制", "健全日常调度机制。"),
    ("二、畅通道路", "新改建农村公路", "新改建农村公路120公里，同步完善安防设施，建立日常养护制度。"),
    ("二、畅通道路", "健全机制", "健全日常养护机制。"),
    ("三、公开透明", "公布目录", "按季公布办事指南目录。"),
)


def edition(rows: Sequence[tuple[str, str, str]] = FIRST, start: int = 1) -> list[Item]:
    return [
        Item(
            number, number - start + 1, name, words, (chapter,), str(number - start + 1), frozenset({LEAD}), ("年底前",)
        )
        for number, (chapter, name, words) in enumerate(rows, start)
    ]


def second(rows: Sequence[tuple[str, str, str]]) -> list[Item]:
    return edition(rows, 101)


def kinds(found: Comparison) -> dict[tuple[str, int | None, int | None], Change]:
    return {(one.kind, one.old and one.old.key, one.new and one.new.key): one for one in found.changes}


def test_signs_blanks_and_numbers_of_headings_are_no_change():
    again = [(chapter.replace("一、", "（三）"), name, words.replace("，", ", ")) for chapter, name, words in FIRST]
    assert compare(edition(), second(again)).is_empty


def test_reworded_though_numbers_shift():
    rows = [("一、优化流程", "推行容缺受理", "全面推行容缺受理，公布可容缺事项清单。"), *FIRST]
    rows[1] = (FIRST[0][0], "压减审批时限", "压减审批时限，企业开办半日办结，办结率达到98%以上。")
    found = kinds(compare(edition(), second(rows)))
    assert set(found) == {
        ("new", None, 101), ("reworded", 1, 102), ("kept", 2, 103), ("kept", 3, 104), ("kept", 4, 105), ("kept", 5, 106),
    }  # fmt: skip


def test_moved_under_another_heading_and_moved_in_order():
    rows = [FIRST[1], FIRST[0], FIRST[2], FIRST[3], ("二、畅通道路", *FIRST[4][1:])]
    found = {(one.kind, one.old.key) for one in compare(edition(), second(rows)).changes if one.old}
    assert ("moved", 5) in found
    assert len(found & {("moved", 1), ("moved", 2)}) == 1  # one of the two went past the other
    assert {("kept", 3), ("kept", 4)} < found


def test_a_heading_worded_anew_moves_nothing():
    rows = [(chapter.replace("优化流程", "优化办事流程"), name, words) for chapter, name, words in FIRST]
    assert compare(edition(), second(rows)).is_empty


def test_split_off_and_merged():
    rows = [*FIRST[:2], ("二、畅通道路", "新改建农村公路", "新改建农村公路120公里，同步完善安防设施。"),
            ("二、畅通道路", "建立日常养护制度", "建立日常养护制度。"), *FIRST[3:]]  # fmt: skip
    found = kinds(compare(edition(), second(rows)))
    part = found["new", None, 104]
    assert ("reworded", 3, 103) in found
    assert part.relative is not None
    assert part.relative.key == 3
    back = kinds(compare(second(rows), edition()))["dropped", 104, None]
    assert back.relative is not None
    assert back.relative.key == 3


def test_units_deadlines_and_targets():
    old = edition(FIRST[:1])
    new = replace(
        second(FIRST[:1])[0], units=frozenset({("lead", 1), ("support", 2)}), deadlines=("6月底前",), targets=("95%",)
    )
    (one,) = compare(old, [new]).changes
    assert (one.kind, one.units_on, one.units_off) == ("kept", (("support", 2),), ())
    assert one.facets == {"kept", "units", "deadlines", "targets"}


def test_a_name_that_follows_from_the_heading_is_not_a_change():
    """Alone under its heading a task is called by it; beside another by its own first words."""
    alone = edition([("二、畅通道路", "畅通道路", "新改建农村公路120公里。")])
    beside = second([("二、畅通道路", "新改建农村公路120公里", "新改建农村公路120公里。")])
    assert compare(alone, beside).is_empty


def test_what_a_person_said_holds():
    pins = Pins({101: None, 103: 1})
    found = kinds(compare(edition(), second(FIRST), pins))
    assert ("new", None, 101) in found
    assert ("reworded", 1, 103) in found
    assert ("dropped", 3, None) in found


def test_the_best_of_all_pairings_and_not_the_likeliest_first():
    """The first old one is likest to the first new one, which the second needs more: it has no other."""
    old = edition([("", "", "甲乙丙丁戊己庚辛子丑"), ("", "", "甲乙丙丁戊己寅卯")])
    new = second([("", "", "甲乙丙丁戊己庚辛"), ("", "", "戊己庚辛子丑")])
    pairs = {(one.old.key, one.new.key) for one in compare(old, new).changes if one.old and one.new}
    assert pairs == {(1, 102), (2, 101)}


WORDS = st.lists(
    st.sampled_from(["农村公路", "审批时限", "办事指南", "机制", "健全", "压减", "公布", "养护"]),
    min_size=1,
    max_size=7,
)
ROWS = st.lists(
    st.tuples(st.sampled_from(["一、流程", "二、道路", "三、公开"]), st.just(""), WORDS.map("".join)), max_size=9
)


@given(ROWS)
def test_an_edition_compared_with_itself_is_all_kept(rows):
    found = compare(edition(rows), second(rows))
    assert found.is_empty
    assert [one.new.position for one in found.changes if one.new] == list(range(1, len(rows) + 1))


@given(ROWS, ROWS)
def test_each_task_of_both_sides_appears_once(before, after):
    old, new = edition(before), second(after)
    changes = compare(old, new).changes
    assert sorted(one.old.key for one in changes if one.old) == [one.key for one in old]
    assert sorted(one.new.key for one in changes if one.new) == [one.key for one in new]


@given(ROWS, ROWS)
def test_what_is_new_one_way_is_dropped_the_other_way(before, after):
    old, new = edition(before), second(after)
    there, back = compare(old, new), compare(new, old)
    assert {one.new.key for one in there.changes if one.kind == "new" and one.new} == {
        one.old.key for one in back.changes if one.kind == "dropped" and one.old
    }


@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_the_order_in_which_tasks_are_given_makes_no_difference(before, after, chance):
    old, new = edition(before), second(after)
    shuffled_old, shuffled_new = list(old), list(new)
    chance.shuffle(shuffled_old)
    chance.shuffle(shuffled_new)
    assert compare(shuffled_old, shuffled_new).changes == compare(old, new).changes


def test_a_large_document_whose_tasks_all_sound_alike():
    """More than are paired optimally hang together; each still finds its own."""
    rows = [
        ("一、道路", "", f"新改建{name}农村公路{number}公里并完成验收")
        for number, name in enumerate("甲乙丙丁戊己庚辛壬癸" * 12, 1)
    ]
    rows = [(chapter, name, f"{words}第{number}批") for number, (chapter, name, words) in enumerate(rows, 1)]
    again = [(chapter, name, words.replace("完成验收", "组织验收")) for chapter, name, words in rows]
    found = compare(edition(rows), second(again))
    assert found.counts["reworded"] == len(rows)
    assert all(one.old and one.new and one.old.position == one.new.position for one in found.changes)


@pytest.mark.parametrize("side", ["old", "new"])
def test_an_empty_edition(side):
    found = compare(edition(), []) if side == "new" else compare([], second(FIRST))
    assert found.counts["dropped" if side == "new" else "new"] == len(FIRST)


FEW = st.text("甲乙丙丁戊己庚辛", max_size=5)


@given(
    st.text("甲乙丙丁戊己庚辛", min_size=6, max_size=12), st.lists(st.tuples(FEW, FEW, st.integers(0, 12)), min_size=1)
)
@settings(max_examples=80)
def test_what_holds_the_words_of_another_is_found_whichever_is_looked_at(
    words: str, around: list[tuple[str, str, int]]
):
    wholes = [f"{before}{words[:at]}{between}{words[at:]}" for before, between, at in around]
    part, *others = edition([("一、优化流程", text, text) for text in (words, *wholes)])
    holding = [one for one in others if stands_in(part, one)]
    assert Wholes(reversed(others)).holding(part) == (holding[0] if holding else None)
