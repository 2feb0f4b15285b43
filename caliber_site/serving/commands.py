"""`serve` on the command line."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import click
from flask import Flask, current_app

from caliber_site.extensions import db
from caliber_site.faults import explain
from caliber_site.reading import keep_connection
from caliber_site.ready.key import is_page
from caliber_site.serving import memory, server
from caliber_site.serving.bridge import Site
from caliber_site.serving.preload import preload
from caliber_site.serving.rehearsal import rehearse
from caliber_site.serving.server import PATIENCE, Options
from caliber_site.serving.takeover import hand_back
from caliber_site.serving.upgrading import start_upgrade

DEFAULTS = Options()


class ServeError(click.ClickException):
    """It cannot be served like that; one line, exit status 2."""

    exit_code = 2


class OneLine(click.Command):
    """A command that says in one line what is wrong with its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options.

        Raises:
            ServeError: One is wrong.
        """
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise ServeError(error.format_message()) from error


@click.command("serve", cls=OneLine, context_settings={"show_default": True})
@click.option("--host", default=DEFAULTS.host, help="Address at which it listens.")
@click.option("--port", default=DEFAULTS.port, type=click.IntRange(1, 65535), help="And port.")
@click.option("--workers", default=DEFAULTS.workers, type=click.IntRange(1), help="Processes.")
@click.option(
    "--threads",
    default=DEFAULTS.threads,
    type=click.IntRange(1),
    help="Requests that each works on at a time, beside half as many for pages.",
)
@click.option("--upgrade", is_flag=True, help="Migrate the database first.")
def serve(*, upgrade: bool, **options: Any) -> None:
    """Run the production server until a signal ends it; SIGHUP takes new code."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    wait_for_upgrade = start_upgrade(app) if upgrade else None

    def load(app: Flask) -> None:
        preload(app)
        if wait_for_upgrade and (reason := wait_for_upgrade()):
            raise ServeError(reason)
        rehearse(app)

    try:
        run(app, Options(**options), load)
    except Exception as error:
        hand_back(explain(error), PATIENCE)
        raise


def run(app: Flask, options: Options, load: Callable[[Flask], object] | None = None) -> None:
    """Serve an app.

    Args:
        app: What is served.
        options: How.
        load: Loads what all workers share.

    Raises:
        ServeError: The address cannot be had.
    """
    server.hold_signals()
    memory.keep_together()
    if load:
        load(app)
    views, answers = app.extensions.get("views"), app.extensions.get("answers")
    freshness = app.extensions.get("freshness")
    site = Site(
        app.wsgi_app,
        views and views.answer,
        is_page,
        longest=app.config["MAX_CONTENT_LENGTH"] or Site.longest,
    )
    # A database server that is asked whether a page is ready may want as many as there are.
    if freshness and freshness.is_at_hand:
        site = replace(site, sets_apart=True, begin=partial(_keep_connection, app))
    try:
        server.serve(site, answers and answers.find_at_once, options)
    except server.ListenError as error:
        raise ServeError(str(error)) from error


def _keep_connection(app: Flask) -> None:
    with app.app_context():
        keep_connection(db.engine)
