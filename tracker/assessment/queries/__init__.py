"""Reading for assessment: what is counted of the work, schemes, runs and their explanation."""
