"""Granian's server with forked workers and sockets that outlive them."""

import signal
import socket
import time
from typing import Any
from wsgiref.types import WSGIApplication

from granian.net import SocketHolder, SocketSpec, UnixSocketSpec
from granian.server.mp import MPServer, WorkerProcess

from caliber_site.serving import signals
from caliber_site.serving.leaving import Worker
from caliber_site.serving.takeover import Takeover, hand_over, take_over


class SharingServer(MPServer):
    """A server whose workers are forked from this process and share what it has loaded.

    This process keeps the sockets on which they listen: connections that arrive between two
    workers wait for the next one, where they would be reset if each worker had its own.

    Attributes:
        site: What is served.
    """

    site: WSGIApplication

    def serve(self, *_given: Any, **_options: Any) -> None:
        """Start the workers and become the process that waits for them (waiting.py)."""
        super().serve(target_loader=self._enter_worker, wrap_loader=False)

    def _enter_worker(self) -> WSGIApplication:
        signals.forget_handlers()
        worker = Worker(self.site, self._shd.get_fd())  # type: ignore[attr-defined]
        signals.pass_on(signal.SIGINT, signal.SIGTERM, first=worker.leave)
        return worker

    def _init_shared_socket(self) -> None:
        self._left = take_over()
        self._holders: list[SocketHolder] = self._left.holders() or self._listen()
        self._sso = None

    def _listen(self) -> list[SocketHolder]:
        if self.bind_uds:
            return [UnixSocketSpec(str(self.bind_uds), self.backlog, self.uds_permissions).build()]
        _refuse_taken_port(self.bind_addr, self.bind_port)
        spec = SocketSpec(self.bind_addr, self.bind_port, self.backlog)
        # One for each worker: the kernel then shares connections out evenly.
        return [spec.build() for _ in range(self.workers)]

    def _spawn_worker(self, idx: int, *given: Any, **named: Any) -> WorkerProcess:
        self._shd = self._holders[idx % len(self._holders)]  # type: ignore[assignment]
        return super()._spawn_worker(idx, *given, **named)

    def _spawn_workers(self, spawn_target: Any, target_loader: Any) -> None:
        super()._spawn_workers(spawn_target, target_loader)  # type: ignore[no-untyped-call]
        patience = self.workers_kill_timeout or 0
        if self._left.workers:
            time.sleep(self.respawn_interval)
            self._left.retire(patience)
        workers = [worker.inner.pid for worker in self.wrks]
        hand_over(Takeover.of(self._holders, workers), patience)


def _refuse_taken_port(host: str, port: int) -> None:
    """Raise an OSError for a port that another server has: both could listen, and share readers."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family):
        pass
