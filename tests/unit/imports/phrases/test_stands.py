"""What a figure counts, in the words of the document around it."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from imports.phrases.stands import LONGEST, clauses

LONG = "各" * LONGEST


@pytest.mark.parametrize(
    ("figures", "text", "wanted"),
    [
        (["18所", "4200个"], "新建、改扩建公办幼儿园18所,新增学位4200个", ["新建、改扩建公办幼儿园18所", "新增学位4200个"]),
        (["30个", "500个"], "建成充电桩30个和停车位500个。", ["建成充电桩30个", "停车位500个"]),
        (["96个", "30项"], "设立医保服务站96个，30项业务就近办理。", ["设立医保服务站96个", "30项业务就近办理"]),
        (["2个", "12个"], "新建12个站点，改造2个站点", ["改造2个站点", "新建12个站点"]),
        (["1个", "1个"], "建成1个中心、1个平台；", ["建成1个中心", "1个平台"]),
        (["不低于4%"], "政务公开工作（分值权重不低于4%）纳入考核", ["分值权重不低于4%"]),
        (["控制在180个以内"], "全市政务新媒体总数控制在180个以内", ["全市政务新媒体总数控制在180个以内"]),
        (["90%"], "办结率", [""]),
        (["90%"], "90%", [""]),
        (["3件"], f"{LONG}、为民和利企办成实事3件", ["为民和利企办成实事3件"]),
        (["3件"], f"{LONG}办成实事3件", [""]),
    ],
)  # fmt: skip
def test_a_figure_stands_in_its_clause(figures, text, wanted):
    assert clauses(figures, [text]) == wanted


def test_the_requirement_is_asked_before_the_name():
    assert clauses(["5家"], ["", "培育企业5家"]) == ["培育企业5家"]
    assert clauses(["5家"], ["引进企业5家", "培育企业5家"]) == ["引进企业5家"]


FIGURE = st.sampled_from(["3个", "30个", "5%", "不少于2次", "1.2万人"])


@given(st.lists(FIGURE, max_size=4), st.text(alphabet="建成新和、，。;；（）次个3025%.万人不少于 ", max_size=60))
def test_it_is_short_of_the_text_and_holds_its_figure(figures, text):
    found = clauses(figures, [text])
    assert len(found) == len(figures)
    for figure, words in zip(figures, found, strict=True):
        assert words == "" or (figure in words and len(words) <= max(LONGEST, len(figure)))
