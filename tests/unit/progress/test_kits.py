"""The merge of a kit that came back: nothing that either side typed is lost, and the same file twice changes nothing."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tracker.progress.kits.cells import canonical, content_of, is_read
from tracker.progress.kits.earlier import earlier
from tracker.progress.kits.merging import SIDES, joined, merged, settled_by, taken

KEYS = ("done", "problems", "percent")
texts = st.sampled_from(["", "甲", "乙", "丙", "甲乙", "40"])
rows = st.fixed_dictionaries(dict.fromkeys(KEYS, texts))
choices = st.fixed_dictionaries({f"7-{key}": st.sampled_from(SIDES) for key in KEYS})


@given(rows, rows)
def test_what_only_one_side_changed_is_that(base, changed):
    assert taken(base, merged(7, base, changed, base), {}) == changed
    assert merged(7, base, base, changed) == []
    assert taken(changed, merged(7, base, base, changed), {}) == changed


@given(rows, rows, rows, choices)
def test_nothing_typed_vanishes(base, theirs, ours, sides):
    cells = merged(7, base, theirs, ours)
    result = taken(ours, cells, sides)
    in_conflict = {text for cell in cells if cell.state == "conflict" for text in (cell.theirs, cell.ours)}
    for key in KEYS:
        for typed in (theirs[key], ours[key]):
            assert typed == base[key] or typed == result[key] or typed in in_conflict
        if sides[f"7-{key}"] == "both":
            assert theirs[key] in result[key] or theirs[key] == base[key]


@given(rows, rows, rows, choices)
def test_the_same_kit_twice_changes_nothing_the_second_time(base, theirs, ours, sides):
    first = merged(7, base, theirs, ours)
    result = taken(ours, first, sides)
    again = merged(7, base, theirs, result, settled=settled_by(first))
    assert again == []


@given(rows, rows, rows, rows)
def test_a_copy_of_the_kit_from_somebody_who_filled_in_other_rows_takes_nothing_back(base, theirs, ours, other):
    first = merged(7, base, theirs, ours)
    result = taken(ours, first, {})
    for cell in merged(7, base, other, result, settled=settled_by(first)):
        assert cell.theirs != base[cell.key]


def test_what_cannot_be_read_or_is_asked_no_more_is_told_and_not_written():
    base, theirs = {"percent": "0", "figure_1": "", "done": ""}, {"percent": "大半", "figure_1": "3", "done": "甲"}
    cells = merged(7, base, theirs, {"percent": "0", "done": ""}, unread=["percent"])
    assert {cell.key: cell.state for cell in cells} == {"percent": "unread", "figure_1": "gone", "done": "take"}
    assert taken({"percent": "0", "done": ""}, cells, {}) == {"percent": "0", "done": "甲"}


def test_both_texts_are_joined_once():
    assert joined("甲", "乙") == "甲\n乙"
    assert joined(joined("甲", "乙"), "乙") == "甲\n乙"


def test_numbers_are_compared_by_their_value_and_texts_without_their_edges():
    same = [("figure_1", "３,100.50", "3100.5"), ("percent", "40%", "40"), ("figure_1", "0.0", "0")]
    assert all(canonical(key, one) == canonical(key, other) for key, one, other in same)
    assert canonical("done", " 甲 \r\n乙_x000D_\n") == "甲\n乙"
    assert [is_read("percent", text) for text in ("40", "", "101", "大半", "0.5")] == [True, True, False, False, False]
    texts = {"done": "甲", "problems": "", "next_step": "", "setback": "", "percent": "", "figure_3": "3100.5"}
    content = content_of(texts)
    assert (content.percent, str(content.figures[3])) == (None, "3100.5"), "an emptied percent keeps what was there"


def test_a_file_goes_on_from_the_one_it_was_made_from_and_from_no_other():
    first, corrected, beside = (
        {7: {"done": "甲", "problems": "乙"}},
        {7: {"done": "丙", "problems": "乙"}},
        {7: {"done": "丁"}},
    )
    assert earlier(corrected, [first]).settled == {7: {"done": "甲", "problems": "乙"}}
    assert earlier(beside, [first]).settled == {7: {}}
    assert earlier(beside, [first]).known[7]["done"] == {"甲"}
    after_both = earlier(corrected, [first, beside])
    assert after_both.settled == {7: {"problems": "乙"}}, "the other one has answered since"
    assert after_both.known[7]["done"] == {"甲", "丁"}
