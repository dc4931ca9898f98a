"""What who runs the place types."""
