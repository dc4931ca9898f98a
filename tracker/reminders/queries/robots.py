"""The robots that a viewer looks after."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import select

from tracker.accounts.roles import Role, Viewer
from tracker.db import session
from tracker.errors import NotFound
from tracker.reminders.models import ReminderRobot
from tracker.reminders.queries.sent import overseen
from tracker.units.models import Unit


@dataclass(frozen=True, slots=True)
class RobotRow:
    id: int
    kind: str
    name: str
    unit_id: int
    unit: str
    host: str
    """Of its address, of which nothing more is shown: the key is in it."""
    has_secret: bool
    is_active: bool
    version: int


def robots(viewer: Viewer) -> list[RobotRow]:
    statement = select(ReminderRobot, Unit.name).join(Unit, Unit.id == ReminderRobot.unit_id)
    units = overseen(viewer)
    if units is not None:
        statement = statement.where(ReminderRobot.unit_id.in_(units))
    return [
        RobotRow(row.id, row.kind, row.name, row.unit_id, unit, urlsplit(row.url).hostname or "", bool(row.secret),
                 row.is_active, row.version)
        for row, unit in session.execute(statement.order_by(ReminderRobot.name, ReminderRobot.id))
    ]  # fmt: skip


def robot_row(robot_id: int, viewer: Viewer) -> RobotRow:
    """Raises NotFound."""
    found = next((one for one in robots(viewer) if one.id == robot_id), None)
    if found is None:
        raise NotFound
    return found


def offices(viewer: Viewer) -> list[tuple[int, str]]:
    """(id, name) of the units that a robot of the viewer's may be told of: those that they look after themselves."""
    units = viewer.units(Role.LEAD_OFFICE, Role.ADMIN)
    statement = select(Unit.id, Unit.name).where(Unit.id.in_(units)).order_by(Unit.path)
    return [(row.id, row.name) for row in session.execute(statement)]
