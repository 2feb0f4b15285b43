"""A corpus: one language's editions on a site, and what is asked of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from bench.querylog import Log, draw_log
from bench.sites import load_site, read_settings
from caliber_site.database import prepare
from caliber_site.languages import LANGUAGES, Language
from caliber_site.search.queries import Document, list_published, load_documents
from caliber_site.settings import Settings

WARM_UP = 5


@dataclass(frozen=True, slots=True)
class Corpus:
    """One language's editions.

    Attributes:
        language: Which it is.
        editions: How many synthetic ones there are.
        settings: Those of the site.
        log: What is asked.
        warm_up: Other queries, to be asked before.
    """

    language: Language
    editions: int
    settings: Settings
    log: Log
    warm_up: Log

    @property
    def name(self) -> str:
        """Return what names it in the table."""
        return f"{self.language.label}.{self.editions}"

    @property
    def folder(self) -> Path:
        """Return where other engines keep their indexes of it."""
        return self.settings.data_dir / "rivals" / self.language.tag

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session on the site's database."""
        with open_session(self.settings) as session:
            yield session

    def documents(self) -> Iterator[Document]:
        """Yield its documents, read from the database as the site's engine reads them."""
        tag = self.language.tag
        with self.session() as session:
            yield from load_documents(session, tag, list_published(session, tag))


def load_corpus(language: Language, editions: int, each: int) -> Corpus:
    """Return a corpus, making its site if it is not there yet.

    Args:
        language: Of the editions.
        editions: How many synthetic editions the site has in each language.
        each: How many queries of each kind there are.
    """
    settings = read_settings(load_site(len(LANGUAGES) * editions))
    with open_session(settings) as session:
        log = draw_log(session, language, each)
        warm_up = draw_log(session, language, WARM_UP, "warm up")
    corpus = Corpus(language, editions, settings, log, warm_up)
    corpus.folder.mkdir(parents=True, exist_ok=True)
    return corpus


@contextmanager
def open_session(settings: Settings) -> Iterator[Session]:
    """Open a session on a site's database."""
    engine = create_engine(settings.database)
    prepare(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()
