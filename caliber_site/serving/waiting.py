"""What waits for the workers while they work: a process without the site, which costs memory.

The one that has loaded the site for its workers becomes this one, by exec, and becomes itself
again when new workers are needed: new code on SIGHUP, or one of them has died. It is run as a
file, `python waiting.py PATIENCE COMMAND…`, and imports nothing of the site.
"""

import json
import os
import select
import signal
import sys
import time

VARIABLE = "CALIBER_TAKEOVER"
"""Where sockets and workers are handed over, in JSON (takeover.py)."""

ENDS = frozenset({signal.SIGINT, signal.SIGTERM})
HEARD = ENDS | {signal.SIGHUP, signal.SIGCHLD}
TRIAL = """
from caliber_site import create_app
from caliber_site.serving.preload import preload
preload(create_app())
"""
QUEUED = 5.0
"""Seconds that workers have to take the connections that wait for them when all is to end: those
that have just started are slow to come.
"""

PAUSE = 0.5
"""Seconds before dead workers are replaced: those that die at once must not keep us busy."""


class Waiting:
    """Workers that are waited for."""

    def __init__(self, patience: float, command: list[str]) -> None:
        """Read what was handed over.

        Args:
            patience: Seconds that workers have to end.
            command: Starts the server again.
        """
        self._patience, self._command = patience, command
        self._left = json.loads(os.environ[VARIABLE])
        self._workers: list[int] = self._left["workers"]
        self._some_died = False

    def wait(self) -> None:
        """Wait until a signal ends all, or the server is to be started again."""
        self._forget_dead()
        while True:
            while self._some_died and not signal.sigpending() & ENDS:
                time.sleep(PAUSE)
                self._start_again()
            number = signal.sigwait(HEARD)
            if number in ENDS:
                self._end()
                return
            self._forget_dead()
            if number == signal.SIGHUP:
                self._start_again()

    def _start_again(self) -> None:
        """Start the server with the code that is on the disk by now, if that starts."""
        _say("starting again: trying the code")
        import subprocess  # noqa: PLC0415 - a tenth of this process's memory, and soon it is another

        trial = subprocess.run([sys.executable, "-c", TRIAL], check=False)  # noqa: S603 - our own
        if trial.returncode:
            _say("the new code does not start: the old one goes on")
            return
        self._forget_dead()
        os.environ[VARIABLE] = json.dumps(self._left)
        os.execv(self._command[0], self._command)  # noqa: S606 - as it was started

    def _end(self) -> None:
        self._empty_queues()
        for worker in self._workers:
            os.kill(worker, signal.SIGTERM)
        deadline = time.monotonic() + self._patience
        while self._workers:
            self._forget_dead()
            if time.monotonic() > deadline:
                for worker in self._workers:
                    os.kill(worker, signal.SIGKILL)
            time.sleep(0.02)

    def _empty_queues(self) -> None:
        """Wait until workers have taken the connections that wait by now: the kernel resets those.

        A queue that was seen empty has none of them any more.
        """
        queues, _, _ = select.select(self._left["sockets"], [], [], 0)
        deadline = time.monotonic() + QUEUED
        while queues and self._workers and time.monotonic() < deadline:
            time.sleep(0.02)
            self._forget_dead()
            queues = select.select(queues, [], [], 0)[0]

    def _forget_dead(self) -> None:
        for worker in [*self._workers]:
            if _is_dead(worker):
                self._workers.remove(worker)
                self._some_died = True


def _is_dead(worker: int) -> bool:
    try:
        return os.waitpid(worker, os.WNOHANG) != (0, 0)
    except ChildProcessError:  # it died before this process waited, and was noticed then
        return True


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    Waiting(float(sys.argv[1]), sys.argv[2:]).wait()
