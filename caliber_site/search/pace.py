"""Pace: how long writers of an index wait, and when several processes build it."""

UPDATE_WAIT = 5.0
"""Seconds that an editor's request waits for another writer."""

SYNC_WAIT = 600.0
"""Seconds that the command line and the start of the site wait for another writer."""

ALONE = 2000
"""Fewer editions are indexed in one process: starting others takes longer."""

NICENESS = 5
"""Of the other processes: readers and editors come first."""
