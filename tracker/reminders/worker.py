"""The worker's part: the day's round once, then what waits to be sent, one after the other under a lease."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from tracker import clock
from tracker.db import transaction
from tracker.reminders.channels.mail import letter, send_letter
from tracker.reminders.channels.outcome import Undelivered
from tracker.reminders.channels.robots import Message, tell_robot
from tracker.reminders.schedule import is_time
from tracker.reminders.service.rounds import Made, make_round
from tracker.reminders.service.sending import Taken, arrived, missed, take

AT_ONCE = 100
"""How many are sent in one look round: the worker has other work too."""


def see_to_reminders(at: datetime) -> None:
    """What the worker does every minute; outside the hours that were set it does nothing."""
    if is_time(at, current_app.config["REMINDER_HOURS"]):
        run_round(at)
        send_waiting(at)


def run_round(at: datetime) -> Made | None:
    with transaction():
        return make_round(at=at)


def send_waiting(at: datetime) -> int:
    """Sends what is due; returns how many went out."""
    sent = 0
    for _once in range(AT_ONCE):
        with transaction():
            taken = take(at=at)
        if taken is None:
            break
        sent += _send(taken)
    return sent


def _send(taken: Taken) -> bool:
    try:
        _deliver(taken)
    except Undelivered as why:
        with transaction():
            missed(taken.id, why.fault, perhaps=why.perhaps, at=clock.now())
        return False
    with transaction():
        arrived(taken.id, at=clock.now())
    return True


def _deliver(taken: Taken) -> None:
    config = current_app.config
    if taken.channel == "email":
        made = letter(
            taken.key, taken.address, taken.subject, taken.body, sender=config["MAIL_FROM"], at=taken.created_at
        )
        send_letter(made, config)
        return
    message = Message(taken.key, taken.subject, taken.body)
    tell_robot(taken.channel, taken.address, taken.secret, message, hosts=config["REMINDER_HOSTS"], at=clock.now())
