"""`flask jobs`: the worker beside the web server."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from tracker.outbox.worker import huey_of, work_off

jobs = AppGroup("jobs", help="Long work (后台作业): imports, score runs, exports.")


@jobs.command("work")
def work() -> None:
    """Do jobs as they come, until stopped. `make run` starts one."""
    huey_of(current_app).create_consumer(workers=1, worker_type="thread", check_worker_health=False).run()


@jobs.command("once")
def once() -> None:
    """Do the jobs that wait, then end."""
    click.echo(f"已完成 {work_off()} 项作业。")
