"""The demo paper on the command line."""

import os
import signal
import sys

import click
from flask import current_app
from flask.cli import AppGroup, run_command

from caliber_site.demo.load import load
from caliber_site.demo.run import add_demo_editor, describe, take_port
from caliber_site.demo.synthetic import add_synthetic
from caliber_site.extensions import db, load_migrations
from caliber_site.search.engine import Engine
from caliber_site.settings import Settings

demo_commands = AppGroup("demo", help="The demo paper.")


class PortError(click.ClickException):
    """The port cannot be used; one line, exit status 2."""

    exit_code = 2


@demo_commands.command("load")
@click.option("--editions", type=click.IntRange(min=0), default=0, help="Synthetic ones on top.")
def load_demo(editions: int) -> None:
    """Load the hand-written demo paper; what is there is left alone."""
    settings: Settings = current_app.config["CALIBER"]
    engine: Engine = current_app.extensions["search"]
    ids = load(db.session, settings.uploads_dir)
    synthetic = _add_synthetic(editions) if editions else 0
    if synthetic:
        with _bar(1, "Building the search index") as bar:

            def show(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            engine.rebuild(db.session, show)
    else:
        engine.update(db.session, ids)
    click.echo(f"{len(ids)} demo editions and {synthetic} synthetic ones added")


def _add_synthetic(editions: int) -> int:
    with _bar(editions, "Writing editions") as bar:
        return add_synthetic(db.session, editions, bar.update)


def _bar(length: int, label: str) -> "click._termui_impl.ProgressBar[int]":
    hidden = not sys.stderr.isatty()
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden)


@demo_commands.command("run")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(1, 65535))
@click.pass_context
def run(context: click.Context, port: int) -> None:
    """Set everything up and run the demo paper for developers through `flask run`.

    The first line that this prints says that it is ready; whoever asks by then is answered.
    """
    try:
        listening = take_port(port)
    except OSError as error:
        raise PortError(f"port {port} cannot be used: {error.strerror}") from error
    _set_up()
    listening.listen()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    click.echo(describe(port))
    # The server takes the socket over, as it does from a reloader.
    os.environ |= {"WERKZEUG_RUN_MAIN": "true", "WERKZEUG_SERVER_FD": str(listening.fileno())}
    context.invoke(run_command, port=port, reload=False)


def _set_up() -> None:
    settings: Settings = current_app.config["CALIBER"]
    engine: Engine = current_app.extensions["search"]
    load_migrations().upgrade()
    engine.update(db.session, load(db.session, settings.uploads_dir))
    add_demo_editor(db.session)
    engine.sync(db.session)
    db.session.close()  # or what it has read would stay open for as long as the site runs
