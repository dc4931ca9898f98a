"""Making a day's round, sending, and what people and offices choose."""
