"""`flask demo`: the invented city for whoever tries the product, for tests and for screenshots."""

from __future__ import annotations

import os
import sys
import time
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from tracker import clock
from tracker.demo.city import CITY, PEOPLE
from tracker.demo.load import is_empty, load_demo
from tracker.demo.world import new_password

demo = AppGroup("demo", help="The demonstration city (演示市): invented units, people, plans and a year of work.")

PASSWORD_FILE = "demonstration-password"  # noqa: S105 a file's name


@demo.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing where the database holds something already.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Load relative to this day.")
def load(if_empty: bool, today: datetime | None) -> None:
    """Load the demonstration city into an empty database; print who can sign in."""
    if not is_empty():
        if if_empty:
            _tell_sign_ins()
            return
        click.echo("数据库里已有内容,演示数据只能载入空库。请换一个空的数据库(DATABASE_URL)。", err=True)
        sys.exit(2)
    began = time.perf_counter()
    password = new_password()
    day: date = today.date() if today else clock.today()
    click.echo(f"正在载入演示市“{CITY}”({day}),约需半分钟……")
    load_demo(today=day, password=password)
    _keep(password)
    click.echo(f"已载入,用时 {time.perf_counter() - began:.1f} 秒。")
    _tell_sign_ins()


def _place() -> Path:
    folder: Path = current_app.config["INSTANCE_DIR"]
    return folder / PASSWORD_FILE


def _keep(password: str) -> None:
    """Beside the database and readable by the owner alone, so that a later start can print it again."""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(password)


def _tell_sign_ins() -> None:
    if not _place().is_file():
        return
    click.echo("可以登录的演示人员(密码相同):")
    for person in PEOPLE:
        click.echo(f"  {person.username:<16}{person.name}  {person.tour}")
    click.echo(f"  密码 {_place().read_text(encoding='ascii')}")
