"""Faults on the command line: one line for people, in place of a traceback."""

from sqlalchemy.exc import DBAPIError

NO_TABLES = "the database has no tables yet; run: flask --app caliber_site db upgrade"
BUSY = "the database is busy; try again in a moment"


def explain(error: Exception) -> str:
    """Return one line; for a fault of the database without its SQL, which may hold anything."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    reason = " ".join(str(cause).split()) or type(error).__name__
    if isinstance(error, DBAPIError):
        if "no such table" in reason or type(cause).__name__ == "UndefinedTable":
            return NO_TABLES
        if "lock" in reason:
            return BUSY
        return f"the database: {reason}"
    return reason
