"""Reading government documents: bytes in, draft and problems out. Knows neither Flask nor a database."""
