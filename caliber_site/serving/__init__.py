"""The production server: Granian, with workers that share what is loaded once."""
