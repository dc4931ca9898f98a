"""A text in which a number meets a noun: one form in Chinese, two in English."""

from __future__ import annotations

import pytest
from flask import Flask, render_template_string

from tracker.web.locale import counted, register, speaking


@pytest.fixture
def app():
    made = Flask(__name__)
    made.config.update(DEFAULT_LOCALE="zh_Hans_CN", BABEL_TRANSLATION_DIRECTORIES="../../../translations")
    register(made)
    with made.test_request_context():
        yield made


@pytest.mark.parametrize(
    ("language", "one", "many"), [("en", "1 task", "1,200 tasks"), ("zh_Hans_CN", "1 项任务", "1,200 项任务")]
)
def test_the_noun_goes_with_the_number(app, language, one, many):
    with speaking(language):
        assert (counted("%(n)s 项任务", 1), counted("%(n)s 项任务", 1200)) == (one, many)


def test_what_is_put_into_a_page_is_escaped(app):
    page = render_template_string("{{ _n('%(who)s刚刚更正了 %(n)s 处，刷新查看', 2, who='<b>') }}")
    assert page == "&lt;b&gt;刚刚更正了 2 处，刷新查看"
