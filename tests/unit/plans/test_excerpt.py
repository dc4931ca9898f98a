"""What is shown of a long text where some words were looked for."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tracker.plans.wording import excerpt, hits, rest_of

LONG = "完善公共资源配置领域信息公开，" * 6 + "压减审批时限百分之三十以上，" + "推进政务服务事项全程网办，" * 6


def test_the_words_stand_in_what_is_shown():
    shown = excerpt(LONG, ["审批"])
    assert "压减审批时限" in shown
    assert (shown[0], shown[-1]) == ("…", "…")
    assert len(shown) == 74


def test_a_text_without_the_words_is_shown_from_its_beginning():
    assert excerpt(LONG, ["没有"]) == LONG[:72] + "…"
    assert excerpt("短文", ["没有"]) == "短文"
    assert excerpt(LONG, []) == LONG[:72] + "…"


def test_the_longer_word_is_marked_where_two_begin_alike():
    assert hits("审批时限", ["审批", "审批时"]) == [("审批时", True), ("限", False)]


def test_signs_that_mean_something_to_a_pattern_are_signs():
    assert hits("(一)a.b", [".", "(一)"]) == [("(一)", True), ("a", False), (".", True), ("b", False)]


def test_letters_are_found_in_either_case():
    assert hits("VR展厅", ["vr"]) == [("VR", True), ("展厅", False)]


def test_what_the_name_says_is_not_said_again():
    assert rest_of("公开决算", "公开决算，公开率达到100%。") == "公开率达到100%。"
    assert rest_of("公开决算", "公开决算。") == ""
    assert rest_of("公开决算", "6月底前公开决算。") == "6月底前公开决算。"


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=4), max_size=3))
def test_nothing_is_lost_or_added(text, words):
    assert "".join(piece for piece, _ in hits(text, words)) == text
