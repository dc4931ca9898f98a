"""The look that the test client takes at every page sees what it is there for."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.pages import FaultyPage, LintingClient, page_faults

PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>任务</title></head>'
    '<body><h1>任务</h1><form method="post"><input type="hidden" name="csrf_token"><label for="a">甲</label>'
    '<input id="a"><button>提交</button></form>{}</body></html>'
)


def test_a_good_page_passes():
    assert page_faults(PAGE.format("<p>正文</p>")) == []


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("<p><div></div></p>", "not valid HTML"),
        ("<table><div></div></table>", "not valid HTML"),
        ('<p id="a"></p>', "id 'a' stands 2 times"),
        ('<label for="nowhere">乙</label>', "refers to nothing"),
        ("<h1>又一个</h1>", "one h1 is wanted"),
        ('<p style="color: red"></p>', "style="),
        ('<p onclick="go()"></p>', "onclick="),
        ("<script>go()</script>", "inline <script>"),
        ('<img src="/a.png">', "a picture without words"),
        ('<form method="post"></form>', "has no token"),
        ('<a href="https://example.com/">外</a>', "leads away"),
        ("<button></button>", "a button without words"),
    ],
)
def test_a_fault_is_named(part: str, said: str):
    faults = page_faults(PAGE.format(part))
    assert any(said in fault for fault in faults), faults


def test_what_nobody_meets_and_a_token_with_a_prefix_are_no_faults():
    part = '<form method="post"><input type="hidden" name="end-csrf_token"><button disabled hidden></button></form>'
    assert page_faults(PAGE.format(part)) == []


def test_title_and_language_are_looked_at():
    assert "title" in page_faults(PAGE.replace("<title>任务", "<title>别的").format(""))[0]
    assert "language" in page_faults(PAGE.replace(' lang="zh-CN"', "").format(""))[0]


def test_a_part_of_a_page_needs_no_frame():
    assert page_faults("<tr><td>甲</td></tr>", whole=False) == []
    assert page_faults("<p><div></div></p>", whole=False)


def test_the_client_looks_at_what_it_fetches_and_again_where_something_new_stands_in_it():
    pages = {"whole": PAGE.format("<p>正文</p>"), "faulty": PAGE.format("<p>正文</p><ins onclick='go()'></ins>")}
    app = Flask(__name__)
    app.test_client_class = LintingClient
    app.add_url_rule("/pages/<int:number>", "page", lambda number: pages["faulty" if number > 1 else "whole"])
    client = app.test_client()
    assert client.get("/pages/1").status_code == 200
    with pytest.raises(FaultyPage, match="onclick"):
        client.get("/pages/2")
