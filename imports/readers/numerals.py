"""How automatic numbering (自动编号) writes a number, by the names Word gives its formats: 一, 壹, 甲, ①, iv."""

from __future__ import annotations

_PLAIN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_COUNTING = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "koreanCounting",
    }
)
_FORMAL = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_MAX_SPOKEN = 9_999


def numeral(number: int, form: str) -> str:
    """`number` in the format `form`; plain digits where the format is unknown or does not reach that far."""
    if form in ("bullet", "none"):
        return ""
    if form in _COUNTING and 0 <= number <= _MAX_SPOKEN:
        return spoken(number)
    if form in _FORMAL and 0 < number <= _MAX_SPOKEN:
        return _with_units(number, _LEGAL, ("", "拾", "佰", "仟"))
    if form == "ideographDigital":
        return "".join(_PLAIN[int(digit)] for digit in str(number))
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    return _latin(number, form)


def _latin(number: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        text = _roman(number)
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 780:
        times, letter = divmod(number - 1, 26)
        return chr((65 if form == "upperLetter" else 97) + letter) * (times + 1)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2474 + number - 1)
    if form == "decimalEnclosedFullstop" and 1 <= number <= 20:
        return chr(0x2488 + number - 1)
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def spoken(number: int) -> str:
    """一, 十一, 二十, 一百零五 (0 is 〇)."""
    if number == 0:
        return _PLAIN[0]
    text = _with_units(number, "零" + _PLAIN[1:], ("", "十", "百", "千"))
    return text[1:] if 10 <= number < 20 else text


def _with_units(number: int, digits: str, units: tuple[str, ...]) -> str:
    out: list[str] = []
    figures = str(number)
    for at, figure in enumerate(figures):
        if figure != "0":
            out.append(digits[int(figure)] + units[len(figures) - 1 - at])
        elif out and out[-1] != digits[0]:
            out.append(digits[0])
    while out and out[-1] == digits[0]:
        out.pop()
    return "".join(out)


def _roman(number: int) -> str:
    out = []
    for value, text in _ROMAN:
        times, number = divmod(number, value)
        out.append(text * times)
    return "".join(out)
