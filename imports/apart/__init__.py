"""Reading in a process of its own, with bounds on memory and time: what a hostile file brings down is not the server.

`run("module:function", data, request)` calls a function of our own in a fresh child and gives back its JSON answer. The
child is forked from a nursery, a small process that loads each module when it is first asked for and holds nothing else,
so that a small file waits a few milliseconds and not for Python or the readers to start.
"""

from __future__ import annotations

from imports.apart.nursery import Fault, Request, run

__all__ = ["Fault", "Request", "run"]
