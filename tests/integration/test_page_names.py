"""No page gives a name of its own to what every page has: the frame around it would then call the page's."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest
from jinja2 import nodes

from tests.architecture.sources import ROOT, product


@pytest.fixture
def everywhere(app) -> set[str]:
    """What every template knows."""
    given: dict[str, object] = {}
    with app.test_request_context():
        app.update_template_context(given)
    return {*app.jinja_env.globals, *given}


def given(trees: Iterable[tuple[str, ast.AST]]) -> set[tuple[str, str]]:
    """(where, name) of what routes give to templates."""
    return {
        (where, keyword.arg)
        for where, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "render_template"
        for keyword in node.keywords
        if keyword.arg
    }


def test_routes_give_pages_no_name_that_all_have(everywhere):
    found = given((one.path, one.tree) for one in product())
    assert len(found) > 300
    assert {(where, name) for where, name in found if name in everywhere} == set()


def test_what_takes_such_a_name_is_found(everywhere):
    tree = ast.parse('render_template("x.html", address=1, unit=2)')
    assert {name for _where, name in given([("x.py", tree)]) if name in everywhere} == {"address"}


def test_templates_set_no_name_that_all_have(app, everywhere):
    found = {
        (file.name, name.name)
        for file in (ROOT / "templates").rglob("*.html")
        for assigned in app.jinja_env.parse(file.read_text("utf-8")).body
        if isinstance(assigned, nodes.Assign)
        for name in [assigned.target, *assigned.target.find_all(nodes.Name)]
        if isinstance(name, nodes.Name)
    }
    assert len(found) > 100
    assert {(where, name) for where, name in found if name in everywhere} == set()
