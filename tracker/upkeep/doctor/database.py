"""The database: reachable, of this version, kept safely, whole."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import Connection, inspect, text

from tracker.audit.queries import verify_chain
from tracker.db import db
from tracker.upkeep.doctor.finding import Finding, State
from tracker.upkeep.place import newest_revision
from tracker.upkeep.tables import all_tables, revision_of

SAFE_SYNCHRONOUS = 1
"""NORMAL: SQLite keeps its log in order, and `tracker.turns` syncs it before a commit is acknowledged."""


def migrations() -> Iterator[Finding]:
    with db.engine.connect() as connection:
        held, wanted = revision_of(connection), newest_revision()
        missing = sorted({table.name for table in all_tables()} - set(inspect(connection).get_table_names()))
        if held == wanted and missing:
            yield Finding(
                "database", State.FAULT, _("数据库里缺少表：%(names)s。", names=", ".join(missing[:5])),
                _("有人动过数据库。停止服务，从备份恢复。"),
            )  # fmt: skip
        elif held == wanted:
            server = ".".join(map(str, connection.dialect.server_version_info or ()))
            yield Finding(
                "database", State.OK,
                _("数据库可用（%(name)s %(version)s），表是最新版本 %(held)s。",
                  name=connection.dialect.name, version=server, held=held),
            )  # fmt: skip
        else:
            yield Finding(
                "database", State.FAULT,
                _("数据库的表是版本 %(held)s，程序需要 %(wanted)s。", held=held or _("（空）"), wanted=wanted),
                _("先备份，再运行 flask db upgrade。"),
            )  # fmt: skip


def safety(*, thorough: bool) -> Iterator[Finding]:
    with db.engine.connect() as connection:
        yield from (
            _sqlite(connection, thorough=thorough) if connection.dialect.name == "sqlite" else _postgresql(connection)
        )


def _sqlite(connection: Connection, *, thorough: bool) -> Iterator[Finding]:
    def asked(name: str) -> object:
        return connection.execute(text(f"PRAGMA {name}")).scalar()

    held = {name: asked(name) for name in ("journal_mode", "synchronous", "foreign_keys")}
    wanted = {"journal_mode": "wal", "synchronous": SAFE_SYNCHRONOUS, "foreign_keys": 1}
    if held == wanted:
        yield Finding("durability", State.OK, _("SQLite：WAL、每次提交落盘、外键检查都已打开。"))
    else:
        shown = ", ".join(f"{name}={value}" for name, value in held.items() if value != wanted[name])
        yield Finding(
            "durability", State.FAULT, _("SQLite 没有按安全方式打开：%(what)s。", what=shown),
            _("数据库文件要放在本机磁盘上：网络磁盘不支持 WAL。"),
        )  # fmt: skip
    said = asked("integrity_check" if thorough else "quick_check")
    broken = connection.execute(text("PRAGMA foreign_key_check")).first() if thorough else None
    if said != "ok" or broken is not None:
        yield Finding(
            "integrity", State.FAULT, _("数据库文件已损坏：%(what)s。", what=str(said if said != "ok" else broken and broken[0])),
            _("停止服务，保留这个文件，从最近的备份恢复。"),
        )  # fmt: skip
    else:
        yield Finding("integrity", State.OK, _("数据库文件完好。"))


def _postgresql(connection: Connection) -> Iterator[Finding]:
    def shown(name: str) -> str:
        return str(connection.execute(text(f"SHOW {name}")).scalar())

    if shown("server_encoding") != "UTF8":
        yield Finding(
            "durability", State.FAULT, _("数据库编码是 %(name)s，不是 UTF8。", name=shown("server_encoding")),
            _("另建编码为 UTF8 的数据库，用 flask db copy 搬过去。"),
        )  # fmt: skip
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if shown(name) == "off"]
    if off:
        yield Finding(
            "durability", State.WARNING, _("PostgreSQL 关闭了 %(names)s，断电可能丢失已确认的数据。", names=", ".join(off)),
            _("在 postgresql.conf 里打开。"),
        )  # fmt: skip
    else:
        yield Finding("durability", State.OK, _("PostgreSQL：每次提交落盘。"))


def audit() -> Iterator[Finding]:
    verdict = verify_chain()
    if verdict.broken_at is not None:
        yield Finding(
            "audit", State.FAULT, _("审计链在第 %(n)s 条断开，此前 %(rows)s 条完好。", n=verdict.broken_at, rows=verdict.rows),
            _("停止写入，保全数据库，与最近一次已知链头的备份核对。"),
        )  # fmt: skip
        return
    with db.engine.connect() as connection:
        guarded = _triggers(connection)
    if guarded:
        yield Finding(
            "audit", State.OK, _("审计链完好，共 %(rows)s 条，链头 %(head)s。", rows=verdict.rows, head=verdict.head)
        )
    else:
        yield Finding(
            "audit", State.FAULT, _("审计记录没有禁止更改的触发器。"),
            _("有人动过数据库。核对审计链头，再从备份恢复，或由数据库管理员重建触发器。"),
        )  # fmt: skip


def _triggers(connection: Connection) -> bool:
    if connection.dialect.name == "sqlite":
        asked = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
    else:
        asked = (
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = 'audit_entry'::regclass AND NOT tgisinternal "
            "AND tgenabled = 'O'"
        )
    return bool(connection.scalar(text(asked)) == 2)
