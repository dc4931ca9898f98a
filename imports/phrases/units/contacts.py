"""People and telephone numbers beside units: `市教育局(张三,0830-2345678)`, `市教育局:张三`."""

from __future__ import annotations

import re
from functools import lru_cache

from imports.phrases.chars import squeeze
from imports.phrases.units import vocabulary as words

_PHONE = re.compile(r"(?:\d{3,4}[-—])?\d{6,8}(?:转\d{1,4})?|1[3-9]\d{9}|\d{3}-\d{4}-\d{4}")
_SAID = re.compile(r"联系人|责任人|负责人|牵头人|经办人|联络员|(?:联系)?电话|手机|(?:办公)?电话号码|(?:主要|分管)?领导")
_TITLE = re.compile(r"[\u4e00-\u9fff]{0,6}(?:长|书记|主任|主席|经理|负责人|责任人|联系人|联络员|组员|干事|科员)")
_POST = re.compile(
    r"(?:各)?(?:乡镇|镇街|[省市县区州镇乡村]|街道|局|委|部门|单位)?(?:党委|党组|政府)?(?:主要|分管)?副?(?:负责同志|负责人|领导|书记|[乡镇县区市局处科院校]长|主任)"
)
_LEADER = re.compile(r"(?:分管|常务|联系|挂点)?(?:的)?副?[省市县区州镇乡]长|[省市县区州]委(?:副?书记|常委)")
_PARTS = re.compile(r"[,、;:\s/()]+")

_SHARE = re.compile(
    rf"(?!.*(?:[牵主]头|[主承协]办|[配]合|责任|负责|参与|落实|实施|[督指]导|督|各|第[一二]|[、,]))"
    rf"(?!.*{words.ENDINGS.pattern})(?!{words.LEVEL.pattern})[\u4e00-\u9fff]{{3,12}}"
)
"""What of the task an office does, in brackets behind its name: `市工信局(园区改造)`."""


def is_share_of(unit: str, said: str) -> bool:
    """Do brackets behind the name of an office say what of the task it does?"""
    named = words.LEVEL.match(unit) is not None and words.STRONG_END.search(unit) is not None
    return named and _SHARE.fullmatch(said) is not None


def is_person(plain: str) -> bool:
    """A surname and one or two characters that end no unit's name."""
    return words.PERSON.fullmatch(plain) is not None and not words.ENDINGS.search(plain)


@lru_cache(maxsize=16384)
def is_leader(plain: str) -> bool:
    """Who governs, with his name or without: `副市长李明`, `分管副县长`."""
    found = _LEADER.match(plain)
    return found is not None and (not plain[found.end() :].strip() or is_person(plain[found.end() :].strip()))


@lru_cache(maxsize=16384)
def is_contact(plain: str) -> bool:
    """Nothing but names, titles and telephone numbers, with the words that announce them."""
    parts = [part for part in _PARTS.split(plain) if part]
    said = [part for part in parts if not _SAID.fullmatch(part)]
    told = any(map(_names_or_rings, said))
    return bool(said) and (
        all(_names_or_rings(part) or (told and _TITLE.fullmatch(part)) for part in said)
        or _names_or_rings(squeeze(plain))
        or _POST.fullmatch(plain) is not None
    )


def _names_or_rings(part: str) -> bool:
    if _PHONE.fullmatch(part) or is_person(part):
        return True
    titled = _TITLE.match(part)
    return titled is not None and is_person(part[titled.end() :])
