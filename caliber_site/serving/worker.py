"""A worker: a process that serves from sockets which it shares with others."""

import asyncio
import resource
import signal
import socket
from functools import partial
from typing import Any

import uvicorn.lifespan.off
import uvicorn.loops.uvloop  # noqa: F401 - both would be loaded by each worker for itself
from uvicorn import Config, Server

from caliber_site.serving.bridge import Bridge
from caliber_site.serving.clock import Clock
from caliber_site.serving.connection import SILENT_SECONDS, Connection, Find

LOOK_SECONDS = 0.25
"""How often a worker looks for connections that have been silent for too long."""

BACKLOG = 2048
"""Connections that wait to be taken."""

OTHER_FILES = 100
"""That the site has open beside connections: they would be the first to be missing."""

ENDS = frozenset({signal.SIGINT, signal.SIGTERM})
"""Signals that end it, after it has answered what it was asked."""


class Worker(Server):
    """uvicorn's server on sockets of others, with our connections."""

    def __init__(self, bridge: Bridge, find: Find | None) -> None:
        """Make it.

        Args:
            bridge: Has requests answered.
            find: Finds ready answers, where there are any.
        """
        self._clock = Clock()
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0] - OTHER_FILES
        connection: Any = partial(Connection, clock=self._clock, most=most, find=find)
        super().__init__(
            Config(
                bridge,
                http=connection,
                interface="asgi3",
                loop="uvloop",
                lifespan="off",
                ws="none",
                backlog=BACKLOG,
                log_config=None,
                log_level="error",  # warnings tell of each malformed request
                access_log=False,
                proxy_headers=False,  # the site reads them as its settings say
                server_header=False,
                timeout_keep_alive=SILENT_SECONDS,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, and to hear signals."""
        self._look()
        await super().startup(sockets)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections, and end those that are open after their next answer."""
        self._clock.is_leaving = True
        await super().shutdown(sockets)

    def _look(self) -> None:
        last = self._clock.now
        self._clock.look()
        late = max(0, self._clock.now - last - 2 * LOOK_SECONDS)
        for connection in [*self.server_state.connections]:
            if isinstance(connection, Connection):
                connection.ends_at += late  # it was this process that was silent
                if connection.ends_at <= self._clock.now:
                    connection.end()
        asyncio.get_running_loop().call_later(LOOK_SECONDS, self._look)
