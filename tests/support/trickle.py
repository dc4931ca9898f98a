"""A server that answers byte by byte, each in good time."""

from __future__ import annotations

import socket
import threading

PAUSE = 0.02
"""Seconds between two bytes: far less than any of them is waited for."""


class Trickle:
    """A server that takes one line, and gives its answers one byte after the other."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        """Each given when something was said; the first at once where `greets`."""
        self.greets = False
        self.slow = 0
        """From which answer on it is slow."""
        self.given = 0
        self._stop = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        try:
            self._talk(self._listening.accept()[0])
        except OSError:
            return

    def _talk(self, taken: socket.socket) -> None:
        with taken:
            for number, answer in enumerate(self.answers):
                if (number or not self.greets) and not taken.recv(65_536):
                    return
                if number < self.slow:
                    taken.sendall(answer)
                    continue
                for byte in answer:
                    taken.sendall(bytes([byte]))
                    self.given += 1
                    if self._stop.wait(PAUSE):
                        return
            taken.recv(65_536)

    def __enter__(self) -> Trickle:
        self._thread.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._stop.set()
        with socket.socket() as last:  # whom nobody has called listens still
            last.connect_ex(("127.0.0.1", self.port))
        self._thread.join(10)
        self._listening.close()
