"""Search on the command line."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import click
from flask import current_app
from flask.cli import AppGroup

from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL, BY_TAG, Language
from caliber_site.models import now
from caliber_site.search.answer import find
from caliber_site.search.engine import Engine
from caliber_site.search.found import Found, load_found
from caliber_site.search.query import Query

MOST_SHOWN = 20
NAMES = BY_LABEL | BY_TAG
"""Languages by the label of their address, and by their tag too."""

search_commands = AppGroup("search", help="The search index.")


def _engine() -> Engine:
    return current_app.extensions["search"]  # type: ignore[no-any-return]


@search_commands.command("rebuild")
def rebuild() -> None:
    """Build the index anew beside the old one and swap it in."""
    with click.progressbar(length=1, label="Building the search index") as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        _engine().rebuild(db.session, show)


@search_commands.command("sync")
def sync() -> None:
    """Catch up with the database."""
    click.echo(f"{_engine().sync(db.session)} editions brought up to date")


@search_commands.command("check")
@click.pass_context
def check(context: click.Context) -> None:
    """Compare the index with the database; exit 1 on a difference."""
    differences = _engine().check(db.session)
    for difference in islice(differences, MOST_SHOWN):
        edition = f" edition {difference.edition_id}:" if difference.edition_id else ""
        click.echo(f"{difference.language}:{edition} {difference.fault}")
    if differences:
        click.echo(f"{len(differences)} differences")
        context.exit(1)
    click.echo("the index equals the database")


@search_commands.command("query")
@click.option("--language", required=True, type=click.Choice(list(NAMES)))
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per query.")
def query(language: str, limit: int, *, as_json: bool) -> None:
    """Answer queries, one per line of standard input.

    Where another spelling was searched for, the lines for people say so.
    """
    for line in sys.stdin.buffer:
        text = line.decode(errors="replace").rstrip("\r\n")
        shown_for, rows = _search(text, NAMES[language], limit)
        if as_json:
            click.echo(json.dumps({"query": text, "results": rows}, ensure_ascii=False))
            continue
        told = "" if shown_for is None else f" (showing results for {shown_for})"
        click.echo(f"{text}: {len(rows)}{told}")
        for row in rows:
            click.echo(f"  {row['score']:8.3f}  {row['title']}  {row['url']}")


def _search(
    text: str, language: Language, limit: int
) -> tuple[str | None, list[dict[str, object]]]:
    """Return the text that was searched for in place of the query, if any, and the results."""
    at = now()
    with _silence():  # what is wrong is told below
        answer = find(_engine(), Query(text, language, at, size=limit))
    results = answer.results
    if not results.available:
        message = "the search index is missing or damaged; run: search rebuild"
        raise click.ClickException(message)
    scores = {hit.edition_id: hit.score for hit in results.hits}
    editions = load_found(db.session, language, list(scores), at, with_text=False)
    return answer.shown_for, [_row(found, language, scores[found.edition_id]) for found in editions]


@contextmanager
def _silence() -> Iterator[None]:
    log = logging.getLogger("caliber_site.search")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _row(found: Found, language: Language, score: float) -> dict[str, object]:
    addresses = current_app.url_map.bind("")
    path = addresses.build("news.article", {"language": language, "slug": found.slug})
    return {
        "story": found.story,
        "slug": found.slug,
        "url": current_app.config["CALIBER"].site_url + path,
        "title": found.title,
        "score": round(score, 4),
    }
