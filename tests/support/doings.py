"""What people do while a server is killed: each a request, or a few, that may be done again where no answer came."""

from __future__ import annotations

import hashlib
import http.client
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from urllib.parse import urlencode

from tests.support.killing import PATIENCE, Doing, Headers, Taken

PIECE = 3_000
"""Bytes of a file that are sent at once."""


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


@dataclass(frozen=True)
class Line:
    """Somebody's line to the server."""

    port: int
    headers: Headers

    def ask(self, method: str, path: str, body: str | bytes = b"") -> Answer | None:
        """None where no answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            kind = "application/octet-stream" if isinstance(body, bytes) else "application/x-www-form-urlencoded"
            connection.request(method, path, body, self.headers | {"Content-Type": kind})
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def reporting(line: Line, owed: Sequence[int], words: str) -> Iterator[Doing]:
    """Report after report: by its form, with a file in pieces, two at once in the table."""
    waiting = iter(owed)
    for way in cycle(("form", "file", "table")):
        mine = list(islice(waiting, 2 if way == "table" else 1))
        if not mine:
            return
        if way == "file":
            yield partial(_send_file, line, mine[0], words)
        yield partial(_in_table if way == "table" else _by_form, line, mine, words)


def _said(words: str, obligation: int) -> str:
    return f"{words}，事项{obligation}"


def _page(obligation: int) -> str:
    """What the page calls itself: the same whenever it is asked for."""
    return f"{obligation:032x}"


def _by_form(line: Line, mine: Sequence[int], words: str) -> Taken | None:
    (one,) = mine
    typed = {"done": _said(words, one), "percent": "10", "version": "0", "editor": _page(one)}
    answer = line.ask("POST", f"/obligations/{one}/report", urlencode(typed))
    return _taken(answer, {("report", one): _said(words, one)})


def _in_table(line: Line, mine: Sequence[int], words: str) -> Taken | None:
    typed: list[tuple[str, str | int]] = [("hand_in", "1")]
    for one in mine:
        row = {"done": _said(words, one), "percent": "10", "version": "0", "editor": _page(one)}
        typed += [("row", one), ("chosen", one), *((f"row{one}-{name}", value) for name, value in row.items())]
    answer = line.ask("POST", "/assignments/reports", urlencode(typed))
    return _taken(answer, {("report", one): _said(words, one) for one in mine})


def _send_file(line: Line, one: int, words: str) -> Taken | None:
    """A file in pieces, from where it has come to."""
    content = b"%PDF-1.7 " + _said(words, one).encode() * 200
    named = {"name": f"{words}.pdf", "size": len(content), "modified": 1, "editor": _page(one)}
    address = f"/obligations/{one}/evidence/pieces?{urlencode(named)}"
    answer = line.ask("GET", address)
    while answer is not None and answer.status == 200 and "offset" in json.loads(answer.text):
        offset = json.loads(answer.text)["offset"]
        answer = line.ask("POST", f"{address}&offset={offset}", content[offset : offset + PIECE])
    return _taken(answer, {("file", one): hashlib.sha256(content).hexdigest()}, by=200)


def supervising(line: Line, unit: int, overdue: Iterable[int], words: str, *, seen: int) -> Iterator[Doing]:
    """A slip about one report after the other, from a page that was opened when slip `seen` was the newest."""
    for one in overdue:
        yield partial(_issue_slip, line, f"/slips/new/{unit}", one, _said(words, one), seen)


def _issue_slip(line: Line, address: str, about: int, words: str, seen: int) -> Taken | None:
    typed = {
        "reports": about, "colour": "blue", "reason": words, "demand": "请补报。", "code": "云督",
        "reply_by": "2099-12-31", "seen": seen,
    }  # fmt: skip
    answer = line.ask("POST", address, urlencode(typed))
    if answer is not None and answer.status == 409 and "刚刚已开督办单" in answer.text:
        return {("slip", about): words}  # it was taken, and only its answer was lost
    return _taken(answer, {("slip", about): words})


def _taken(answer: Answer | None, things: dict[tuple[str, int], str], *, by: int = 302) -> Taken | None:
    if answer is None:
        return None
    return things if answer.status == by else f"{things}: {answer.status}"
