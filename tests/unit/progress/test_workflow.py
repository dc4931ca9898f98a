"""The lifecycle as data: drawn as it is, every state reachable, none skipped, two people where two are wanted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from tracker.plans.states import ASSIGNMENT_STATES, PLAN_STATES
from tracker.progress.drawing import marked, redrawn, states
from tracker.progress.states import (
    CLAIM_STATES,
    OBLIGATION_STATES,
    PART_STATES,
    QUESTION_STATES,
    REQUEST_STATES,
    REQUESTS,
    RETURN_STATES,
)
from tracker.progress.workflow import (
    ABOVE,
    ASKER,
    BEGINS,
    FINAL,
    FOLLOWS,
    GUARDS,
    TRANSITIONS,
    Facts,
    Refusal,
    allowed,
    find,
    step,
)  # fmt: skip
from tracker.rectification.states import CHECK_STATES, FINDING_STATES

SUBJECTS = (
    "plan", "assignment", "obligation", "return", *REQUESTS, "question", "claim", "part", "finding", "spot_check",
)  # fmt: skip
STORED = {
    "plan": PLAN_STATES, "assignment": ASSIGNMENT_STATES, "obligation": OBLIGATION_STATES, "return": RETURN_STATES,
    **{kind: ("unasked", *(one for one in REQUEST_STATES if one != "ended")) for kind in REQUESTS},
    "suspension": ("unasked", *REQUEST_STATES),
    "question": ("unasked", *QUESTION_STATES),
    "claim": ("unasked", *CLAIM_STATES),
    "part": PART_STATES,
    "finding": ("unregistered", *FINDING_STATES),
    "spot_check": ("undrawn", *CHECK_STATES),
}  # fmt: skip
"""What is not asked for is no row."""
VERBS = sorted({one.verb for one in TRANSITIONS})
WAYS = {
    (subject, state): [one for one in TRANSITIONS if one[:2] == (subject, state)]
    for subject in SUBJECTS
    for state in STORED[subject]
}
ROLES = ("lead_office", "reporter", "reviewer", "leader", "evaluator", "admin", ABOVE, ASKER, FOLLOWS)
EVERYTHING = Facts(frozenset(ROLES), actor=1, hands=frozenset(), reason="因故", percent=100, other_reviewers=1)
DOCUMENT = Path(__file__).resolve().parents[3] / "docs/lifecycle.md"


def test_the_document_is_drawn_from_the_table():
    """`flask progress lifecycle` draws it again."""
    text = DOCUMENT.read_text("utf-8")
    assert redrawn(text) == text
    assert sorted(marked(text)) == sorted(("guards", *SUBJECTS))
    assert redrawn(text.replace("stateDiagram-v2", "stateDiagram-v1").replace("| `reason` |", "| `why` |")) == text


def test_every_guard_is_asked_for():
    assert {guard for one in TRANSITIONS for guard in one.guards} == GUARDS.keys()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_states_are_those_of_the_database(subject):
    assert set(states(subject)) == set(STORED[subject])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_state_is_reached_and_left_or_final(subject):
    reached, edge = {BEGINS[subject]}, [BEGINS[subject]]
    while edge:
        here = edge.pop()
        for one in TRANSITIONS:
            if one.subject == subject and one.source == here and one.target not in reached:
                reached.add(one.target)
                edge.append(one.target)
    assert reached == set(STORED[subject])
    leaves = {one.source for one in TRANSITIONS if one.subject == subject}
    assert {state for state in reached if state not in leaves} <= FINAL[subject]


def test_one_verb_leads_to_one_place():
    keys = [one[:3] for one in TRANSITIONS]
    assert len(keys) == len(set(keys))


def holding(drawn):
    """Facts with which a drawn step may be taken: everything holds that it asks for."""
    hands = frozenset({1}) if "author" in drawn.guards else frozenset()
    obligation = "reported" if "reported" in drawn.guards else "open"
    left = 1 if "more_steps" in drawn.guards else 0
    return Facts(
        EVERYTHING.roles, 1, hands, "因故", 100, obligation=obligation, other_reviewers=1, steps_left=left
    )  # fmt: skip


def test_ten_thousand_random_paths_reach_every_state_and_end():
    """No state is skipped, unreachable or without a way out: from wherever a path stands, some way leads to an end."""
    dice, seen = random.Random(20260302), {subject: set() for subject in SUBJECTS}  # noqa: S311 paths, no secrets
    for _path in range(10_000):
        subject = dice.choice(SUBJECTS)
        state = BEGINS[subject]
        for _step in range(dice.randint(1, 12)):
            seen[subject].add(state)
            ways = WAYS[subject, state]
            verb = dice.choice(ways).verb if ways and dice.random() < 0.6 else dice.choice(VERBS)
            drawn = find(subject, state, verb)
            if drawn is None:
                with pytest.raises(Refusal, match="state"):
                    step(subject, state, verb, EVERYTHING)
            else:
                state = step(subject, state, verb, holding(drawn))
        seen[subject].add(state)
        assert WAYS[subject, state] or state in FINAL[subject], f"{subject} stands still in {state}"
    assert seen == {subject: set(STORED[subject]) for subject in SUBJECTS}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_from_every_state_some_way_leads_to_an_end(subject):
    ends = set(FINAL[subject])
    while True:
        more = {one.source for one in TRANSITIONS if one.subject == subject and one.target in ends} - ends
        if not more:
            break
        ends |= more
    assert ends == set(STORED[subject])


@given(st.sampled_from(SUBJECTS), st.lists(st.sampled_from(VERBS), max_size=30))
@settings(max_examples=300)
def test_a_random_walk_takes_only_drawn_steps(subject, verbs):
    """Whoever may do everything still goes from state to state along the table."""
    state = BEGINS[subject]
    for verb in verbs:
        drawn = find(subject, state, verb)
        facts = EVERYTHING if drawn is None else holding(drawn)
        if drawn is None:
            with pytest.raises(Refusal):
                step(subject, state, verb, facts)
        else:
            state = step(subject, state, verb, facts)
            assert state == drawn.target
    assert state in STORED[subject]


FACTS = st.builds(
    Facts,
    st.frozensets(st.sampled_from(ROLES)),
    st.integers(1, 3),
    st.frozensets(st.integers(1, 3)),
    st.sampled_from(["", "  ", "因故"]),
    st.integers(0, 100),
    st.sampled_from(ASSIGNMENT_STATES),
    st.sampled_from(OBLIGATION_STATES),
    st.integers(0, 2),
    before_due=st.booleans(),
    late=st.booleans(),
    measure=st.booleans(),
    evidence=st.booleans(),
    entered=st.booleans(),
    turn=st.booleans(),
    steps_left=st.integers(0, 2),
)


DECIDED_BY_ANOTHER = {
    *((one, verb) for one in REQUESTS for verb in ("grant", "refuse")),
    ("finding", "close"),
    ("finding", "send_back"),
}
OWN_REVIEW = [
    one for one in TRANSITIONS if one.source == "own_review" and one.verb in {"sign", "approve", "own_send_back"}
]


@given(st.sampled_from(OWN_REVIEW), FACTS)
@settings(max_examples=300)
def test_own_review_goes_by_turns_and_skips_no_step(one, facts):
    if not allowed(one.subject, one.source, one.verb, facts):
        return
    assert facts.turn
    assert facts.actor not in facts.hands, "nobody takes two steps, or one of what they wrote"
    assert one.verb == "own_send_back" or (facts.steps_left > 0) is (one.verb == "sign"), (
        "none is skipped, none is added"
    )


@given(st.sampled_from(TRANSITIONS), FACTS)
@settings(max_examples=300)
def test_no_step_without_its_role_and_guards(one, facts):
    may = allowed(one.subject, one.source, one.verb, facts)
    assert may <= bool(facts.roles & set(one.roles))
    if may and one.verb in {"accept", "send_back"} and one.subject == "return":
        assert facts.actor not in facts.hands, "two people"
    if may and "reason" in one.guards:
        assert facts.reason.strip()
    if may and one.verb in {"accept", "send_back"} and one.subject == "return":
        assert facts.obligation == "reported"
    if may and one.verb == "ask":
        assert facts.before_due or one.subject != "extension"
        assert facts.percent == 100 or one.subject != "closing"
        assert facts.late or one.subject != "waiver"
        assert facts.reason.strip()
    if may and (one.subject, one.verb) in DECIDED_BY_ANOTHER:
        assert facts.actor not in facts.hands, "two people"
    if may and one.subject == "finding" and one.verb == "hand_in":
        assert facts.evidence
    if may and one.verb == "conclude":
        assert facts.entered
    if may and one.verb == "hand_in":
        assert facts.other_reviewers > 0
    if may and one.verb == "hand_in" and one.subject == "return":
        assert facts.assignment == "in_progress"
        assert facts.obligation in {"open", "returned"}
