"""The worker's part: the day's round once, then what waits to be sent, one after the other under a lease."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

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
LONGEST = 60.0
"""Seconds after which one look round begins to send no further one: a server may be slow and yet not fail."""
FAILURES = 3
"""How many may fail in one look round."""


def see_to_reminders(at: datetime) -> None:
    """What the worker does every minute; outside the hours that were set it does nothing."""
    if is_time(at, current_app.config["REMINDER_HOURS"]):
        run_round(at)
        send_waiting(at)


def run_round(at: datetime) -> Made | None:
    with transaction():
        return make_round(at=at)


def send_waiting(at: datetime) -> int:
    """Sends what is due; returns how many went out. Where several fail, or all take long, the others wait for the next look
    round: a server that does not answer must not keep the worker from its other work."""
    sent = failed = 0
    until = monotonic() + LONGEST
    while sent + failed < AT_ONCE and failed < FAILURES and monotonic() < until:
        with transaction():
            taken = take(at=at)
        if taken is None:
            break
        if _send(taken):
            sent += 1
        else:
            failed += 1
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
