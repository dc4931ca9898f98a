"""Outbox (待办作业): work that must happen, as rows with a lease. Huey only supplies the worker and the tick."""
