"""Tables drawn with bars: a line for each row, or rows of several lines between rules as wide as the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

from imports.document import Paragraph, Table
from imports.phrases.chars import BLANKS, fold
from imports.recognise.moved import placed

_RULE = re.compile(r"[\s|:\-+=─━┄┅┈┉═―—│┃┌┐└┘├┤┬┴┼╋]*")
_LEAST_BANDS = 3
_LEAST_WHOLE = 2


def is_rule(text: str) -> bool:
    """A line of nothing but bars, dashes and blanks."""
    return bool(text.strip()) and _RULE.fullmatch(fold(text)) is not None


def is_ruler(text: str) -> bool:
    """A line between the rows of a drawn table: more than the single bar of a blank cell."""
    return is_rule(text) and len(fold(text).strip(BLANKS)) > 1


def table_of_lines(lines: Sequence[Paragraph]) -> Table | None:
    whole = _whole_rows(lines)
    if whole:
        grid = [[cell.strip(BLANKS) for cell in cells] for _, cells in whole]
        return Table(lines[0].locator, grid, [locator for locator, _ in whole])
    bands: list[list[tuple[str, list[str]]]] = [[]]
    for line in lines:
        folded = fold(line.text)
        if is_rule(line.text) and not (folded.count("|") > 1 and not re.search(r"[-─═]", folded)):
            bands.append([])
        elif "|" not in folded and any(bands):
            last = next(band for band in reversed(bands) if band)
            last[-1][1][-1] += "\n" + line.text
        else:
            bands[-1].append((line.locator, _cells(line.text, folded)))
    bands = [band for band in bands if band]
    if not bands:
        return None
    rows = [row for band in bands for row in (_joined(band) if len(bands) >= _LEAST_BANDS else band)]
    width = max(len(cells) for _, cells in rows)
    grid, merges = placed([[cell.strip(BLANKS) for cell in cells] for _, cells in rows], width)
    return Table(lines[0].locator, grid, [locator for locator, _ in rows], merges=merges)


def _whole_rows(lines: Sequence[Paragraph]) -> list[tuple[str, list[str]]]:
    """Rows whose cells hold line breaks (`1|建设公园` / `8处|市园林局|9月底`), told by their numbers from 1 on; none where no cell is
    broken, or a row is not whole."""
    parts = [_cells(line.text, fold(line.text)) for line in lines]
    width = len(parts[0])
    if width < _LEAST_BANDS or "".join(parts[0]).strip(BLANKS).isdecimal():
        return []
    rows = [(lines[0].locator, parts[0])]
    for line, cells in zip(lines[1:], parts[1:], strict=True):
        last = rows[-1][1]
        if len(cells) > 1 and fold(cells[0]).strip(BLANKS + ".、") == str(len(rows)):
            if len(last) != width:
                return []
            rows.append((line.locator, cells))
        elif len(rows) == 1 or len(last) + len(cells) - 1 > width:
            return []
        else:
            last[-1:] = [f"{last[-1].rstrip(BLANKS)}\n{cells[0].lstrip(BLANKS)}", *cells[1:]]
    broken = len(lines) > len(rows) > _LEAST_WHOLE and len(rows[-1][1]) == width
    return rows if broken else []


def _cells(text: str, folded: str) -> list[str]:
    """The parts between the bars, their blanks kept: they tell how wide a column is."""
    cells: list[str] = []
    start = 0
    for position, char in enumerate(folded):
        if char == "|":
            cells.append(text[start:position])
            start = position + 1
    cells.append(text[start:])
    if folded.lstrip(BLANKS).startswith("|"):
        cells = cells[1:]
    if folded.rstrip(BLANKS).endswith("|"):
        cells = cells[:-1]
    return cells or [""]


def _joined(band: Sequence[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The lines between two rules: one with a blank first cell goes on with the row above."""
    rows: list[tuple[str, list[str]]] = []
    for locator, cells in band:
        if not rows or cells[0].strip(BLANKS) or len(cells) != len(rows[-1][1]):
            rows.append((locator, cells))
            continue
        above = rows[-1][1]
        above[:] = [_wrapped(upper, lower) for upper, lower in zip(above, cells, strict=True)]
    return rows


def _wrapped(upper: str, lower: str) -> str:
    """A line that fills its column goes on without a break."""
    full = _width(upper.rsplit("\n", maxsplit=1)[-1].rstrip(BLANKS)) >= _width(lower) - 2
    return upper.rstrip(BLANKS) + ("" if full else "\n") + lower.lstrip(BLANKS) if lower.strip(BLANKS) else upper


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
