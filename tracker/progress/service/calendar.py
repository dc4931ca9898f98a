"""The workday calendar's table: seeded from the library's data, continued by hand from the published plan of a year."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select

from tracker.accounts.roles import Role, Viewer
from tracker.audit.service import record
from tracker.db import session
from tracker.errors import DomainError, NotFound
from tracker.progress.calendar import DayEntry, FaultyLine, parse_plan
from tracker.progress.library import SOURCE, known_days
from tracker.progress.models import CalendarDay, CalendarYear


def seed_calendar(*, at: datetime, by: Viewer | None = None) -> int:
    """Adds the years that the library knows and the table does not. Returns how many; again: none, nothing changes."""
    there = set(session.scalars(select(CalendarYear.year)))
    days = [one for one in known_days() if one.day.year not in there]
    years = sorted({one.day.year for one in days})
    if not years:
        return 0
    rows = [{"day": one.day, "is_workday": one.is_workday, "name": one.name} for one in days]
    session.execute(insert(CalendarDay), rows)
    session.execute(insert(CalendarYear), [{"year": year, "source": SOURCE} for year in years])
    record("载入工作日历", by=by, at=at, subject=("calendar", None),
           detail={"年度": f"{years[0]}–{years[-1]}", "日数": len(rows)})  # fmt: skip
    return len(years)


def import_calendar(text: str, *, source: str, by: Viewer, at: datetime) -> tuple[int, ...]:
    """Takes a year's published plan from pasted lines, in place of what was known of its years. Returns the years.

    Raises DomainError(field="lines") that names every line which could not be read.
    """
    if not by.has(Role.ADMIN, Role.LEAD_OFFICE):
        raise NotFound
    entries, faults = parse_plan(text)
    if faults:
        raise DomainError("\n".join(_fault_words(one) for one in faults[:10]), field="lines")
    if not entries:
        raise DomainError(_("请粘贴节假日安排，每行一天，如：2027-01-01，休，元旦。"), field="lines")
    years = tuple(sorted({one.day.year for one in entries}))
    for year in years:
        _replace(year, [one for one in entries if one.day.year == year], source)
    record("导入工作日历", by=by, at=at, subject=("calendar", None),
           detail={"年度": list(years), "日数": len(entries), "来源": source})  # fmt: skip
    return years


def _replace(year: int, entries: list[DayEntry], source: str) -> None:
    between = (CalendarDay.day >= date(year, 1, 1), CalendarDay.day <= date(year, 12, 31))
    session.execute(delete(CalendarDay).where(*between))
    session.execute(delete(CalendarYear).where(CalendarYear.year == year))
    session.execute(
        insert(CalendarDay),
        [{"day": one.day, "is_workday": one.is_workday, "name": one.name} for one in entries],
    )
    session.execute(insert(CalendarYear), [{"year": year, "source": source.strip()[:120]}])


def _fault_words(fault: FaultyLine) -> str:
    words = {
        "date": _("第 %(n)s 行“%(text)s”没有可识别的日期。", n=fault.number, text=fault.text[:30]),
        "columns": _("第 %(n)s 行“%(text)s”缺少“休”或“班”。", n=fault.number, text=fault.text[:30]),
        "kind": _("第 %(n)s 行“%(text)s”应写明“休”或“班”。", n=fault.number, text=fault.text[:30]),
        "twice": _("第 %(n)s 行“%(text)s”日期重复。", n=fault.number, text=fault.text[:30]),
    }
    return words[fault.reason]
