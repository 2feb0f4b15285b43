"""The command line: thin, one line a command into the rooms."""

import click
from flask import Flask
from flask.cli import AppGroup

from caliber_site.demo.commands import demo_commands
from caliber_site.desk.commands import editors_commands
from caliber_site.exchange.commands import articles_commands
from caliber_site.extensions import load_migrations
from caliber_site.faults import explain
from caliber_site.search.commands import search_commands
from caliber_site.serving.commands import serve


class Commands(AppGroup):
    """Commands whose faults end in one line on standard error, never in a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an unexpected fault becomes one line and exit status 1."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            raise click.ClickException(explain(error)) from error


db_commands = AppGroup("db", help="The database.")


@db_commands.command("upgrade")
def upgrade() -> None:
    """Migrate the database to the newest version."""
    load_migrations().upgrade()


def init_app(app: Flask) -> None:
    """Add the site's commands to `flask`."""
    groups = (articles_commands, db_commands, demo_commands, editors_commands, search_commands)
    for group in groups:
        app.cli.add_command(Commands(group.name, help=group.help, commands=group.commands))
    app.cli.add_command(serve)
