"""`flask progress`: the obligations of a phrase, the workday calendar."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

import click
from flask_babel import gettext as _
from sqlalchemy.exc import OperationalError, ProgrammingError

from imports.draft import Deadline
from imports.phrases.deadlines import in_one_line, parse_time_cell, unread_times
from tracker import clock
from tracker.db import session, transaction
from tracker.progress.calendar import Workdays, uncovered
from tracker.progress.drawing import redrawn
from tracker.progress.feasts import FeastDay, feast_ends
from tracker.progress.library import known_calendar
from tracker.progress.obligations import Dated, obligations
from tracker.progress.printed import Phrase, reports_itself, undated
from tracker.progress.queries import last_covered_year, workdays
from tracker.progress.service import seed_calendar
from tracker.progress.single import single_days
from tracker.progress.spans import stands_alone
from tracker.web.commands import N_, Group

progress = Group("progress", help=N_("进展报送：时限对应哪些报送日，工作日历。"))

_BEFORE_ALL = re.compile(r"(?:月份?|季度|\d年)(?:之前|以前|前)$|年初(?:之前|以前|前)?$")
"""`9月前`, `2027年初`: the last day of what is named counts, and some mean the day before its first."""
_YEAR = re.compile(r"20\d\d")
ROLLS = ("next", "previous", "none")
YEARS = range(1990, 2200)


def _refuse(words: str) -> NoReturn:
    click.echo(words, err=True)
    raise SystemExit(2)


def _day(name: str, text: str | None) -> date | None:
    """A day as an option gives it. Ends the command where it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(_("%(name)s 不是日期:%(text)s，请写成 2026-03-31 的样子。", name=name, text=repr(text)))


def _year(text: str | None) -> int:
    if text is None:
        _refuse(_("缺少 --year:请给出文件的年度，如 --year 2026。"))
    if not (text.isascii() and text.isdigit() and int(text) in YEARS):
        _refuse(
            _("--year 不是年度:%(text)s，请给出 %(first)s 至 %(last)s 之间的四位数字。", text=repr(text), first=YEARS[0],
              last=YEARS[-1])
        )  # fmt: skip
    return int(text)


# Options are taken as text: what is wrong with one is said in one line, as other programs read it.
@progress.command("obligations", help=N_("列出一段时限文字（如“每季度末月20日前”）对应的各次期限。"))
@click.argument("text")
@click.option("--year", help=N_("文件的年度，必填。"))
@click.option("--from", "first", help=N_("不列这一天以前的（写成 2026-03-01）。"))
@click.option("--to", "last", help=N_("不列这一天以后的。"))
@click.option("--roll", default="none", show_default=True,
              help=N_("遇休息日：next 顺延，previous 提前，none 不变。"))  # fmt: skip
@click.option("--issued", help=N_("发文日期：“印发后30日内”从这天算起；不填则从 --from。"))
@click.option("--json", "as_json", is_flag=True, help=N_("只输出 JSON，供程序使用。"))
def show_obligations(
    text: str, year: str | None, first: str | None, last: str | None, roll: str, issued: str | None, as_json: bool
) -> None:
    """Print the dated obligations of a deadline phrase (完成时限), such as 每季度末月20日前."""
    if not text.strip():
        _refuse(_("时限不能为空，请给出如“6月底前”“每月5日前”的文字。"))
    if roll not in ROLLS:
        _refuse(_("--roll 只能是 %(known)s，不能是 %(text)s。", known="、".join(ROLLS), text=repr(roll)))
    of, since, until = _year(year), _day("--from", first), _day("--to", last)
    written = _day("--issued", issued)
    base = written or since
    if since and until and until < since:
        _refuse(_("--to %(last)s 早于 --from %(first)s。", last=until, first=since))
    calendar = _calendar()
    phrases = _phrases(in_one_line(text), of, base, written, calendar)
    found = obligations(
        phrases, year=of, roll=roll, workdays=calendar, first=since, last=until, base=base, written=written
    )
    counts_workdays = roll != "none" or "工作日" in text
    missing = uncovered([one.printed for one in found], calendar.covers) if counts_workdays else ()
    if missing:
        click.echo(_("%(years)s 年没有工作日历，按周一至周五推算。", years="、".join(map(str, missing))), err=True)
    _print(found, as_json)


def _phrases(
    text: str, year: int, base: date | None, written: date | None, calendar: Workdays
) -> list[Phrase]:  # fmt: skip
    """What the words are read as; what is not a time at all goes on by periodic proof, and that is said."""
    read = parse_time_cell(text, year)
    for one in read:
        if one.kind in {"date", "month_end"} and one.date is None:
            _refuse(_("“%(text)s”不是日历上的日期，请更正后再试。", text=one.text))
    phases = [one for one in read if one.kind == "phase" and one.date is None]
    spans = [one for one in phases if stands_alone(one.text)]
    if spans and base is None:
        click.echo(
            _("“%(text)s”从印发之日起算:请用 --issued 给出印发日期；现按每季度报送。", text=spans[0].text), err=True
        )
    for one in phases:
        named = feast_ends(one.text, year, calendar, written)
        for feast in named:
            _say_feast(one.text, feast)
        if not named and one not in spans and not single_days(one.text, year, Workdays()):
            click.echo(_("“%(text)s”没有确定的日期，不产生期限；请改写成日期。", text=one.text), err=True)
    phrases = [Phrase(one.text, one.kind, one.date, one.recurrence, one.action, one in spans) for one in read]
    for phrase in () if reports_itself(phrases) else undated(phrases):
        click.echo(_("“%(text)s”定不出各次的日期，按持续推进每季度报送；请改写成日期。", text=phrase.text), err=True)
    _say_doubts(text, read)
    _say_other_years(phrases, year, calendar)
    if not read:
        click.echo(_("没有识别到日期或周期，按持续推进每季度报送。"), err=True)
        return [Phrase(text, "ongoing")]
    return phrases


def _say_other_years(phrases: Sequence[Phrase], year: int, calendar: Workdays) -> None:
    """What comes again in other years: in them alone (2023—2025年，每年6月底前), or in them too (2026—2028年，每年6月底前)."""
    dateless = undated(phrases)
    for one in phrases:
        if one.kind != "recurring" or one in dateless:
            continue
        if all(due.kind == "closing" for due in obligations([one], year=year, workdays=calendar)):
            click.echo(_("“%(text)s”在 %(year)s 年没有期限，请核对。", text=one.text, year=year), err=True)
        elif any(int(printed) > year for printed in _YEAR.findall(one.text)):
            click.echo(_("“%(text)s”还有其他年度的期限，这里只列第一个年度的。", text=one.text), err=True)


def _say_feast(text: str, named: FeastDay) -> None:
    """Which feast is meant: the words alone do not say it, and what is not known of its days off."""
    click.echo(
        _("“%(text)s”按 %(feast)s 的%(name)s推算为 %(last)s；如指其他日期，请写明。", text=text, feast=named.feast_on,
          name=named.name, last=named.last), err=True
    )  # fmt: skip
    if not named.known:
        click.echo(_("%(years)s 年没有工作日历，按周一至周五推算。", years=named.feast_on.year), err=True)


def _say_doubts(text: str, read: Sequence[Deadline]) -> None:
    """What may be meant otherwise, and what stands beside the deadlines and is none."""
    for one in read:
        if one.date is not None and _BEFORE_ALL.search(one.text):
            click.echo(
                _("“%(text)s”按到 %(day)s 为止计；如指在这之前，请写明日期。", text=one.text, day=one.date), err=True
            )
    for left in unread_times(text, read) if read else ():
        click.echo(_("“%(text)s”没有读成日期或周期，请核对。", text=left), err=True)


def _calendar() -> Workdays:
    """The calendar of the database; where there is none yet, what the library knows."""
    try:
        found = workdays()
    except (OperationalError, ProgrammingError):
        session.rollback()
        return known_calendar()
    return found if found.years else known_calendar()


def _print(found: tuple[Dated, ...], as_json: bool) -> None:
    if as_json:
        rows = [{"due": one.due.isoformat(), "kind": one.kind, "text": one.text} for one in found]
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for one in found:
        rolled = "  " + _("(原为 %(day)s)", day=one.printed) if one.printed != one.due else ""
        click.echo(f"{one.due}  {one.kind:<10} {one.text}{'  ' + one.period if one.period else ''}{rolled}")


@progress.command("seed-calendar", help=N_("载入程序已知年份的工作日历；已有的不动。"))
def seed() -> None:
    """Load the published holiday plans that the library knows. Running it again changes nothing."""
    with transaction():
        years = seed_calendar(at=clock.now())
        last = last_covered_year()
    click.echo(_("载入 %(years)s 年的工作日历，已知到 %(last)s 年。", years=years, last=last))


@progress.command("lifecycle", help=N_("把流转图重新画进文档（docs/lifecycle.md），按程序自己的流转表。"))
@click.argument("document", type=click.Path(path_type=Path, dir_okay=False), default=Path("docs/lifecycle.md"))
def lifecycle(document: Path) -> None:
    """Draw the lifecycle into its document again, from the table that the program goes by."""
    try:
        before = document.read_text("utf-8")
    except OSError as error:
        _refuse(_("无法读取 %(name)s：%(why)s", name=document, why=error.strerror))
    after = redrawn(before)
    if after != before:
        document.write_text(after, "utf-8")
    click.echo(
        _("%(name)s 已更新。", name=document) if after != before else _("%(name)s 与流转表一致。", name=document)
    )
