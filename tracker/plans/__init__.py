"""Plans (任务分解): plan → task → assignment, adopted from a reviewed draft, each with the place it was read from."""
