"""What takes long to make is made by one of the processes that run tests, for all of them."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def make_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]
) -> Path:
    """Return a folder of this run, to be read and copied.

    Args:
        tmp_path_factory: Knows the folder of this process and so that of the run.
        name: What it is called.
        make: Makes it, if no other process has done so.
    """
    of_run = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        of_run = of_run.parent
    folder, made = of_run / name, of_run / f"{name}-made"
    with (of_run / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            make(folder)
            made.touch()
    return folder
