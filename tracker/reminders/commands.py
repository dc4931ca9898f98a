"""`flask reminders`: the day's round by hand."""

from __future__ import annotations

import click
from flask_babel import gettext as _

from tracker import clock
from tracker.reminders.worker import run_round, send_waiting
from tracker.web.commands import N_, Group

reminders = Group("reminders", help=N_("提醒：每日汇总和对外发送。"))


@reminders.command("round", help=N_("现在就发出今天的提醒；今天已经发出的不会重复，休息日不发。"))
def round_now() -> None:
    """Make today's round and send what waits, whatever the hour. A second round of the day changes nothing."""
    at = clock.now()
    made = run_round(at)
    if made is None:
        click.echo(_("今天的提醒已经发出过，没有重复；休息日不提醒。"))
    else:
        click.echo(_("已提醒 %(people)s 人，对外发送 %(sendings)s 条。", people=made.notices, sendings=made.sendings))
    click.echo(_("本次送达 %(n)s 条。", n=send_waiting(at)))
