"""Numbers on pages that lead to lists: what they say, and how long the list is."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from tests.support.pages import LintingClient

_LINK = re.compile(r'<a\b[^>]*href="([^"]+)"[^>]*>\s*([\d,]+)\s*</a>')
_TOTAL = re.compile(r"共 ([\d,]+) 项")


def numbers(page: str) -> Iterator[tuple[str, int]]:
    """(address, number) of every link on a page whose text is a number."""
    for href, text in _LINK.findall(page):
        yield html.unescape(href), int(text.replace(",", ""))


def length(client: LintingClient, href: str) -> int:
    """How long the list at an address is: what its foot says, else its rows."""
    page = client.get(href)
    assert page.status_code == 200, href
    total = _TOTAL.search(page.text)
    if total is not None:
        return int(total.group(1).replace(",", ""))
    return page.text.count('<th scope="row"')
