"""The demo paper on the command line."""

import click
from flask import current_app
from flask.cli import AppGroup

from caliber_site.demo.load import load
from caliber_site.extensions import db
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
