"""`flask backup`, `flask restore`, `flask doctor`, `flask db copy`: for whoever runs the place."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError

from tracker import clock
from tracker.errors import DomainError
from tracker.upkeep import backup as backing, moving, restore as restoring
from tracker.upkeep.doctor.finding import Finding, State
from tracker.upkeep.doctor.looking import look
from tracker.upkeep.place import cause_of
from tracker.web.commands import N_, Command

MARKS = {State.OK: "✓", State.NOTE: "·", State.WARNING: "!", State.FAULT: "✗"}


@contextmanager
def _plainly() -> Iterator[None]:
    """What cannot be done is one line on stderr and exit 2."""
    try:
        yield
    except DomainError as error:
        click.echo(error.message, err=True)
        sys.exit(2)
    except DBAPIError as error:
        click.echo(_("数据库没有回答：%(cause)s", cause=cause_of(error)), err=True)
        sys.exit(2)


@click.command("backup", cls=Command, help=N_(
    "把数据库和全部文件备份到一个文件里；备份时大家可以继续使用。\n\n"
    "备份里有密码的哈希，请妥善保管；不含密钥文件。有文件缺失或审计链断开时照样备份，但退出码为 1。"
))  # fmt: skip
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help=N_("要写入的文件，不能已经存在。")
)
@with_appcontext
def backup(out: Path) -> None:
    with _plainly():
        done = backing.back_up(out, at=clock.now())
    click.echo(_("已备份 %(rows)s 行、%(files)s 个文件到 %(out)s。", rows=done.rows, files=done.files, out=str(out)))
    click.echo(_("审计记录 %(rows)s 条，链头哈希 %(head)s", rows=done.chain.rows, head=done.chain.head))
    for key in done.damaged:
        click.echo(_("文件 %(key)s 缺失或内容不符，不在备份里。", key=key), err=True)
    if done.chain.broken_at is not None:
        click.echo(_("注意：审计链在第 %(n)s 条断开。", n=done.chain.broken_at), err=True)
    sys.exit(1 if done.damaged or done.chain.broken_at is not None else 0)


@click.command("restore", cls=Command, help=N_(
    "把备份恢复到当前设置指向的空数据库和文件夹，再核对审计链。\n\n"
    "备份来自 SQLite 或 PostgreSQL 都可以，恢复到哪一种也都可以。数据库里已有内容时拒绝；备份损坏时什么也不恢复。"
))  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def restore(file: Path) -> None:
    with _plainly():
        done = restoring.put_back(file)
    click.echo(_("已恢复 %(rows)s 行、%(files)s 个文件。", rows=done.rows, files=done.files))
    click.echo(_("审计记录 %(rows)s 条，链头哈希 %(head)s", rows=done.chain.rows, head=done.chain.head))
    for key in done.missing:
        click.echo(_("文件 %(key)s 在备份时就已缺失。", key=key), err=True)
    if done.chain.broken_at is not None:
        click.echo(_("注意：审计链在第 %(n)s 条断开，备份时就是如此。", n=done.chain.broken_at), err=True)
    sys.exit(0 if done.is_whole else 1)


@click.command("copy", cls=Command, help=N_(
    "把全部数据从一个数据库复制到另一个空的数据库，核对行数和审计链后才保存。\n\n"
    "复制前请停止服务，复制后把 DATABASE_URL 改为新地址。文件不在数据库里，不需要搬。"
    "地址里不要写密码：PostgreSQL 的密码放在 PGPASSWORD 或 ~/.pgpass。"
))  # fmt: skip
@click.option("--from", "source", required=True, metavar="URL", help=N_("来源，例如 sqlite:////srv/luoshi/luoshi.db。"))
@click.option("--to", "target", required=True, metavar="URL", help=N_("目标，例如 postgresql://luoshi@主机/luoshi。"))
@with_appcontext
def copy(source: str, target: str) -> None:
    with _plainly():
        done = moving.move(source, target)
    for name, rows in done.counts.items():
        click.echo(f"{name}\t{rows}")
    click.echo(_("已复制 %(rows)s 行，两边行数一致。", rows=sum(done.counts.values())))
    click.echo(_("审计记录 %(rows)s 条，链头哈希 %(head)s", rows=done.chain.rows, head=done.chain.head))


@click.command("doctor", cls=Command, help=N_(
    "逐项核对：设置、密钥、数据库、磁盘、文件、审计链、工作日历、后台作业等。不更改任何东西。\n\n"
    "有一项不行则退出码为 1；提醒不算。"
))  # fmt: skip
@click.option(
    "--self-check",
    "thorough",
    is_flag=True,
    help=N_("再加：核对每个文件，试写，试读一份文件，复算最近一次评分。"),
)
@click.option("--json", "as_json", is_flag=True, help=N_("只输出 JSON，供程序使用。"))
@with_appcontext
def doctor(thorough: bool, as_json: bool) -> None:
    found = list(look(now=clock.now(), thorough=thorough))
    faults = sum(1 for one in found if one.state is State.FAULT)
    if as_json:
        click.echo(json.dumps({"ok": not faults, "controls": [asdict(one) for one in found]}, ensure_ascii=False))
    else:
        for one in found:
            click.echo(_line(one))
        click.echo(_conclusion(faults, sum(1 for one in found if one.state is State.WARNING)))
    sys.exit(1 if faults else 0)


def _conclusion(faults: int, warnings: int) -> str:
    if faults:
        return _("有 %(n)s 项不行。", n=faults)
    return _("没有故障，有 %(n)s 项提醒。", n=warnings) if warnings else _("全部正常。")


def _line(one: Finding) -> str:
    advice = f"\n    → {one.advice}" if one.advice else ""
    return f"{MARKS[one.state]} {one.text}{advice}"
