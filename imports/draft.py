"""The draft: what was read, ready for a person to review. Its JSON is the contract `flask imports read` prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from imports.problems import Problem

Role = Literal["lead", "responsible", "support", "supervise"]
DeadlineKind = Literal["date", "month_end", "year_end", "recurring", "ongoing", "phase"]
TargetOp = Literal[">=", "<=", "=", "~", "range"]


@dataclass(frozen=True, slots=True)
class UnitExpression:
    """One unit expression as printed, its list split and its role words taken off."""

    text: str
    role: Role
    collective: bool = False
    open: bool = False
    also: str | None = None
    """The second name of one body with two names: `省市场监管局(省知识产权局)`, which `text` holds in full."""


@dataclass(frozen=True, slots=True)
class Deadline:
    text: str
    kind: DeadlineKind
    date: date | None = None
    recurrence: str | None = None
    """`daily`, `weekly`, `monthly`, `monthly:5`, `quarterly`, `quarterly:20`, `half_yearly`, `yearly`, `yearly:01-31`."""
    action: str | None = None
    """What is to be done by then, where the text says so (`动工`, `投入使用`)."""


class Target(NamedTuple):
    text: str
    value: Decimal | tuple[Decimal, Decimal]
    unit: str
    op: TargetOp


class Extra(NamedTuple):
    """A cell that belongs to a task but to none of its named fields: a person, a telephone number, a weight, a remark."""

    label: str
    text: str
    locator: str


@dataclass(slots=True)
class DraftTask:
    locator: str
    """Where the requirement stands."""
    path: list[str]
    number: str | None
    name: str
    requirement: str
    units: list[UnitExpression] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)
    sources: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """For each field (`path`, `number`, `name`, `requirement`, `units`, `deadlines`) the places it was read from, as
    pairs of locator and raw text: what the review page marks, and what the conservation test counts."""


@dataclass(frozen=True, slots=True)
class Milestone:
    locator: str
    name: str
    date: date | None
    text: str = ""
    """What is to be done in this stage, as printed."""
    sources: tuple[tuple[str, str], ...] = ()


UnreadKind = Literal["text", "noise", "addressee", "caption", "body", "note", "hidden", "total", "template"]


@dataclass(frozen=True, slots=True)
class Unread:
    locator: str
    text: str
    kind: UnreadKind = "text"
    """Why it was set aside: furniture of a web page, who is addressed, a caption, running text that is no task or that a
    table restates, a note under a table, something hidden, a row of totals, the template's own examples; `text` where
    nothing is known."""


@dataclass(slots=True)
class DraftHeader:
    """What the document says of itself."""

    title: str = ""
    issuer: str | None = None
    number: str | None = None
    issued_on: date | None = None
    year: int | None = None
    sources: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    columns: list[tuple[str, str]] = field(default_factory=list)
    """The header cells that were recognised, repeated ones too, as pairs of locator and raw text."""


@dataclass(slots=True)
class Draft:
    document: DraftHeader
    tasks: list[DraftTask] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
