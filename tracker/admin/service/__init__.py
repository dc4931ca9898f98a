"""What who runs the place does: accounts and roles, units and the names they go by."""
