"""Numbers in the forms of automatic numbering."""

from __future__ import annotations

import pytest

from imports.readers.numerals import numeral


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        ("decimal", 12, "12"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 11, "十一"),
        ("chineseCountingThousand", 20, "二十"),
        ("japaneseCounting", 105, "一百零五"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 0, "〇"),
        ("chineseCountingThousand", 10_000, "10000"),
        ("chineseLegalSimplified", 21, "贰拾壹"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircleChinese", 3, "③"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 1, "⑴"),
        ("decimalEnclosedFullstop", 1, "⒈"),
        ("decimalFullWidth", 10, "１０"),
        ("decimalZero", 3, "03"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 1, "a"),
        ("bullet", 1, ""),
        ("none", 1, ""),
        ("unheardOf", 4, "4"),
    ],
)
def test_forms(form: str, number: int, text: str) -> None:
    assert numeral(number, form) == text
