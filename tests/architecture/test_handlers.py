"""A handler is a paragraph: permission, load, form, one call, redirect or render. No SQL; a GET writes nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, called, floor, imported

LONGEST = 25
VERBS = {"get", "post", "put", "patch", "delete", "route"}
OF_THE_DATABASE = {"select", "insert", "update", "text"}
OF_A_SESSION = {"commit", "execute", "scalar", "scalars", "flush", "rollback"}

READS_OF_SERVICES: dict[str, str] = {}
"""Calls of a service that a GET may make, `module.function`, each with the reason why it is no write."""

ONE_STATUS = {
    "correct_field": "htmx puts a refused form in its place with 422 only",
    "say_self_score": "where nothing was asked for there is no form",
}
"""Handlers that say 422 themselves, each with the reason."""

Handler = ast.FunctionDef | ast.AsyncFunctionDef


def handlers(source: Source) -> Iterator[tuple[Handler, set[str]]]:
    """Functions of a routes file that answer requests, with the methods they answer."""
    for node in source.tree.body:
        if isinstance(node, Handler):
            methods = set().union(*(_methods(decorator) for decorator in node.decorator_list), set())
            if methods:
                yield node, methods


def _methods(decorator: ast.expr) -> set[str]:
    if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)):
        return set()
    verb = decorator.func.attr
    if verb not in VERBS:
        return set()
    if verb != "route":
        return {verb.upper()}
    named = next((keyword.value for keyword in decorator.keywords if keyword.arg == "methods"), None)
    return set(ast.literal_eval(named)) if named is not None else {"GET"}


def too_long(source: Source) -> list[str]:
    return [
        f"{source.path}:{node.lineno} {node.name} has {length} lines"
        for node, _ in handlers(source)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST
    ]


def touches_database(source: Source) -> list[str]:
    imports = [
        f"{source.path}:{line} imports {module} {name}"
        for module, name, line in imported(source.tree)
        if module.split(".")[0] in {"sqlalchemy", "flask_sqlalchemy"} or module == "tracker.db"
    ]
    calls = [
        f"{source.path}:{line} calls {name}"
        for name, line in called(source.tree)
        if name in OF_THE_DATABASE or ("." in name and name.rpartition(".")[2] in OF_A_SESSION)
    ]
    return imports + calls


def writes_on_get(source: Source) -> list[str]:
    """GET handlers that reach a service, themselves or through helpers of the same file."""
    services = _service_names(source)
    functions = {node.name: node for node in source.tree.body if isinstance(node, Handler)}
    return [
        f"{source.path}:{line} {node.name} (GET) calls {name}"
        for node, methods in handlers(source)
        if methods <= {"GET", "HEAD"}
        for name, line in _reached(node, functions, set())
        if (service := services.get(name.split(".")[0]))
        and f"{service}.{name.rpartition('.')[2]}" not in READS_OF_SERVICES
    ]


def spells_status(source: Source) -> list[str]:
    """Handlers that show a refused form again with a status of their own: the form knows whether somebody was faster."""
    return [
        f"{source.path}:{number.lineno} {node.name} answers 422: say form.status"
        for node, _ in handlers(source)
        if any(name.endswith(".guarded") for name, _ in called(node))
        for number in ast.walk(node)
        if isinstance(number, ast.Constant) and number.value == 422 and node.name not in ONE_STATUS
    ]


def _service_names(source: Source) -> dict[str, str]:
    """Names in this file that stand for a service module or come out of one, with that module."""
    names: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                parts = [*node.module.split("."), alias.name]
                if "service" in parts:
                    names[alias.asname or alias.name] = ".".join(parts[: parts.index("service") + 1])
    return names


def _reached(node: Handler, functions: dict[str, Handler], seen: set[str]) -> Iterator[tuple[str, int]]:
    seen.add(node.name)
    for name, line in called(node):
        yield name, line
        if name in functions and name not in seen:
            yield from _reached(functions[name], functions, seen)


ROUTES = sorted(floor("routes"), key=lambda source: source.path)
IDS = [source.path for source in ROUTES]


@pytest.mark.parametrize("source", ROUTES, ids=IDS)
@pytest.mark.parametrize("rule", [too_long, touches_database, writes_on_get, spells_status])
def test_handlers_keep_to_their_floor(rule, source):
    assert not rule(source)


def test_pages_are_found():
    assert sum(1 for source in ROUTES for _ in handlers(source)) > 10


SAMPLE = """
from flask import Blueprint
from sqlalchemy import select
from tracker.plans import service
from tracker.plans.service import adopt

pages = Blueprint("plans", __name__)

@pages.get("/a")
def shows():
    return _helper()

def _helper():
    return service.adopt()

@pages.route("/b", methods=["GET", "POST"])
def asks_or_does():
    return adopt()

@pages.post("/c")
def does():
    session.commit()
    return adopt()

@pages.post("/d")
def refuses():
    with form.guarded():
        adopt()
    return "", 422
"""


def test_the_rules_find_what_they_look_for():
    source = Source("tracker/plans/routes.py", SAMPLE)
    assert [line.split(" ", 1)[1] for line in writes_on_get(source)] == ["shows (GET) calls service.adopt"]
    assert len(touches_database(source)) == 2
    assert spells_status(source) == ["tracker/plans/routes.py:29 refuses answers 422: say form.status"]
    long = Source("tracker/plans/routes.py", '@pages.get("/")\ndef page():\n' + "    pass\n" * LONGEST)
    assert too_long(long) == ["tracker/plans/routes.py:2 page has 26 lines"]
    assert not too_long(
        Source("tracker/plans/routes.py", '@pages.get("/")\ndef page():\n' + "    pass\n" * (LONGEST - 1))
    )
