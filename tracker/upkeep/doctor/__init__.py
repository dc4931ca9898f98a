"""Looking whether all is well, control by control; nothing is changed."""
