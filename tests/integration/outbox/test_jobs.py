"""Long work: done once whoever is killed, told how far it is, stopped when asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask_babel import gettext
from sqlalchemy import func, select

from tests.support.place import AT
from tracker import clock
from tracker.db import session, transaction
from tracker.errors import DomainError, NotFound
from tracker.outbox import registry, service
from tracker.outbox.context import JobContext
from tracker.outbox.models import Job
from tracker.outbox.worker import work_off
from tracker.web.locale import speaking


@pytest.fixture
def handler(monkeypatch):
    """`handler(function)` does the jobs of kind `test` for this test."""

    def keep(function):
        monkeypatch.setitem(registry._handlers, "test", function)

    return keep


@pytest.fixture
def put(place, writing):
    def enqueue(key="k", by="lead", **payload: object):
        with writing():
            return service.enqueue("test", payload, key=key, by=place.viewer(by), at=AT).id

    return enqueue


def state(reading, job_id):
    with reading():
        job = session.get_one(Job, job_id)
        return job.state, job.done, job.total, job.message, job.result


def test_a_job_is_done_once(app, put, handler, reading):
    seen = []
    handler(lambda context: seen.append(context.payload) or {"text": "好了"})
    job_id = put(n=7)
    with app.app_context():
        assert work_off() == 1
        assert work_off() == 0
    assert seen == [{"n": 7}]
    assert state(reading, job_id) == ("done", 0, 0, "", {"text": "好了"})


def test_the_same_key_is_the_same_job(put, reading):
    assert put(key="same", n=1) == put(key="same", n=2) != put(key="other")
    with reading():
        assert session.scalar(select(func.count()).select_from(Job)) == 2


def test_a_job_that_is_put_down_in_a_failed_transaction_is_not_there(place, writing, reading):
    def fails():
        with writing():
            service.enqueue("test", {}, key="k", by=place.viewer("lead"), at=AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with reading():
        assert session.scalar(select(Job)) is None


def test_what_a_killed_worker_held_is_taken_over_when_its_lease_ends(app, put, handler, reading):
    job_id = put()
    with app.app_context(), transaction():
        assert service.lease(at=AT) is not None  # and then the process is killed
    handler(lambda _context: {"text": "好了"})
    with app.app_context(), transaction():
        assert service.lease(at=AT + service.LEASE - timedelta(seconds=1)) is None
    with app.app_context():
        assert work_off() == 1  # the lease of `AT` has long ended
    assert state(reading, job_id)[0] == "done"


def test_a_job_that_kills_its_worker_again_and_again_is_given_up(app, put, reading):
    job_id = put()
    with app.app_context():
        for attempt in range(service.ATTEMPTS):
            with transaction():
                assert service.lease(at=AT + attempt * 2 * service.LEASE) is not None
        with transaction():
            assert service.lease(at=AT + service.ATTEMPTS * 2 * service.LEASE) is None
    assert state(reading, job_id)[0] == "failed"


def test_two_workers_never_hold_one_job(app, put):
    put(key="a")
    put(key="b")
    with app.app_context(), transaction():
        held = [job.id if job else None for job in (service.lease(at=AT) for _ in range(3))]
    assert None not in held[:2]
    assert held[0] != held[1]
    assert held[2] is None


def test_progress_is_seen_while_it_runs_and_a_wish_to_stop_is_heard(app, put, handler, place, reading):
    job_id = put()

    def work(context: JobContext):
        context.tell(10, 100)
        assert state(reading, job_id)[:3] == ("running", 10, 100)
        with app.app_context(), transaction():
            service.ask_to_cancel(job_id, by=place.viewer("lead"), at=clock.now())
        context.tell(20, 100)
        raise AssertionError("it should have stopped")

    handler(work)
    with app.app_context():
        work_off()
    assert state(reading, job_id)[0] == "cancelled"


def test_a_job_that_waits_is_cancelled_at_once(app, put, handler, place, reading):
    job_id = put()
    handler(lambda _context: pytest.fail("it was cancelled"))
    with app.app_context(), transaction():
        service.ask_to_cancel(job_id, by=place.viewer("lead"), at=AT)
    with app.app_context():
        assert work_off() == 0
    assert state(reading, job_id)[0] == "cancelled"
    with pytest.raises(DomainError), app.app_context(), transaction():
        service.ask_to_cancel(job_id, by=place.viewer("lead"), at=AT)


def test_only_who_started_it_may_stop_it(app, put, place):
    job_id = put()
    with pytest.raises(NotFound), app.app_context(), transaction():
        service.ask_to_cancel(job_id, by=place.viewer("admin"), at=AT)


@pytest.mark.parametrize(
    ("fault", "told"), [(DomainError("这样不行,请换一个。"), "这样不行"), (ZeroDivisionError(), "系统出错")]
)
def test_a_fault_ends_the_job_and_not_the_worker(app, put, handler, reading, fault, told):
    bad, good = put(key="bad", bad=True), put(key="good")

    def work(context: JobContext):
        if context.payload.get("bad"):
            raise fault
        return {}

    handler(work)
    with app.app_context():
        assert work_off() == 2
    assert state(reading, bad)[0] == "failed"
    assert told in state(reading, bad)[3]
    assert state(reading, good)[0] == "done"


def test_what_a_handler_left_half_done_is_not_kept(app, put, handler, place, reading):
    job_id = put()

    def work(context: JobContext):
        with transaction():
            service.enqueue("other", {}, key="half", by=None, at=AT)
            raise DomainError("半途而废")

    handler(work)
    with app.app_context():
        work_off()
    assert state(reading, job_id)[0] == "failed"
    with reading():
        assert session.scalar(select(Job).where(Job.key == "half")) is None


def test_the_commands_work_off_what_waits(app, put, handler):
    put()
    handler(lambda _context: {})
    assert "已完成 1 项作业" in app.test_cli_runner().invoke(args=["jobs", "once"]).output


def test_a_job_speaks_the_language_of_whoever_started_it(app, handler, place, reading):
    with app.test_request_context(), speaking("en"), transaction():
        job_id = service.enqueue("test", {}, key="english", by=place.viewer("lead"), at=AT).id
    handler(lambda _context: {"text": gettext("时间")})
    with app.app_context():
        assert work_off() == 1
        assert session.get_one(Job, job_id).result == {"text": "Time"}
