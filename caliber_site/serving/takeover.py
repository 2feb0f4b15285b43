"""How a server hands its sockets and workers over, to the process that waits and to new code."""

import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from caliber_site.serving import waiting
from caliber_site.serving.waiting import VARIABLE


@dataclass(frozen=True)
class Takeover:
    """What the old code leaves to the new.

    Attributes:
        sockets: File numbers of those that listen.
        workers: Process ids of workers that still run the old code.
    """

    sockets: Sequence[int] = ()
    workers: Sequence[int] = field(default_factory=list)

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
    return Takeover(**json.loads(os.environ.get(VARIABLE, "{}")))


def hand_back(reason: str, patience: float) -> None:
    """Become again the process that waits for the old workers, if this one was started by it.

    Args:
        reason: Why there will be no new ones.
        patience: Seconds that workers have to end.
    """
    if VARIABLE in os.environ:
        sys.stderr.write(f"{reason}: the old code goes on\n")
        sys.stderr.flush()
        hand_over(take_over(), patience)


def hand_over(left: Takeover, patience: float) -> None:
    """Become the process that waits for the workers, which keeps this one's id."""
    for number in left.sockets:
        os.set_inheritable(number, True)
    os.environ[VARIABLE] = json.dumps(asdict(left))
    command = [sys.executable, "-I", waiting.__file__, str(patience)]
    os.execv(sys.executable, [*command, sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - as it was started
