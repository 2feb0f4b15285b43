"""Where it is written."""
