"""Cell styles (单元格样式) of a workbook, as far as a reader needs them: how each shows a number."""

from __future__ import annotations

from imports.readers import limits
from imports.readers.numfmt import Show, compiled, general
from imports.readers.package import Package
from imports.readers.xml import parsed

_YEAR_MONTH = 'yyyy"年"m"月"'
_MONTH_DAY = 'm"月"d"日"'
# ECMA-376 part 1, 18.8.30, with the Chinese meaning of the numbers that depend on the language (27–36, 50–58).
BUILTIN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: _YEAR_MONTH,
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
    48: "0.00E+00",
    49: "@",
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
}


def read_styles(package: Package, part: str | None, base_1904: bool, all_digits: bool) -> list[Show]:
    """For each style number how it shows a number; one General style where the workbook has no styles."""
    if part is None or not package.has(part):
        return [general]
    root = parsed(package.read(part), part)
    codes = dict(BUILTIN)
    for entry in root.iterfind("{*}numFmts/{*}numFmt"):
        number = entry.get("numFmtId") or ""
        if number.isascii() and number.isdigit():
            codes[int(number)] = entry.get("formatCode") or "General"
    shows = []
    for entry in root.iterfind("{*}cellXfs/{*}xf"):
        number = entry.get("numFmtId") or "0"
        known = codes.get(int(number)) if number.isascii() and number.isdigit() else None
        shows.append(compiled(known or "General", base_1904, all_digits))
        if len(shows) >= limits.MAX_FORMATS:
            break
    return shows or [general]
