"""What belongs to the project but not to the site."""
