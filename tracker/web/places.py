"""Locators as a person reads them: `line 42` is 第 42 行 on a Chinese page. The locator itself never changes."""

from __future__ import annotations

import re

from flask import Flask
from flask_babel import gettext as _

_FORMS = re.compile(r"(?:(line|paragraph) (\d+)|table (\d+)(?: row (\d+))?)")


def place(locator: str) -> str:
    """The locator in the language of the page; an address such as `Sheet1!D7` is the same in both."""
    return _FORMS.sub(_said, locator)


def _said(found: re.Match[str]) -> str:
    kind, number, table, row = found.groups()
    if kind == "line":
        return _("第 %(n)s 行", n=number)
    if kind == "paragraph":
        return _("第 %(n)s 段", n=number)
    return _("表 %(table)s 第 %(row)s 行", table=table, row=row) if row else _("表 %(table)s", table=table)


def register(app: Flask) -> None:
    app.jinja_env.filters["place"] = place
