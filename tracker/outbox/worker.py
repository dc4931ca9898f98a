"""The worker: Huey supplies the process and the tick, the job rows say what is to be done."""

from __future__ import annotations

from functools import cache
from typing import Any

import structlog
from flask import Flask, current_app
from flask_babel import gettext as _
from huey import SqliteHuey, crontab
from huey.serializer import SignedSerializer

from tracker import clock
from tracker.db import session, take_stock, transaction
from tracker.errors import DomainError
from tracker.outbox import service
from tracker.outbox.context import Cancelled, JobContext
from tracker.outbox.registry import duties, handler_of
from tracker.web.locale import speaking

NIGHT = "19"
"""The hour of UTC at which nobody is there: three in the morning in China."""

log = structlog.get_logger()


def look_round() -> int:
    """Sees to what has fallen due, then does the jobs that wait; returns how many. A duty that fails keeps none waiting."""
    for name, duty in duties().items():
        try:
            with speaking(current_app.config["DEFAULT_LOCALE"]):
                duty(clock.now())
        except Exception:  # the worker goes on whatever a duty meets; it is tried again in a minute
            log.exception("duty failed", duty=name)
            session.rollback()
    return work_off()


def work_off(*, job_id: int | None = None) -> int:
    """Does the jobs that wait (or the one named), each once; returns how many. Within an application context."""
    worked = 0
    while True:
        with transaction():
            job = service.lease(at=clock.now(), job_id=job_id)
            taken = (job.kind, job.id, dict(job.payload), job.created_by) if job else None
        if taken is None:
            return worked
        kind, number, payload, owner = taken
        language = payload.pop(service.LANGUAGE, current_app.config["DEFAULT_LOCALE"])
        with speaking(language):
            _do(kind, JobContext(number, payload, owner))
        worked += 1


def _do(kind: str, context: JobContext) -> None:
    state, result, message = _done(kind, context)
    session.rollback()
    with transaction():
        service.finish(context.job_id, state, at=clock.now(), result=result, message=message)


def _done(kind: str, context: JobContext) -> tuple[str, dict[str, Any] | None, str]:
    """How it ended: state, result, and what its owner is told."""
    try:
        return "done", handler_of(kind)(context), ""
    except Cancelled:
        return "cancelled", None, ""
    except DomainError as error:
        return "failed", None, error.message
    except Exception:  # whatever a handler meets must end its own job, never the worker
        log.exception("job failed", job=context.job_id, kind=kind)
        return "failed", None, _("系统出错，作业没有完成。请重试；仍不行请联系管理员。")


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
            look_round()

    @huey.periodic_task(crontab(hour=NIGHT, minute="30"), name="stock")
    def stock() -> None:
        with app.app_context():
            take_stock()

    huey.poke = poke
    return huey


def poke(app: Any) -> None:
    """Tells the worker that there is something to do; called once the request that put it down is committed."""
    if app.config["JOBS_INLINE"]:
        work_off()
    else:
        huey_of(app).poke()
