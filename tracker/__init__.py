"""Luoshi: a government's key tasks from the printed breakdown table to scores that everyone can defend."""
