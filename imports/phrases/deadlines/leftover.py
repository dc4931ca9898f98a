"""What a time cell prints of days and periods that became no deadline: `6月底前完成，10号前报送` without the second of them.

A deadline that is read beside one that is not would look as if it were all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from imports.draft import Deadline
from imports.phrases.deadlines.moments import folded_time
from imports.phrases.deadlines.patterns import N

_SIGN = re.compile(
    rf"(?<![\d个十])(?:{N})\s*月(?!饼|亮|经|球)(?:\s*(?:{N})\s*[日号])?|(?<![\d第])(?:{N})\s*[日号](?![期常均])|"
    rf"(?:{N})\s*个?\s*工作日|"
    r"(?<!本)周[一二三四五六日](?!次)|[第前]?[一二三四1-4]季度|每(?:个)?(?:月|季|半?年|周|旬)|"
    r"(?<![\d.])(?:20\d{2}[-./])?(?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])(?![\d.%])|(?<![A-Za-z])Q[1-4]|年底|(?<![比较])年初|[春夏秋冬][两二]?季(?!节)|除[^,;。()]{1,10}?外|季度?末|[上中下]旬|(?<=\0)(?:主?汛期|雨季|[供采]暖[季期]|寒假|暑[假期]|防火期|农[忙闲]|开学)(?!\()|[\u4e00-\u9fff]{2}节[之以]?前|"
    r"(?<=\0)(?:逢|前[两二三四\d]个|最后|倒数|中间|[末首](?![批次家届])|第[一二三四五\d](?:周|个[周月星工]|[天日月])|[、和及与至到~—-]\s*(?:\d|[一二三四五六七八九十]+[日月号]))"
)
_MENTIONED = re.compile(
    r"[^,;。、()]{0,4}?(?:起(?![草步])|以来|情况|进展|数据|报表|工作要点|存量|的|度)|\s*(?:至|到|[-~—]+|为(?=\0))"
)
"""Behind a time: it is where something begins, or what is reported on, or it is called so whose own time follows (`一季度为3月20日前`)."""
_APART = re.compile(r"[,;。、\n()]")


def unread_times(text: str, found: Iterable[Deadline]) -> tuple[str, ...]:
    """The pieces of the text, as printed, in which a time stands that is in none of the deadlines `found` in it."""
    return tuple(dict.fromkeys(_pieces(text, folded_time(text), [folded_time(one.text) for one in found])))


def _pieces(text: str, folded: str, spans: list[str]) -> Iterator[str]:
    for span in sorted(spans, key=len, reverse=True):
        folded = folded.replace(span, "\0" * len(span), 1)
    for sign in _SIGN.finditer(folded):
        if _MENTIONED.match(folded, sign.end()):
            continue
        start = max((cut.end() for cut in _APART.finditer(folded, 0, sign.start())), default=0)
        after = _APART.search(folded, sign.end())
        piece = text[start : after.start() if after else len(text)].strip()
        if piece:
            yield piece
