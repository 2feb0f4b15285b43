"""Documents in the tables of a PostgreSQL database, for tests of that index alone."""

from collections.abc import Iterable
from datetime import UTC, tzinfo

from sqlalchemy import create_engine, delete, insert
from sqlalchemy.orm import Session

from caliber_site.database import prepare
from caliber_site.languages import ENGLISH
from caliber_site.models.index import INDEX, search_document
from caliber_site.search.facets import Facets
from caliber_site.search.postgres.counts import Counts, add_counts
from caliber_site.search.postgres.reader import Reader
from caliber_site.search.postgres.state import begin_state
from caliber_site.search.postgres.vectors import make_entry
from caliber_site.search.queries import Document
from caliber_site.search.query import Query, Results
from caliber_site.search.vocabulary import Vocabulary


class PostgresIndex:
    """The index in a database's tables, asked as `WhooshIndex` is."""

    def __init__(self, address: str, half_life: float) -> None:
        self._address = address
        self._reader = Reader(address, half_life, UTC)

    def search(self, asked: Query) -> Results:
        return self._reader.search(asked)

    def facets(self, asked: Query, zone: tzinfo) -> Facets:
        there = Reader(self._address, 90, zone)
        try:
            return there.facets(asked)
        finally:
            there.close()

    def vocabulary(self) -> Vocabulary:
        return self._reader.vocabulary(ENGLISH)

    def close(self) -> None:
        self._reader.close()


def write_tables(address: str, documents: Iterable[Document]) -> None:
    """Make the index of a database one of these English documents."""
    engine = create_engine(address)
    prepare(engine)
    entries, counts = [make_entry(document, ENGLISH.tag) for document in documents], Counts()
    for entry in entries:
        counts.count(entry.lemmas, entry.words, 1)
    with Session(engine) as writer:
        for table in INDEX.sorted_tables:
            writer.execute(delete(table))
        writer.execute(insert(search_document), [entry.row._asdict() for entry in entries])
        add_counts(writer, ENGLISH.tag, counts)
        begin_state(writer, 1)
        writer.commit()
    engine.dispose()
