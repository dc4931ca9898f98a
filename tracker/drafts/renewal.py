"""What a newer reader (识别程序) would read otherwise of a draft's document. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.drafts.bodies import HEADER_FIELDS, TASK_FIELDS, Body, changed_fields, plain_value


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task of the draft: as it stands, and as it was read (None: a person added it)."""

    body: Body
    original: Body | None
    stale: bool
    """Whether a reading before had it no more."""


@dataclass(frozen=True, slots=True)
class FieldRead:
    field: str
    before: str
    after: str
    kept: bool
    """Whether a person corrected it: then their words stay."""


@dataclass(frozen=True, slots=True)
class TaskRead:
    kind: str
    """`new`, `gone` or `changed`."""
    locator: str
    name: str
    fields: tuple[FieldRead, ...] = ()


def renewal(held: Sequence[HeldTask], found: Iterable[Body]) -> list[TaskRead]:
    """The tasks that would be read otherwise, told by their places as reading again does; in the order of the document."""
    by_place: dict[str, list[HeldTask]] = {}
    for one in held:
        if one.original is not None:
            by_place.setdefault(one.original["locator"], []).append(one)
    rows: list[TaskRead] = []
    for body in found:
        known = by_place.get(body["locator"])
        if not known:
            rows.append(TaskRead("new", body["locator"], body["name"]))
            continue
        task = known.pop(0)
        fields = _fields(task, body)
        if fields:
            rows.append(TaskRead("changed", body["locator"], task.body["name"], fields))
    left = [one for tasks in by_place.values() for one in tasks if not one.stale]
    return rows + [TaskRead("gone", one.body["locator"], one.body["name"]) for one in left]


def header_renewal(header: Body, read: Body, found: Body) -> tuple[FieldRead, ...]:
    """What would be read otherwise of the document itself: its header as it stands, as it was read, as it is read now."""
    return tuple(
        FieldRead(name, str(read.get(name) or "–"), str(found[name] or "–"), header[name] != read.get(name))
        for name in HEADER_FIELDS
        if read.get(name) != found[name]
    )


def _fields(task: HeldTask, body: Body) -> tuple[FieldRead, ...]:
    assert task.original is not None
    own = changed_fields(task.body, task.original)
    return tuple(
        FieldRead(name, _said(name, task.original[name]), _said(name, body[name]), name in own)
        for name in TASK_FIELDS
        if task.original[name] != body[name]
    )


def _said(name: str, value: object) -> str:
    return str(plain_value(name, value) or "–")
