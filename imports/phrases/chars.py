"""Characters: folding that keeps every position, so that a pattern runs on one form and the slice is cut from the print."""

from __future__ import annotations

import re
from functools import lru_cache

_FOLDED = {
    "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "．": ".", "％": "%", "／": "/", "｜": "|", "│": "|", "┃": "|",
    "！": "!", "？": "?",
    "﹝": "〔", "﹞": "〕", "〖": "【", "〗": "】", "［": "[", "］": "]", "＝": "=", "＞": ">", "＜": "<", "＋": "+", "﹒": ".", "﹪": "%",
    "〇": "〇", "○": "〇", "Ｏ": "O", "﹙": "(", "﹚": ")", "﹕": ":", "﹔": ";", "﹐": ",",
    "～": "~", "〜": "~", "－": "-", "–": "-", "−": "-", "‐": "-", "‑": "-",
    "\u3000": " ", "\xa0": " ", "\t": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ",
    "\u200b": " ", "\ufeff": " ", "\u200c": " ", "\u200d": " ", "\u2060": " ", "\r": "\n", "\x0b": "\n", "\x0c": "\n",
}  # fmt: skip
# Texts that a machine turned into traditional script: only the characters that our patterns are made of.
_TRADITIONAL = (
    "牽頭單責門負實辦廳縣區鎮鄉關發財務規劃會與協參導職時間內個項條萬億據總體開續進長堅結領聯電話備註號類別點標專場隊館園黨團機構營業學醫銀檢監審計"
    "統網質農貿經濟紀兩確處級達報記說訊佈績動設產開啟終僅餘於後準無數"
    "壓縮減優強調週戶歲畝噸過爭滿線從歷積穩轉執證險勞屬轄齊簡書題問應該遞約擔課頁種雙樓棟臺輛張盞擬覈覆絡員"
)
_SIMPLIFIED = (
    "牵头单责门负实办厅县区镇乡关发财务规划会与协参导职时间内个项条万亿据总体开续进长坚结领联电话备注号类别点标专场队馆园党团机构营业学医银检监审计"
    "统网质农贸经济纪两确处级达报记说讯布绩动设产开启终仅余于后准无数"
    "压缩减优强调周户岁亩吨过争满线从历积稳转执证险劳属辖齐简书题问应该递约担课页种双楼栋台辆张盏拟核复络员"
)
_FOLDED |= dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
_FOLDED |= {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_FOLDABLE = re.compile(f"[{re.escape(''.join(_FOLDED))}]")

_INVISIBLE = "\u200b\ufeff\u200c\u200d\u2060"
BLANKS = " \t\r\n\x0b\x0c\u3000\xa0\u2002\u2003\u2009\u202f" + _INVISIBLE
_BLANK_RUN = re.compile(rf"[\s{_INVISIBLE}]+")
_LINE_BREAK = re.compile(rf"[ \t\u3000\xa0{_INVISIBLE}]*[\r\n\x0b\x0c]+[ \t\u3000\xa0{_INVISIBLE}]*")

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SCALES = {"十": 10, "百": 100, "千": 1000}


REPEATED = 24
"""Texts up to this length stand in many cells of a column: what they were read as is remembered. Sentences are not."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Full-width signs, digits and blanks as their plain forms, one character for one: positions stay the same."""
    for printed in set(_FOLDABLE.findall(text)):  # far fewer than the text has characters
        text = text.replace(printed, _FOLDED[printed])
    return text


def squeeze(text: str) -> str:
    """Without any white space at all: how headers and headings are compared."""
    return _BLANK_RUN.sub("", text)


def one_line(text: str) -> str:
    """Outer blanks stripped and lines joined without the break; between two Latin words a blank is kept."""
    stripped = text.strip(BLANKS)
    if "\n" not in stripped and "\r" not in stripped and "\x0b" not in stripped and "\x0c" not in stripped:
        return stripped
    return _LINE_BREAK.sub(_joint, stripped)


def _joint(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return " " if before.isascii() and before.isalnum() and after.isascii() and after.isalnum() else ""


def chinese_number(text: str) -> int | None:
    """`二十四` → 24, `二〇二六` → 2026, `12` → 12; None where the text is no whole number."""
    if text.isdecimal():
        return int(text)
    if not text or any(char not in _DIGITS and char not in _SCALES for char in text):
        return None
    if not any(char in _SCALES for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, None
    for char in text:
        if char in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[char]
            digit = None
        else:
            digit = _DIGITS[char]
    return total + (digit or 0)
