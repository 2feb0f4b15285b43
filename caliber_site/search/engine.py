"""The engine: what every search engine of the site can do."""

from collections.abc import Callable, Collection
from typing import Protocol

from sqlalchemy.orm import Session

from caliber_site.languages import Language
from caliber_site.search.difference import Difference
from caliber_site.search.embedded import EmbeddedEngine
from caliber_site.search.facets import Facets
from caliber_site.search.query import Query, Results
from caliber_site.search.vocabulary import Vocabulary
from caliber_site.settings import Settings


class Engine(Protocol):
    """Finds editions. The database has the truth; the engine follows it.

    Verbs that follow the database read it through connections of their own, so that they see
    what is committed and leave the caller's transaction alone.
    """

    def search(self, asked: Query) -> Results:
        """Return a page of results; never raises for what a reader typed."""

    def facets(self, asked: Query) -> Facets:
        """Return how what a query finds is distributed, on all its pages and with all its limits.

        What it costs is bounded: at least the newest few thousand editions are counted.
        """

    def update(self, session: Session, edition_ids: Collection[int]) -> None:
        """Follow a commit that changed, added or deleted these editions.

        Never raises: what fails is logged, and closed by the next update or `sync`.
        """

    def sync(self, session: Session) -> int:
        """Catch up with the database, building what is missing; return how many editions.

        Raises:
            TimeoutError: Another process writes for longer than one can wait.
        """

    def catch_up(self, session: Session) -> None:
        """Sync if something was left undone, as counts and change numbers tell; else quickly.

        Raises:
            TimeoutError: Another process writes for longer than one can wait.
        """

    def rebuild(self, session: Session, progress: Callable[[int, int], None]) -> None:
        """Build the index anew beside the old one, which answers until it is swapped.

        Args:
            session: Knows the database.
            progress: Is told, as editions are done, how many are, and of how many.

        Raises:
            TimeoutError: Another process writes for longer than one can wait.
        """

    def check(self, session: Session) -> list[Difference]:
        """Return where the index differs from the database."""

    @property
    def damaged(self) -> bool:
        """Return whether something was found missing or damaged since the last `recover`."""

    def recover(self, session: Session) -> None:
        """Build what is missing or damaged, unless another process does so already."""

    def vocabulary(self, language: Language) -> Vocabulary:
        """Return the words of a language's public editions, for one query: as they are now."""

    def close(self) -> None:
        """Close what is open."""


def open_engine(settings: Settings) -> Engine:
    """Return the site's engine; it opens files and connections when they are first needed."""
    if settings.search_engine == "postgres":
        # Most sites start without it.
        from caliber_site.search.postgres import PostgresEngine  # noqa: PLC0415

        return PostgresEngine(settings.database, settings.search_half_life, settings.zone)
    return EmbeddedEngine(settings.index_dir, settings.search_half_life, settings.zone)
