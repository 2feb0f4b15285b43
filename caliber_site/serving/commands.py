"""`serve` on the command line: options are Granian's, and their defaults ours."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from typing import Any

import click
from flask import Flask, current_app
from granian import cli as granian
from granian import log

from caliber_site.database import CONNECTIONS
from caliber_site.faults import explain
from caliber_site.serving import memory, signals
from caliber_site.serving.preload import preload
from caliber_site.serving.server import SharingServer
from caliber_site.serving.takeover import hand_back
from caliber_site.serving.upgrading import start_upgrade

# Which site it is, in the server's log; the server is given the one that is made by now.
SITE = "caliber_site"


WELL_KNOWN = "Python threads, which seems quite high"
"""What Granian warns of at each start: these threads mostly wait, and that was measured."""

PATIENCE = 30
"""Seconds that workers have to end: readers whose page takes longer have gone."""


class ServeError(click.ClickException):
    """It cannot be served like that; one line, exit status 2."""

    exit_code = 2


@click.command("serve", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.option("--upgrade", is_flag=True, help="Migrate the database first.")
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def serve(options: tuple[str, ...], *, upgrade: bool) -> None:
    """Run the production server, Granian, with its OPTIONS such as --workers 2 --port 8000."""
    wait_for_upgrade = start_upgrade(_app()) if upgrade else None

    def load(app: Flask) -> None:
        preload(app)
        if wait_for_upgrade and (reason := wait_for_upgrade()):
            raise ServeError(reason)

    try:
        run(_app(), options, load)
    except Exception as error:
        hand_back(explain(error), PATIENCE)
        raise


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


def run(app: Flask, options: Sequence[str], load: Callable[[Flask], object] | None = None) -> None:
    """Serve an app until a signal ends it.

    Args:
        app: What is served.
        options: Granian's.
        load: Loads what all workers share.

    Raises:
        ServeError: An option is wrong, or the address cannot be had.
    """
    signals.hold()
    memory.keep_together()
    if load:
        load(app)

    # Workers share what is loaded here; Python 3.14 would start them without it.
    multiprocessing.set_start_method("fork", force=True)

    class Server(SharingServer):
        site = staticmethod(app.wsgi_app)

    log.logger.addFilter(lambda record: WELL_KNOWN not in record.getMessage())
    granian.Server = Server  # its command line is used as it is, with another server behind it
    try:
        granian.cli.main(
            [SITE, *options],
            prog_name="serve",
            standalone_mode=False,
            auto_envvar_prefix="GRANIAN",
            default_map=defaults(),
        )
    except click.UsageError as error:
        raise ServeError(error.format_message()) from error
    except OSError as error:
        raise ServeError(f"cannot listen: {error.strerror or error}") from error


def defaults() -> dict[str, Any]:
    """Return the options that Granian would choose otherwise."""
    return {
        "interface": "wsgi",
        "workers": os.cpu_count() or 1,
        # One thread runs Python at a time. The others wait: for the database, or for the commit
        # that counts the views of all of them together.
        "blocking_threads": CONNECTIONS,
        # Connections a worker has open, idle ones too; further ones queue in the backlog.
        "backpressure": 512,
        # New workers answer at once, for what they need is loaded.
        "respawn_interval": 0.5,
        "workers_kill_timeout": PATIENCE,
        "http1_header_read_timeout": 15_000,
    }
