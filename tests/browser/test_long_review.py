"""The review of a workbook of two thousand rows by keyboard alone: as light as that of a short one.

Lag is measured by what causes it and not by the clock: the rows that stand in the page, the pages that are fetched, and
the size of what a correction brings.
"""

from __future__ import annotations

import io

import openpyxl
import pytest
from playwright.sync_api import Page, Request, Response, expect

ROWS = 2_000
WRONG = {
    12: "2026年2月30日前", 480: "2026年4月31日前", 990: "2026年6月31日前", 1_510: "2026年9月31日前",
    1_999: "2026年11月31日前",
}  # fmt: skip
"""Dates that do not exist, by row; the first stands on the first page, each other on a page of its own."""
OPEN = 25
"""The row whose list of units is not finished: a warning."""
CARDS, SOURCE, ELEMENTS = 100, 1_400, 12_000
"""What a page may hold: tasks, rows and cells of the source that can be gone to, elements in all."""
ANSWER = 120_000
"""Bytes that the answer to one correction may have."""


def long_workbook() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("任务")
    sheet.append(["云岫市2026年重点工作任务分解表"])
    sheet.append(["工作任务", "工作要求", "责任单位", "完成时限"])
    for number in range(1, ROWS + 1):
        units = "市财政局等有关部门" if number == OPEN else "市财政局"
        work = f"做好第{number}号事项的办理。"
        sheet.append([f"第{(number - 1) // 20 + 1}组工作", work, units, WRONG.get(number, "2026年底前")])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


class Traffic:
    """What the browser fetched."""

    def __init__(self, page: Page) -> None:
        self.pages = 0
        self.parts: list[Response] = []
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        self.pages += request.resource_type == "document" and request.redirected_from is None

    def _answered(self, response: Response) -> None:
        if response.request.method == "POST" and "/presence" not in response.url:
            self.parts.append(response)

    def take(self) -> tuple[int, int]:
        """(pages, corrections) fetched since it was last asked. Every answer must have been small."""
        parts = [one for one in self.parts if one.request.resource_type != "document"]
        assert all(len(one.body()) < ANSWER for one in parts)
        found = self.pages, len(parts)
        self.pages, self.parts = 0, []
        return found


@pytest.fixture
def review(page: Page, sign_in) -> Page:
    """The lead office before the first page of the review."""
    sign_in(page, "lead_office")
    page.goto("/drafts")
    file = {"name": "长表.xlsx", "mimeType": "application/octet-stream", "buffer": long_workbook()}
    page.get_by_label("选择文件").set_input_files(file)
    page.get_by_role("button", name="读入").click()
    expect(page.locator("#draft-status")).to_contain_text(f"{ROWS:,} 项任务")
    return page


def is_light(page: Page) -> None:
    """A page holds its hundred tasks and their part of the source, however long the document is."""
    count = "([cards, source]) => [cards, source, '*'].map((one) => document.querySelectorAll(one).length)"
    cards, source, elements = page.evaluate(count, [".task-card", "[data-locator]"])
    assert 0 < cards <= CARDS
    assert 0 < source <= SOURCE
    assert elements <= ELEMENTS


def waits(page: Page, *, errors: int, warnings: int) -> None:
    expect(page.locator("#draft-status")).to_contain_text(f"错误 {errors}")
    expect(page.locator("#draft-status")).to_contain_text(f"警告 {warnings}")


def mend(page: Page) -> None:
    """Corrects the date of the problem at hand."""
    page.keyboard.press("e")
    expect(page.locator("[data-in-place] input:focus")).to_have_count(1)
    page.keyboard.press("Control+a")
    page.keyboard.type("2026年9月底前")
    page.keyboard.press("Enter")
    expect(page.locator("[data-in-place]")).to_have_count(0)


def test_two_thousand_rows_are_reviewed_by_keyboard_alone(review):
    page, traffic = review, Traffic(review)
    at_hand = page.locator(".finding[aria-current]")
    waits(page, errors=len(WRONG), warnings=1)
    is_light(page)

    page.keyboard.press("n")
    expect(at_hand).to_contain_text("2月30日")
    mend(page)
    waits(page, errors=len(WRONG) - 1, warnings=1)
    assert traffic.take() == (0, 1)

    page.keyboard.press("u")
    waits(page, errors=len(WRONG), warnings=1)
    expect(page.locator(".task-card[aria-current]")).to_contain_text("第12号事项")
    assert traffic.take()[0] == 1
    for _problem in range(len(WRONG) + 1):  # from the card, which stands below the problems, up to the first of them
        page.keyboard.press("p")

    for left, (row, text) in zip(range(len(WRONG) - 1, -1, -1), WRONG.items(), strict=True):
        expect(at_hand).to_contain_text(text.removeprefix("2026年").removesuffix("前"))
        page.keyboard.press("Enter")
        expect(page.locator(f'.task-card.is-marked:has-text("第{row}号事项")')).to_be_in_viewport()
        is_light(page)
        assert traffic.take() == (int(row > CARDS), 0)
        mend(page)
        waits(page, errors=left, warnings=1)
        assert traffic.take() == (0, 1)

    expect(at_hand).to_contain_text("没有列完")  # the next one is at hand when one is mended
    page.keyboard.press("a")
    waits(page, errors=0, warnings=0)
    assert traffic.take() == (0, 1)
    is_light(page)
