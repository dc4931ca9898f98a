"""Settings are documented in one table, and it is true."""

from __future__ import annotations

import re

from tests.architecture.sources import ROOT, product
from tracker.config import ROOT as CONFIGURED_ROOT, SETTINGS

TABLE = ROOT / "docs/settings.md"
ROW = re.compile(r"^\| `(?P<name>[A-Z_]+)` \| (?P<default>.*?) \| (?P<meaning>.*?) \|$", re.MULTILINE)


READERS = {
    "imports/apart/nursery.py": "what a child process needs to start, and nothing else",
    "tracker/config.py": "the settings",
    "tracker/accounts/commands.py": "a password, which must never be an argument",
    "tracker/web/commands.py": "the language of a command, whose help is asked for before there is an application",
}


def documented() -> dict[str, tuple[str, str]]:
    rows = ROW.findall(TABLE.read_text(encoding="utf-8"))
    assert len({name for name, _, _ in rows}) == len(rows), "a setting stands twice in the table"
    return {name: (default, meaning) for name, default, meaning in rows}


def of_the_application() -> dict[str, tuple[str, str]]:
    root = f"{CONFIGURED_ROOT}/"
    return {
        setting.name: (f"`{setting.default.removeprefix(root)}`" if setting.default else "", setting.meaning)
        for setting in SETTINGS
    }


def of_the_server() -> dict[str, str]:
    """Names that gunicorn.conf.py reads, with their defaults."""
    found = re.findall(r'os\.environ\.get\("(\w+)"(?:, "([^"]*)")?\)', (ROOT / "gunicorn.conf.py").read_text("utf-8"))
    return {name: f"`{default}`" if default else "" for name, default in found}


def test_the_table_is_what_the_code_reads():
    table = documented()
    server = of_the_server()
    assert server
    assert {name: row for name, row in table.items() if name not in server} == of_the_application()
    assert {name: table.get(name, ("missing", ""))[0] for name in server} == server


def test_nothing_else_is_read_from_the_environment():
    readers = {source.path for source in product() if re.search(r"os\.(environ|getenv)", source.text)}
    assert readers == READERS.keys()
