"""`flask audit`: checking the record."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from tracker.audit.queries import verify_chain

audit = AppGroup("audit", help="The audit record (审计): check that nothing in it was changed.")


@audit.command("verify")
def verify() -> None:
    """Recompute the hash chain; print the rows checked and the head's hash. Exit 1 where it is broken."""
    verdict = verify_chain()
    if verdict.broken_at is not None:
        click.echo(
            f"审计链在第 {verdict.broken_at} 条断开;此前 {verdict.rows} 条完好。请立即保全数据库并核对备份。", err=True
        )
        sys.exit(1)
    click.echo(f"已核对 {verdict.rows} 条,链头哈希 {verdict.head}")
