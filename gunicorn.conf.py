"""How the application is served: two processes of eight threads, and one process that works through the jobs.

`make run` and an operator's service file start the same thing: `python -m gunicorn "app:create_app()"`.
"""

from __future__ import annotations

import gc
import logging
import os
import socket
import struct
import subprocess
import sys
import time
import traceback
from multiprocessing.sharedctypes import RawArray
from pathlib import Path
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from tracker.config import keep_place

HERE = Path(__file__).resolve().parent

keep_place()  # before the application is made, so that web workers and the job worker share one secret key

bind = os.environ.get("LUOSHI_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("LUOSHI_WORKERS", "2"))
threads = int(os.environ.get("LUOSHI_THREADS", "8"))
preload_app = True  # one import for all processes: less memory, and a broken configuration stops the start

timeout = 120  # seconds a worker may be silent; a request that long is work for the job worker
graceful_timeout = 30  # seconds for requests in hand when the server is told to stop
keepalive = 5
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - heartbeat files stay off slow disks

SWITCH = 0.0005
"""Seconds that a thread may compute while another wants to go on; Python's own 5 ms are longer than a page takes. Of eight
readers on a busy machine the slowest hundredth waits a quarter less by it."""

accesslog = os.environ.get("LUOSHI_ACCESS_LOG") or None
loglevel = "warning"
control_socket_disable = True  # nobody uses it, and it would leave a file in the home folder

GARBAGE = (10_000, 20, 20)
"""When Python looks for what only refers to itself: seldom, and never at what was imported once for all processes. A request
leaves next to nothing of it, and Python's own 700 cost a twentieth of each."""

GONE = -1
LOADS = RawArray("i", [GONE] * 64)
"""How much each worker has to do (see `FairWorker.load`): shared by all of them, each writes its own."""
PATIENCE = 15.0
"""Seconds for which a thread waits for a line that has gone silent within a request, or that takes no more of its answer: sixteen
telephones that left their network would keep all threads for ever."""


OFFERS, PAUSE = 8, 0.0005
"""How often in a row a worker leaves a connection to another that has less to do, and for how many seconds each time: the other
may be busy, or about to stop, and nobody is to be left waiting for it."""


class FairWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker that leaves a new connection to one that has less to do.

    Browsers keep their connections, and whoever is awake takes all that come at once: of sixteen people at nine o'clock one
    process had fifteen, and one core stood still.
    """

    waits = 0
    """How often in a row it has waited for the other."""

    def load(self) -> int:
        """How many connections it holds; where none of its threads is free, more than anybody else can hold."""
        at_work = self.nr_conns - len(self.keepalived_conns) - len(self.pending_conns)
        held: int = self.nr_conns
        return held + self.worker_connections if at_work >= self.cfg.threads else held

    def say_load(self) -> None:
        LOADS[self.age % len(LOADS)] = self.load()

    def notify(self) -> None:
        super().notify()
        self.say_load()

    def accept(self, listener: Any) -> None:
        if self.load() > min(load for load in LOADS if load != GONE) and self.waits < OFFERS:
            self.waits += 1
            time.sleep(PAUSE)
            return
        self.waits = 0
        super().accept(listener)
        self.say_load()

    def enqueue_req(self, conn: Any) -> None:
        """Gives a request to a thread, which does not wait for its line for ever: then reading, or writing, fails."""
        seconds, rest = divmod(PATIENCE, 1)
        patience = struct.pack("ll", int(seconds), int(rest * 1_000_000))
        for way in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            conn.sock.setsockopt(socket.SOL_SOCKET, way, patience)
        super().enqueue_req(conn)


worker_class = FairWorker


def is_news(record: logging.LogRecord) -> bool:
    """Whether a line of the error log tells of a fault. A connection that goes silent within a request (`PATIENCE`) is none:
    it is closed, and nobody can do anything about it. What gunicorn itself reads and writes is the connection; the same
    error from deeper down, as from a lock that is taken, is a fault like any other."""
    if not (record.exc_info and isinstance(record.exc_info[1], BlockingIOError)):
        return True
    raised = [frame for frame, _line in traceback.walk_tb(record.exc_info[2])]
    return not raised or not str(raised[-1].f_globals.get("__name__")).startswith("gunicorn.")


def on_starting(server: Any) -> None:
    server.log.error_log.addFilter(is_news)


def child_exit(server: Any, worker: Any) -> None:
    LOADS[worker.age % len(LOADS)] = GONE


_jobs: list[subprocess.Popen[bytes]] = []


def when_ready(server: Any) -> None:
    """Starts the job worker beside the web workers, unless `LUOSHI_JOBS=0` says that it runs elsewhere."""
    if os.environ.get("LUOSHI_JOBS", "1") != "0":
        _jobs.append(
            subprocess.Popen(
                [sys.executable, str(HERE / "tools/keep_running.py"), sys.executable, "-m", "flask", "jobs", "work"],
                cwd=HERE,
                start_new_session=True,  # Ctrl+C goes to this server, which stops it in its own time
            )
        )
    listens = " ".join(str(one) for one in server.LISTENERS)  # which an option of the command may have chosen
    sys.stdout.write(f"Luoshi 落实: {listens}  (Ctrl+C stops it)\n")
    sys.stdout.flush()


def post_fork(server: Any, worker: Any) -> None:
    """A connection belongs to the process that opened it: every worker starts with a pool of its own."""
    sys.setswitchinterval(SWITCH)
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    application = server.app.wsgi()
    with application.app_context():
        for engine in application.extensions["sqlalchemy"].engines.values():
            engine.dispose(close=False)


def on_exit(server: Any) -> None:
    for job in _jobs:
        job.terminate()
        try:
            job.wait(25)
        except subprocess.TimeoutExpired:
            job.kill()
