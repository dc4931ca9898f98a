"""Cells by kind: for every column one function that puts a value into a row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from reports.workbook.library import TextSheet
from reports.workbook.sheet import SHUT, Column, Formula, Light, Link, RowOf
from reports.workbook.styles import LIGHT_COLOURS, Styles
from reports.workbook.text import LOOKS_LIKE_FORMULA, NEEDS_CARE, fit

Put = Callable[[int, object], None]
Locate = Callable[[RowOf], str | None]
"""Where a cell of another sheet stands, as a reference within the workbook; None where there is no such sheet."""

CHINA_STANDARD_TIME = timezone(timedelta(hours=8))
FIRST_YEAR = 1900
"""Dates before it are none to the office programs, and stay text."""

NUMBERS = (Decimal, int, float)

_WEB = re.compile(r"https?://[^\s\x00-\x1f]{1,1990}\Z")
_SAFE_LENGTH = 16_383
"""A string up to this long fits into a cell whatever its characters."""


@dataclass(frozen=True, slots=True)
class Place:
    """One column of one tab, with what its cells need."""

    sheet: TextSheet
    col: int
    column: Column
    styles: Styles
    cut_mark: str
    locate: Locate


def putter(place: Place) -> Put:
    put = _by_kind(place)
    return put if place.column.entry is None else _unless_shut(place, put)


def _unless_shut(place: Place, put: Put) -> Put:
    """For a column that is filled in: a cell with nothing to fill in is locked, and grey."""
    shut, blank, col = place.styles.cell(replace(place.column, entry=None, shaded=True)), place.sheet.blank, place.col

    def put_or_shut(row: int, value: object) -> None:
        if value is SHUT:
            blank(row, col, shut)
        else:
            put(row, value)

    return put_or_shut


def _by_kind(place: Place) -> Put:
    match place.column.kind:
        case "number" | "integer" | "percent":
            return _number(place, _text(place))
        case "date" | "datetime":
            return _moment(place, _text(place))
        case "light":
            return _light(place, _text(place))
        case "link":
            return _link(place, _text(place))
        case _:
            return _text(place)


def _text(place: Place) -> Put:
    plain, quoted = place.styles.cell(place.column), place.styles.cell(place.column, quoted=True)
    col, cut_mark = place.col, place.cut_mark
    write, blank, needs_care = place.sheet.text, place.sheet.blank, NEEDS_CARE.search

    def put(row: int, value: object) -> None:
        if value is None or value == "":
            blank(row, col, plain)
            return
        text = value if type(value) is str else str(value)
        if len(text) <= _SAFE_LENGTH and not needs_care(text):
            write(row, col, text, plain)
        else:
            write(row, col, fit(text, cut_mark), quoted if LOOKS_LIKE_FORMULA.match(text) else plain)

    return put


def _number(place: Place, text: Put) -> Put:
    style, write, formula, col = place.styles.cell(place.column), place.sheet.number, place.sheet.formula, place.col
    percent = place.column.kind == "percent"

    def put(row: int, value: object) -> None:
        if isinstance(value, NUMBERS):
            write(row, col, Decimal(str(value)) / 100 if percent else value, style)
        elif isinstance(value, Formula):
            formula(row, col, _written(value, row, place.locate), style, value.value)
        else:
            text(row, value)

    return put


def _written(formula: Formula, row: int, locate: Locate) -> str:
    text = formula.text.replace("{row}", str(row + 1))
    for at, cell in enumerate(formula.cited):
        text = text.replace(f"{{{at}}}", locate(cell) or "NA()")
    return text


def _moment(place: Place, text: Put) -> Put:
    style, write, col = place.styles.cell(place.column), place.sheet.moment, place.col

    def put(row: int, value: object) -> None:
        moment = value
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            moment = moment.astimezone(CHINA_STANDARD_TIME).replace(tzinfo=None)
        if isinstance(moment, date) and moment.year >= FIRST_YEAR:
            write(row, col, moment, style)
        else:
            text(row, moment)

    return put


def _light(place: Place, text: Put) -> Put:
    styles = {kind: place.styles.cell(place.column, light=kind) for kind in LIGHT_COLOURS}

    def put(row: int, value: object) -> None:
        if isinstance(value, Light):
            place.sheet.text(row, place.col, fit(value.text, place.cut_mark), styles[value.kind])
        else:
            text(row, value)

    return put


def _link(place: Place, text: Put) -> Put:
    linked = place.styles.cell(place.column, linked=True)
    linked_quoted = place.styles.cell(place.column, linked=True, quoted=True)

    def put(row: int, value: object) -> None:
        if not isinstance(value, Link):
            text(row, value)
            return
        target = _reference(value.target, place.locate)
        if target is None or not value.text or place.sheet.full_of_links:
            text(row, value.text)
            return
        style = linked_quoted if LOOKS_LIKE_FORMULA.match(value.text) else linked
        place.sheet.link(row, place.col, target, fit(value.text, place.cut_mark), style)

    return put


def _reference(target: str | RowOf | None, locate: Locate) -> str | None:
    if isinstance(target, RowOf):
        place = locate(target)
        return f"internal:{place}" if place else None
    return target if target and _WEB.match(target) else None
