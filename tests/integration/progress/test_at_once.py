"""Handing in within a turn beside the session: what is left is the same, and what takes more is done in the session's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select, text

from tests.integration.progress.test_chain import fields_of
from tests.support.databases import ON_SQLITE
from tests.support.issued import Issued, at, reported
from tests.support.place import AT, DAY, FOUNDED
from tests.support.statements import of_sessions
from tests.support.together import SOMEBODY_WAITS
from tracker import prepared
from tracker.accounts import service as accounts
from tracker.accounts.models import Grant, Person
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEntry
from tracker.audit.queries import verify_chain
from tracker.db import session, table_of
from tracker.plans.models import Assignment, TaskTarget
from tracker.prepared import Beyond
from tracker.progress import service
from tracker.progress.content import Content
from tracker.progress.models import Return, ReturnFigure, ReturnText
from tracker.progress.queries.beginning import FIGURE
from tracker.progress.service.chains import set_chain

TASK, UNIT = "压减审批时限", "市财政局"
LATER = AT + timedelta(hours=1)
Block = Callable[[], AbstractContextManager[None]]


@dataclass
class Bureau:
    """The finance bureau, which has signed for its task, and the two periods that it owes next."""

    plan: Issued
    periods: tuple[int, int]
    targets: list[int]
    writing: Block
    reading: Block

    def begin(self, obligation: int) -> None:
        """A draft, as the page keeps it while somebody types."""
        typed = Content("写了一半", percent=20, figures={self.targets[0]: Decimal(5)})
        with self.writing():
            by = self.plan.viewer("reporter")
            service.save_draft(obligation, typed, version=0, editor="page", by=by, at=AT)

    def hand_in(self, obligation: int, content: Content, *, version: int = 0) -> None:
        with self.writing():
            by = self.plan.viewer("reporter")
            service.hand_in(obligation, content=content, version=version, editor="page", by=by, at=LATER)

    def hand_in_at_once(self, obligation: int, content: Content, *, version: int = 0) -> None:
        with self.reading():
            by = self.plan.viewer("reporter")
            with prepared.turn() as taken:
                service.hand_in(obligation, content=content, version=version, editor="page", by=by, at=LATER, on=taken)

    def left(self, obligation: int) -> dict[str, Any]:
        """All that a return leaves behind, but for what numbers rows and chains entries."""
        with self.reading():
            assert verify_chain().broken_at is None
            version = session.scalars(select(Return).where(Return.obligation_id == obligation)).one()
            text = session.get_one(ReturnText, version.id)
            figures = session.scalars(select(ReturnFigure).where(ReturnFigure.return_id == version.id))
            entries = session.scalars(
                select(AuditEntry)
                .where(AuditEntry.subject_kind == "obligation", AuditEntry.subject_id == obligation)
                .order_by(AuditEntry.seq)
            )
            return {
                "return": _plain(version, but={"id", "obligation_id"}),
                "text": _plain(text, but={"return_id"}),
                "figures": [_plain(one, but={"return_id"}) for one in figures],
                "entries": [_plain(one, but={"seq", "subject_id", "prev", "hash"}) for one in entries],
            }


def _plain(row: Any, *, but: set[str]) -> dict[str, Any]:
    return {column.name: getattr(row, column.name) for column in table_of(type(row)).c if column.name not in but}


@pytest.fixture
def bureau(plan: Issued, writing: Block, reading: Block) -> Bureau:
    with writing():
        service.sign(plan.assignment(TASK, UNIT).id, by=plan.viewer("reporter"), at=AT)
        one, two = plan.obligations(TASK, UNIT)[:2]
        targets = session.scalars(select(TaskTarget.id).where(TaskTarget.task_id == plan.tasks[TASK]))
        return Bureau(plan, (one.id, two.id), list(targets), writing, reading)


@pytest.mark.parametrize("is_begun", [False, True], ids=["new", "begun"])
@pytest.mark.parametrize("figure", [None, Decimal("31.50")], ids=["no figure", "a figure"])
def test_both_ways_leave_the_same(bureau: Bureau, is_begun: bool, figure: Decimal | None):
    content = Content(
        "已压减。\n“全部”完成。", "缺人", "继续", setback="多余", percent=35, figures={bureau.targets[0]: figure},
        opened=AT - timedelta(minutes=5), unchanged=True,
    )  # fmt: skip
    one, two = bureau.periods
    if is_begun:
        bureau.begin(one)
        bureau.begin(two)
    bureau.hand_in(one, content, version=int(is_begun))
    bureau.hand_in_at_once(two, content, version=int(is_begun))
    left = bureau.left(two)
    assert left == bureau.left(one)
    assert (left["return"]["state"], left["return"]["percent"], left["text"]["done"]) == (
        "own_review",
        35,
        content.done,
    )
    assert [one["value"] for one in left["figures"]] == ([figure] if figure else [])


def test_a_figure_of_another_task_is_not_kept(bureau: Bureau):
    bureau.hand_in_at_once(bureau.periods[0], Content("已完成", percent=40, figures={10**6: Decimal(1)}))
    assert bureau.left(bureau.periods[0])["figures"] == []


def _with_a_second_reviewer_by_name(bureau: Bureau) -> int:
    reviewers = [[bureau.plan.place.people[one]] for one in ("reviewer", "second_reviewer")]
    with bureau.writing():
        set_chain(bureau.plan.place.units[UNIT], reviewers, by=bureau.plan.viewer("admin"), at=AT)
    return bureau.periods[0]


def _sent_back(bureau: Bureau) -> int:
    with bureau.writing():
        version = reported(bureau.plan, bureau.periods[0], reviewer=None)
        service.send_back_own(version, reason="请补充数据。", by=bureau.plan.viewer("reviewer"), at=at(DAY, 12))
    return bureau.periods[0]


@pytest.mark.parametrize("case", [_with_a_second_reviewer_by_name, _sent_back])
def test_what_takes_more_is_left_to_the_session(bureau: Bureau, case: Callable[[Bureau], int], sign_in_as, reading):
    """Nothing of it is kept; the page, which tries both, hands it in."""
    obligation = case(bureau)
    with reading():
        before = session.scalar(select(func.count()).select_from(AuditEntry))
    with pytest.raises(Beyond):
        bureau.hand_in_at_once(obligation, Content("已补充", setback="重新核定", percent=41))
    with reading():
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == before
    reporter, path = sign_in_as("reporter"), f"/obligations/{obligation}/report"
    typed = {**fields_of(reporter.get(path)), "done": "已补充", "setback": "重新核定", "percent": "41"}
    assert reporter.post(path, data=typed).status_code == 302
    with reading():
        newest = select(Return.state).where(Return.obligation_id == obligation).order_by(Return.version_no.desc())
        assert session.scalars(newest).first() == "own_review"


def test_the_page_hands_in_by_few_statements_of_the_driver(bureau: Bureau, sign_in_as, statements, database):
    """Who asks, and what the form is made of; then in the turn: who asks, the report, its reviewers, two that write it and
    three that record it; after it whether the date is still the one that the page showed. PostgreSQL locks the assignment
    besides."""
    reporter, path = sign_in_as("reporter"), f"/obligations/{bureau.periods[0]}/report"
    typed = {**fields_of(reporter.get(path)), "done": "已完成", "percent": "40"}
    of_session: list[str] = []
    with statements() as said, of_sessions(of_session.append):
        assert reporter.post(path, data=typed).status_code == 302
    assert of_session == []
    said = [words for words in said if "FOR UPDATE OF" not in words]
    assert [words.split()[0] for words in said] == [
        "SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "INSERT", "SELECT", "INSERT", "UPDATE",
        "SELECT",
    ]  # fmt: skip


@ON_SQLITE
def test_what_was_accepted_before_is_looked_for_among_the_task_s_own(bureau: Bureau, statements, reading):
    """And not among all that the city has had accepted: everybody else waits to write meanwhile."""
    with statements() as said:
        bureau.hand_in_at_once(bureau.periods[0], Content("已完成", percent=40))
    (seen,) = [words for words in said if "AS earlier" in words]
    with reading():
        plan = session.execute(text("EXPLAIN QUERY PLAN " + seen.replace("?", "1"))).all()
    (step,) = [row.detail for row in plan if " earlier " in row.detail]
    assert "(assignment_id=? AND due_on<?)" in step


def test_nobody_waits_for_a_task_that_is_not_theirs(bureau: Bureau, app, database, sign_in_as, reading):
    """Somebody holds a task, as one does who attaches a large file to it; its return waits, and another's does not."""
    if database == "sqlite":
        pytest.skip("SQLite has one writer from the beginning of its transaction")
    plan, answers = bureau.plan, dict[str, int]()
    with bureau.writing():
        other = plan.obligations(TASK, "市交通运输局")[0]
        service.sign(other.assignment_id, by=plan.viewer("other_reporter"), at=AT)
        owed = {"reporter": bureau.periods[0], "other_reporter": other.id}
    sent = {}
    for who, obligation in owed.items():
        client, path = sign_in_as(who), f"/obligations/{obligation}/report"
        sent[who] = (client, path, {**fields_of(client.get(path)), "done": "已完成", "percent": "40"})

    def hand_in(who: str) -> None:
        client, path, typed = sent[who]
        answers[who] = client.post(path, data=typed, lint=False).status_code

    theirs, another = (threading.Thread(target=hand_in, args=(who,)) for who in sent)
    with app.app_context():
        session.execute(
            select(Assignment.id)
            .where(Assignment.task_id == plan.tasks[TASK])
            .where(Assignment.unit_id == plan.place.units[UNIT])
            .with_for_update()
        )
        theirs.start()
        while not session.scalar(SOMEBODY_WAITS) and theirs.is_alive():
            theirs.join(0.01)
        another.start()
        another.join(10)
        before = dict(answers)
    theirs.join(10)
    another.join(10)
    assert before == {"other_reporter": 302}
    assert answers == {"reporter": 302, "other_reporter": 302}


def test_who_lost_the_role_while_waiting_for_the_turn_hands_nothing_in(
    bureau: Bureau, sign_in_as, monkeypatch, writing, reading
):
    people, place = bureau.plan.place.people, bureau.plan.place
    with writing():
        person, elsewhere = session.get_one(Person, people["reporter"]), place.units["市交通运输局"]
        accounts.grant(person, Role.REPORTER, elsewhere, by=None, at=AT, since=FOUNDED)
    reporter, path = sign_in_as("reporter"), f"/obligations/{bureau.periods[0]}/report"
    typed = {**fields_of(reporter.get(path)), "done": "已完成", "percent": "40"}
    turn = prepared.turn

    def after_a_change() -> AbstractContextManager[prepared.Turn]:
        session.remove()
        with writing():
            held = session.scalars(
                select(Grant).where(
                    Grant.person_id == people["reporter"], Grant.role == Role.REPORTER,
                    Grant.unit_id == place.units[UNIT],
                )
            ).one()  # fmt: skip
            accounts.withdraw(held, by=None, at=AT, last_day=DAY - timedelta(days=1))
        return turn()

    monkeypatch.setattr(prepared, "turn", after_a_change)
    answer = reporter.post(path, data=typed)
    assert answer.status_code == 404
    with reading():
        assert session.scalars(select(Return)).all() == []


TYPED_ON = [("problems", "缺人手"), ("next_step", "招标采购"), ("percent", "45"), ("figure", "7.25")]


@pytest.mark.parametrize(("field", "words"), TYPED_ON)
def test_what_was_typed_after_the_first_click_is_not_taken_for_sent(bureau: Bureau, sign_in_as, field: str, words: str):
    """A double click changes nothing; whoever has typed on meanwhile is told, and what they typed is on the page."""
    figure = f"{FIGURE}{bureau.targets[0]}"
    reporter, path = sign_in_as("reporter"), f"/obligations/{bureau.periods[0]}/report"
    typed = {**fields_of(reporter.get(path)), "done": "已完成", "percent": "40", figure: "6.0"}
    assert [reporter.post(path, data=typed).status_code for _ in range(2)] == [302, 302]
    answer = reporter.post(path, data=typed | {figure if field == "figure" else field: words})
    assert answer.status_code == 422
    assert "请先撤回" in answer.text
    assert words in answer.text
    left = bureau.left(bureau.periods[0])
    assert (left["return"]["percent"], left["text"]["problems"], left["text"]["next_step"]) == (40, "", "")
    assert [one["value"] for one in left["figures"]] == [Decimal("6.0")]
