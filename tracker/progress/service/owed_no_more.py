"""Why a report is asked for no more, for whoever was writing it: which act settled that, by whom, until when."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from tracker.accounts.models import Person
from tracker.db import session
from tracker.progress.models import Obligation
from tracker.progress.service.acting import Reported
from tracker.progress.service.suspending import suspended


def why_owed_no_more(held: Reported, today: date) -> str:
    """In words that name what happened. For a report that is neither open nor sent back, or whose task is not worked on."""
    told = {
        "reported": _("这份报送已送牵头办公室，正在核验，不能再填写。"),
        "accepted": _("这份报送已核收，不能再填写。"),
        "cancelled": _("这一期报送已取消（期限、承办单位或文件有调整），不能再填写。"),
    }
    of_task = {
        "moved": _("这项任务已改派其他单位，不能再填写。"),
        "withdrawn": _("这项任务已撤销，不能再填写。"),
        "done": _("这项任务已办结，不能再填写。"),
    }
    if held.obligation.state == "cancelled" and held.assignment.state == "in_progress":
        return _let_off(held, today) or told["cancelled"]
    return of_task.get(held.assignment.state) or told.get(held.obligation.state, _("这份报送现在不能再填写。"))


def _let_off(held: Reported, today: date) -> str:
    """Of a report that falls due within a suspension; empty for any other."""
    found = suspended(held.assignment.id, today)
    if found is None or session.get_one(Obligation, held.obligation.id).excuse != "suspended":
        return ""
    person = session.get(Person, found.decided_by) if found.decided_by else None
    who = person.name if person else ""
    if found.granted_until is None:
        return _("这项任务已挂账（%(who)s 批准），这一期免报；恢复办理后可接着填写。", who=who)
    return _("这项任务已挂账至 %(day)s（%(who)s 批准），这一期免报；提前恢复办理后可接着填写。",
             day=found.granted_until, who=who)  # fmt: skip
