"""What a room says when it will not do a thing. Raised by services and queries, worded for the person who asked."""

from __future__ import annotations


class DomainError(Exception):
    """The request cannot be carried out; `message` says why and what to do next.

    `field` names the form field it belongs to, or None where it concerns the whole form.
    """

    status = 422

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Conflict(DomainError):
    """Somebody else was faster: the record has changed since it was shown."""

    status = 409


class NotFound(DomainError):
    """There is no such thing, or the person who asks may not know of it."""

    status = 404

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
