"""What the document says of itself: title, issuer, number (发文字号), date of issue, year; who is addressed; what is furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from imports.document import Paragraph, Piece
from imports.draft import DraftHeader
from imports.phrases.chars import BLANKS, chinese_number, fold, one_line, squeeze
from imports.phrases.numbering import read_label
from imports.recognise.reading import Reading
from imports.recognise.title import DAY, NUMBER, ORGAN, choose_title, day_of, is_caption

_NUMBER_LINE = re.compile(
    rf"\(?(?:(?:发文字号|文\s*号|文件编号|公文字号)\s*[::]?\s*)?{NUMBER.pattern}(?:[,\s]*{DAY}(?:印发|发布)?)?\)?"
)
_DATE_LINE = re.compile(
    rf"\(?\s*(?:(?:成文日期|印发日期|发文日期|签发日期)\s*[::]?\s*)?{DAY}\s*(?P<printed>印发)?\s*\)?"
)
_SIGNED_LINE = re.compile(rf"(?P<issuer>[\u4e00-\u9fff]{{4,40}}?)(?:秘书|综合)?[处科]?\s+{DAY}\s*(?:印发)?")
_ISO_LABELLED = re.compile(
    r"(?:成文日期|印发日期|发文日期|签发日期)\s*[:]?\s*(?P<year>20\d{2})\s*[-/.]\s*(?P<month>\d{1,2})\s*[-/.]\s*(?P<day>\d{1,2})"
)
_WEB_DATE = re.compile(
    r"(?:发布|更新|上传|生成|录入)(?:时间|日期)\s*[:]|浏览(?:次数|量)|访问次数|点击(?:数|次数|量)|^来源[:]|作者[:]|字号[:]|字体[:]|【字体"
)
_NOISE = re.compile(
    r"^(?:首页|>|»|当前位置|您的位置|您所在的位置|上一[条篇]|下一[条篇]|信息来源|来源|责任编辑|编辑|作者|打印|关闭|分享|收藏|返回|扫一扫|微信|微博|版权|"
    r"网站标识码|.{0,6}ICP备|.{0,4}公网安备|技术支持|Copyright|©|相关(?:文档|附件|链接|阅读|稿件)|无障碍|站点地图|网站地图|"
    r"字体|字号|【?字体|【?打印|索引号|信息分类|主题分类|发布机构|发文机关|公开方式|公开形式|成文日期|成文时间|发文日期|生成日期|文\s*号\s*:|有效性|浏览次数|扫描|用手机|附件下载|"
    r"\(此件(?:公开发布|主动公开|删减后公开|依申请公开)\)|此件(?:公开|主动)|抄送|主题词|政务公开>|热门|推荐|登录|注册|搜索|收起|展开)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(r"^(?:此页面上的内容|获取\s*Adobe|Produced By|Copyright|版权所有)", re.IGNORECASE)
_COPIES = re.compile(r"^(?:抄送|抄报|主送|分送)\s*:")
_PAGE = re.compile(r"[-—]+\s*\d{1,3}\s*[-—]+|第\s*\d{1,3}\s*页(?:\s*[,/]?\s*共\s*\d{1,3}\s*页)?")
"""What stands at the foot of a printed page, between the lines of a sentence."""
_HOST = re.compile(r"主办(?:单位)?\s*:")
_FOOTER = re.compile(r"版权|备案|标识码|技术支持|公安网?备|ICP|网站地图|邮编|维护")
_YEAR = re.compile(r"(20\d{2}|二[〇零][〇零一二三四五六七八九]{2})\s*年")
_YEAR_ALONE = re.compile(r"\(?(20\d{2})\s*年度?\)?")
_LONGEST_NOISE = 60
_ROWS_OF_A_COVER = 3
_ADDRESSEE = re.compile(
    r"(?:各|有关|市直|区直|县直).{2,}(?<!如下)[:]$|^.{4,200}(?:政府|部门|单位|委员会|街道办事处|局|办|\))[:]$"
)
_FIRST_ANNEX = re.compile(r"\s*附件?\s*:\s*1[.、]")
"""The list of annexes begins, whose further lines are `2.…`."""
_CLOSING = re.compile(
    r"^(?:各地|各部门|各单位|各县|各镇|各乡|各级|各有关|本(?:意见|方案|要点|通知|办法|计划)自|特此|附件|附[:])"
)


def is_page_number(text: str) -> bool:
    return _PAGE.fullmatch(fold(text).strip(BLANKS)) is not None


def is_noise(text: str) -> bool:
    """Navigation, footer, counters and other furniture of a web page."""
    plain = fold(text).strip(BLANKS)
    if _FURNITURE.match(plain) or _COPIES.match(plain):
        return True
    if len(plain) > 80 or plain.endswith(("。", ";")):
        return False
    return (len(plain) <= _LONGEST_NOISE and bool(_NOISE.match(plain))) or bool(_WEB_DATE.search(plain))


def _is_footer(folded: Sequence[str], position: int) -> bool:
    """主办单位 at the foot of a page: beside its rights, its number and who keeps it running."""
    if not _HOST.match(folded[position].strip(BLANKS)):
        return False
    return any(_FOOTER.search(line) for line in folded[max(0, position - 3) : position + 4])


def read_front(reading: Reading, paragraphs: Sequence[Paragraph], captions: Sequence[Piece]) -> set[int]:
    """Fills `draft.document`; returns the positions of the paragraphs that are dealt with (title, signature, addressee …).

    `captions` are texts over tables: a title where no paragraph gives one.
    """
    header = reading.draft.document
    taken: set[int] = set()
    texts = [one_line(paragraph.text) for paragraph in paragraphs]
    folded = [fold(text) for text in texts]
    body = _body_start(paragraphs, folded)
    for position, paragraph in enumerate(paragraphs):
        if paragraph.noise or is_noise(texts[position]) or _is_footer(folded, position):
            if not paragraph.noise and read_label(folded[position]) is not None:
                continue
            taken.add(position)
            _labelled(header, paragraph, folded[position])
            reading.set_aside([(paragraph.locator, paragraph.text)], "noise")
    _numbers(header, paragraphs, texts, folded, taken, body)
    _signature(header, paragraphs, texts, folded, taken)
    choose_title(reading, paragraphs, texts, folded, taken, body, captions)
    _issuer_from_title(header)
    for position in range(body):
        if position in taken:
            continue
        if _ADDRESSEE.search(folded[position]) and len(folded[position]) < 300:
            reading.set_aside([(paragraphs[position].locator, paragraphs[position].text)], "addressee")
            taken.add(position)
    listing = 1 if body and _FIRST_ANNEX.match(folded[body - 1]) else 0
    for position in range(body, len(folded)):
        label = read_label(folded[position]) if listing else None
        if label is not None and label.form == "digit" and label.value == listing + 1 and len(folded[position]) < 60:
            listing += 1
            reading.set_aside([(paragraphs[position].locator, paragraphs[position].text)], "caption")
            taken.add(position)
            continue
        listing = 1 if _FIRST_ANNEX.match(folded[position]) else 0
        if position not in taken and is_caption(folded[position]):
            reading.set_aside([(paragraphs[position].locator, paragraphs[position].text)], "caption")
            taken.add(position)
    header.year = header.year or _year(reading, header, folded)
    return taken


def _body_start(paragraphs: Sequence[Paragraph], folded: Sequence[str]) -> int:
    """Position of the first numbered heading: all before it is the document's front."""
    for position, text in enumerate(folded):
        label = read_label(text)
        if label is not None and label.form not in {"bullet", "latin"} and not paragraphs[position].noise:
            return position
    return min(len(folded), 12)


def _labelled(header: DraftHeader, paragraph: Paragraph, folded: str) -> None:
    found = re.search(rf"(?:发文字号|文\s*号)\s*[:]\s*{NUMBER.pattern}", folded)
    if found and header.number is None:
        header.number = (
            squeeze(paragraph.text.strip(BLANKS))[-len(squeeze(found["number"])) :]
            if folded.endswith(found["number"])
            else squeeze(found["number"])
        )
    dated = _ISO_LABELLED.search(folded)
    if dated and header.issued_on is None:
        header.issued_on = day_of(dated["year"], dated["month"], dated["day"])
    organ = re.search(r"发文机关\s*[:]\s*([\u4e00-\u9fff]{3,30})", folded)
    if organ and header.issuer is None:
        header.issuer = organ.group(1)


def _numbers(
    header: DraftHeader,
    paragraphs: Sequence[Paragraph],
    texts: Sequence[str],
    folded: Sequence[str],
    taken: set[int],
    body: int,
) -> None:
    """The document's own number stands alone on a line or at the end of its title; a cited number (《…》(…号)) never counts."""
    for position in range(min(len(texts), body)):
        found = _NUMBER_LINE.fullmatch(folded[position].strip(BLANKS))
        if not found:
            continue
        start = texts[position].strip(BLANKS)
        number = squeeze(start[found.start("number") : found.end("number")])
        if header.number in {None, number}:
            header.number = number
            header.sources.setdefault("number", []).append((paragraphs[position].locator, paragraphs[position].text))
            taken.add(position)
            if found["year"] and header.issued_on is None:
                header.issued_on = day_of(found["year"], found["month"], found["day"])


def _signature(
    header: DraftHeader, paragraphs: Sequence[Paragraph], texts: Sequence[str], folded: Sequence[str], taken: set[int]
) -> None:
    """Date of issue: a date alone on its line, before one in brackets (…印发); the line before it names the issuer."""
    for position, text in enumerate(folded):
        plain = text.strip(BLANKS)
        if position in taken or len(plain) > 70:
            continue
        found = _DATE_LINE.fullmatch(plain)
        signed = None if found else _SIGNED_LINE.fullmatch(plain)
        if signed and ORGAN.search(signed["issuer"]):
            found = signed
            header.issuer = header.issuer or signed["issuer"]
        if not found or (signed and not ORGAN.search(signed["issuer"])):
            continue
        moment = day_of(found["year"], found["month"], found["day"])
        taken.add(position)
        header.sources.setdefault("issued_on", []).append((paragraphs[position].locator, paragraphs[position].text))
        if header.issued_on is None:
            header.issued_on = moment
        _issuer_before(header, paragraphs, texts, folded, taken, position)


def _issuer_before(
    header: DraftHeader,
    paragraphs: Sequence[Paragraph],
    texts: Sequence[str],
    folded: Sequence[str],
    taken: set[int],
    position: int,
) -> None:
    for before in range(position - 1, max(-1, position - 3), -1):
        plain = squeeze(folded[before])
        if before in taken or not plain:
            continue
        if (
            3 <= len(plain) <= 40
            and ORGAN.search(plain)
            and not re.search(r"[,。:;、]", plain)
            and read_label(plain) is None
        ):
            header.issuer = header.issuer or _issuer(texts[before])
            header.sources.setdefault("issuer", []).append((paragraphs[before].locator, paragraphs[before].text))
            taken.add(before)
        else:
            return


def _issuer(text: str) -> str:
    """A name set with blanks between its characters loses them; several issuers on one line stay apart."""
    names = text.split()
    return " ".join(names) if all(ORGAN.search(name) for name in names) else squeeze(text)


def _issuer_from_title(header: DraftHeader) -> None:
    if header.issuer is None and "关于" in header.title:
        before = header.title.split("关于", 1)[0].strip("《 ")
        if ORGAN.search(before):
            header.issuer = before


def _year(reading: Reading, header: DraftHeader, folded: Sequence[str]) -> int | None:
    """Of the title, or of a line of its own beside it, else of the date of issue, else of the number, else of a web date, else
    of most dates in the text. Of a span of years (2023—2025年) the first."""
    title = fold(header.title)
    years = _years_in(title)
    issued = header.issued_on.year if header.issued_on else None
    span = re.search(r"(20\d{2})\s*年?\s*[-—~至]+\s*20\d{2}", title)
    if len(years) == 1 and not span:
        printed = next(iter(years))
        if issued is None or abs(printed - issued) <= 1:
            return printed
    beside = next((found for text in folded if (found := _YEAR_ALONE.fullmatch(text.strip(BLANKS)))), None)
    if beside is not None and not (years or span):
        return int(beside.group(1))
    if issued is not None:
        return issued
    if header.number and (found := re.search(r"(20\d{2})", fold(header.number))):
        return int(found.group(1))
    web = _year_on_the_web(folded)
    if web is not None:
        return web
    if span:
        return int(span.group(1))
    if years:
        return max(years)
    return _year_around(reading) or _year_in_brackets(folded) or _most_printed(reading)


def _year_in_brackets(folded: Sequence[str]) -> int | None:
    """The one year that a line in brackets below the title names: `(2026年第6次,4月10日)`."""
    found: set[int] = set()
    for text in folded[:_ROWS_OF_A_COVER]:
        plain = text.strip(BLANKS)
        if plain.startswith("(") and plain.endswith(")") and len(plain) <= _LONGEST_NOISE:
            found |= _years_in(plain)
    return found.pop() if len(found) == 1 else None


def _year_around(reading: Reading) -> int | None:
    """The one year that the tabs of a workbook and the first lines of its sheets (a cover, a title) name."""
    found: set[int] = set()
    for table in reading.document.tables():
        if table.column_labels is None or table.hidden:
            continue
        found |= _years_in(fold(table.locator))
        for row in table.grid[:_ROWS_OF_A_COVER]:
            texts = [cell for cell in row if cell and not cell.isspace()]
            if len(texts) == 1 and len(texts[0]) <= _LONGEST_NOISE:
                found |= _years_in(fold(texts[0]))
    return found.pop() if len(found) == 1 else None


def _year_on_the_web(folded: Sequence[str]) -> int | None:
    for text in folded:
        if _WEB_DATE.search(text) and (found := re.search(r"(20\d{2})\s*[-年/.]", text)):
            return int(found.group(1))
    return None


def _years_in(title: str) -> set[int]:
    """The years that a title names: `2026年`, `二〇二六年`."""
    return {chinese_number(found) or int(found) for found in _YEAR.findall(title)}


def _most_printed(reading: Reading) -> int | None:
    counted: Counter[int] = Counter()
    for paragraph in reading.document.paragraphs():
        counted.update(int(year) for year in re.findall(r"(20\d{2})\s*年\s*\d{1,2}\s*月", fold(paragraph.text)))
    for table in reading.document.tables():
        for row in table.grid[:200]:
            for cell in row:
                if "年" in cell or "-" in cell:
                    counted.update(int(year) for year in re.findall(r"(20\d{2})\s*[年\-]\s*\d{1,2}", fold(cell)))
    return counted.most_common(1)[0][0] if counted else None


def is_closing(text: str) -> bool:
    return bool(_CLOSING.match(fold(text).strip(BLANKS)))
