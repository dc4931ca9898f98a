"""`flask audit`: checking the record."""

from __future__ import annotations

import sys

import click
from flask_babel import gettext as _

from tracker.audit.queries import verify_chain
from tracker.web.commands import N_, Group

audit = Group("audit", help=N_("审计记录：核对有没有被更改。"))


@audit.command("verify", help=N_("重新计算哈希链，输出核对的条数和链头哈希；链断开时退出码为 1。"))
def verify() -> None:
    """Recompute the hash chain; print the rows checked and the head's hash. Exit 1 where it is broken."""
    verdict = verify_chain()
    if verdict.broken_at is not None:
        click.echo(
            _(
                "审计链在第 %(n)s 条断开；此前 %(rows)s 条完好。请立即保全数据库并核对备份。",
                n=verdict.broken_at,
                rows=verdict.rows,
            ),
            err=True,
        )
        sys.exit(1)
    click.echo(_("已核对 %(rows)s 条，链头哈希 %(head)s", rows=verdict.rows, head=verdict.head))
