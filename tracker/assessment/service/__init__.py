"""Writing for assessment: schemes, facts, runs."""
