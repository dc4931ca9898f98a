"""A line on which requests can be kept waiting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route

Addresses = re.Pattern[str]


@contextmanager
def cut(page: Page) -> Iterator[None]:
    """The network is away, from a page that is whole: scripts that have not come are another matter."""
    page.wait_for_load_state()
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)


class Line:
    """What a page asks for goes over this line; made before the page goes anywhere.

    A browser takes note of a route beside what its page is doing: a request that follows at once may still pass it by.
    So one route stands there from the beginning, and what it lets through is decided here.
    """

    def __init__(self, page: Page) -> None:
        self._held: dict[Addresses, list[Route]] = {}
        page.route("**/*", self._meet)

    def hold(self, addresses: Addresses) -> None:
        """Requests of these addresses wait until they are released."""
        self._held[addresses] = []

    def release(self, addresses: Addresses) -> None:
        for request in self._held.pop(addresses):
            request.continue_()

    @contextmanager
    def held(self, addresses: Addresses) -> Iterator[None]:
        self.hold(addresses)
        yield
        self.release(addresses)

    def _meet(self, route: Route) -> None:
        for addresses, waiting in self._held.items():
            if addresses.search(route.request.url):
                waiting.append(route)
                return
        route.continue_()
