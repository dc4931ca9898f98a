"""`flask progress`: the obligations of a phrase, the workday calendar."""

from __future__ import annotations

import json
from datetime import datetime

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError, ProgrammingError

from imports.phrases.deadlines import parse_time_cell
from tracker import clock
from tracker.db import session, transaction
from tracker.progress.calendar import Workdays, uncovered
from tracker.progress.library import known_calendar
from tracker.progress.obligations import Dated, Phrase, obligations
from tracker.progress.queries import last_covered_year, workdays
from tracker.progress.service import seed_calendar

progress = AppGroup("progress", help="Progress (进展报送): what a deadline obliges to, and the workday calendar.")

DAY = click.DateTime(["%Y-%m-%d"])


def _refuse(words: str) -> None:
    click.echo(words, err=True)
    raise SystemExit(2)


@progress.command("obligations")
@click.argument("text")
@click.option("--year", type=click.IntRange(1990, 2199), required=True, help="The year of the document.")
@click.option("--from", "first", type=DAY, help="Leave out what is due before this day.")
@click.option("--to", "last", type=DAY, help="Leave out what is due after this day.")
@click.option("--roll", type=click.Choice(["next", "previous", "none"]), default="none", show_default=True,
              help="Where a date goes that falls on a day off: next or previous workday, or it stays.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON only.")
def show_obligations(
    text: str, year: int, first: datetime | None, last: datetime | None, roll: str, as_json: bool
) -> None:
    """Print the dated obligations of a deadline phrase (完成时限), such as 每季度末月20日前."""
    if not text.strip():
        _refuse("时限不能为空,请给出如“6月底前”“每月5日前”的文字。")
    since, until = first.date() if first else None, last.date() if last else None
    if since and until and until < since:
        _refuse(f"--to {until} 早于 --from {since}。")
    phrases = [
        Phrase(one.text, one.kind, one.date, one.recurrence, one.action) for one in parse_time_cell(text.strip(), year)
    ]
    if not phrases:
        click.echo("没有识别到日期或周期,按持续推进每季度报送。", err=True)
        phrases = [Phrase(text.strip(), "ongoing")]
    calendar = _calendar() if roll != "none" else Workdays()
    found = obligations(phrases, year=year, roll=roll, workdays=calendar, first=since, last=until)
    missing = uncovered([one.printed for one in found], calendar.covers) if roll != "none" else ()
    if missing:
        click.echo(f"{'、'.join(map(str, missing))} 年没有工作日历,按周一至周五推算。", err=True)
    _print(found, as_json)


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
        rolled = f"  (原为 {one.printed})" if one.printed != one.due else ""
        click.echo(f"{one.due}  {one.kind:<10} {one.text}{'  ' + one.period if one.period else ''}{rolled}")


@progress.command("seed-calendar")
def seed() -> None:
    """Load the published holiday plans that the library knows. Running it again changes nothing."""
    with transaction():
        years = seed_calendar(at=clock.now())
        last = last_covered_year()
    click.echo(f"载入 {years} 年的工作日历,已知到 {last} 年。")
