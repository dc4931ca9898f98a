"""Reads the parts of a book and reports every fault of them: scheme, indicators, units, facts, one file each."""
