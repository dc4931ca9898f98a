"""The daily round (每日提醒): one transaction that puts down all that is told that day, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app
from sqlalchemy import func, select

from tracker.audit.service import lock_head, record
from tracker.clock import day_of
from tracker.db import session
from tracker.progress.light_rules import UNIT, Audience
from tracker.reminders.digest import Digest, Item, body, digest, subject
from tracker.reminders.models import ReminderNotice, ReminderRobot, ReminderRound, ReminderSending
from tracker.reminders.queries.days import Days
from tracker.reminders.queries.owed import Owed, owed
from tracker.reminders.queries.owed_again import owed_again
from tracker.reminders.queries.owed_answers import owed_answers
from tracker.reminders.queries.owed_below import owed_below
from tracker.reminders.queries.owed_slips import owed_slips
from tracker.reminders.queries.people import Holders, letter_key, recipients
from tracker.reminders.queries.unreached import To, unreached
from tracker.reminders.schedule import LOOKS_BACK
from tracker.reminders.service.sending import give_up_before
from tracker.units.models import Unit
from tracker.web.locale import LOCALES, speaking


@dataclass(frozen=True, slots=True)
class Made:
    notices: int
    sendings: int


class _Told:
    """What is to be told on a day, by the day of the round before it: that of the last one, or an earlier one for whom the
    last ones did not reach."""

    def __init__(self, days: Days) -> None:
        self._days, self._holders = days, Holders(days.today)
        self._reports: dict[date, list[Owed]] = {}
        self._people: dict[date, dict[int, Digest]] = {}

    def reports(self, since: date) -> list[Owed]:
        if since not in self._reports:
            dated = owed(since, self._days)
            again = owed_again(since, self._days, {one.item.id for one in dated})
            below, slips = owed_below(since, self._days), owed_slips(since, self._days)
            asked = owed_answers(since, self._days)
            self._reports[since] = [*dated, *again, *below, *slips, *asked]
        return self._reports[since]

    def people(self, since: date) -> dict[int, Digest]:
        if since not in self._people:
            self._people[since] = _by_person(self.reports(since), self._holders)
        return self._people[since]


def make_round(*, at: datetime) -> Made | None:
    """Puts down the notices and sendings of the day; None where that is done, or on a day off. Whoever comes second waits, and finds the
    row of the first; where the worker dies on the way nothing is there, and the next one makes it.

    Whom earlier digests did not reach (a mail server that was away) is sent what they told of with this one: one a day.
    """
    lock_head()
    today = day_of(at)
    last = session.scalar(select(func.max(ReminderRound.day)))
    if last is not None and last >= today:
        return None
    days = Days(today)
    if not days.has_round:
        return None
    since = max(last, today - LOOKS_BACK) if last else today - timedelta(days=1)
    told, missed = _Told(days), unreached(today)
    session.add(ReminderRound(day=today, since=since, made_at=at))
    _leave_notices(told.people(since), today, at)
    sendings = [*_letters(told, since, missed, today, at), *_calls(told, since, missed, today, at)]
    give_up_before(today, at=at)
    session.add_all(sendings)
    session.flush()
    record("发出每日提醒", by=None, at=at, subject=("reminder", None),
           detail={"日期": today, "站内通知": len(told.people(since)), "对外发送": len(sendings)})  # fmt: skip
    return Made(len(told.people(since)), len(sendings))


def _by_person(found: Iterable[Owed], holders: Holders) -> dict[int, Digest]:
    items: dict[int, dict[tuple[str, int, int], Item]] = {}
    for one in found:
        for role in _whom(one):
            for person_id in _people(one, role, holders):
                items.setdefault(person_id, {})[one.item.what] = one.item
    return {person_id: digest(list(theirs.values())) for person_id, theirs in sorted(items.items())}


def _people(one: Owed, role: Audience, holders: Holders) -> set[int]:
    """Of what was passed down, whoever reports for the unit, if need be for one above; those who review there alone: the
    unit above has its own list of what it waits for."""
    if role not in UNIT:
        return holders.of(role, one.owner_path)
    if one.item.passed_id and role == "reviewer":
        return holders.of(role, one.path, below=one.owner_path)
    return holders.of(role, one.path)


def _whom(one: Owed) -> set[Audience]:
    """What lies before the unit's own reviewer is theirs to send, and the reporter's no more."""
    return {"reviewer" if one.is_reviewed and role == "reporter" else role for role in one.tells}


def _leave_notices(told: Mapping[int, Digest], today: date, at: datetime) -> None:
    for person_id, made in told.items():
        items = [list(one) for one in made.items]
        session.add(ReminderNotice(person_id=person_id, day=today, counts=made.counts, items=items, created_at=at))


def _letters(
    told: _Told, since: date, missed: Mapping[To, date], today: date, at: datetime
) -> Iterator[ReminderSending]:
    """To whoever wants them, of what is new and of what did not reach them."""
    if not current_app.config["SMTP_HOST"]:
        return
    people = told.people(since).keys() | {to.person_id for to in missed if to.person_id is not None}
    for person_id, who in recipients(people).items():
        made = told.people(missed.get(To(person_id, None), since)).get(person_id)
        if made is not None and who.email:
            yield _sending(made, letter_key(today, person_id), "email", who.locale, today, at,
                           person_id=person_id, address=who.email)  # fmt: skip


def _calls(told: _Told, since: date, missed: Mapping[To, date], today: date, at: datetime) -> Iterator[ReminderSending]:
    """To each active robot, of all that is mentioned of the plans of its unit, and of what that very unit passed down."""
    robots = session.execute(
        select(ReminderRobot.id, ReminderRobot.kind, Unit.path)
        .join(Unit, Unit.id == ReminderRobot.unit_id)
        .where(ReminderRobot.is_active.is_(True))
        .order_by(ReminderRobot.id)
    ).all()
    for robot in robots:
        reports = told.reports(missed.get(To(None, robot.id), since))
        made = digest([one.item for one in reports if _hears(robot.path, one)])
        if made.counts:
            yield _sending(made, f"digest:{today}:robot:{robot.id}", robot.kind, "", today, at, robot_id=robot.id)


def _hears(path: str, one: Owed) -> bool:
    """Whether the group of a unit is told of it."""
    return one.owner_path == path if one.item.passed_id else one.owner_path.startswith(path)


def _sending(
    made: Digest, key: str, channel: str, locale: str, today: date, at: datetime, *,
    person_id: int | None = None, robot_id: int | None = None, address: str = "",
) -> ReminderSending:  # fmt: skip
    page = _page if channel == "email" else None
    with speaking(locale if locale in LOCALES else current_app.config["DEFAULT_LOCALE"]):
        return ReminderSending(
            key=key, channel=channel, person_id=person_id, robot_id=robot_id, day=today, address=address,
            counts=made.counts, subject=subject(made.counts, today),
            body=body(made, current_app.config["SITE_URL"], page), due_at=at, created_at=at,
        )  # fmt: skip


def _page(one: Item) -> str:
    """The address of its page, as it is opened from outside."""
    path = current_app.url_map.bind("").build(*one.page)
    return f"{current_app.config['SITE_URL'].rstrip('/')}{path}"
