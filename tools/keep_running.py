"""Runs one command and starts it again where it dies, until this process is told to stop or its parent is gone.

usage: python tools/keep_running.py COMMAND [ARGUMENT...]
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

LOOK_EVERY = 1.0
"""Seconds between two looks at the child and the parent."""
REST = 5.0
"""Seconds before a command that died is started again, so that a broken one does not take the machine."""
PATIENCE = 20.0
"""Seconds a command may take to finish what it is doing once it is told to stop."""


class Stop(Exception):
    """Somebody asked this process to end."""


def _raise_stop(_signal: int, _frame: FrameType | None) -> None:
    raise Stop


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks politely (SIGINT is the job worker's "finish what you are at"), then ends it."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def keep_running(command: list[str]) -> None:
    parent = os.getppid()
    while os.getppid() == parent:
        process = subprocess.Popen(command)
        try:
            while process.poll() is None and os.getppid() == parent:
                time.sleep(LOOK_EVERY)
        finally:
            _end(process)
        if os.getppid() == parent:
            sys.stderr.write(f"{' '.join(command)} ended with {process.returncode}; starting it again\n")
            time.sleep(REST)


def main() -> None:
    signal.signal(signal.SIGTERM, _raise_stop)
    signal.signal(signal.SIGINT, _raise_stop)
    try:
        keep_running(sys.argv[1:])
    except Stop:
        return


if __name__ == "__main__":
    main()
