"""`score-one`: one return accepted, then the scores of a scheme in use right again (that unit's results, its group's ranks
and grades), against the bare update of its row in a transaction.

Accepting does nothing for scores: whoever looks next takes in what the record says has happened. That look is measured,
after each of so many returns, and at the end everything is counted anew to see that nothing has drifted.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from statistics import median

from sqlalchemy import select

from bench.city import AS_OF, application as application_of, build
from bench.harness import Measured, Row, Sample, compare, stopwatch
from bench.rows.score_full import ASSIGNMENTS, put_scheme
from tracker.assessment.queries.interim import KeptScores, interim
from tracker.assessment.queries.schemes import scheme_row
from tracker.audit.models import AuditHead
from tracker.audit.service import record
from tracker.db import session, transaction
from tracker.progress.models import Obligation
from tracker.progress.service.counting import change
from tracker.web.kept import say_state

RETURNS = 60
NOON = datetime.combine(AS_OF, time(4), UTC)
UPDATE = "UPDATE obligation SET state = 'accepted', accepted_at = ? WHERE id = ?"


def floor(folder: Path) -> Sample:
    connection = sqlite3.connect(folder / "luoshi.db", isolation_level=None)
    connection.execute("PRAGMA synchronous=FULL")

    def work(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(UPDATE, (NOON.isoformat(), number))
        connection.execute("COMMIT")

    waiting = "SELECT id FROM obligation WHERE state = 'accepted' ORDER BY id LIMIT ?"
    numbers = [number for (number,) in connection.execute(waiting, (RETURNS,))]
    sample = {"seconds": median(stopwatch(partial(work, number))["seconds"] for number in numbers)}
    connection.close()
    return sample


def ours(folder: Path) -> Sample:
    app = application_of(folder)
    seconds = []
    with app.test_request_context():
        say_state(*session.execute(select(AuditHead.hash, AuditHead.settled)).one())
        scheme = scheme_row(1)
        first = stopwatch(lambda: interim(scheme, 1, AS_OF))["seconds"]
        waiting = (
            select(Obligation.id).where(Obligation.state == "reported").order_by(Obligation.task_id, Obligation.id)
        )
        for number in session.scalars(waiting.limit(RETURNS)).all():
            _accept(number)
            seconds.append(stopwatch(lambda: interim(scheme, 1, AS_OF))["seconds"])
        if interim(scheme, 1, AS_OF).units != KeptScores(scheme, 1, AS_OF).units:
            raise RuntimeError("what was kept is not what counting everything comes to")
    return {"seconds": median(seconds), "first_seconds": first}


def _accept(number: int) -> None:
    """What accepting a return does to the rows that are scored, with its entry in the record."""
    with transaction():
        obligation = session.get_one(Obligation, number)
        change([obligation], state="accepted", accepted_at=NOON)
        record("核收", by=None, at=NOON, subject=("obligation", number), unit_id=obligation.unit_id)


def measure(folder: Path) -> Measured:
    city = build(folder, ASSIGNMENTS)
    put_scheme(folder)
    ratio, detail = compare(__name__, folder)
    return Measured(ratio, detail | {"assignments": ASSIGNMENTS, "units": city.units, "returns": RETURNS})


ROW = Row("score-one", "the bare update of the return's row in a transaction", 40, measure)
