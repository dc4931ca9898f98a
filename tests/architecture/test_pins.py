"""What is imported is asked for, what is asked for is used, and what is tested is what people run."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions

from tests.architecture.sources import ROOT, imported, product

OWN = {"app", "tracker", "imports", "reports"}
PARTS_OF_FLASK = {"babel", "click", "itsdangerous", "jinja2", "markupsafe"}
"""Its own interface, and Flask-Babel's, is made of them."""
USED_BY_NAME = {
    "openpyxl": "asked for among the product's own packages; tests read our workbooks with it, as other programs would",
    "pandas": "asked for among the product's own packages; tests recount with it what reports count",
    "plotly": "asked for among the product's own packages; tests check our figures against it",
    "gunicorn": "serves the application; named in Makefile",
    "psycopg": "SQLAlchemy's driver for PostgreSQL; named in the URL",
    "pdfplumber": "reads PDF; loaded by its name when the first one comes",
    "pytest": "asked for among the product's own packages",
    "alembic": "runs the migrations; named in migrations/env.py",
    "werkzeug": "Flask's own ground, pinned beside it",
}


def asked_for(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {_plain(re.split(r"[\[<>=~;\s]", line)[0]) for line in lines if line[:1].isalpha()}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {_plain(package): version for package, version in found}


def imported_packages() -> set[str]:
    packages = packages_distributions()
    tops = {module.split(".")[0] for source in product() for module, _, _ in imported(source.tree)}
    return {_plain(packages[top][0]) for top in tops - OWN - sys.stdlib_module_names - {""} if top in packages}


def test_every_import_is_asked_for_by_name():
    """Not merely brought along by another package, which may drop it."""
    assert imported_packages() - asked_for("requirements.in") - PARTS_OF_FLASK == set()


def test_everything_asked_for_is_used():
    assert asked_for("requirements.in") - imported_packages() - USED_BY_NAME.keys() == set()


def test_tests_run_on_the_pins_that_people_run():
    product_pins, test_pins = pins("requirements.txt"), pins("requirements-dev.txt")
    assert product_pins
    assert {name: test_pins.get(name) for name in product_pins} == product_pins
    assert asked_for("requirements.in") <= product_pins.keys()


def test_pins_name_no_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert not re.search(r"://|--(extra-)?index-url|--find-links", (ROOT / name).read_text(encoding="utf-8"))
