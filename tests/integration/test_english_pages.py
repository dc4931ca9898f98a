"""Pages in English hold no Chinese but what people typed: every page that can be reached, as each of the roles."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask_migrate
import html5lib
import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from tests.support.pages import LintingClient
from tests.support.place import signed_in
from tests.support.world import OWNERS, World, found_world
from tracker.audit.words import RECORDED
from tracker.db import Base, db, session

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uffee]")
SPOKEN = ("title", "placeholder", "aria-label", "alt", "data-label", "data-confirm")
EACH = 2
"""Pages of one kind that are looked at for a role."""
MEANT = {
    "中文",  # the switch names each language in itself
    "休", "班", "元旦",  # what the calendar's table holds, in its own words
    "6月底前", "每季度末", "2026年12月31日",  # deadlines as documents print them
    "单位,类别",  # heads of a table's columns, as they must be printed
    "＋", "－", "＝",  # signs of what two editions of a task have in common
    r"云督〔2026〕\d号",  # how a supervision slip is numbered
    "[【】]",  # around the unit that wrote a part of a joined report: text that is handed on
    "得分表.xlsx",  # the name of a file that was written for somebody
}  # fmt: skip
OURS_WHERE_SHOWN = {"audit_entry": {"action"}, "job": {"message", "result"}}
"""Columns that hold words of the program, which pages must say in their language."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, World]]:
    folder = tmp_path_factory.mktemp("english")
    app = create_app(
        {
            "TESTING": True, "INSTANCE_DIR": folder, "DATABASE_URL": f"sqlite:///{folder / 'luoshi.db'}",
            "JOBS_INLINE": True, "SECRET_KEY": "only for tests, never for people", "STORAGE_DIR": str(folder / "files"),
        }
    )  # fmt: skip
    app.test_client_class = LintingClient
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    yield app, found_world(app)
    with app.app_context():
        db.engine.dispose()


def texts(value: Any) -> Iterator[str]:
    """Every text inside a stored value."""
    if isinstance(value, str):
        yield value
        if value[:1] in {"{", "["}:
            try:
                yield from texts(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def typed(app: Flask) -> list[str]:
    """What people (here: the test) entered, longest first. Names of recorded fields and states are ours."""
    found: set[str] = set()
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            ours = OURS_WHERE_SHOWN.get(table.name, set())
            for row in session.execute(select(table)).mappings():
                for name, value in row.items():
                    if name in ours:
                        continue
                    is_entry = table.name == "audit_entry" and name == "body"
                    said = [list(part.values()) for part in value.values()] if is_entry else value
                    found |= {packed(text) for text in texts(said)}
    return sorted((text for text in found if CHINESE.search(text) and text not in RECORDED), key=len, reverse=True)


def packed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shown(html: str) -> Iterator[str]:
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style"}:
            continue
        yield from (element.attrib.get(name, "") for name in SPOKEN)
        yield element.text or ""
        yield from (child.tail or "" for child in element)


def left(text: str, known: list[str], whole: str) -> str:
    """What of a text is Chinese and nobody typed."""
    rest = re.sub("|".join(MEANT), "", packed(text))
    if not CHINESE.search(rest) or (rest in whole and rest not in RECORDED):
        return ""
    for one in known:
        rest = rest.replace(one, "")
    return rest if CHINESE.search(rest) else ""


def walked(app: Flask, client: LintingClient) -> Iterator[tuple[str, str]]:
    """(endpoint, page) of what a person reaches from the first page, a few of each kind."""
    adapter, seen, waiting, done = app.url_map.bind("localhost"), Counter[str](), ["/"], set()
    while waiting:
        address = waiting.pop(0)
        path = address.split("?")[0]
        if address in done or path.startswith("/static/") or not adapter.test(path, "GET"):
            continue
        done.add(address)
        endpoint = adapter.match(path, "GET")[0]
        seen[endpoint] += 1
        if seen[endpoint] > EACH:
            continue
        answer = client.get(address)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            yield endpoint, answer.text
            waiting += [href.replace("&amp;", "&") for href in re.findall(r'href="(/[^"#]*)"', answer.text)]
        answer.close()


@pytest.mark.parametrize("username", sorted(set(OWNERS.values())))
def test_nothing_of_ours_is_chinese(world: tuple[Flask, World], username: str):
    app, made = world
    client = signed_in(app, made.place.people[username])
    with client.session_transaction() as cookie:
        cookie["locale"] = "en"
    known = typed(app)
    whole = "\n".join(known)
    faults, pages = set(), 0
    for endpoint, html in walked(app, client):
        pages += 1
        assert '<html lang="en"' in html, f"{endpoint} is not in English"
        faults |= {f"{endpoint}: {' '.join(text.split())}" for text in shown(html) if left(text, known, whole)}
    assert pages > 10
    assert not faults, "\n".join(sorted(faults))
