"""What the connections of a worker share: its time, and whether it is leaving."""

import time
from email.utils import formatdate


class Clock:
    """The time as of the last look at it, which is cheaper than its own.

    Attributes:
        now: Seconds on the monotonic clock.
        date: The end of a ready answer's headers, with the Date that HTTP wants (RFC 9110, 6.6.1).
        is_leaving: Whether connections are to end after their next answer.
    """

    def __init__(self) -> None:
        """Make it, and look."""
        self.is_leaving = False
        self.look()

    def look(self) -> None:
        """Take the time anew."""
        self.now = time.monotonic()
        self.date = f"\r\nDate: {formatdate(usegmt=True)}\r\n\r\n".encode()
