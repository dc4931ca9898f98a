"""One assignment for each unit, and texts that fit their columns."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tracker.plans.adoption import NewAssignment, fit, strongest
from tracker.plans.states import ROLE_ORDER, ROLES

assignments = st.builds(
    NewAssignment, st.integers(1, 4), st.just("部门"), st.sampled_from(ROLES), st.text(max_size=3), st.booleans(),
    st.just("line 1"),
)  # fmt: skip


def one(unit_id: int, role: str, words: str = "") -> NewAssignment:
    return NewAssignment(unit_id, "部门", role, words, False, "line 1")


def test_the_stronger_role_wins():
    kept = strongest([one(1, "support"), one(2, "responsible"), one(1, "lead"), one(2, "supervise")])
    assert [(held.unit_id, held.role) for held in kept] == [(1, "lead"), (2, "responsible")]


def test_of_equal_roles_the_first_named_stays():
    (kept,) = strongest([one(1, "responsible", "市财政局"), one(1, "responsible", "市政府各部门")])
    assert kept.expression == "市财政局"


@given(st.lists(assignments))
def test_every_unit_is_kept_once_in_its_best_role(held):
    kept = strongest(held)
    assert sorted(one.unit_id for one in kept) == sorted({one.unit_id for one in held})
    for one_kept in kept:
        roles = [ROLE_ORDER[other.role] for other in held if other.unit_id == one_kept.unit_id]
        assert ROLE_ORDER[one_kept.role] == min(roles)


@given(st.text(), st.integers(1, 20))
def test_texts_fit(text, length):
    assert len(fit(text, length)) <= length
    assert fit(text, max(len(text), 1)) == text
