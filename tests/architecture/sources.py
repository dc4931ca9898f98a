"""The product's own source, read once, for rules that look at all of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("app.py", "tracker", "imports", "reports")


@dataclass(frozen=True)
class Source:
    path: str
    """From the root of the project, with slashes."""
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parse(self.path, self.text)

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def is_floor(self, name: str) -> bool:
        """Whether this file is that floor of a room, or belongs to the package that the floor has grown into."""
        parts = self.module.split(".")
        return parts[0] == "tracker" and name in parts[2:3]


@cache
def _parse(path: str, text: str) -> ast.Module:
    return ast.parse(text, filename=path)


@cache
def product() -> tuple[Source, ...]:
    """Every Python file of the product, in order."""
    return tuple(
        Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for name in PRODUCT
        for path in ([ROOT / name] if name.endswith(".py") else sorted((ROOT / name).rglob("*.py")))
    )


def floor(name: str) -> Iterator[Source]:
    return (source for source in product() if source.is_floor(name))


def imported(tree: ast.AST) -> Iterator[tuple[str, str, int]]:
    """What is imported: module, name ('' for the module itself) and line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "", node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name, node.lineno) for alias in node.names)


def called(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The dotted name of everything that is called, and its line: `session.execute`, `select`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _dotted(node.func)
            if name:
                yield name, node.lineno


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return ""
