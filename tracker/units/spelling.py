"""The dictionary of pinyin; imported by nobody at the start: see `tracker.units.pinyin`."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict

PLACES = {
    "曾都": "zēng dū", "曾家": "zēng jiā", "单县": "shàn xiàn", "解州": "hài zhōu", "仇池": "qiú chí", "太行": "tài háng",
    "闵行": "mǐn háng", "六安": "lù ān", "六合": "lù hé", "涡阳": "guō yáng", "浚县": "xùn xiàn", "大城县": "dài chéng xiàn",
    "会稽": "kuài jī", "洪洞": "hóng tóng", "荥经": "yíng jīng", "乐陵": "lào líng", "穆棱": "mù líng", "宕昌": "tàn chāng",
    "民乐县": "mín lè xiàn", "覃塘": "qín táng", "单父": "shàn fǔ", "藏区": "zàng qū",
    "朝阳市": "cháo yáng shì", "繁峙": "fán shì", "筠连": "jūn lián", "长岭": "cháng lǐng", "解放": "jiě fàng",
    "区直": "qū zhí", "乐东": "lè dōng", "长乐": "cháng lè", "重庆": "chóng qìng", "任丘": "rén qiū", "任城": "rén chéng",
}  # fmt: skip
"""Readings of places (and of words in names of bodies) that the dictionary lacks or takes from another word."""
ALONE = {"长": "cháng,zhǎng", "都": "dū,dōu", "什": "shí,shén", "泊": "bó,pō"}
"""Characters that are read so in a place's name (长阳, 都昌) where no word of the dictionary says otherwise (市长)."""

load_single_dict({ord(one): readings for one, readings in ALONE.items()})
load_phrases_dict({name: [[one] for one in reading.split(" ")] for name, reading in PLACES.items()})


def spelled(name: str) -> str:
    return "".join(lazy_pinyin(name, errors="ignore"))


def initials(name: str) -> str:
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore"))
