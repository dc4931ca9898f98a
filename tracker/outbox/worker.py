"""The worker: Huey supplies the process and the tick, the job rows say what is to be done."""

from __future__ import annotations

from functools import cache
from typing import Any

import structlog
from flask import Flask
from huey import SqliteHuey, crontab
from huey.serializer import SignedSerializer

from tracker import clock
from tracker.db import session, transaction
from tracker.errors import DomainError
from tracker.outbox import service
from tracker.outbox.context import Cancelled, JobContext
from tracker.outbox.registry import handler_of

log = structlog.get_logger()


def work_off(*, job_id: int | None = None) -> int:
    """Does the jobs that wait (or the one named), each once; returns how many. Within an application context."""
    worked = 0
    while True:
        with transaction():
            job = service.lease(at=clock.now(), job_id=job_id)
            context = JobContext(job.id, job.payload, job.created_by) if job else None
            kind = job.kind if job else ""
        if context is None:
            return worked
        _do(kind, context)
        worked += 1


def _do(kind: str, context: JobContext) -> None:
    try:
        state, result, message = "done", handler_of(kind)(context), ""
    except Cancelled:
        state, result, message = "cancelled", None, ""
    except DomainError as error:
        state, result, message = "failed", None, error.message
    except Exception:  # whatever a handler meets must end its own job, never the worker
        log.exception("job failed", job=context.job_id, kind=kind)
        state, result, message = "failed", None, "系统出错,作业没有完成。请重试;仍不行请联系管理员。"
    session.rollback()
    with transaction():
        service.finish(context.job_id, state, at=clock.now(), result=result, message=message)


def register(app: Flask) -> None:
    """The queue's file is made when it is first needed: a command that only reads writes nothing."""
    app.extensions["make_huey"] = cache(lambda: make_huey(app))


def huey_of(app: Any) -> SqliteHuey:
    return app.extensions["make_huey"]()


def make_huey(app: Flask) -> SqliteHuey:
    """The queue of one application: pokes and the per-minute tick; both may be lost or come twice without harm."""
    app.config["INSTANCE_DIR"].mkdir(parents=True, exist_ok=True)
    huey = SqliteHuey(
        "luoshi",
        filename=str(app.config["INSTANCE_DIR"] / "huey.db"),
        serializer=SignedSerializer(secret=app.config["SECRET_KEY"]),
        results=False,
    )

    @huey.task(name="poke")
    def poke() -> None:
        with app.app_context():
            work_off()

    @huey.periodic_task(crontab(minute="*"), name="tick")
    def tick() -> None:
        with app.app_context():
            work_off()

    huey.poke = poke
    return huey


def poke(app: Any) -> None:
    """Tells the worker that there is something to do; called once the request that put it down is committed."""
    if app.config["JOBS_INLINE"]:
        work_off()
    else:
        huey_of(app).poke()
