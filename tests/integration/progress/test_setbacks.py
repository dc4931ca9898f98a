"""A percent lower than last time (进度回退) is not let through without a word, and reviewers see it marked."""

from __future__ import annotations

import pytest

from tests.integration.progress.test_chain import fields_of
from tests.support.issued import at, reported
from tests.support.place import DAY
from tracker.errors import DomainError
from tracker.progress import queries, service
from tracker.progress.content import Content

TASK, UNIT = "压减审批时限", "市财政局"
WHY = "上期误报，按实际重新核定。"


@pytest.fixture
def second(plan, writing):
    """The second report of a task whose first said 60 % and was accepted."""
    with writing():
        one, two = plan.obligations(TASK, UNIT)[:2]
        version = reported(plan, one.id, percent=60)
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 12))
        return two.id


def test_the_form_asks_why_and_keeps_what_was_typed(plan, second, sign_in_as, reading):
    reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
    typed = {**fields_of(reporter.get(path)), "done": "重新核定进度。", "percent": "40"}
    refused = reporter.post(path, data=typed)
    assert refused.status_code == 422
    assert "低于上次核收的 60%" in refused.text
    assert "重新核定进度。" in refused.text
    with reading():
        assert [one.state for one in queries.versions(second, inside=True)] == ["draft"], "kept, not handed in"
    again = {**typed, **fields_of(refused), "setback": WHY}
    assert reporter.post(path, data=again).status_code == 302
    with reading():
        newest = queries.versions(second, inside=True)[0]
        assert (newest.state, newest.percent, newest.setback) == ("own_review", 40, WHY)
    reviewer = sign_in_as("reviewer")
    assert "进度回退" in reviewer.get("/reviews").text
    assert WHY in reviewer.get(f"/reviews/{newest.id}").text


def test_what_is_not_lower_needs_no_word_and_bears_no_mark(plan, second, writing, reading):
    with writing():
        content = Content("已压减。", percent=60, setback="多余的说明")
        service.hand_in(second, content=content, by=plan.viewer("reporter"), at=at(DAY, 13))
    with reading():
        assert queries.versions(second, inside=True)[0].setback == ""


def test_lower_than_a_later_report_is_not_lower(plan, second, writing):
    """The first period, reported after the second was accepted, is compared with what came before it."""
    with writing():
        third, fourth = plan.obligations(TASK, UNIT)[2:]
        version = reported(plan, fourth.id, percent=90)
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 14))
        service.hand_in(third.id, content=Content("进行中", percent=70), by=plan.viewer("reporter"), at=at(DAY, 15))
        with pytest.raises(DomainError) as refused:
            service.hand_in(second, content=Content("进行中", percent=50), by=plan.viewer("reporter"), at=at(DAY, 15))
        assert refused.value.field == "setback"


@pytest.mark.parametrize("is_explained", [False, True])
def test_a_later_report_that_fell_itself_excuses_nothing(plan, second, sign_in_as, writing, reading, is_explained):
    """The third period was accepted with less, for its own reason: the second is still compared with the first."""
    with writing():
        third, said = plan.obligations(TASK, UNIT)[2], Content("重新核定进度。", percent=30, setback=WHY)
        version = service.hand_in(third.id, content=said, by=plan.viewer("reporter"), at=at(DAY, 13)).id
        service.approve(version, by=plan.viewer("reviewer"), at=at(DAY, 13))
        service.accept(version, by=plan.viewer("lead"), at=at(DAY, 14))
    reporter, path = sign_in_as("reporter"), f"/obligations/{second}/report"
    typed = {"done": "重新核定进度。", "percent": "40", "setback": WHY if is_explained else ""}
    answer = reporter.post(path, data=fields_of(reporter.get(path)) | typed)
    assert answer.status_code == (302 if is_explained else 422)
    assert ("低于上次核收的 60%" in answer.text) is not is_explained
    with reading():
        assert queries.versions(second, inside=True)[0].setback == typed["setback"]
