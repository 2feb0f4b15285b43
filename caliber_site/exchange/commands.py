"""Import and export on the command line."""

import sys
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from caliber_site.exchange.files import open_output, read_lines
from caliber_site.exchange.jsonl import Run, import_lines
from caliber_site.exchange.outgoing import count_editions, export_lines
from caliber_site.exchange.repeats import find_superseded
from caliber_site.extensions import db
from caliber_site.search.engine import Engine
from caliber_site.settings import Settings

articles_commands = AppGroup("articles", help="Articles from and to files.")


class FileFaultError(click.ClickException):
    """A file cannot be used; one line, exit status 2."""

    exit_code = 2


@articles_commands.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.pass_context
def import_articles(context: click.Context, files: tuple[Path, ...]) -> None:
    """Bring editions in from JSON Lines, one edition a line; .gz too.

    An edition is known by its story and language: one that is there is brought up to date where
    its line differs, what the line does not speak of is left alone. Of several lines for one
    edition the last counts. Without published_at a new edition is a draft. Exits with 1 if any
    line had a fault.
    """
    for file in files:
        _check_readable(file)
    run = Run()
    for file, superseded in zip(files, _look_ahead(files), strict=True):
        run.superseded = superseded
        _import(file, run)
    click.echo(
        f"{run.added} added, {run.updated} updated, {run.unchanged} unchanged, {run.faults} faults"
    )
    context.exit(1 if run.faults else 0)


@articles_commands.command("export")
@click.argument("file", type=click.Path(path_type=Path))
def export_articles(file: Path) -> None:
    """Write all editions as JSON Lines, with their pictures beside; packed if named .gz."""
    settings: Settings = current_app.config["CALIBER"]
    count = 0
    try:
        with open_output(file) as output, _bar(count_editions(db.session), file.name) as bar:
            for line in export_lines(db.session, settings.uploads_dir, file.absolute().parent):
                output.write(line)
                bar.update(1)
                count += 1
    except OSError as error:
        raise FileFaultError(f"{file}: {error.strerror}") from error
    click.echo(f"{count} editions written")


def _look_ahead(files: tuple[Path, ...]) -> list[set[int]]:
    # A pipe can be read only once.
    known = [file for file in files if file.is_file()]
    with _bar(sum(file.stat().st_size for file in known), "Reading") as bar:
        found = iter(find_superseded(read_lines(file, bar.update) for file in known))
        return [next(found) if file in known else set() for file in files]


def _import(file: Path, run: Run) -> None:
    settings: Settings = current_app.config["CALIBER"]
    engine: Engine = current_app.extensions["search"]
    faults: list[str] = []
    with _bar(file.stat().st_size, file.name) as bar:
        import_lines(
            db.session,
            read_lines(file, bar.update),
            run,
            folder=file.absolute().parent,
            uploads=settings.uploads_dir,
            limit=settings.upload_limit,
            report=lambda number, reason: faults.append(f"{file}:{number}: {reason}"),
            changed=lambda ids: engine.update(db.session, ids),
        )
    for fault in faults:  # after the bar, which would be torn by them
        click.echo(fault, err=True)


def _check_readable(file: Path) -> None:
    try:
        with file.open("rb"):
            pass
    except OSError as error:
        raise FileFaultError(f"{file}: {error.strerror}") from error


def _bar(length: int, label: str) -> "click._termui_impl.ProgressBar[int]":
    hidden = not sys.stderr.isatty()
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden)
