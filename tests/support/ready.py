"""Programs of the application that answer at once: forked from a process that has it loaded, which takes seconds.

Nothing of a program is different but how it begins; `tests.support.killing` begins servers as an operator does.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from socket import socket

import time_machine

ROOT = Path(__file__).resolve().parents[2]
_LOADED = multiprocessing.get_context("forkserver")
_LOADED.set_forkserver_preload(["app", "flask.cli", "gunicorn.app.wsgiapp", __name__])


@contextmanager
def running(
    command: tuple[str, ...],
    settings: Mapping[str, str],
    log: Path,
    *,
    ahead: float,
    end: signal.Signals,
    listening: socket | None = None,
) -> Iterator[BaseProcess]:
    """`python -m` that command with these settings alone, by a clock that is so many seconds ahead, ended by that signal.

    What it prints goes to the end of the log. A socket that listens is its `LUOSHI_BIND`.
    """
    process = _LOADED.Process(target=_run, args=(command, dict(settings), log, ahead, listening))
    process.start()
    try:
        yield process
    finally:
        if process.is_alive() and process.pid is not None:
            os.kill(process.pid, end)
        process.join(60)
        process.close()  # raises ValueError where it still runs


def _run(command: tuple[str, ...], settings: dict[str, str], log: Path, ahead: float, listening: socket | None) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(settings)
    if listening is not None:
        os.environ["LUOSHI_BIND"] = f"fd://{listening.fileno()}"
    with log.open("ab") as output:
        for printed in (sys.stdout, sys.stderr):
            os.dup2(output.fileno(), printed.fileno())
    time_machine.travel(datetime.now(UTC) + timedelta(seconds=ahead)).start()
    sys.argv = list(command)
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
