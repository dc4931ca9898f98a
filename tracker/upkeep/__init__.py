"""Upkeep (运维): backing everything up, putting it back, moving it to another database, and looking whether all is well."""
