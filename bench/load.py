"""A load on a server of this machine: a few kept-open connections, each sending its next request when it has its answer.

It parses no more than it must, so that what is measured is the server.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from statistics import median, quantiles

Requests = Iterator[bytes]
"""The requests of one connection, in order; the load ends early where one runs out."""
SILENCE = 60
"""Seconds without any answer after which the server is taken for dead."""
IsGood = Callable[[bytes], bool]
"""Whether an answer (its head) is the one that was meant."""


@dataclass
class Answered:
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)
    """Seconds that each good answer took."""
    errors: int = 0

    @property
    def per_second(self) -> float:
        return len(self.waits) / self.seconds

    def percentile(self, of_100: int) -> float:
        """Milliseconds within which that share of the answers came."""
        return 1000 * quantiles(self.waits, n=100)[of_100 - 1]


class _Connection:
    def __init__(self, port: int, requests: Requests) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.began = 0.0
        self.received = b""
        self.wanted = -1

    def send(self) -> bool:
        """Sends the next request; False where there is none."""
        request = next(self.requests, None)
        if request is None:
            return False
        self.received, self.wanted = b"", -1
        self.began = time.perf_counter()
        self.socket.sendall(request)
        return True

    def receive(self) -> bool:
        """Takes what has come; True once the answer is whole. Raises ConnectionError where the server hangs up."""
        chunk = self.socket.recv(1 << 16)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        self.received += chunk
        if self.wanted < 0:
            head, gap, _ = self.received.partition(b"\r\n\r\n")
            if not gap:
                return False
            self.wanted = len(head) + 4 + _length(head)
        return len(self.received) >= self.wanted


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("an answer without its length")


def drive(port: int, streams: list[Requests], seconds: float, is_good: IsGood) -> Answered:
    """Drives the server for that long; requests on their way at the end are waited for and count.

    Raises ConnectionError where the server hangs up, TimeoutError where it falls silent.
    """
    answered = Answered()
    selector = selectors.DefaultSelector()
    began = time.perf_counter()
    for stream in streams:
        connection = _Connection(port, stream)
        if connection.send():
            selector.register(connection.socket, selectors.EVENT_READ, connection)
    while selector.get_map():
        ready = selector.select(SILENCE)
        if not ready:
            raise TimeoutError(f"no answer for {SILENCE} s")
        for key, _ in ready:
            connection = key.data
            if not connection.receive():
                continue
            now = time.perf_counter()
            if is_good(connection.received):
                answered.waits.append(now - connection.began)
            else:
                answered.errors += 1
            if now - began >= seconds or not connection.send():
                selector.unregister(connection.socket)
                connection.socket.close()
    answered.seconds = time.perf_counter() - began
    return answered


def by_turns(
    port: int, requests: Mapping[str, bytes], *, connections: int, seconds: float, rounds: int
) -> dict[str, list[Answered]]:
    """Drives the server with each request in turn, so many rounds: turns are short, so that what else the machine does
    falls on all of them alike. A first round is not counted. Raises RuntimeError where an answer is not a page."""
    found: dict[str, list[Answered]] = {name: [] for name in requests}
    for number in range(rounds + 1):
        for name, request in requests.items():
            answered = drive(port, [repeat(request)] * connections, seconds, status_is(200))
            if answered.errors:
                raise RuntimeError(f"{answered.errors} answers were none: {request[:80]!r}")
            if number:
                found[name].append(answered)
    return found


def share(ours: list[Answered], of: list[Answered]) -> float:
    """The median over the rounds of ours ÷ the other's, in answers a second."""
    return median(one.per_second / other.per_second for one, other in zip(ours, of, strict=True))


def get(path: str, cookie: str = "") -> bytes:
    """A GET as bytes."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    return (head + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode()


def post(path: str, body: bytes, cookie: str = "", token: str = "") -> bytes:
    """A form's POST as bytes."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n"
    )
    head += f"Cookie: {cookie}\r\n" if cookie else ""
    head += f"X-CSRFToken: {token}\r\n" if token else ""
    return (head + "\r\n").encode() + body


def status_is(*wanted: int) -> IsGood:
    codes = tuple(str(code).encode() for code in wanted)
    return lambda answer: answer[9:12] in codes
