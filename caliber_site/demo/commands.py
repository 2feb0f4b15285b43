"""The demo paper on the command line."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from caliber_site.demo.load import load
from caliber_site.demo.run import add_demo_editor, serve
from caliber_site.demo.synthetic import add_synthetic
from caliber_site.extensions import alembic, db
from caliber_site.search.engine import Engine
from caliber_site.settings import Settings

demo_commands = AppGroup("demo", help="The demo paper.")


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
@click.option("--port", default=5000, show_default=True)
@click.pass_context
def run(context: click.Context, port: int) -> None:
    """Set everything up and run the demo paper for developers."""
    alembic.upgrade()
    context.invoke(load_demo, editions=0)
    add_demo_editor(db.session)
    current_app.extensions["search"].sync(db.session)
    context.exit(serve(port))
