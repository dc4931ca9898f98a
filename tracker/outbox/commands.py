"""`flask jobs`: the worker beside the web server."""

from __future__ import annotations

import click
from flask import current_app
from flask_babel import gettext as _

from tracker.outbox.worker import huey_of, look_round
from tracker.web.commands import N_, Group

jobs = Group("jobs", help=N_("后台作业：导入、评分、导出等费时的工作。"))


@jobs.command("work", help=N_("一直等着做后台作业，直到停止它。"))
def work() -> None:
    """Do jobs as they come, until stopped. `make run` starts one."""
    huey_of(current_app).create_consumer(workers=1, worker_type="thread", check_worker_health=False).run()


@jobs.command("once", help=N_("做完正在等待的作业就结束。"))
def once() -> None:
    """Do the jobs that wait, then end."""
    click.echo(_("已完成 %(n)s 项作业。", n=look_round()))
