"""A test client that looks at every page it fetches, and posts with the token that a browser would send."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

LANGUAGES = {"zh-CN", "zh-Hans-CN", "zh-Hans", "en"}
HOMES = {"tr": "tbody", "td": "tr", "th": "tr", "tbody": "table", "thead": "table", "option": "select"}
TAG = re.compile(r'<[/\w]+(?: (?:class|id|type)="[^"\d]*")*')
"""How a tag begins: what it is, for what, with which looks."""
REFERS_TO_IDS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "list", "form")


class FaultyPage(AssertionError):
    """A page that no person would complain of yet is wrong: its faults, one a line."""


class LintingClient(FlaskClient):
    """Raises FaultyPage for a page with a fault. Posts carry a CSRF token unless `csrf=False` is said."""

    def open(self, *args: Any, csrf: bool = True, lint: bool = True, **kwargs: Any) -> TestResponse:
        if csrf and kwargs.get("method", "GET") in {"POST", "PUT", "PATCH", "DELETE"}:
            headers = dict(kwargs.pop("headers", None) or {})
            kwargs["headers"] = {"X-CSRFToken": self._token(), **headers}
        response = super().open(*args, **kwargs)
        for name, value in response.headers:
            assert value.isascii(), f"{response.request.path}: a server refuses what the header {name} holds: {value!r}"
        if lint and response.mimetype == "text/html" and self._is_new(response):
            faults = page_faults(response.text, whole=not _is_part(response))
            if faults:
                raise FaultyPage(f"{response.request.path} ({response.status_code}):\n  " + "\n  ".join(faults))
        return response

    def _is_new(self, response: TestResponse) -> bool:
        """Whether something stands in the page that stood in none like it: a list of other rows is not read again."""
        if 300 <= response.status_code < 400:  # nobody sees the body of a redirect
            return False
        kind = (re.sub(r"\d+", "N", response.request.path), response.status_code, _is_part(response))
        known: set[object] = self.application.extensions.setdefault("pages that were looked at", set())
        found = {(kind, tag) for tag in TAG.findall(response.text)}
        is_new = not found <= known
        known |= found
        return is_new

    def _token(self) -> str:
        """What a form of this session would carry, made as Flask-WTF makes it."""
        with self.session_transaction() as cookie:
            raw = cookie.setdefault("csrf_token", hashlib.sha1(b"a test", usedforsecurity=False).hexdigest())
        secret = self.application.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


def _is_part(response: TestResponse) -> bool:
    """An answer that htmx puts into a page is not a page of its own."""
    return "HX-Request" in response.request.headers


def page_faults(html: str, *, whole: bool = True) -> list[str]:
    """What is wrong with a page, one line a fault; `whole` is false for a part that is put into a page."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html) if whole else parser.parseFragment(html, container=_home_of(html))
    faults = [f"line {place[0]}: not valid HTML: {code} {facts or ''}" for place, code, facts in parser.errors]
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    faults += _identity_faults(elements, whole=whole)
    faults += _policy_faults(elements)
    faults += [fault for element in elements for fault in _form_faults(element)]
    if whole:
        faults += _frame_faults(elements)
    return faults


def _home_of(part: str) -> str:
    """The element into which a part of a page is put, by its first tag."""
    first = re.match(r"\s*<(\w+)", part)
    return HOMES.get(first.group(1) if first else "", "div")


def uncounted(title: str) -> str:
    """The title without the number of things that wait, which stands before it in the browser's tab."""
    return re.sub(r"^\(\d+\) ", "", title)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _frame_faults(elements: list[Element]) -> Iterator[str]:
    page = elements[0]
    if page.get("lang") not in LANGUAGES:
        yield f"the language of the page is {page.get('lang')!r}"
    titles = [
        uncounted(_text(element)) for element in elements if element.tag == "title" and not _within_svg(element, page)
    ]
    headings = [_text(element) for element in elements if element.tag == "h1"]
    if len(headings) != 1:
        yield f"one h1 is wanted, here are {headings}"
    elif titles != headings:
        yield f"the title {titles} is not the heading {headings}"


def _within_svg(element: Element, page: Element) -> bool:
    return any(element is inner for svg in page.iter("svg") for inner in svg.iter())


def _identity_faults(elements: list[Element], *, whole: bool) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    for name, count in ids.items():
        if count > 1:
            yield f"id {name!r} stands {count} times"
        if not name or any(character.isspace() for character in str(name)):
            yield f"id {name!r} is none"
    if not whole:
        return
    for element in elements:
        for attribute in REFERS_TO_IDS:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"<{element.tag} {attribute}={name!r}> refers to nothing"


def _policy_faults(elements: list[Element]) -> Iterator[str]:
    """What the content security policy would silently not run, and what would ask another host."""
    for element in elements:
        if element.tag == "style" or (element.tag == "script" and _is_inline_program(element)):
            yield f"inline <{element.tag}>"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                yield f"<{element.tag} {name}={value!r}>"
            if name in {"src", "href", "action"} and value.startswith(("http:", "https:", "//", "javascript:")):
                yield f"<{element.tag} {name}={value!r}> leads away"
        if element.tag == "img" and element.get("alt") is None:
            yield f"a picture without words: {element.get('src')!r}"


def _is_inline_program(element: Element) -> bool:
    return element.get("src") is None and element.get("type") not in {"application/json", "text/template"}


def _form_faults(element: Element) -> Iterator[str]:
    posts = element.tag == "form" and (element.get("method") or "get").lower() == "post"
    if posts and not any((field.get("name") or "").endswith("csrf_token") for field in element.iter()):
        yield f"the form to {element.get('action')!r} has no token"
    said = element.get("hidden") is None and element.tag == "button"
    if said and not (_text(element) or element.get("aria-label") or element.get("aria-labelledby")):
        yield f"a button without words: {element.attrib}"
