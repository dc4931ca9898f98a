"""What who runs the place looks at: people, units, collectives, the audit record."""
