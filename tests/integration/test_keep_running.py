"""The job worker lives exactly as long as the server beside which it was started."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

KEEPER = Path(__file__).resolve().parents[2] / "tools/keep_running.py"
WORKER = [sys.executable, "-c", "import os, signal; print(os.getpid(), flush=True); signal.pause()"]
PARENT = """
import signal, subprocess, sys
subprocess.Popen(sys.argv[1:], start_new_session=True)
signal.pause()
"""


def is_gone(pid: int, *, within: float) -> bool:
    """Whether the process ends in that many seconds. The kernel tells: nothing is polled."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], within)[0])
    finally:
        os.close(handle)


@pytest.fixture
def keeper():
    process = subprocess.Popen([sys.executable, str(KEEPER), *WORKER], stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.communicate()


def test_it_ends_what_it_keeps_when_it_is_told_to_stop(keeper: subprocess.Popen[str]):
    assert keeper.stdout is not None
    worker = int(keeper.stdout.readline())
    keeper.terminate()
    assert keeper.wait(10) == 0
    assert is_gone(worker, within=5)


def test_it_does_not_outlive_its_parent():
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, sys.executable, str(KEEPER), *WORKER], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait(5)
    assert is_gone(worker, within=10)
    parent.stdout.close()
