"""A transport that sends what is written in one go by one call: a head and its body together."""

import asyncio
from typing import Any


class Corked:
    """Stands before a transport, which has all but its writing."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Make it.

        Args:
            transport: The transport.
            loop: That on which it is used.
        """
        self._transport, self._loop = transport, loop
        self._held: list[bytes] = []

    def write(self, data: bytes) -> None:
        """Send bytes before the loop turns to anything that comes later."""
        if self._transport.is_closing():  # it may have no socket any more
            return
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held.append(data)

    def write_now(self, data: bytes) -> None:
        """Send bytes, behind those that were written before."""
        if self._held:
            self._held.append(data)
            self._flush()
        else:
            self._transport.write(data)

    def close(self) -> None:
        """Send what is held, and close."""
        self._flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        """Return what the transport itself has."""
        return getattr(self._transport, name)

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held and not self._transport.is_closing():
            self._transport.write(b"".join(held))
