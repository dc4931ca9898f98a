"""What tests of several kinds stand on: databases of their own, a client that lints pages, a counter of statements."""
