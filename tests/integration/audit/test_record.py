"""The audit record: nobody changes it unseen, and it does not fork."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from tests.support.place import AT
from tracker.accounts.models import Person
from tracker.audit.models import AuditEntry, AuditHead
from tracker.audit.queries import head_hash, history, verify_chain
from tracker.audit.service import record
from tracker.db import session, transaction

TRIGGERS = {
    "sqlite": ("DROP TRIGGER audit_entry_no_update", "DROP TRIGGER audit_entry_no_delete"),
    "postgresql": ("ALTER TABLE audit_entry DISABLE TRIGGER ALL",),
}


@pytest.fixture
def ten(place, writing):
    with writing():
        for number in range(10):
            record(
                "试记一笔",
                by=place.viewer("lead"),
                at=AT,
                subject=("person", number),
                changes={"数": (number, number + 1)},
            )
    return place


def unlock(database: str) -> None:
    for statement in TRIGGERS[database]:
        session.execute(text(statement))


def test_a_whole_chain_is_found_whole(ten, reading):
    with reading():
        verdict = verify_chain()
        assert verdict.broken_at is None
        assert verdict.rows == session.scalar(select(func.count()).select_from(AuditEntry)) >= 10
        assert verdict.head == head_hash()


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET action = '改了'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_it(ten, writing, reading, statement):
    with pytest.raises(DatabaseError, match="append-only"), writing():
        session.execute(text(statement))
    with reading():
        assert verify_chain().broken_at is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET action = '改了' WHERE seq = {seq}",
        "UPDATE audit_entry SET actor_name = '别人' WHERE seq = {seq}",
        "UPDATE audit_entry SET subject_id = 999 WHERE seq = {seq}",
        'UPDATE audit_entry SET body = \'{{"changes":{{}},"detail":{{}}}}\' WHERE seq = {seq}',
        "UPDATE audit_entry SET at = '2026-03-02 02:00:00.000000' WHERE seq = {seq}",
        "DELETE FROM audit_entry WHERE seq = {seq}",
    ],
)
def test_what_was_changed_behind_its_back_is_found(ten, writing, reading, database, change):
    with reading():
        seq = (session.scalar(select(func.max(AuditEntry.seq))) or 0) - 4
    with writing():
        unlock(database)
        session.execute(text(change.format(seq=seq)))
    with reading():
        verdict = verify_chain()
    assert verdict.broken_at in {seq, seq + 1}
    assert verdict.rows == seq - 1


def test_entries_cut_off_at_the_end_are_missed(ten, writing, reading, database):
    with writing():
        unlock(database)
        last = session.scalar(select(func.max(AuditEntry.seq)))
        session.execute(text("DELETE FROM audit_entry WHERE seq = :seq"), {"seq": last})
    with reading():
        assert verify_chain().broken_at == last


def test_the_command_says_whether_it_holds(ten, app, writing, database):
    runner = app.test_cli_runner()
    good = runner.invoke(args=["audit", "verify"])
    assert good.exit_code == 0
    assert "链头哈希" in good.output
    with writing():
        unlock(database)
        session.execute(text("UPDATE audit_entry SET actor_name = '别人' WHERE seq = 3"))
    broken = runner.invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert "第 3 条断开" in broken.output


def test_what_is_rolled_back_leaves_no_entry(place, writing, reading):
    with reading():
        before = head_hash()

    def fails():
        with writing():
            record("没有发生的事", by=None, at=AT, subject=("person", 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with reading():
        assert head_hash() == before
        assert session.scalar(select(AuditEntry).where(AuditEntry.action == "没有发生的事")) is None


def test_many_who_write_at_once_make_one_chain(place, app, reading):
    """Every thread has a connection of its own; the chain must not fork nor lose an entry."""
    with reading():
        before = session.get_one(AuditHead, 1).seq
    faults: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for step in range(5):
                with app.app_context(), transaction():
                    record("同时记一笔", by=None, at=AT, subject=("person", number), detail={"步": step})
        except BaseException as fault:  # noqa: BLE001 told by the assertion below, in the main thread
            faults.append(fault)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with reading():
        assert session.get_one(AuditHead, 1).seq == before + 30
        assert verify_chain().broken_at is None


def test_values_are_kept_as_people_know_them(place, writing, reading):
    with writing():
        person = session.scalars(select(Person).where(Person.username == "reporter")).one()
        record(
            "更改", by=place.viewer("admin"), at=datetime(2026, 3, 2, 9, 30, 0, 5, tzinfo=UTC), subject=("person", person.id),
            changes={"权重": (Decimal("1.50"), Decimal(2)), "期限": (None, date(2026, 6, 30)), "同样": (1, 1)},
            detail={"甲": ("a", "b")},
        )  # fmt: skip
        number = person.id
    with reading():
        entry = history("person", number)[-1]
        assert entry.changes == (("期限", None, "2026-06-30"), ("权重", "1.50", "2"))
        assert entry.detail == (("甲", ["a", "b"]),)
        assert entry.actor_name == "管理员"
        assert verify_chain().broken_at is None
