"""What leaders see, and what reporting costs the units."""
