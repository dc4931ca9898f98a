"""Python reads this as it starts, where this folder stands in PYTHONPATH: the program's clock is ahead of ours, or behind."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import time_machine

time_machine.travel(datetime.now(UTC) + timedelta(seconds=float(os.environ["LUOSHI_TEST_AHEAD"]))).start()
