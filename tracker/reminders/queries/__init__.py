"""Reading what is to be told, to whom, and what was told."""
