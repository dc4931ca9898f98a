"""The parent's side: one nursery a process, started at the first request and again where it was lost."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from imports.apart.frames import Broken, receive, send
from imports.problems import UnreadableDocument
from imports.readers import limits

_ROOT = Path(__file__).resolve().parent.parent.parent
_CODE = "imports.apart.child"
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")
_GRACE = 2.0
"""Seconds for an answer to arrive after the child's own alarm."""


@dataclass(frozen=True, slots=True)
class Request:
    work: str
    """`module:function` of ours, called as `function(data, **given)`; its answer must be JSON."""
    given: Mapping[str, Any] = field(default_factory=dict)
    seconds: int = limits.PARSE_SECONDS
    megabytes: int = limits.PARSE_MEGABYTES


class Fault(UnreadableDocument):
    """Reading failed by a fault of the program; `trace` is for the log."""

    def __init__(self, trace: str) -> None:
        super().__init__("reader-fault")
        self.trace = trace


class _Nursery:
    """A running nursery and the socket to it."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)  # each name arrives as a whole
        with theirs:
            command = [sys.executable, "-m", _CODE, str(theirs.fileno())]
            self.process = subprocess.Popen(  # noqa: S603 our own interpreter and module
                command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),), env=_environment(),
            )  # fmt: skip

    def stream(self, module: str) -> socket.socket:
        """A stream to a fresh child that has the module loaded. Raises OSError where the nursery is gone."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self.control, [module.encode("ascii")], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        return ours

    def close(self) -> None:
        self.control.close()
        if self.pid == os.getpid():
            self.process.wait()


class _Keeper:
    """Holds the nursery of this process. One that was lost, or belongs to the process that forked this one, is replaced."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._nursery: _Nursery | None = None

    def stream(self, module: str) -> socket.socket:
        """A stream to a fresh child. Raises UnreadableDocument where no nursery can be had."""
        with self._lock:
            for _ in range(2):
                if self._nursery is None or self._nursery.pid != os.getpid():
                    self._nursery = _Nursery()
                try:
                    return self._nursery.stream(module)
                except OSError:
                    self._nursery.close()
                    self._nursery = None
        raise UnreadableDocument("reader-lost")

    def close(self) -> None:
        if self._nursery is not None:
            self._nursery.close()


_keeper = _Keeper()
atexit.register(_keeper.close)


def _environment() -> dict[str, str]:
    """What Python needs to start, and none of the settings: no key and no address of a database goes to a child."""
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}


def run(request: Request, data: bytes) -> Any:
    """The answer of `request.work` to `data`. Raises UnreadableDocument as it did, or where it broke its bounds."""
    began = time.monotonic()
    with _keeper.stream(request.work.partition(":")[0]) as stream:
        head = {
            "work": request.work,
            "given": request.given,
            "seconds": request.seconds,
            "megabytes": request.megabytes,
        }
        try:
            send(stream, json.dumps(head).encode())
            send(stream, data)
            answer = json.loads(receive(stream, began + request.seconds + _GRACE))
        except (Broken, OSError) as error:
            late = time.monotonic() - began >= request.seconds
            raise UnreadableDocument("too-slow" if late else "reader-lost") from error
    if "done" in answer:
        return answer["done"]
    if "refused" in answer:
        code, params = answer["refused"]
        raise UnreadableDocument(code, **params)
    raise Fault(answer["fault"])
