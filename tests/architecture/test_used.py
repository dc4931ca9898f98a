"""What is written is used: names of the product, macros of templates, classes of our style sheets."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from tests.architecture.sources import ROOT, Source, product
from tests.architecture.test_assets import COMMENT, own_files

WORD = re.compile(r"[A-Za-z_]\w*")
MACRO = re.compile(r"\{%-? macro (\w+)")
SELECTORS = re.compile(r"([^{}]+)\{")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
PUT_TOGETHER = re.compile(r"([A-Za-z][\w-]*-)(?:\{\{|\{%|\$?\{|[\"'] ?[~+])")
"""A class whose end is a value: `tile-{{ tone }}`, `"notice-" + tone`."""
BY_ANOTHER_NAME = {
    "create_app": "called by flask and gunicorn, which are told its name",
    "_move": "called by the kind of the act, in `units.service.carrying`",
    "_plate": "as above",
    "_duplicate": "as above",
    "step_2": "a field of `ChainForm`, which asks for each by its number",
    "step_3": "as above",
    "command_class": "read by click",
    "redirect_request": "called by urllib",
    "http_open": "as above",
    "https_open": "as above",
    "_get_socket": "called by smtplib",
    "_write_hyperlinks": "called by XlsxWriter",
    "_xml_number_element": "as above",
    "_xml_rich_inline_string": "as above",
    "_escape_data": "as above",
}
OF_PYTHON_AND_WTFORMS = ("__", "validate_")
"""What they look for by its name."""
OF_LIBRARIES = ("ts-", "dropdown-", "input-active", "has-items", "modebar-")
"""Of Tom Select and Plotly, whose scripts write them."""


@cache
def said() -> Counter[str]:
    """How often each word stands in the product and its templates."""
    texts = [source.text for source in product()] + [path.read_text("utf-8") for path in own_files()]
    return Counter(word for text in texts for word in WORD.findall(text))


def defined(source: Source) -> Iterator[str]:
    """Functions and classes that nothing registers, constants, and the fields of classes."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        for one in node.body if isinstance(node, ast.Module | ast.ClassDef) else ():
            for target in one.targets if isinstance(one, ast.Assign) else [getattr(one, "target", None)]:
                if isinstance(target, ast.Name):
                    yield target.id


def classes(sheet: str) -> set[str]:
    return {name for selector in SELECTORS.findall(COMMENT.sub("", sheet)) for name in CLASS.findall(selector)}


def unused_classes(sheet: str, pages: str) -> list[str]:
    whole = set(re.findall(r"[A-Za-z][\w-]*", pages))
    begun = tuple(PUT_TOGETHER.findall(pages)) + OF_LIBRARIES
    return sorted(name for name in classes(sheet) if name not in whole and not name.startswith(begun))


def test_names_are_said_again():
    once = {name for name, times in said().items() if times == 1 and not name.startswith(OF_PYTHON_AND_WTFORMS)}
    unused = [(source.path, name) for source in product() for name in defined(source) if name in once]
    assert [(path, name) for path, name in unused if name not in BY_ANOTHER_NAME] == []
    assert BY_ANOTHER_NAME.keys() <= {name for _, name in unused}, "an exception that is none any more"


def test_macros_are_called():
    texts = [path.read_text("utf-8") for path in own_files() if path.suffix == ".html"]
    assert [name for text in texts for name in MACRO.findall(text) if said()[name] == 1] == []


def test_classes_are_given_to_something():
    pages = "\n".join(path.read_text("utf-8") for path in own_files() if path.suffix != ".css")
    pages += "\n".join(source.text for source in product())
    sheets = [path for path in own_files() if path.suffix == ".css"]
    unused = {path.name: unused_classes(path.read_text("utf-8"), pages) for path in sheets}
    assert {name: found for name, found in unused.items() if found} == {}


def test_the_rules_find_what_they_look_for():
    sheet = (
        "/* .told */ .a, .b-red > .c:hover { color: red } @media print { .d { margin: .5rem } .ts-wrapper { top: 0 } }"
    )
    assert unused_classes(sheet, '<p class="a b-{{ tone }}">') == ["c", "d"]
    source = Source(
        "tracker/a.py", "LIMIT = 1\n\n@event\ndef hook(): ...\n\nclass A:\n    field: int\n    def b(self): ...\n"
    )
    assert sorted(defined(source)) == ["A", "LIMIT", "b", "field"]
    assert ROOT.joinpath("static/css/luoshi.css") in own_files()
