"""`flask demo`: the invented city or province for whoever tries the product, for tests and for screenshots."""

from __future__ import annotations

import os
import sys
import time
from datetime import date, datetime
from pathlib import Path

import click
from flask import current_app
from flask_babel import gettext as _

from tracker import clock
from tracker.demo.city import CITY
from tracker.demo.load import is_empty, load_demo
from tracker.demo.place import Place
from tracker.demo.province import PROVINCE
from tracker.demo.world import new_password
from tracker.units.queries import root_name
from tracker.web.commands import N_, Group
from tracker.web.locale import in_chinese

demo = Group("demo", help=N_("演示市、演示省：虚构的单位、人员、计划和一年的工作。"))

LARGEST_SCALE = 20
PASSWORD_FILE = "demonstration-password"  # noqa: S105 a file's name


@demo.command("load", help=N_("把演示市（或演示省）载入空数据库，并列出可以登录的人。"))
@click.option("--if-empty", is_flag=True, help=N_("数据库里已有内容时什么也不做。"))
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), default=None, help=N_("以这一天为今天载入。"))
@click.option("--province", is_flag=True, help=N_("载入演示省：省直部门、各市和它们的县区。"))
@click.option(
    "--scale",
    type=click.IntRange(1, LARGEST_SCALE),
    default=1,
    show_default=True,
    help=N_("县区（演示省为市）的个数是原来的几倍：用来看大一些的地方。"),
)
def load(if_empty: bool, today: datetime | None, province: bool, scale: int) -> None:
    """Load the demonstration city or province into an empty database; print who can sign in."""
    if not is_empty():
        if if_empty:
            if there := _place_here():
                _tell_sign_ins(there)
            return
        click.echo(_("数据库里已有内容，演示数据只能载入空库。请换一个空的数据库（DATABASE_URL）。"), err=True)
        sys.exit(2)
    place = PROVINCE if province else CITY
    began = time.perf_counter()
    password = new_password()
    now = clock.now()
    day: date = today.date() if today else clock.day_of(now)
    click.echo(_("正在载入演示数据“%(place)s”（%(day)s），约需半分钟……", place=place.name, day=day))
    with in_chinese():
        load_demo(place, today=day, now=now, password=password, scale=scale)
    _keep(password)
    click.echo(_("已载入，用时 %(seconds)s 秒。", seconds=f"{time.perf_counter() - began:.1f}"))
    _tell_sign_ins(place)


def _password_file() -> Path:
    folder: Path = current_app.config["INSTANCE_DIR"]
    return folder / PASSWORD_FILE


def _keep(password: str) -> None:
    """Beside the database and readable by the owner alone, so that a later start can print it again."""
    file_name = _password_file()
    file_name.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file_name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(password)


def _place_here() -> Place | None:
    """Which of the two stands in the database."""
    return next((place for place in (CITY, PROVINCE) if place.name == root_name()), None)


def _tell_sign_ins(place: Place) -> None:
    if not _password_file().is_file():
        return
    click.echo(_("可以登录的演示人员（密码相同）："))
    for person in place.people:
        click.echo(f"  {person.username:<16}{person.name}  {person.tour}")
    click.echo("  " + _("密码") + " " + _password_file().read_text(encoding="ascii"))
