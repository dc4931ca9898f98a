"""The document's title (标题): of the attached text rather than of the covering notice, on one line or two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from imports.document import Paragraph, Piece
from imports.draft import DraftHeader
from imports.phrases.chars import BLANKS, chinese_number, fold, one_line, squeeze
from imports.phrases.numbering import read_label
from imports.recognise.reading import Reading

_ANNEXES = re.compile(r"\s*附件?\s*:\s*1[.、]")
"""The list of several annexes: none of them is the document that a letter names (关于印发《…》的通知)."""
_SECOND_ANNEX = re.compile(r"\s*2[.、]\s*[^。;]{4,40}(?:清单|分解表|任务表|一览表|台账|方案|办法|要点|名单)\s*$")
NUMBER = re.compile(
    r"(?P<number>[\u4e00-\u9fff](?:[ \u3000]{0,2}[\u4e00-\u9fff]){0,11}\s*[〔\[(【<]\s*(?:19|20)\d{2}\s*[〕\])】>]\s*第?\s*\d{1,5}\s*号)"
)
DAY = (
    r"(?P<year>20\d{2}|二[〇零][〇零一二三四五六七八九]{2})\s*年\s*(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s*月\s*"
    r"(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_ISO_DAY = re.compile(r"(?P<year>20\d{2})\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<day>\d{1,2})(?:\s+[\d:]+)?")
_NUMBER_AT_END = re.compile(rf"\(\s*{NUMBER.pattern}\s*\)$")
_TYPES = (
    r"(?:意见|通知|方案|要点|办法|计划|分解表|清单|规定|细则|安排|分工|任务分工|台账|报告|决定|通报|规划|措施|一览表|汇总表|明细表|任务表|责任表|"
    r"行动|任务书|目标|任务|公告|批复|函|指引|工作表|推进表|进度表|责任分解|任务分解|登记表|工作|讲话|致辞|制度|章程|守则|规则|条例|规程|准则|解读|公示|通告|总结|简报|说明|须知|指南|名单|动态|汇报|问答|打算|思路|答复|倡议书|感谢信|公开信|贺信|综述|纪要|情况|简况|表)"
)
_TITLE_END = re.compile(rf"{_TYPES}(?:\((?:试行|征求意见稿|送审稿|暂行|草案|修订|摘要|节选|[^()]{{1,20}}版)\))?$")
_LETTER_END = re.compile(r"(?:通知|函|批复)(?:\([^()]*\))?$")
_LAST_WORDS = re.compile(r"[\u4e00-\u9fff“”《》、\d]{0,16}的(?:通知|函|批复|意见)(?:\([^()]*\))?")
ORGAN = re.compile(
    r"(?:人民政府(?:办公[厅室])?|政府办公[厅室]|办公[厅室]|委员会|管委会|行政公署|领导小组|指挥部|[局厅委院部署]|中心|人民检察院|联席会议|督查室)$"
)
_ANNEX = re.compile(
    rf"[{BLANKS}]*附(?:件|表)?[{BLANKS}]*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})?(?:[{BLANKS}]*[:.、][{BLANKS}]*|[{BLANKS}]+)(?:\d{{1,2}}[.、](?:(?!\d)|(?=20\d\d年))[{BLANKS}]*)?"
)
"""The mark before the title of an annex: `附件:`, `附件1:`, `附件:1.`."""
_OTHER_ANNEX = re.compile(
    r"\s*附件?\s*\d{0,2}\s*[:.、].*(?:名单|联络[员表]|联系表|通讯录|回执|报名表|汇总表|统计表|登记表|样表|模板|样式)\s*$"
)
"""An annex of names or forms, which is not what the document is about."""
_SPAM = re.compile(
    r"(?=.{0,60}(?:bet|365|体育|娱乐|彩票|博彩|棋牌|真人|下注))[^《》,。:]*_[^《》,。:_]*?(?=(?:20\d{2}年|关于)[^_]*$)",
    re.IGNORECASE,
)
"""What a host that was broken into prints before a title: names of betting sites, parted by underscores."""
_SHORTEST = 4
_LONGEST_TITLE_LINE = 60
_MOST_LINES = 5
"""That a title is printed on."""
_NOT_TITLE = re.compile(r"[。;！!?？]|^附件\d*$|[,:]$|^(?:现将|经|为|根据|按照)")


def choose_title(
    reading: Reading,
    paragraphs: Sequence[Paragraph],
    texts: Sequence[str],
    folded: Sequence[str],
    taken: set[int],
    body: int,
    captions: Sequence[Piece],
) -> None:
    header = reading.draft.document
    found = [position for position in range(body) if position not in taken and title_like(folded[position])]
    several = any(map(_SECOND_ANNEX.match, folded))
    if any(is_letter(folded[position]) and (several or "《" in folded[position]) for position in found):
        found = [position for position in found if not _ANNEXES.match(folded[position])]
    if len(found) > 1:
        found = [position for position in found if not _OTHER_ANNEX.match(folded[position])] or found
    if not found:
        found = [
            position
            for position in range(body)
            if position not in taken and _headline(paragraphs[position], folded[position])
        ][:1]
    if found:
        chosen = _own(found, folded)
        header.title = _compose(header, texts, folded, taken, chosen, paragraphs)
        for position in found[:-1]:
            if position not in taken:
                _number_in_title(header, texts[position], folded[position])
                reading.set_aside([(paragraphs[position].locator, paragraphs[position].text)], "caption")
                taken.add(position)
        return
    if captions:
        best = next((piece for piece in captions if title_like(fold(one_line(piece[1])))), captions[0])
        header.sources["title"] = [best]
        header.title = _unmarked(_number_in_title(header, one_line(best[1]), fold(one_line(best[1]))))
        return
    after = next(
        (
            position
            for position in range(body, len(folded))
            if title_like(folded[position]) and re.search(r"分解表|清单|一览表|任务表", folded[position])
        ),
        None,
    )
    if after is not None:
        header.title = _unmarked(texts[after])
        header.sources["title"] = [(paragraphs[after].locator, paragraphs[after].text)]
        taken.add(after)
    elif not header.title and reading.document.declared_title:
        header.title = re.split(r"\s*[-_|–—]\s*", one_line(reading.document.declared_title))[0]


def _own(found: Sequence[int], folded: Sequence[str]) -> int:
    """The last of several titles, that of the attached text rather than of the letter that covers it (关于印发…的通知); a title
    under the word 附件 is that of an annex where a title other than a letter's stands above."""
    *others, last = found
    bodies = [position for position in others if not is_letter(folded[position])]
    if not bodies or not _is_annexed(folded, last):
        return last
    return next((position for position in reversed(bodies) if not _is_annexed(folded, position)), bodies[-1])


def _is_annexed(folded: Sequence[str], position: int) -> bool:
    return position > 0 and re.fullmatch(r"附件?\d{0,2}", squeeze(folded[position - 1])) is not None


def day_of(year: str, month: str, day: str) -> date | None:
    numbers = [chinese_number(part) or 0 for part in (year, month, day)]
    try:
        return date(*numbers)
    except ValueError:
        return None


def date_in(folded: str) -> date | None:
    """The one day that a text is: `2022-04-12`, `2022年4月12日`, `二〇二二年四月十二日`."""
    found = _ISO_DAY.fullmatch(folded.strip(BLANKS)) or re.fullmatch(DAY, folded.strip(BLANKS))
    return day_of(found["year"], found["month"], found["day"]) if found else None


def is_letter(title: str) -> bool:
    """Is it the title of a letter (…的通知) rather than of what a letter may cover?"""
    return _LETTER_END.search(squeeze(fold(title))) is not None


def title_like(folded: str) -> bool:
    plain = squeeze(folded)
    bare = squeeze(_NUMBER_AT_END.sub("", folded.strip(BLANKS)))
    return (
        6 <= len(plain) <= 90
        and not _NOT_TITLE.search(bare)
        and bool(_TITLE_END.search(bare))
        and read_label(folded) is None
    )


def is_caption(folded: str) -> bool:
    """`附件`, `附件:…` or the title printed over an attached table."""
    plain = squeeze(folded)
    if re.match(r"附件?\d{0,2}(?:[:.、]|$)|附件[一二三四五六七八九十]", plain) and len(plain) <= 80:
        return True
    return len(plain) <= 60 and title_like(folded) and bool(re.search(r"表$|清单$|台账$|表\(", plain))


def is_annex(text: str) -> bool:
    """`附件2`, alone or before a title: what stands above ends there."""
    return re.match(r"附件\d{1,2}(?:[:.、]|$)", squeeze(fold(text))) is not None


def _headline(paragraph: Paragraph, folded: str) -> bool:
    """No type of document at its end, but set as a title or like one."""
    plain = squeeze(folded)
    if not 6 <= len(plain) <= 60 or _NOT_TITLE.search(plain) or re.search(r"[、:]$", plain):
        return False
    return paragraph.heading_level == 1 or (bool(re.search(r"20\d{2}年|重点|任务|工作", plain)) and "," not in plain)


def _compose(
    header: DraftHeader,
    texts: Sequence[str],
    folded: Sequence[str],
    taken: set[int],
    chosen: int,
    paragraphs: Sequence[Paragraph],
) -> str:
    """A title on two lines is one title: `云岫市人民政府` / `关于…的意见`."""
    printed = _number_in_title(header, texts[chosen], folded[chosen])
    title = _unmarked(printed)
    begins = title != printed  # a mark stands at the beginning, so no line above belongs to it
    pieces = [(paragraphs[chosen].locator, paragraphs[chosen].text)]
    before = chosen - 1
    about = chosen if begins else _about(folded, chosen, taken)
    while (
        not begins
        and before >= 0
        and before not in taken
        and (before >= about or _begins_title(folded[before], folded[about], title))
    ):
        title = texts[before] + title
        pieces.insert(0, (paragraphs[before].locator, paragraphs[before].text))
        taken.add(before)
        before -= 1
    taken.add(chosen)
    if _is_cut_letter(folded, chosen, taken):
        title += texts[chosen + 1].strip(BLANKS)
        pieces.append((paragraphs[chosen + 1].locator, paragraphs[chosen + 1].text))
        taken.add(chosen + 1)
    header.sources["title"] = pieces
    if title.startswith("【") and title.endswith("】"):
        title = title[1:-1]
    return squeeze(title) if re.search(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", title) else title


def _is_cut_letter(folded: Sequence[str], chosen: int, taken: set[int]) -> bool:
    """Was the title of a letter cut before its last words (`关于进一步做好…` / `工作的通知`)?"""
    if "关于" not in folded[chosen] or is_letter(folded[chosen]) or chosen + 1 >= len(folded) or chosen + 1 in taken:
        return False
    return _LAST_WORDS.fullmatch(squeeze(folded[chosen + 1])) is not None


def _unmarked(title: str) -> str:
    """A title without the mark of an annex, and without the spam of the page, before it."""
    for mark in (_ANNEX, _SPAM):
        found = mark.match(fold(title))
        rest = title[found.end() :] if found else ""
        title = rest if len(rest) >= _SHORTEST else title
    return title


def _about(folded: Sequence[str], chosen: int, taken: set[int]) -> int:
    """The line on which a letter's title says what it is about (关于…), a few lines above its end (…的通知); else the end."""
    if is_letter(folded[chosen]) and "关于" not in folded[chosen]:
        for position in range(chosen - 1, max(-1, chosen - _MOST_LINES), -1):
            line = folded[position].strip(BLANKS)
            if position in taken or len(line) > _LONGEST_TITLE_LINE or re.search(r"[。:;]", line):
                break
            if "关于" in line and not _LETTER_END.search(line):
                return position
    return chosen


def _begins_title(before: str, about: str, title: str) -> bool:
    """The line above is the title's first half: the issuer over 关于…, or a text without a type over a short type."""
    if about.startswith("关于"):
        return bool(ORGAN.search(squeeze(before)))
    return len(squeeze(title)) <= 8 and 4 <= len(before) <= _LONGEST_TITLE_LINE and not re.search(r"[。,:;]", before)


def _number_in_title(header: DraftHeader, text: str, folded: str) -> str:
    found = _NUMBER_AT_END.search(folded.rstrip(BLANKS))
    if found is None:
        return text
    if header.number is None:
        header.number = squeeze(text[found.start("number") : found.end("number")])
    return text[: found.start()].rstrip(BLANKS)
