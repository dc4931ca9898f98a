"""A line to another machine that is cut when its time is over: byte by byte an answer could otherwise go on for ever."""

from __future__ import annotations

import socket
from threading import Lock, Timer
from time import monotonic
from types import TracebackType

from flask_babel import gettext as _

from tracker.reminders.channels.outcome import Undelivered


class Line:
    """Lasts so many seconds, whatever the other side sends meanwhile, from the moment it is entered: reaching it, agreeing on
    secrecy, what is said and answered. Finding the address of a name is left to the system, which has limits of its own.

    What was not taken by then is Undelivered, `perhaps`; what happens after it was `taken` changes nothing.
    """

    def __init__(self, seconds: float) -> None:
        self.taken = False
        """Whether the other side has said that it took what was sent."""
        self._seconds, self._until = seconds, 0.0
        self._lock, self._is_cut = Lock(), False
        self._held: socket.socket | None = None
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Line:
        self._until = monotonic() + self._seconds
        self._timer.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> bool:
        self._timer.cancel()
        with self._lock:
            if self._held is not None:
                self._held.close()
                self._held = None
        if error is not None and not isinstance(error, Exception):
            return False
        if self._is_cut and not self.taken:
            raise Undelivered(_("对方 %(n)s 秒内没有答完，连接已断开", n=f"{self._seconds:g}"), perhaps=True) from error
        return self.taken

    def reach(self, host: str, port: int, patience: float) -> socket.socket:
        """A line to the first of a host's addresses that answers. `patience`: seconds for each, and for each answer later.
        Raises OSError."""
        fault = OSError(f"no address of {host}")
        for family, kind, protocol, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            made = socket.socket(family, kind, protocol)
            try:
                self._hold(made)
                made.settimeout(min(patience, max(self._until - monotonic(), 0.001)))
                made.connect(address)
                made.settimeout(patience)
                made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                made.close()
                fault = error
            else:
                return made
        raise fault

    def _hold(self, made: socket.socket) -> None:
        """A second handle of the line, by which it can be cut whatever becomes of the first. Raises TimeoutError where the
        time is over."""
        with self._lock:
            if self._is_cut:
                raise TimeoutError("timed out")
            if self._held is not None:
                self._held.close()
            self._held = made.dup()

    def _cut(self) -> None:
        with self._lock:
            self._is_cut = True
            if self._held is not None:
                try:
                    self._held.shutdown(socket.SHUT_RDWR)
                except OSError:  # it was not there yet, or has ended by itself
                    return
