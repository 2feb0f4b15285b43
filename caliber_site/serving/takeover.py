"""How a server hands its sockets and workers over to its new code, which keeps its process id."""

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from granian.net import SocketHolder

VARIABLE = "CALIBER_TAKEOVER"


@dataclass(frozen=True)
class Takeover:
    """What the old code leaves to the new.

    Attributes:
        sockets: File number, whether it is a Unix socket, and backlog of those that listen.
        workers: Process ids of workers that still run the old code.
    """

    sockets: Sequence[tuple[int, bool, int]] = ()
    workers: Sequence[int] = field(default_factory=list)

    @classmethod
    def of(cls, holders: Sequence[SocketHolder], workers: Sequence[int]) -> "Takeover":
        """Return what is left with some sockets, as Granian has them, and workers."""
        return cls([holder.__getstate__() for holder in holders], workers)  # type: ignore[misc]

    def holders(self) -> list[SocketHolder]:
        """Return the sockets as Granian wants them."""
        return [SocketHolder(*state) for state in self.sockets]  # type: ignore[call-arg]

    def retire(self, patience: float) -> None:
        """End the old workers, which answer what they have begun.

        Args:
            patience: Seconds after which they are killed.
        """
        for worker in self.workers:
            os.kill(worker, signal.SIGTERM)
        deadline = time.monotonic() + patience
        for worker in self.workers:
            while os.waitpid(worker, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(worker, signal.SIGKILL)
                time.sleep(0.05)


def take_over() -> Takeover:
    """Return what this process was left by its old code; nothing at its first start."""
    return Takeover(**json.loads(os.environ.pop(VARIABLE, "{}")))


def hand_over(left: Takeover) -> None:
    """Start the command of this process again, with the code that is on the disk by now."""
    for number, *_ in left.sockets:
        os.set_inheritable(number, True)
    os.environ[VARIABLE] = json.dumps(asdict(left))
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - as it was started
