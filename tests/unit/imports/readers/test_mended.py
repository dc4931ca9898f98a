"""What a machine did to a page's characters is undone where that is certain, and told."""

from __future__ import annotations

from tests.unit.imports.readers.help import codes, read, table_of, texts


def test_readings_behind_characters_are_left_out() -> None:
    document = read("區(qū)政務(wù)公開（kāi）\n責(zé)任單位:市財(cái)政局(牽(qiān)頭(tóu))", "page.txt")
    assert texts(document) == ["區政務公開", "責任單位:市財政局(牽頭)"]
    assert [(one.code, one.locators) for one in document.problems] == [("readings-left-out", ("line 1", "line 2"))]


def test_brackets_that_are_no_reading_stay() -> None:
    lines = ["推广(APP)", "市财政局(jú 牵头)", "单价(yuán/吨)", "wù)"]
    document = read("\n".join(lines), "page.txt")
    assert texts(document) == lines
    assert codes(document) == []


def test_readings_in_cells_are_left_out() -> None:
    page = "<table><tr><td>任務(wù)<td>單(dān)位<tr><td>公開<td>市檔(dàng)案局</table>"
    assert table_of(read(page, "page.html")).grid == [["任務", "單位"], ["公開", "市檔案局"]]


def test_a_number_whose_bytes_slipped_is_put_right() -> None:
    document = read("?。ㄒ唬┘訌?qiáng)服務(wù)", "page.txt")
    assert texts(document) == ["\u3000（一）加?服務"]
    assert codes(document) == ["readings-left-out", "text-slipped"]
    assert "（一）加" in document.problems[1].message


def test_a_question_before_a_sentence_is_none() -> None:
    assert texts(read("为什么?。这样写不对", "page.txt")) == ["为什么?。这样写不对"]


def test_entities_of_a_page_in_plain_text_are_the_characters_they_stand_for() -> None:
    document = read(
        "&nbsp;&nbsp;培育&ldquo;小巨人&rdquo;企业&#65292;R&D;经费&#10;续\nhttp://a.cn/?id=1&para=2", "page.txt"
    )
    assert texts(document) == ["\xa0\xa0培育“小巨人”企业，R&D;经费 续", "http://a.cn/?id=1&para=2"]
    assert [(one.code, one.locators) for one in document.problems] == [("entities-decoded", ("line 1",))]


def test_blanks_without_width_within_words_are_left_out() -> None:
    assert texts(read("产\u200b业\ufeff链\u00ad招商", "page.txt")) == ["产业链招商"]
    page = "<table><tr><td>任\u200b务<td>单位<tr><td>公开<td>市\u200b档案局</table>"
    assert table_of(read(page, "page.html")).grid == [["任务", "单位"], ["公开", "市档案局"]]
