"""What waits for a person, their long work, and what reports are made of."""
