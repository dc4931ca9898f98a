"""Number formats: the text a workbook shows."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from imports.readers.numfmt import compiled, general

DATE = 'yyyy"年"m"月"d"日"'


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0%", "0.95", "95%"),
        ("0.0%", "0.9534", "95.3%"),
        ("General", "0.10000000000000001", "0.1"),
        ("General", "18.5", "18.5"),
        ("General", "1E-05", "0.00001"),
        ("General", "110101199003078888", "110101199003078888"),
        ("0", "18.5", "19"),
        ("0", "-0.4", "0"),
        ("0.00", "-2.345", "-2.35"),
        ("#,##0.00", "1234567.885", "1,234,567.89"),
        ("#,##0", "-1234", "-1,234"),
        ("0_);(0)", "-5", "(5)"),
        ('0"万元"', "35", "35万元"),
        ("000-0000", "1234567", "123-4567"),
        ("0.##", "1.5", "1.5"),
        ("0.0,", "12345", "12.3"),
        ("[>=60]0.0;[<0]\\-0;0.00", "5", "5.00"),
        ('[Red]"低于"0;0', "-5", "5"),
        ("@", "5", "5"),
        (";;;", "7", "7"),
        ("# ?/?", "0.5", "0.5"),
        ("0.0", "1e999", "1e999"),
        ("0.0", "不是数", "不是数"),
        ("yyyy/m/d", "46203", "2026/6/30"),
        (DATE, "46203", "2026年6月30日"),
        (f"{DATE};@", "46203.75", "2026年6月30日"),
        (f"[DBNum1][$-804]{DATE}", "46203", "二〇二六年六月三十日"),
        ('yyyy"年"m"月"', "46203", "2026年6月"),
        ("yyyy-mm-dd hh:mm:ss", "45000.123", "2023-03-15 02:57:07"),
        ('上午/下午h"时"mm"分"', "0.6", "下午2时24分"),
        ("[h]:mm", "1.5", "36:00"),
        ("mm:ss", "0.0007", "01:00"),
        ("aaaa", "46203", "星期二"),
        (DATE, "-1", "-1"),
        (DATE, "59", "1900年2月28日"),
        (DATE, "61", "1900年3月1日"),
    ],
)
def test_numbers_are_shown_as_the_workbook_shows_them(code: str, stored: str, shown: str) -> None:
    assert compiled(code)(stored) == shown


def test_dates_that_count_from_1904() -> None:
    assert compiled(DATE, base_1904=True)("44741") == "2026年6月30日"


@given(st.text('0#?,.%;@"\\[]_*yMdhsE+-/amGeneral$年', max_size=12), st.floats(allow_nan=False, width=32))
def test_no_code_loses_a_number_or_fails(code: str, value: float) -> None:
    assert compiled(code)(repr(value)).strip()


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_general_says_the_same_number(value: object) -> None:
    assert float(general(str(value))) == float(str(value))


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("0%", "0.8996", "89.96%"), ("0.0%", "0.8996", "89.96%"), ("0", "12.4", "12.4"), ("#,##0", "2800.25", "2,800.25"),
        ("#,##0.00", "2800.5", "2,800.50"), ('0"所"', "12.5", "12.5所"), ('0,"千"', "12345", "12.345千"), ("0.0E+00", "12345", "12345"),
        ('0"年"0"月"', "123.5", "123.5"), ("0;(0)", "-1.5", "(1.5)"), ("General", "1.25", "1.25"), (DATE, "46203", "2026年6月30日"),
    ],
)  # fmt: skip
def test_all_digits_are_shown_where_that_is_asked(code: str, stored: str, shown: str):
    assert compiled(code, all_digits=True)(stored) == shown
