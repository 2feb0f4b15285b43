"""The folder of one language's index: builds, the pointer to the one in use, locks."""

import fcntl
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FORMAT = 3
"""Raised when analysis or fields change: an index of another format counts as missing."""

WAIT_SECONDS = 0.02


class Folder:
    """Where one language's index lies.

    `current` is a symbolic link to the build in use, so that a new one is swapped in at once.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def find_current(self) -> Path | None:
        """Return the build in use; None if there is none of today's format."""
        try:
            name = (self.path / "current").readlink().name
        except OSError:
            return None
        return self.path / name if name.startswith(f"v{FORMAT}-") else None

    def start_build(self) -> Path:
        """Make the folder of a new build, which nobody reads yet."""
        self.path.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f"v{FORMAT}-", dir=self.path))

    def swap(self, build: Path) -> None:
        """Make a build the one in use, at once."""
        link = self.path / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(build.name)
        link.replace(self.path / "current")

    def sweep(self) -> None:
        """Delete the builds that are not in use; hold the lock `rebuild` meanwhile."""
        current = self.find_current()
        for build in self.path.glob("v*-*"):
            if build != current:
                shutil.rmtree(build, ignore_errors=True)

    @contextmanager
    def locked(self, name: str, seconds: float) -> Iterator[None]:
        """Hold a lock that one process and thread at a time can hold; a killed one loses it.

        Args:
            name: `write` for changes of the build in use, `rebuild` for making a new one,
                `merge` for merging its segments.
            seconds: How long to wait for it.

        Raises:
            TimeoutError: Somebody else has it for longer than that.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + seconds
        with (self.path / f"{name}.lock").open("w") as file:
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        message = f"the search index is being written ({name})"
                        raise TimeoutError(message) from None
                    time.sleep(WAIT_SECONDS)
            yield

    def is_locked(self, name: str) -> bool:
        """Return whether somebody holds a lock at the moment."""
        try:
            with self.locked(name, 0):
                return False
        except TimeoutError:
            return True


def read_synced(build: Path) -> int:
    """Return the change number up to which a build knows every change; 0 if unknown."""
    try:
        return int((build / "synced").read_text())
    except (OSError, ValueError):
        return 0


def write_synced(build: Path, number: int) -> None:
    """Note the change number up to which a build knows every change."""
    file = build / "synced.new"
    file.write_text(str(number))
    file.replace(build / "synced")
