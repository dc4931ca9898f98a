"""Leaders (领导) and what everybody takes away: the dashboard, and workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Page, expect

from tests.browser.steps.hands import choose, follow


def dashboard(page: Page, plan: str) -> None:
    follow(page, "看板")
    page.get_by_label("计划", exact=True).select_option(label=plan)  # the list follows at once
    expect(page).to_have_url(re.compile(r"/dashboard\?plan=\d+"))
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def tile(page: Page, name: str) -> int:
    """The number of a tile."""
    found = page.locator(".tile").filter(has=page.get_by_text(name, exact=True)).locator(".tile-value")
    return int(found.inner_text().replace(",", ""))


def follow_number(page: Page, name: str) -> int:
    """Opens the list that a tile counts: it holds as many as the tile says."""
    number = tile(page, name)
    page.locator(".tile").filter(has=page.get_by_text(name, exact=True)).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("进展台账")
    expect(page.locator(".pager-total")).to_have_text(f"共 {number:,} 项")
    return number


def export(page: Page, report: str, of: str, folder: Path) -> Path:
    """Exports a report of a plan or a run (`of` is how its option begins)."""
    follow(page, "报表导出")
    card = page.locator("section.card").filter(has=page.get_by_role("heading", name=report, exact=True))
    choose(card.get_by_role("combobox"), of)
    with page.expect_download() as download:
        card.get_by_role("button", name="导出").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def opened(workbook: Path, sheet: str) -> Worksheet:
    """The sheet as a person finds it: with a frozen head that every printed page repeats, on A4 across."""
    found = openpyxl.load_workbook(workbook, data_only=True)[sheet]
    assert found.freeze_panes, "the head is not frozen"
    assert found.print_title_rows, "printed pages do not repeat the head"
    assert (found.page_setup.orientation, int(found.page_setup.paperSize or 0)) == ("landscape", 9)
    assert all(found.column_dimensions[letter].width for letter in "ABCD")
    return found


def rows_below(sheet: Worksheet, head: str) -> Iterator[dict[str, Any]]:
    """The rows below the first that has that word for a head, by the words of its heads."""
    rows = sheet.iter_rows(values_only=True)
    names = next(row for row in rows if head in row)
    for row in rows:
        if any(value is not None for value in row):
            yield dict(zip((str(name) for name in names), row, strict=True))
