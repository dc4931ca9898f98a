"""What deciding on a request has in common, whatever it is about."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _

from tracker.accounts.models import Person
from tracker.accounts.roles import Viewer
from tracker.db import session
from tracker.errors import Conflict, DomainError
from tracker.progress.models import Asking


def still_waits(asked: Asking) -> None:
    """Raises Conflict, naming who was faster, where it is decided, taken back or has lapsed."""
    if asked.state == "asked":
        return
    what = {
        "granted": _("已同意"), "ended": _("已同意"), "refused": _("已答复不同意"), "taken_back": _("已由申请单位撤回"),
        "lapsed": _("因事项已另行办结或取消而失效"),
    }[asked.state]  # fmt: skip
    who = session.get(Person, asked.decided_by) if asked.decided_by else None
    raise Conflict(
        _("这件申请%(what)s（%(who)s），您的操作没有执行。", what=what, who=who.name)
        if who
        else _("这件申请%(what)s，您的操作没有执行。", what=what)
    )


def as_seen(version: int, seen: int | None) -> None:
    """Raises Conflict where the request has changed since it was shown."""
    if seen is not None and seen != version:
        raise Conflict(_("这件申请在您查看之后有改动，请核对后再办理。"))


def decide(asked: Asking, state: str, note: str, by: Viewer, at: datetime) -> None:
    asked.state, asked.note, asked.decided_by, asked.decided_at = state, note.strip(), by.person_id, at


def check_more_time(due_on: date, until: date | None, today: date) -> date:
    """The new date of an extension. Raises DomainError where it is none."""
    if until is None or until <= due_on:
        raise DomainError(_("新的期限须晚于现在的期限 %(day)s。", day=due_on), field="until")
    if until < today:
        raise DomainError(_("新的期限已经过去，请填写今天或以后的日期。"), field="until")
    if until.year > due_on.year + 1:
        raise DomainError(_("延期过长：请填写次年年底以前的日期。"), field="until")
    return until
