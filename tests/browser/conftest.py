"""A real browser on a real server. Each file of tests gets a fresh copy of the demonstration city.

Any error in the browser's console, any refusal by the content security policy and any request that fails makes the test
fail, unless it says `@pytest.mark.lets_page_fail`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, expect

from tests.browser.steps.lines import Line
from tests.browser.steps.reporting import begin_last
from tests.support.once import made_once
from tests.support.server import City, Server, city_in, load_city, serve

CHROMIUM = Path("/usr/bin/chromium")
UNSEEN = [
    "PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    # what Playwright turns off by itself: of two lists the browser takes the last
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
]  # fmt: skip
"""Parts of the browser around its pages, which nobody sees here; each person's window costs half without the first three."""
ARGUMENTS = [
    "--no-sandbox",  # the tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # a browser of tests has nobody to call
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNSEEN)}",
    "--font-render-hinting=none",
]
PATIENCE = 30_000  # ms; whether the machine is busy is not what is looked at here
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
expect.set_options(timeout=PATIENCE)
OF_THE_WIDTH = ["aria-hidden-focus", "button-name", "label", "link-name", "scrollable-region-focusable", "select-name"]
"""Rules of axe that a page may keep in one width and break in another: what is hidden, and what scrolls."""
AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM.exists():
        pytest.skip("no browser here: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> City:
    """The demonstration city, loaded once. Its people and their password are `live_server.people` and `.password`."""
    return city_in(made_once(tmp_path_factory, worker_id, "city", load_city))


@pytest.fixture(scope="module")
def live_server(city: City, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The application with a copy of the city of its own, for one file of tests."""
    with serve(city, tmp_path_factory.mktemp("served") / "instance") as server:
        yield server


REFUSED_FORM = re.compile(r"the server responded with a status of (422|409)")
"""409 where somebody else was faster."""


class Watcher:
    """Keeps what goes wrong in the browser behind the person's back. A refused form is an answer; the page tells of it."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSED_FORM.search(message.text):
            self.faults.append(f"{message.location.get('url', '')}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a person who goes on before a page is done breaks nothing
            self.faults.append(f"{request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: answered {response.status}")


@pytest.fixture
def watcher(request: pytest.FixtureRequest) -> Iterator[Watcher]:
    watching = Watcher()
    yield watching
    if request.node.get_closest_marker("lets_page_fail") is None:
        assert watching.faults == []


Open = Callable[..., Page]


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], live_server: Server, watcher: Watcher
) -> Callable[[dict[str, int]], Page]:
    """`open_page({"width": 1440, "height": 900})` is one more person with a browser of their own."""

    def opened(viewport: dict[str, int] = DESKTOP) -> Page:
        context = new_context(
            base_url=live_server.url,
            viewport=viewport,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            has_touch=viewport["width"] < 600,
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        watcher.watch(page)
        context.on("page", watcher.watch)
        return page

    return opened


@pytest.fixture
def page(open_page: Open) -> Page:
    """Somebody at a desk, not signed in."""
    return open_page(DESKTOP)


@pytest.fixture
def line(page: Page) -> Line:
    """The line of `page`; to be asked for before the page goes anywhere."""
    return Line(page)


@pytest.fixture
def phone(open_page: Open) -> Page:
    """Somebody with a telephone of 360 px, not signed in."""
    return open_page(PHONE)


@pytest.fixture
def sign_in(live_server: Server) -> Callable[[Page, str], None]:
    """`sign_in(page, "reporter")` signs in by that role's person of the demonstration, or by a user name."""

    def signed(page: Page, who: str) -> None:
        page.goto("/sign-in")
        page.locator("input[name=username]").fill(live_server.people.get(who, who))
        page.locator("input[name=password]").fill(live_server.password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)

    return signed


@pytest.fixture
def form(page: Page, sign_in: Callable[[Page, str], None]) -> Page:
    """The reporter before a return that is not handed in. A test that keeps requests waiting asks for `line` before it: where
    one stands, the browser keeps nothing of what it has loaded, and each page asks for all its scripts anew."""
    sign_in(page, "reporter")
    begin_last(page)
    return page


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with what axe finds wrong for people who see, hear or move differently.

    `axe(page, again=True)` for a page that is looked at in another width too: only for what the width may change.
    """

    def look(page: Page, *, again: bool = False) -> None:
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(AXE)
        options = {"resultTypes": ["violations"], **({"runOnly": OF_THE_WIDTH} if again else {})}
        found = page.evaluate("(options) => axe.run(document, options)", options)
        said = [
            f"{fault['impact']}: {fault['help']} ({fault['id']}): {node['html'][:160]}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
        assert said == [], f"{page.url}\n" + "\n".join(said)

    return look
