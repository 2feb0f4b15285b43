"""wrk, which asks as fast as it is answered."""

import json
import os
import subprocess
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.http.load import Drive, Load

SCRIPT = Path(__file__).with_name("wrk.lua")


def ask(load: Load) -> Drive:
    """Ask a server, and return what came of it.

    Raises:
        FileNotFoundError: There is no wrk.
        subprocess.CalledProcessError: It could not run.
    """
    named = [f"-H{name}: {value}" for name, value in load.headers.items()]
    with TemporaryDirectory() as folder:
        asked, out = Path(folder) / "paths", Path(folder) / "out.json"
        asked.write_text("\n".join(load.paths))
        given = {"PATHS": str(asked), "OUT": str(out), "FIRST": str(load.first)}
        given["CONNECTIONS"] = str(load.connections)
        command = ["wrk", "-t1", f"-c{load.connections}", f"-d{load.seconds}s", *named]
        subprocess.run(
            [*command, "--timeout", "20s", "-s", str(SCRIPT), load.url],
            env=os.environ | {f"WRK_{name}": value for name, value in given.items()},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        told = json.loads(out.read_text())
        return Drive(**told | {"latencies": Counter(dict(told["latencies"]))})
