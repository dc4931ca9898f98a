"""Which function does which kind of job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tracker.outbox.context import JobContext

Handler = Callable[[JobContext], dict[str, Any]]
_handlers: dict[str, Handler] = {}

Duty = Callable[[datetime], object]
_duties: dict[str, Duty] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Says that a function does jobs of this kind. Its result is kept on the job: {"href": …, "text": …}.

    It runs outside any transaction and opens its own (`tracker.db.transaction`); running twice must do no harm.
    """

    def keep(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return keep


def handler_of(kind: str) -> Handler:
    return _handlers[kind]


def see_to(name: str, duty: Duty) -> None:
    """Says what is to be seen to whenever the worker looks round, every minute: what falls due by its day.

    It runs outside any transaction and opens its own; running twice, or a minute late, must do no harm.
    """
    _duties[name] = duty


def duties() -> dict[str, Duty]:
    return dict(_duties)
