"""The nursery and its children: `python -m imports.apart.child FD` waits on a socket.

Each message brings the end of a stream and names the module that will be asked. The nursery loads that module once, for
all who ask it later, and forks; the child bounds itself, reads one request, answers and ends. The nursery has one thread
and no state but what it has loaded, so a fork of it is safe; it ends when its parent does.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import socket
import sys
import traceback
from contextlib import suppress
from typing import Any

from imports.apart.frames import LONGEST_NAME, receive, send
from imports.problems import UnreadableDocument


def main(descriptor: int) -> None:
    """Serves until the parent closes its end."""
    control = socket.socket(fileno=descriptor)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides, not a key pressed in its terminal
    gc.disable()
    while True:
        module, descriptors, _, _ = socket.recv_fds(control, LONGEST_NAME, 1)
        if not module:
            return
        _load(module.decode("ascii"))
        for stream in descriptors:
            if os.fork() == 0:
                control.close()
                _serve(socket.socket(fileno=stream))
                os._exit(0)
            os.close(stream)


def _load(module: str) -> None:
    """One that cannot be loaded is told of by the child, which tries again."""
    if module not in sys.modules:
        with suppress(Exception):
            importlib.import_module(module)
        gc.freeze()


def _serve(stream: socket.socket) -> None:
    """Reads one request within its bounds and answers it."""
    request = json.loads(receive(stream))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # a child of the child, a converter, is waited for
    signal.alarm(request["seconds"])
    memory = request["megabytes"] << 20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = json.dumps(_answer(request, receive(stream)), ensure_ascii=False).encode("utf-8", "surrogatepass")
    except MemoryError:
        answer = b'{"refused": ["too-much-memory", {}]}'
    send(stream, answer)


def _answer(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    module, _, name = request["work"].partition(":")
    try:
        return {"done": getattr(importlib.import_module(module), name)(data, **request["given"])}
    except UnreadableDocument as error:
        return {"refused": [error.problem.code, dict(error.problem.params)]}
    except MemoryError:
        raise
    except RecursionError:
        return {"refused": ["too-deep", {}]}
    except Exception:  # noqa: BLE001 a fault of ours must reach the log of the parent: the child has none
        return {"fault": traceback.format_exc()}


if __name__ == "__main__":
    main(int(sys.argv[1]))
