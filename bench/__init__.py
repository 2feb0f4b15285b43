"""Measurements: what the site does, in figures."""
