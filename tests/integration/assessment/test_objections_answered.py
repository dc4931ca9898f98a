"""What was decided on an objection to a deduction is brought to the unit, on its desk, for a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from tests.integration.assessment.test_notices import OWN, told
from tests.support.issued import at
from tests.support.scored import AS_OF, SCORED_AT
from tracker.assessment.service import notices

TITLE = "最近七天的异议处理"
DECIDED = at(AS_OF + timedelta(days=10))


@pytest.fixture
def clock_stands():
    with time_machine.travel(SCORED_AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def objected(scored, writing, clock_stands):
    """A deduction of the finance bureau to which it objects; decided on by `decide`."""
    with writing():
        fact = told(scored)
        notices.reply(fact, agrees=False, text="已更新", version=1, by=scored.viewer("reporter"), at=SCORED_AT)
    clock_stands.move_to(DECIDED)
    return fact


def decide(scored, writing, fact, decision="cancelled"):
    with writing():
        by = scored.viewer("second_evaluator")
        notices.decide(fact, decision=decision, reason="附图属实。", version=2, by=by, at=DECIDED)


@pytest.mark.parametrize(("decision", "words"), [("cancelled", "已撤销"), ("upheld", "维持")])
def test_the_unit_finds_it_on_its_desk(scored, objected, writing, sign_in_as, decision, words):
    assert TITLE not in sign_in_as("reporter").get("/").text
    decide(scored, writing, objected, decision)
    for who in ("reporter", "reviewer"):
        desk = sign_in_as(who).get("/").text
        card = desk.partition(TITLE)[2].partition("</section>")[0]
        assert OWN in card
        assert words in card
        assert "附图属实。" in card
        assert f'href="/notices/{objected}"' in card
    assert TITLE not in sign_in_as("evaluator").get("/").text, "who decides knows it"


def test_after_a_week_it_is_gone(scored, objected, writing, sign_in_as, clock_stands):
    decide(scored, writing, objected)
    clock_stands.move_to(DECIDED + timedelta(days=8))
    assert TITLE not in sign_in_as("reporter").get("/").text
