"""A PostgreSQL server of the tests' own, in a temporary folder that is thrown away."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "caliber"
"""The database and the role that owns it, which is no superuser, as it is none in earnest."""

START_SECONDS = 30
EMPTY = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;  -- no foreign keys, so in any order
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'generation')
    LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'
    LOOP EXECUTE format('ALTER SEQUENCE %I RESTART', name); END LOOP;
END $$;
"""
CLUSTER = (
    "-A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en --no-sync".split()
)
"""It sorts as people do, which is not how SQLite sorts."""

HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")
"""Whatever a killed server would lose is thrown away anyway."""


class Server:
    """A running server with one database, reached through a socket in its folder.

    A database of its own for each test would cost a tenth of a second.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        address = f"host={folder} user=postgres dbname="
        owner = sql.Identifier(OWNER)
        with psycopg.connect(f"{address}postgres", autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(owner))
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(owner, owner))
        self._connection = psycopg.connect(f"{address}{OWNER}", autocommit=True)

    @property
    def url(self) -> str:
        """Return the address of the database as the site's setting takes it."""
        return f"postgresql://{OWNER}@/{OWNER}?host={self.folder}"

    def add_database_of_others(self) -> str:
        """Return the address of a new database in which the site may make tables, and no more."""
        self._connection.execute("CREATE DATABASE others")
        with psycopg.connect(f"host={self.folder} user=postgres dbname=others") as connection:
            connection.execute(f"GRANT CREATE ON SCHEMA public TO {OWNER}")
        return f"postgresql://{OWNER}@/others?host={self.folder}"

    def drop_database_of_others(self) -> None:
        """Drop it again."""
        self._connection.execute("DROP DATABASE others WITH (FORCE)")

    def disconnect(self) -> None:
        """Close everybody's connections, as a restart of the server does."""
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def empty(self) -> None:
        """Delete all rows, whoever is still connected, and count from 1 again."""
        self.disconnect()
        self._connection.execute(EMPTY)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def start_server() -> Iterator[Server]:
    """Run a server until the block ends.

    Raises:
        FileNotFoundError: PostgreSQL is not installed.
    """
    programs = _find_programs()
    folder = Path(tempfile.mkdtemp(prefix="caliber-"))  # a socket's path must be short
    data = str(folder / "data")
    if os.getuid() == 0:  # as root it would not start
        shutil.chown(folder, "postgres", "postgres")
    command = [f"{programs}/initdb", "-D", data, "-U", "postgres", *CLUSTER]
    subprocess.run([*_as_user(), *command], check=True, capture_output=True)
    settings = [f"-c{setting}" for setting in HASTE]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                *_as_user(),
                f"{programs}/postgres",
                "-D",
                data,
                "-k",
                str(folder),
                "-h",
                "",
                *settings,
            ],
            stdout=log,
            stderr=log,
        )
    try:
        server = _connect(folder, process)
        yield server
        server.close()
    finally:
        process.terminate()
        try:
            process.wait(10)
        finally:
            process.kill()
            shutil.rmtree(folder)


def _find_programs() -> str:
    # Debian keeps them beside the path, for several versions can be there at once.
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: p.parts[-3])
    initdb = found[-1] if found else shutil.which("initdb")
    if initdb is None:
        message = "the tests need PostgreSQL's server: initdb is not found"
        raise FileNotFoundError(message)
    return str(Path(initdb).parent)


def _as_user() -> list[str]:
    """Return what a command begins with, so that it runs as postgres and ends with the tests."""
    if os.getuid() == 0:
        ids = ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        return ["setpriv", *ids, "--pdeathsig=QUIT"]
    return []


def _connect(folder: Path, process: "subprocess.Popen[bytes]") -> Server:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return Server(folder)
        except psycopg.OperationalError:
            time.sleep(0.05)
    message = f"the server did not start:\n{(folder / 'log').read_text()}"
    raise RuntimeError(message)
