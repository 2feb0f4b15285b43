"""Ready pages: whole answers kept in memory, found before Flask does any work."""
