"""Reminders (催办提醒): who is told of what is due, by which channel, once a day and never twice; supervision slips (督办单)."""
