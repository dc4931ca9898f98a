"""The page of a task says what its units reported against its figures, as it was accepted; each leads to its return."""

from __future__ import annotations

from decimal import Decimal

import html5lib
import pytest
from sqlalchemy import select

from tests.support.issued import at
from tests.support.place import AT, DAY
from tracker.db import session
from tracker.plans.models import TaskTarget
from tracker.progress import service
from tracker.progress.content import Content

TASK, UNIT = "压减审批时限", "市财政局"


def card_of(page: str):
    return html5lib.parse(page, namespaceHTMLElements=False).find(".//section[@id='figures']")


def words(element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.fixture
def hand_in(plan, writing):
    """Place of the report → hands it in with a figure, through the unit's review. Returns its obligation."""

    def done(place: int, figure: int, *, accepted: bool) -> int:
        with writing():
            obligation = plan.obligations(TASK, UNIT)[place]
            target = session.scalars(select(TaskTarget.id).where(TaskTarget.task_id == plan.tasks[TASK])).one()
            service.sign(obligation.assignment_id, by=plan.viewer("reporter"), at=AT)
            content = Content("已办。", percent=10, figures={target: Decimal(figure)})
            version = service.hand_in(obligation.id, content=content, by=plan.viewer("reporter"), at=AT)
            service.approve(version.id, by=plan.viewer("reviewer"), at=at(DAY, 11))
            if accepted:
                service.accept(version.id, by=plan.viewer("lead"), at=at(DAY, 12))
            return obligation.id

    return done


def test_the_last_accepted_figure_of_each_unit_stands_there_and_leads_to_its_return(plan, hand_in, sign_in_as):
    path = f"/tasks/{plan.tasks[TASK]}"
    lead, reporter, stranger = sign_in_as("lead"), sign_in_as("reporter"), sign_in_as("county_reporter")
    hand_in(0, 12, accepted=False)
    assert card_of(lead.get(path).text) is None, "nothing is accepted yet"
    hand_in(1, 20, accepted=True)
    last = hand_in(2, 26, accepted=True)
    for client in (lead, reporter):
        card = card_of(client.get(path).text)
        head = [words(one) for one in card.findall(".//thead//th")]
        assert head == ["单位", "压减30%以上"]
        (row,) = card.findall(".//tbody/tr")
        assert [words(one) for one in row] == [UNIT, "26% 2026年第3季度"]
        assert row.find(".//a").get("href") == f"/obligations/{last}"
        assert client.get(f"/obligations/{last}").status_code == 200
    assert "另有 1 个单位还没有核收的数字" in words(card_of(lead.get(path).text))
    assert card_of(stranger.get(path).text) is None, "what others reported is not theirs to read"
