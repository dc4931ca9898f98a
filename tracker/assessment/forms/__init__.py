"""What a person types about schemes, facts and runs."""
