"""What changed between two versions of a text."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tracker.progress.differences import Piece, differences

WORDS = st.text(alphabet="压减审批时限12.5%ab \n", max_size=60)


def test_numbers_and_words_are_compared_as_wholes():
    assert differences("已完成12项。", "已完成125项,进度35%。") == [
        Piece("same", "已完成"), Piece("removed", "12"), Piece("added", "125"), Piece("same", "项"),
        Piece("added", ",进度35%"), Piece("same", "。"),
    ]  # fmt: skip
    assert differences("同样", "同样") == [Piece("same", "同样")]
    assert differences("", "") == []


def test_how_a_line_ends_is_no_difference():
    """A form sends \\r\\n, a workbook and what is taken over from the last report hold \\n."""
    assert differences("与上期一致。\n已完成。", "与上期一致。\r\n已完成。") == [
        Piece("same", "与上期一致。\n已完成。")
    ]
    assert differences("甲。\r\n乙。", "甲。\n丙。") == [
        Piece("same", "甲。\n"), Piece("removed", "乙"), Piece("added", "丙"), Piece("same", "。"),
    ]  # fmt: skip


@given(WORDS, WORDS)
def test_pieces_make_both_versions(old, new):
    pieces = differences(old, new)
    assert "".join(one.text for one in pieces if one.kind != "removed") == new
    assert "".join(one.text for one in pieces if one.kind != "added") == old


def test_long_texts_are_compared_by_lines():
    old = "".join(f"第{n}项已完成。\n" for n in range(2000))
    new = old.replace("第7项已完成。", "第7项未完成。")
    assert {one.kind for one in differences(old, new)} == {"same", "added", "removed"}
