"""The reader: what the index says, whatever state it is in."""

import logging
from collections.abc import Callable
from datetime import tzinfo
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, ProgrammingError, SQLAlchemyError

from caliber_site.languages import Language
from caliber_site.search.facets import Facets
from caliber_site.search.postgres import distribution
from caliber_site.search.postgres.archive import Archive, read_archive
from caliber_site.search.postgres.connection import open_pool
from caliber_site.search.postgres.searching import Searcher
from caliber_site.search.postgres.state import read_synced
from caliber_site.search.postgres.vocabulary import IndexVocabulary
from caliber_site.search.postgres.wording import Words
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
        self._archives: dict[str, tuple[int, Archive]] = {}

    def search(self, asked: Query) -> Results:
        """Return a page of results."""

        def answer(connection: Connection) -> Results:
            return Searcher(connection, self._word(connection, asked), self._half_life).search()

        return self.ask(answer, Results(available=False))

    def facets(self, asked: Query) -> Facets:
        """Return how what a query finds is distributed."""

        def answer(connection: Connection) -> Facets:
            return distribution.count(connection, self._word(connection, asked), self._zone)

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

    def _word(self, connection: Connection, asked: Query) -> Words:
        synced = read_synced(connection)
        if synced is None:
            message = "there is no search index in the database"
            raise MissingIndexError(message)
        tag = asked.language.tag
        known, archive = self._archives.get(tag, (None, None))
        if archive is None or known != synced:
            archive = read_archive(connection, asked.language)
            self._archives[tag] = (synced, archive)
        return Words(connection, archive, asked)
