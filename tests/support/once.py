"""What is slow to make and can be copied is made once in a run: the other processes wait for the first, and find it whole."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of that name, filled by `make` in whichever process asks for it first; the others only read it.

    `worker` is the fixture `worker_id`: processes of one run have their folders beside each other, a run alone has its own.
    """
    common = factory.getbasetemp() if worker == "master" else factory.getbasetemp().parent
    whole, begun = common / name, common / f"{name}-begun"
    with (common / f"{name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # given back when the file is closed
        if not whole.exists():
            shutil.rmtree(begun, ignore_errors=True)  # of somebody who did not get to the end
            begun.mkdir()
            make(begun)
            begun.rename(whole)
    return whole
