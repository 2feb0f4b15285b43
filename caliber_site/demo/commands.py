"""The demo paper on the command line."""

import click
from flask import current_app
from flask.cli import AppGroup

from caliber_site.demo.load import load
from caliber_site.demo.run import add_demo_editor, serve
from caliber_site.extensions import alembic, db
from caliber_site.search.engine import Engine
from caliber_site.settings import Settings

demo_commands = AppGroup("demo", help="The demo paper.")


@demo_commands.command("load")
def load_demo() -> None:
    """Load the hand-written demo paper; what is there is left alone."""
    settings: Settings = current_app.config["CALIBER"]
    engine: Engine = current_app.extensions["search"]
    ids = load(db.session, settings.uploads_dir)
    engine.update(db.session, ids)
    click.echo(f"{len(ids)} demo editions added")


@demo_commands.command("run")
@click.option("--port", default=5000, show_default=True)
@click.pass_context
def run(context: click.Context, port: int) -> None:
    """Set everything up and run the demo paper for developers."""
    alembic.upgrade()
    context.invoke(load_demo)
    add_demo_editor(db.session)
    current_app.extensions["search"].sync(db.session)
    context.exit(serve(port))
