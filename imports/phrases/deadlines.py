"""Deadlines (完成时限): explicit time expressions as printed, with the date they end on.

Two manners. In running text only expressions that bind count (`9月底前`, `每季度`, `到2027年底`); in a time cell or a time
note a bare date (`2026年12月`) and an open end (`持续推进`) count, too. Vague words (及时, 适时, 加快) are no deadlines.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from imports.draft import Deadline, DeadlineKind
from imports.phrases.chars import BLANKS, chinese_number, fold

_N = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_YEAR = r"(?P<{0}>20\d{{2}}|二[零〇]\s?[零〇一二三四五六七八九]{{2}}|今|本|当|次|明|翌)\s*年度?\s*(?:的\s*)?"
_BEFORE = r"(?:\s*(?:之前|以前|前|止))"
_PERIOD = r"(?P<half>[上下])半年|(?:第)?(?P<quarter>[一二三四1-4])季度?"
_DONE = (
    r"完成|投入使用|动工|开工|印发|上线|启动|竣工|建成|投用|开通|交付|出台|发布|召开|通车|试?运行|验收|办结|报送|启用|达到|实现|"
    r"建立|制定|编制|整改|销号|落实到位|全面"
)
_ONGOING = (
    r"(?:并)?(?:长期|持续|全年|常年)(?:坚持|推进|实施|开展|进行|落实|抓好|推动|执行|完善|用力|深化|加强|优化|完成)?(?:推进|工作)?|"
    r"常态化(?:推进|开展|实施|坚持|落实|工作)?|贯穿全年|按?(?:规定)?时限要求(?:完成)?|按(?:上级|规定|时间节点)?要求(?:时间)?(?:完成|推进|落实)?|"
    r"按时序进度(?:推进)?|长年坚持|日常工作"
)

_RECURRING = re.compile(
    r"(?P<rec>每(?:个)?(?:日|天)|每(?:个)?(?:周|星期)(?P<weekday>[一二三四五六日天](?=前|之前|下午|上午|报))?|每(?:个)?月份?|"
    r"每(?:个)?季度?|每(?:个)?半年|每(?:一)?年度?|按(?:月|季度?|年度)(?=报|更新|公开|公布|公示|通报|调度|汇总|开展|完成|向|发布|梳理|填)|"
    r"逐月|逐季)"
    r"(?P<at>(?:末|最后一个|的最后一个)?(?:月)?(?:的)?(?:\d{1,2}\s*月\s*)?(?P<end>底|末)?(?:\d{1,2}\s*[日号])?(?:之前|以前|前)?)?"
)
_RELATIVE = re.compile(
    r"(?<![近过前\d])(?P<amount>\d{1,3}|[一二两三四五六七八九十半]{1,3})\s*"
    r"(?P<span>个工作日|工作日|个自然日|个月|天|日|周|个星期|年|个季度|小时|个小时)\s*(?:之内|以内|内)"
)
_MOMENT = re.compile(
    rf"(?P<to>到|至|截至|截止到?|于|在|自|从)?\s*(?:{_YEAR.format('year')})?"
    rf"(?:(?P<month>{_N})\s*月份?\s*(?:(?P<day>{_N})\s*[日号]|(?P<third>[上中下]旬)|(?P<end>底|末|中))?|"
    rf"(?P<yearend>年\s*(?:底|末|终|内)|底|末)|{_PERIOD})?"
    rf"(?P<tail>\s*(?:底|末|内|终))?(?P<before>{_BEFORE})?"
)
_NUMERIC = re.compile(
    r"(?P<year>20\d{2})\s*[-/.年]\s*(?P<month>\d{1,2})(?:\s*[-/.月]\s*(?P<day>\d{1,2})日?)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
    rf"(?P<before>{_BEFORE})?"
)
_RANGE = re.compile(
    rf"(?:{_YEAR.format('year1')})?(?P<m1>{_N})\s*月?\s*(?:(?P<d1>{_N})\s*[日号])?\s*(?:至|到|[-~—]+)\s*"
    rf"(?:{_YEAR.format('year2')})?(?P<m2>{_N})\s*月(?:份)?\s*(?:(?P<d2>{_N})\s*[日号])?(?P<tail>\s*[底末])?(?P<before>{_BEFORE})?"
)
_TRIGGER = re.compile(r"[年月季]|[周天旬]|[日时]\s*(?:之|以)?内|工作日|每日")
_CLAUSE_TRIGGER = re.compile(r"[年月季周天旬日底]|内|20\d\d|持续|长期|常态|贯穿|按")
_MOMENT_START = re.compile(
    r"(?=[到至截于在自从\d二今本当次明翌一三四五六七八九十年上下第])"  # what it can begin with: most places fail at once
    rf"(?:(?:到|至|截至|截止到?|于|在|自|从)\s*)?(?:(?:20\d{{2}}|二[零〇]\s?[零〇一二三四五六七八九]{{2}}|今|本|当|次|明|翌)\s*年|"
    rf"(?<![\d一二三四五六七八九十第个.])(?:{_N})\s*月(?!饼|球|亮|经|嫂)|(?<![去上前往历本今明次翌当半末年\d])年\s*(?:底|末|终|内)|"
    rf"(?<!去年)(?<!上年)[上下]半年|第?[一二三四1-4]季度)"
)
_FOLLOWING_DONE = re.compile(rf"\s*(?:,|底|前|内|末|全部|全面|基本|正式|要|应|须|力争|确保)*\s*(?:{_DONE})")
_CELL_ONGOING = re.compile(rf"(?:{_ONGOING})[。.;,]?")
_CELL_TAIL = re.compile(
    r"\s*(?:(?:全部|全面|基本|按期|如期|前)*(?:完成|办结|落实|落实到位|实施|推进|达标|见效|报送|上报|到位|启动|开展)?(?:任务|工作|目标)?)[。.;]?$"
)
_ACTION = re.compile(r"\s*[,:]?\s*([^,;。:、()]{2,40})")
_LIMIT_BEFORE = re.compile(
    r"(?:压缩|压减|缩短|控制|减少|提速|降低?|优化)(?:至|到|在|为)\s*$|不(?:得|能|应)?(?:超过|多于)\s*$"
)
"""Before a span of time these make it a limit that a service keeps (压缩至3个工作日内), not a deadline of the task."""
_CELL_EVERY = re.compile(r"按(?:月|季度?|年度?|周|日)(?=[\u4e00-\u9fff]{0,6}[。.;]?$)")
_HEADED = re.compile(r"[^,;。:]{1,14}(?=:)")
_QUOTED = re.compile(r"“[^”]{0,60}”|《[^》]{0,120}》|「[^」]{0,60}」|‘[^’]{0,60}’|\"[^\"]{0,60}\"")
_PAST = ("去年", "上年", "往年", "历年")
_END_OF_QUARTER = {1: 3, 2: 6, 3: 9, 4: 12}


@lru_cache(maxsize=16384)
def parse_deadlines(text: str, year: int | None, issued_on: date | None = None) -> tuple[Deadline, ...]:
    """The deadlines that running text names, in printed order. `year` stands in where none is printed.

    `issued_on` serves only where no `year` is known. A date that the calendar does not have comes with `date=None`.
    """
    if not _TRIGGER.search(text):
        return ()
    assumed = year if year is not None else issued_on.year if issued_on else None
    folded = fold(text)
    quoted = [found.span() for found in _QUOTED.finditer(folded)] if "“" in text or "《" in text or '"' in text else []
    return tuple(_scan(text, folded, assumed, quoted))


@lru_cache(maxsize=16384)
def parse_time_cell(text: str, year: int | None) -> tuple[Deadline, ...]:
    """The deadlines of a time cell (完成时限) or time note: bare dates and open ends count here."""
    folded = fold(text).strip(BLANKS + "()")
    if not folded or folded in {"-", "—", "——", "/", "无"}:
        return ()
    if re.fullmatch(r"20\d{2}", folded):
        return (Deadline(folded, "year_end", date(int(folded), 12, 31)),)
    printed = text.strip(BLANKS + "()（）")
    quarter = re.fullmatch(r"(20\d{2})?\s*[年.\-/]?\s*[Qq]([1-4])", folded)
    if quarter:
        return (_end_of_month(printed, int(quarter.group(1) or year or 0) or None, 3 * int(quarter.group(2))),)
    whole = _whole(printed, folded, year)
    if whole is not None:
        return (whole,)
    found = list(parse_deadlines(printed, year))
    spans = [deadline.text for deadline in found]
    for piece, start in _pieces(folded):
        if any(span and fold(span) in piece for span in spans):
            continue
        headed = _HEADED.match(piece)
        said = headed.group() if headed else piece
        extra = _whole(printed[start : start + len(said)].strip(BLANKS), said.strip(BLANKS), year)
        if extra is not None:
            found.append(extra)
    return tuple(found)


@lru_cache(maxsize=4096)
def time_clause(text: str, year: int | None) -> Deadline | None:
    """The deadline that a clause of a unit note is, as a whole (`6月底完成`); None where it is something else."""
    folded = fold(text).strip(BLANKS)
    if not folded or len(folded) > 30 or not _CLAUSE_TRIGGER.search(folded):
        return None
    return _whole(text.strip(BLANKS), folded, year)


def _pieces(folded: str) -> Iterator[tuple[str, int]]:
    for found in re.finditer(r"[^,;。\n]+", folded):
        yield found.group(), found.start()


def _whole(printed: str, folded: str, year: int | None) -> Deadline | None:
    """The text as one single expression, tail words such as 完成 included."""
    if _CELL_ONGOING.fullmatch(folded):
        return Deadline(printed.rstrip("。.;；,，"), "ongoing")
    for pattern, build in ((_NUMERIC, _numeric), (_RANGE, _range), (_RECURRING, _recurring), (_RELATIVE, _relative)):
        found = pattern.match(folded)
        if found and _CELL_TAIL.match(folded, found.end()):
            return build(printed[: found.end()], found, year)
    every = _CELL_EVERY.match(folded)
    if every:
        return _recurring_named(printed[: every.end()], every.group())
    found = _MOMENT.match(folded)
    if found and found.end() > 0 and _CELL_TAIL.match(folded, found.end()):
        return _moment(printed[: found.end()], found, year, bare=True)
    return None


Hit = tuple[int, int, Deadline]


def _scan(text: str, folded: str, year: int | None, quoted: list[tuple[int, int]]) -> Iterator[Deadline]:
    """All expressions in printed order; of two that overlap the longer one that begins first; none inside quotes."""
    hits = [*_periods(text, folded, year), *_ranges(text, folded, year)]
    hits.extend(_moments(text, folded, year, hits))
    end = -1
    for first, last, deadline in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if first >= end and not any(a <= first and last <= b for a, b in quoted):
            end = last
            yield _with_action(deadline, folded, text, last)


def _periods(text: str, folded: str, year: int | None) -> Iterator[Hit]:
    for pattern, signs, build in ((_RECURRING, "每按逐", _recurring), (_RELATIVE, "内", _relative)):
        if not any(sign in folded for sign in signs):
            continue
        for found in pattern.finditer(folded):
            if signs == "内" and _LIMIT_BEFORE.search(folded, max(0, found.start() - 8), found.start()):
                continue
            deadline = build(text[found.start() : found.end()], found, year)
            if deadline is not None:
                yield found.start(), found.end(), deadline


def _ranges(text: str, folded: str, year: int | None) -> Iterator[Hit]:
    if "月" not in folded or not any(sign in folded for sign in "至到-~—"):
        return
    for found in _RANGE.finditer(folded):
        deadline = _range(text[found.start() : found.end()], found, year)
        if deadline is not None and _binds(folded, found):
            yield found.start(), found.end(), deadline


def _moments(text: str, folded: str, year: int | None, known: list[Hit]) -> list[Hit]:
    hits: list[Hit] = []
    for start in _MOMENT_START.finditer(folded):
        found = _MOMENT.match(folded, start.start())
        if found is None or found.end() <= start.start() or any(a <= start.start() < b for a, b, _ in known):
            continue
        if folded[max(0, start.start() - 2) : start.start()] in _PAST or not _binds(folded, found):
            continue
        deadline = _moment(text[found.start() : found.end()], found, year, bare=False)
        if deadline is not None:
            hits.append((found.start(), found.end(), deadline))
    return hits


def _with_action(deadline: Deadline, folded: str, text: str, end: int) -> Deadline:
    found = _ACTION.match(folded, end)
    if found is None:
        return deadline
    action = text[found.start(1) : found.end(1)].strip(BLANKS)
    return Deadline(deadline.text, deadline.kind, deadline.date, deadline.recurrence, action) if action else deadline


def _binds(folded: str, found: re.Match[str]) -> bool:
    """In running text: does this moment bind, or is it only mentioned (`2020年重点任务`, `2019年5月15日起施行`)?"""
    groups = found.groupdict()
    after = folded[found.end() : found.end() + 12]
    if after[:1] in {"起", "至", "以", "《"} or after[:2] in {"度工", "以来", "开始"}:
        return False
    if after[:2] == "印发" and groups.get("day") and not groups.get("before"):
        return False
    if groups.get("to") in {"截至", "自", "从", "截止"} and not groups.get("before"):
        return False
    if groups.get("before"):
        return True
    if groups.get("to") in {"到", "至"} and groups.get("year"):
        return not after.startswith(("的", "度"))
    done = bool(_FOLLOWING_DONE.match(after))
    if groups.get("yearend") or groups.get("end") in {"底", "末"} or groups.get("tail"):
        return not after.startswith(("的", "数", "余额", "存量", "考核", "人口", "总量", "总额", "总数"))
    if groups.get("half"):
        return done or after[:1] == ","
    return done


def _year_of(printed: str | None, year: int | None) -> int | None:
    if printed is None or printed in {"今", "本", "当"}:
        return year
    if printed in {"次", "明", "翌"}:
        return year + 1 if year is not None else None
    return chinese_number(printed.replace(" ", ""))


def _moment(printed: str, found: re.Match[str], year: int | None, *, bare: bool) -> Deadline | None:
    groups = found.groupdict()
    actual = _year_of(groups["year"], year)
    text = _without_preposition(printed, found)
    if groups["month"]:
        return _month(text, groups, actual, bare=bare)
    if groups["half"]:
        return _end_of_month(text, actual, 6 if groups["half"] == "上" else 12)
    if groups["quarter"]:
        quarter = chinese_number(groups["quarter"]) or 4
        return _end_of_month(text, actual, _END_OF_QUARTER[quarter])
    if groups["yearend"] or groups["tail"] or (groups["year"] and (bare or groups["to"] or groups["before"])):
        return Deadline(text, "year_end", date(actual, 12, 31) if actual else None)
    return None


def _without_preposition(printed: str, found: re.Match[str]) -> str:
    """`于9月底前` is printed `9月底前`; `到2027年底` keeps its 到, which makes it a deadline."""
    preposition = found.groupdict().get("to")
    text = printed.strip(BLANKS)
    return text[len(preposition) :].strip(BLANKS) if preposition and preposition not in {"到", "至"} else text


def _month(text: str, groups: dict[str, str | None], year: int | None, *, bare: bool) -> Deadline | None:
    month = chinese_number(groups["month"] or "") or 0
    if not 1 <= month <= 12:
        return Deadline(text, "month_end", None) if bare or groups["before"] or groups["end"] else None
    if groups["day"]:
        return Deadline(text, "date", _calendar_day(year, month, chinese_number(groups["day"]) or 0))
    if groups["third"] in {"上旬", "中旬"}:
        return Deadline(text, "date", _calendar_day(year, month, 10 if groups["third"] == "上旬" else 20))
    if groups["end"] == "中":
        return Deadline(text, "date", _calendar_day(year, month, 15))
    return _end_of_month(text, year, month)


def _end_of_month(text: str, year: int | None, month: int) -> Deadline:
    kind: DeadlineKind = "month_end"
    return Deadline(text, kind, date(year, month, calendar.monthrange(year, month)[1]) if year else None)


def _calendar_day(year: int | None, month: int, day: int) -> date | None:
    if year is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _numeric(printed: str, found: re.Match[str], _year: int | None) -> Deadline | None:
    actual, month = int(found["year"]), int(found["month"])
    text = printed.strip(BLANKS)
    if not 1 <= month <= 12:
        return Deadline(text, "date", None)
    if found["day"]:
        return Deadline(text, "date", _calendar_day(actual, month, int(found["day"])))
    return None if "年" in printed else _end_of_month(text, actual, month)


def _range(printed: str, found: re.Match[str], year: int | None) -> Deadline | None:
    """`3—6月`, `2020年3月至6月`: the end counts."""
    actual = _year_of(found["year2"] or found["year1"], year)
    month = chinese_number(found["m2"]) or 0
    if not 1 <= month <= 12:
        return None
    if found["d2"]:
        return Deadline(printed.strip(BLANKS), "date", _calendar_day(actual, month, chinese_number(found["d2"]) or 0))
    return _end_of_month(printed.strip(BLANKS), actual, month)


def _relative(printed: str, _found: re.Match[str], _year: int | None) -> Deadline | None:
    return Deadline(printed.strip(BLANKS), "phase")


def _recurring(printed: str, found: re.Match[str], _year: int | None) -> Deadline | None:
    """Whole text of the expression: `每月5日前` → monthly:5, `每季度末月20日前` → quarterly:20, `每年1月31日前` → yearly:01-31."""
    every = found["rec"]
    day = re.search(r"(\d{1,2})\s*[日号]", found["at"] or "")
    month = re.search(r"(\d{1,2})\s*月", found["at"] or "")
    number = int(day.group(1)) if day else None
    if number and "年" in every and "半年" not in every and month:
        return Deadline(printed.strip(BLANKS), "recurring", None, f"yearly:{int(month.group(1)):02d}-{number:02d}")
    return _recurring_named(printed, every, number)


def _recurring_named(printed: str, every: str, number: int | None = None) -> Deadline:
    """By the period that the words name, with the day of the month or of the quarter's last month where one is printed."""
    if "半年" in every:
        name = "half_yearly"
    elif "季" in every:
        name = f"quarterly:{number}" if number else "quarterly"
    elif "月" in every:
        name = f"monthly:{number}" if number else "monthly"
    elif "周" in every or "星期" in every:
        name = "weekly"
    else:
        name = "yearly" if "年" in every else "daily"
    return Deadline(printed.strip(BLANKS), "recurring", None, name)
