"""How many there are, as the foot of a list says it."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel

from tracker.config import ROOT
from tracker.web.paging import Page

SHOWN = '{% from "macros/lists.html" import pager with context %}{{ pager(page) }}'


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (Page([1], "next", None, 1_234), "共 1,234 项"),
        (Page([1], "next", None, more_than=1_000), "多于 1,000 项，可用筛选缩小范围"),
        (Page([1, 2], "next", None), "本页 2 项"),
    ],
)
def test_the_total_is_said_or_how_far_was_counted(page, said):
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.jinja_env.add_extension("jinja2.ext.i18n")
    Babel(app)
    app.jinja_env.globals["icon"] = lambda _name: ""
    with app.test_request_context("/list"):
        assert said in render_template_string(SHOWN, page=page)
