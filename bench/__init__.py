"""`make bench`: what the site costs, beside yardsticks in the same run."""
