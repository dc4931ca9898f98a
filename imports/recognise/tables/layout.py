"""Where in a table everything stands: the columns of a header by what a row reader asks them for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from imports.draft import Role
from imports.phrases.chars import one_line
from imports.phrases.targets import measure_of
from imports.recognise.columns import UNIT_ROLES, Column
from imports.recognise.headers import Header


@dataclass(frozen=True, slots=True)
class Layout:
    requirement: int
    levels: tuple[int, ...]
    name: int | None
    outer_number: int | None
    """A number over several rows, each with a number of its own: `2` over `2.1` and `2.2`."""
    number: int | None
    units: tuple[tuple[int, Role], ...]
    times: tuple[int, ...]
    marked: tuple[int, ...]
    """Columns headed by units, with marks."""
    shares: tuple[int, ...]
    """Columns headed by places, with the share of each."""
    measure: int
    """What the goals are counted in; -1 where no column says so."""
    measures: dict[int, str]
    """What the goals of a column are counted in, by its own head (`任务数(万元)`)."""
    others: tuple[int, ...]
    remarks: frozenset[int]
    goals: frozenset[int]
    stages: frozenset[int]
    """Those of the others whose texts are read, by what they hold."""
    labels: tuple[str, ...]
    """The name of each column on one line."""
    width: int
    """Columns that the header names: blank ones beside the table do not widen it."""
    roles: tuple[Role, ...]
    headed: frozenset[int | None]
    """The columns of headings and numbers, with which a task of its own begins."""

    @staticmethod
    def of(header: Header) -> Layout:
        columns = header.columns
        requirement = columns.index(Column.REQUIREMENT)
        levels, names = _all(columns, Column.LEVEL), _all(columns, Column.NAME)
        numbers, times = _all(columns, Column.NUMBER), _all(columns, Column.DEADLINE)
        units = tuple((index, UNIT_ROLES[column]) for index, column in enumerate(columns) if column in UNIT_ROLES)
        before = [index for index in numbers if index < requirement] or numbers
        number = before[-1] if before else None
        outer = before[0] if len(before) > 1 else None
        name = names[0] if names else None
        marked = _all(columns, Column.MARK)
        taken = {requirement, name, number, outer, *levels, *times, *marked, *(index for index, _ in units)}
        return Layout(
            requirement,
            levels,
            name,
            outer,
            number,
            units,
            times,
            marked,
            _all(columns, Column.SHARE),
            next(iter(_all(columns, Column.MEASURE)), -1),
            {index: word for index in _all(columns, Column.GOAL) if (word := measure_of(header.names[index]))},
            tuple(index for index in range(len(columns)) if index not in taken),
            frozenset(_all(columns, Column.REMARK)),
            frozenset(_all(columns, Column.GOAL)),
            frozenset(_all(columns, Column.STAGE)),
            tuple(one_line(name).rstrip(":：") for name in header.names),
            sum(1 for text in header.names if text.strip()) or len(columns),
            tuple(role for _, role in units),
            frozenset({*levels, number}),
        )


def _all(columns: Iterable[Column | None], wanted: Column) -> tuple[int, ...]:
    return tuple(index for index, column in enumerate(columns) if column is wanted)
