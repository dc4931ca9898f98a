"""The editor's form and the tree, one into the other."""

from __future__ import annotations

import itertools
from copy import deepcopy
from typing import Any

from hypothesis import given, strategies as st
from werkzeug.datastructures import MultiDict

from tracker.assessment.binding import nodes, scheme_problems
from tracker.assessment.editing import (
    PARAMETERS,
    Row,
    branches,
    changed,
    scheme_rows,
    tree_of,
    typed_grades,
    typed_rows,
)
from tracker.assessment.starters import STARTERS
from tracker.assessment.views import scheme_view

TEXTS = st.sampled_from(["", "完成率", "abc", "0.5", "１２", "<b>"])
MOVES = ("up", "down", "in", "out")
NUMBERS = st.sampled_from(["", "10", "2.5", "-1", "x", "100"])


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    made: list[Row] = []
    for number in range(draw(st.integers(1, 8))):
        depth = 0 if number == 0 else draw(st.integers(1, made[-1].depth + 1))
        kind = draw(st.sampled_from(["", *PARAMETERS]))
        made.append(
            Row(
                key=f"n{number}", depth=depth, name=draw(TEXTS), points=draw(NUMBERS), weight=draw(NUMBERS),
                aggregate=draw(st.sampled_from(["sum", "mean", "geometric", "min"])), kind=kind,
                parameters={name: text for name in PARAMETERS.get(kind, ()) if (text := draw(NUMBERS))},
                bands=tuple(draw(st.lists(st.tuples(NUMBERS, NUMBERS).filter(any), max_size=3))),
                source=draw(st.sampled_from(["", "entered", "overdue_each", "accepted_share"])), each=draw(NUMBERS),
                self_scored=draw(st.booleans()),
            )
        )  # fmt: skip
    return made


def as_sent(sent: list[Row]) -> MultiDict[str, str]:
    """The form as a browser sends it, with rows numbered in their order."""
    form: MultiDict[str, str] = MultiDict()
    for number, row in enumerate(sent):
        form.add("node", str(number))
        fields: dict[str, Any] = {
            "depth": row.depth, "key": row.key, "name": row.name, "points": row.points, "weight": row.weight,
            "aggregate": row.aggregate, "kind": row.kind, "source": row.source, "each": row.each, "criteria": row.criteria,
            **row.parameters, **({"self": "1"} if row.self_scored else {}),
        }  # fmt: skip
        for name, value in fields.items():
            form.add(f"{name}-{number}", str(value))
        for least, points in (*row.bands, ("", "")):
            form.add(f"band-min-{number}", least)
            form.add(f"band-points-{number}", points)
    return form


@given(rows())
def test_what_is_typed_comes_back_as_it_was_typed(typed):
    assert typed_rows(as_sent(typed)) == typed


@given(rows())
def test_a_stored_tree_shown_and_sent_again_is_the_same(typed):
    tree, sources = tree_of(typed)
    again = typed_rows(as_sent(scheme_rows(tree, sources)))
    assert tree_of(again) == (tree, sources)


def test_starting_points_survive_the_form_and_have_no_problems():
    for starter in STARTERS.values():
        again = tree_of(typed_rows(as_sent(scheme_rows(starter.body["indicators"], starter.sources))))
        assert again == (starter.body["indicators"], starter.sources)
        if starter.key != "blank":
            assert scheme_problems(starter.body, starter.sources) == []


def test_an_indicator_without_a_name_keeps_a_scheme_from_being_adopted():
    starter = next(one for one in STARTERS.values() if one.key != "blank")
    body = deepcopy(starter.body)
    body["indicators"]["children"][1]["name"] = " "
    found = scheme_problems(body, starter.sources)
    assert [(one.path, one.message.template) for one in found] == [("scheme.indicators.children[1].name", "缺少此项")]


@given(rows(), st.sampled_from([*MOVES, "child", "after", "remove", "stay", "nonsense"]), st.integers(0, 9))
def test_acts_keep_the_tree_whole(typed, verb, at):
    after, where = changed(typed, f"{verb}:{at}", set())
    assert 0 <= where < len(after)
    assert after[0] == typed[0]
    assert all(1 <= row.depth <= before.depth + 1 for before, row in itertools.pairwise(after))
    keys = [row.key for row in after]
    assert len(keys) == len(set(keys))
    if verb in MOVES or verb in {"stay", "nonsense"}:
        assert sorted(keys) == sorted(row.key for row in typed)
    branches(after)


def test_moves_do_what_they_say():
    def names(act: str) -> list[tuple[str, int]]:
        sample = [Row("r", 0), Row("a", 1), Row("a1", 2), Row("a2", 2), Row("b", 1)]
        return [(row.key, row.depth) for row in changed(sample, act, set())[0]]

    assert names("up:4") == [("r", 0), ("b", 1), ("a", 1), ("a1", 2), ("a2", 2)]
    assert names("down:1") == [("r", 0), ("b", 1), ("a", 1), ("a1", 2), ("a2", 2)]
    assert names("in:4") == [("r", 0), ("a", 1), ("a1", 2), ("a2", 2), ("b", 2)]
    assert names("out:2") == [("r", 0), ("a", 1), ("a2", 2), ("a1", 1), ("b", 1)]
    assert names("remove:1") == [("r", 0), ("b", 1)]
    assert names("child:1")[4] == ("n1", 2)
    assert names("after:1")[4] == ("n1", 1)


def test_a_key_that_was_ever_used_is_not_given_again():
    after, at = changed([Row("total", 0)], "child:0", {"n1", "n2"})
    assert after[at].key == "n3"


def test_grades_leave_out_empty_rows():
    form = MultiDict([("grade-name", "优"), ("grade-min", "90"), ("grade-quota", "30")])
    for name in ("grade-name", "grade-min", "grade-quota"):
        form.add(name, " ")
    assert typed_grades(form) == [{"name": "优", "min": "90", "quota_percent": "30"}]


@given(rows())
def test_problems_stand_at_nodes_and_every_node_is_shown(typed):
    tree, sources = tree_of(typed)
    view = scheme_view({"indicators": tree}, sources)
    assert [node.row.key for node in view.nodes] == [node["key"] for node, _ in nodes(tree)]
    shown = sum(len(node.problems) for node in view.nodes) + len(view.problems)
    assert 0 < shown <= view.count or view.count == 0


def test_a_sum_counts_its_children_not_the_leaves_below_them():
    rows_of = [
        Row("total", 0, name="total", points="100"),
        Row("stated", 1, name="stated", points="60"),
        Row("a", 2, name="a", points="50", kind="ratio", source="accepted_share"),
        Row("left_out", 1, name="left_out"),
        Row("b", 2, name="b", points="30", kind="ratio", source="on_time_share"),
        Row("m", 1, name="m", points="10", aggregate="mean"),
        Row("c", 2, name="c", points="7", kind="ratio", source="on_time_share"),
    ]
    view = scheme_view({"indicators": tree_of(rows_of)[0]}, tree_of(rows_of)[1])
    below = {node.row.key: node.below for node in view.nodes}
    assert {key: str(sum_) for key, sum_ in below.items() if sum_ is not None} == {
        "total": "100", "stated": "50", "left_out": "30",
    }  # fmt: skip
    assert [node.row.key for node in view.nodes if node.problems] == ["stated"]


def test_points_that_do_not_add_up_are_said_at_their_node():
    rows_of = [
        Row("total", 0, name="total", points="100"),
        Row("a", 1, name="a", points="60", kind="ratio", source="accepted_share"),
        Row("b", 1, name="b", points="39.9", kind="ratio", source="on_time_share"),
    ]
    tree, sources = tree_of(rows_of)
    view = scheme_view({"indicators": tree}, sources)
    assert [problem[0] for problem in view.root.problems] == ["points"]
    assert str(view.root.below) == "99.9"
    assert view.leaves[0].worked == "60 × 38 ÷ 40 = 57"
