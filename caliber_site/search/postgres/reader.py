"""The reader: what the index says, whatever state it is in."""

import logging
from collections.abc import Callable
from datetime import tzinfo
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, ProgrammingError, SQLAlchemyError

from caliber_site.languages import Language
from caliber_site.search.answers import Answers
from caliber_site.search.facets import Facets
from caliber_site.search.postgres import distribution
from caliber_site.search.postgres.archive import Archive, read_archive
from caliber_site.search.postgres.connection import open_pool
from caliber_site.search.postgres.searching import Searcher
from caliber_site.search.postgres.state import read_stamp
from caliber_site.search.postgres.vocabulary import IndexVocabulary
from caliber_site.search.postgres.wording import Words
from caliber_site.search.queries import next_due
from caliber_site.search.query import Query, Results

Answer = TypeVar("Answer")

log = logging.getLogger(__name__)


class MissingIndexError(Exception):
    """There is no index, or one of another format."""


class Reader:
    """Reads the index; where it is not to be had, nothing is found.

    Attributes:
        damaged: Whether it was found missing since this was last set to false.

    Args:
        address: The database's address.
        half_life: Days after which an edition has lost half of what being new gives it.
        zone: The paper's time zone.
    """

    def __init__(self, address: str, half_life: float, zone: tzinfo) -> None:
        self.damaged = False
        self._pool = open_pool(address)
        self._half_life = half_life
        self._zone = zone
        self._archives: dict[str, tuple[str, Archive]] = {}
        self._answers = Answers()

    def search(self, asked: Query) -> Results:
        """Return a page of results."""

        def answer(connection: Connection) -> Results:
            stamp = _read_stamp(connection)

            def search() -> Results:
                words = self._word(connection, stamp, asked)
                return Searcher(connection, words, self._half_life).search()

            due = partial(next_due, connection, asked.language.tag)
            return self._answers.get(stamp, asked, search, due)

        return self.ask(answer, Results(available=False))

    def facets(self, asked: Query) -> Facets:
        """Return how what a query finds is distributed."""

        def answer(connection: Connection) -> Facets:
            words = self._word(connection, _read_stamp(connection), asked)
            return distribution.count(connection, words, self._zone)

        return self.ask(answer, Facets())

    def vocabulary(self, language: Language) -> IndexVocabulary:
        """Return the words of a language's editions."""
        return IndexVocabulary(language, self.ask)

    def ask(self, question: Callable[[Connection], Answer], nothing: Answer) -> Answer:
        """Ask over a connection; return something else where there is no answer."""
        try:
            try:
                return self._ask(question)
            except DBAPIError as fault:
                if not fault.connection_invalidated:
                    raise
                return self._ask(question)  # the server was restarted since the last question
        except (MissingIndexError, ProgrammingError) as fault:
            log.error("search is unavailable: %s", str(fault))
            self.damaged = True
        except SQLAlchemyError:
            log.exception("search is unavailable")
        return nothing

    def close(self) -> None:
        """Close the connections."""
        self._pool.dispose()

    def _ask(self, question: Callable[[Connection], Answer]) -> Answer:
        with self._pool.connect() as connection:
            return question(connection)

    def _word(self, connection: Connection, stamp: str, asked: Query) -> Words:
        tag = asked.language.tag
        known, archive = self._archives.get(tag, (None, None))
        if archive is None or known != stamp:
            archive = read_archive(connection, asked.language)
            self._archives[tag] = (stamp, archive)
        return Words(connection, archive, asked)


def _read_stamp(connection: Connection) -> str:
    stamp = read_stamp(connection)
    if stamp is None:
        message = "there is no search index in the database"
        raise MissingIndexError(message)
    return stamp
