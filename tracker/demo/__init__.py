"""Demonstration (演示): an invented city with its units, people, plans and a year of work; the same every time."""
