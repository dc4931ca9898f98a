"""How the application is served: who takes a connection when many come at once."""

from __future__ import annotations

import errno
import importlib.util
import socket
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import TConn, ThreadWorker

from tests.support.server import ROOT, SECRET


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path) -> ModuleType:
    """gunicorn.conf.py as gunicorn reads it."""
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("SECRET_KEY", SECRET)
    spec = importlib.util.spec_from_file_location("gunicorn_conf", ROOT / "gunicorn.conf.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture
def worker(served: ModuleType, monkeypatch: pytest.MonkeyPatch):
    """`worker(age, holds)` is one of several that hold so many connections, `idle` of them without a request at the moment;
    `taken` are those that it accepts."""
    monkeypatch.setattr(ThreadWorker, "accept", lambda self, listener: self.taken.append(listener))

    def made(age: int, holds: int, *, idle: int = 0) -> Any:
        one = served.FairWorker.__new__(served.FairWorker)
        one.age, one.nr_conns, one.taken = age, holds, []
        one.cfg, one.worker_connections = SimpleNamespace(threads=8), 1000
        one.keepalived_conns, one.pending_conns = [None] * idle, []
        one.tmp = SimpleNamespace(notify=lambda: None)
        one.notify()
        return one

    return made


def test_a_connection_is_left_to_who_holds_fewer(worker):
    one, two = worker(1, 3), worker(2, 2)
    one.accept("new")
    two.accept("new")
    assert (one.taken, two.taken) == ([], ["new"])


def test_who_holds_as_many_takes_it(worker):
    one, two = worker(1, 2), worker(2, 2)
    one.accept("new")
    assert (one.taken, two.taken) == (["new"], [])


def test_a_connection_is_left_to_who_has_a_thread_to_spare(worker):
    """Eight slow lines keep all threads of the one; twelve pages that lie open keep none of the other's."""
    one, two = worker(1, 8), worker(2, 12, idle=12)
    one.accept("new")
    two.accept("new")
    assert (one.taken, two.taken) == ([], ["new"])


def test_nobody_waits_for_ever_for_a_line_that_has_gone_silent(served, worker, monkeypatch):
    monkeypatch.setattr(ThreadWorker, "enqueue_req", lambda self, connection: self.taken.append(connection))
    monkeypatch.setattr(served, "PATIENCE", 0.01)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        one = worker(1, 0)
        one.enqueue_req(SimpleNamespace(sock=ours))
        assert len(one.taken) == 1
        ours.setblocking(True)  # as a thread does that reads a request
        with pytest.raises(BlockingIOError):
            ours.recv(1)
        with pytest.raises(BlockingIOError):
            ours.sendall(bytes(1 << 24))


def test_a_line_that_goes_silent_within_its_head_is_no_fault_of_the_server(served, worker, monkeypatch, caplog):
    monkeypatch.setattr(ThreadWorker, "enqueue_req", lambda self, connection: self.taken.append(connection))
    monkeypatch.setattr(served, "PATIENCE", 0.01)
    one, settings = worker(1, 0), Config()
    one.cfg, one.log = settings, Logger(settings)
    one.log.error_log.propagate = True
    served.on_starting(SimpleNamespace(log=one.log))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n")
        connection = TConn(settings, ours, ("127.0.0.1", 9), ("127.0.0.1", 8000))
        one.enqueue_req(connection)
        assert one.handle(connection) is False
    assert [record.message for record in caplog.records] == []
    try:
        raise OSError(errno.EIO, "a fault")
    except OSError:
        one.log.exception("Socket error processing request.")
    assert len(caplog.records) == 1


def test_a_fault_within_the_application_is_told_whatever_its_kind(served, worker, monkeypatch, caplog):
    """An answer that waits for a lock while it is written fails as a silent line does, and is a fault of ours."""
    monkeypatch.setattr(ThreadWorker, "enqueue_req", lambda self, connection: self.taken.append(connection))

    def answer(environ, start):
        start("200 OK", [("Content-Type", "text/plain")])
        yield b"begun"
        raise BlockingIOError(errno.EAGAIN, "the turn is taken")

    one, settings = worker(1, 0), Config()
    one.cfg, one.log, one.wsgi, one.alive, one.nr, one.max_requests = settings, Logger(settings), answer, True, 0, 9
    one.max_keepalived = 0
    one.log.error_log.propagate = True
    served.on_starting(SimpleNamespace(log=one.log))
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        one.handle(TConn(settings, ours, ("127.0.0.1", 9), ("127.0.0.1", 8000)))
    assert ["the turn is taken" in str(record.exc_info) for record in caplog.records] == [True]


def test_it_says_where_it_listens(served, monkeypatch, capsys):
    monkeypatch.setenv("LUOSHI_JOBS", "0")
    served.when_ready(SimpleNamespace(LISTENERS=["http://127.0.0.1:8103", "unix:luoshi.sock"]))
    assert "http://127.0.0.1:8103 unix:luoshi.sock  (Ctrl+C" in capsys.readouterr().out


def test_nobody_is_left_waiting_for_a_worker_that_is_busy(worker):
    one, _two = worker(1, 3), worker(2, 0)
    offers = 0
    while not one.taken:
        one.accept("new")
        offers += 1
    assert 1 < offers < 20
    one.accept("next")
    assert one.taken == ["new"], "and the other is waited for again"


def test_a_worker_that_has_gone_counts_no_more(served, worker):
    one, two = worker(1, 3), worker(2, 0)
    served.child_exit(None, two)
    one.accept("new")
    assert one.taken == ["new"]
