"""What README, CONTRIBUTING and docs/ say of the tree is true: paths, make targets, commands, links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click import Group
from flask import Flask

from tests.architecture.sources import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)")
PLACEHOLDER = re.compile(r"[<>*…{}$]|NNNN|NAME|XXXX")
PATH = re.compile(r"^(?:[\w.-]+/)+[\w.-]*$|^[\w-]+\.(?:py|md|toml|html|css|js|po|txt|in)$")
MADE_WHEN_RUN = (
    "instance/",
    "bench/results.json",
    "bench/results-postgresql.json",
    "translations/en/LC_MESSAGES/messages.mo",
)
COMMAND = re.compile(r"(?:^|\s)flask((?: [a-z][a-z-]*)+)")
TARGET = re.compile(r"(?:^|[\s`])make ([a-z-]+)")


def named_paths(text: str) -> Iterator[str]:
    for code in CODE.findall(FENCE.sub("", text)):
        if PATH.match(code) and not PLACEHOLDER.search(code):
            yield code


@cache
def tree() -> frozenset[str]:
    """Every file and folder of the project, from its root."""
    folders = (
        "app.py tracker imports reports templates static tests docs bench migrations tools translations .ci".split()
    )
    inside = (path for folder in folders for path in [ROOT / folder, *(ROOT / folder).rglob("*")])
    return frozenset(path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.*"), ROOT / "Makefile", *inside])


def exists(name: str, beside: Path) -> bool:
    """From the root of the project, from the document's own folder, or as the end of a path in the tree."""
    wanted = name.rstrip("/")
    if name.startswith(MADE_WHEN_RUN) or wanted in tree() or (beside / name).exists():
        return True
    return any(path.endswith(f"/{wanted}") for path in tree())


def commands(application: Flask) -> set[str]:
    def walk(group: Group, before: str) -> Iterator[str]:
        for name, command in group.commands.items():
            yield f"{before}{name}"
            if isinstance(command, Group):
                yield from walk(command, f"{before}{name} ")

    return set(walk(application.cli, "")) | {"run", "shell", "routes"}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
class TestDocument:
    def test_paths_are_there(self, document: Path):
        text = document.read_text("utf-8")
        assert [name for name in named_paths(text) if not exists(name, document.parent)] == []

    def test_links_lead_somewhere(self, document: Path):
        links = [link for link in LINK.findall(document.read_text("utf-8")) if "://" not in link]
        assert [link for link in links if not (document.parent / link).exists()] == []

    def test_commands_are_there(self, document: Path, application: Flask):
        known = commands(application)
        named = [found.strip() for found in COMMAND.findall(document.read_text("utf-8"))]
        assert [name for name in named if not _is_command(name, known)] == []

    def test_make_targets_are_there(self, document: Path):
        code = " ".join(CODE.findall(document.read_text("utf-8")))
        assert set(TARGET.findall(code)) - targets() == set()


def _is_command(words: str, known: set[str]) -> bool:
    """Whether the words begin with a command that does something: what follows are its arguments."""
    groups = {name.rsplit(" ", 1)[0] for name in known if " " in name}
    parts = words.split(" ")
    return any(" ".join(parts[:length]) in known - groups for length in range(1, len(parts) + 1)) or words in groups


def test_the_rules_find_what_they_look_for():
    text = "`tracker/nowhere/routes.py`, `templates/<room>/page.html`, `Makefile`, `tracker/db.py`"
    assert [name for name in named_paths(text) if not exists(name, ROOT)] == ["tracker/nowhere/routes.py"]
    assert not _is_command("audit sing", {"audit", "audit verify"})
    assert _is_command("audit verify", {"audit", "audit verify"})


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
