"""Whoosh: one language's index on disk. The only module that knows it."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, islice
from pathlib import Path
from typing import Any

from whoosh import columns, fields, index, query, scoring
from whoosh.filedb.filestore import FileStorage

from caliber_site.search.analysis import tokens
from caliber_site.search.folder import Folder
from caliber_site.search.lemmas import lemmas
from caliber_site.search.matching import collect
from caliber_site.search.queries import Document
from caliber_site.search.query import Hit, Query, Results, Term, Words

BOOSTS = {"title": 4.0, "lead": 2.0, "tags": 2.0, "author": 2.0, "body": 1.0}
WEIGHTING = scoring.BM25F(title_B=0.3, lead_B=0.3, tags_B=0.3, author_B=0.3)
MOST_COMPLETIONS = 64
MOST_TERMS_READ = 1000
MEMORY_MB = 64
ATTEMPTS = 3


class DamagedIndexError(Exception):
    """The index is missing or cannot be read."""


@dataclass(slots=True)
class Posting:
    """A word at its place, as Whoosh wants it from an analyzer."""

    text: str
    pos: int
    boost: float = 1.0
    stopped: bool = False


def analyze(value: str, **_options: Any) -> Iterator[Posting]:
    """Yield a text's lemmas; at module level, because an index keeps its schema as a pickle."""
    for place, token in enumerate(tokens(value)):
        for lemma in token.lemmas:
            yield Posting(lemma, place)


def make_schema() -> Any:
    """Return the fields: nothing is stored but the id, texts are shown from the database."""
    number = {"bits": 64, "shift_step": 0, "sortable": True}
    return fields.Schema(
        id=fields.NUMERIC(int, stored=True, **number),
        change=fields.COLUMN(columns.NumericColumn("q")),
        published_at=fields.COLUMN(columns.NumericColumn("q")),
        section=fields.COLUMN(columns.RefBytesColumn()),
        **{name: fields.TEXT(analyzer=analyze) for name in BOOSTS},
    )


class WhooshIndex:
    """One language's index: searched from many threads, written by one at a time."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._guard = threading.Lock()
        self._opened: tuple[Path, Any] | None = None
        self._idle: list[tuple[tuple[Path, int], Any]] = []

    def search(self, asked: Query) -> Results:
        """Return a page of results.

        Raises:
            DamagedIndexError: The index is missing or cannot be read.
        """
        with self._searcher() as searcher:
            all_words = True
            found = collect(searcher, _combine(searcher, asked.words, query.And), asked)
            if not found and len(asked.words.terms) + bool(asked.words.prefix) > 1:
                found = collect(searcher, _combine(searcher, asked.words, query.Or), asked)
                all_words = not found
        pages = max(1, -(-len(found) // asked.size))
        page = min(max(1, asked.page), pages)
        shown = nlargest(page * asked.size, found)[(page - 1) * asked.size :]
        hits = [Hit(match.edition_id, match.score) for match in shown]
        return Results(hits, len(found), page, pages, all_words)

    def list_changes(self, build: Path) -> dict[int, int]:
        """Return the change numbers of the editions that a build has, by id.

        Raises:
            DamagedIndexError: The build cannot be read.
        """
        with _damage(), _open(build).searcher() as searcher:
            changes = {}
            for leaf in _leaves(searcher):
                ids, numbers = leaf.column_reader("id"), leaf.column_reader("change")
                changes.update({ids[n]: numbers[n] for n in leaf.all_doc_ids()})
            return changes

    def create(self, build: Path) -> None:
        """Make an empty index in the folder of a new build."""
        index.create_in(str(build), make_schema())

    def write(self, build: Path, documents: Iterable[Document], old: Iterable[int]) -> None:
        """Put documents into a build, all at once.

        Hold the lock `write` of the folder, unless nobody else knows the build yet.

        Args:
            build: Folder of the build.
            documents: What to put in.
            old: Ids of the editions whose documents are taken out first.

        Raises:
            DamagedIndexError: The build cannot be read.
        """
        opened = _open(build)
        documents = iter(documents)
        first = list(islice(documents, 1))
        with _damage(), opened.searcher() as searcher:
            numbers = [n for edition_id in old for n in searcher.document_numbers(id=edition_id)]
        if not first and not numbers:
            return
        writer = opened.writer(limitmb=MEMORY_MB)
        try:
            for number in numbers:
                writer.delete_document(number)
            for document in chain(first, documents):
                writer.add_document(**_fields_of(document))
        except BaseException:
            writer.cancel()
            raise
        with _damage():
            writer.commit()

    def close(self) -> None:
        """Close the files that wait for the next search."""
        with self._guard:
            idle, self._idle = self._idle, []
        for _, searcher in idle:
            searcher.close()

    @contextmanager
    def _searcher(self) -> Iterator[Any]:
        # A searcher reads its files through cursors: one thread at a time may have it. It is
        # fresh if its build is still in use and nothing was committed since it was opened.
        key, searcher = self._borrow()
        try:
            with _damage():
                yield searcher
        except BaseException:
            searcher.close()
            raise
        with self._guard:
            self._idle.append((key, searcher))

    def _borrow(self) -> tuple[tuple[Path, int], Any]:
        for attempt in range(ATTEMPTS):
            build = self.folder.find_current()
            if build is None:
                message = f"there is no search index in {self.folder.path}"
                raise DamagedIndexError(message)
            try:
                with _damage():
                    return self._take(build)
            except DamagedIndexError:
                # Another process may just have swapped or merged the files away.
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError

    def _take(self, build: Path) -> tuple[tuple[Path, int], Any]:
        with self._guard:
            if self._opened is None or self._opened[0] != build:
                self._opened = (build, _open(build))
            opened = self._opened[1]
            key = (build, opened.latest_generation())
            stale = [kept for kept in self._idle if kept[0] != key]
            self._idle = [kept for kept in self._idle if kept[0] == key]
            ready = self._idle.pop() if self._idle else None
        for _, searcher in stale:
            searcher.close()
        return ready or (key, opened.searcher(weighting=WEIGHTING))


@contextmanager
def _damage() -> Iterator[None]:
    # What a damaged file makes Whoosh raise has no common type.
    try:
        yield
    except DamagedIndexError:
        raise
    except Exception as error:
        message = f"the search index cannot be read: {error!r}"
        raise DamagedIndexError(message) from error


def _open(build: Path) -> Any:
    with _damage():
        return index.FileIndex(FileStorage(str(build)), schema=make_schema())


def _leaves(searcher: Any) -> Iterator[Any]:
    return (leaf.reader() for leaf, _ in searcher.leaf_searchers() if leaf.doc_count_all())


def _fields_of(document: Document) -> dict[str, object]:
    return {
        "id": document.edition_id,
        "change": document.change,
        "published_at": int(document.published_at.timestamp()),
        "section": document.section.encode(),
        **{name: getattr(document, name) for name in BOOSTS},
    }


def _combine(searcher: Any, words: Words, join: Any) -> Any:
    parts = [_any_lemma(term) for term in words.terms]
    # A word of a phrase is looked for by its first lemma: a text has each word under all of its.
    parts += [
        _in_any_field(query.Phrase, [term.lemmas[0] for term in phrase]) for phrase in words.phrases
    ]
    if words.prefix:
        parts.append(_complete(searcher.reader(), words.prefix))
    return join(parts)


def _any_lemma(term: Term) -> Any:
    return query.Or([_in_any_field(query.Term, lemma) for lemma in term.lemmas])


def _in_any_field(kind: Any, text: str | list[str]) -> Any:
    return query.Or([kind(name, text, boost=boost) for name, boost in BOOSTS.items()])


def _complete(reader: Any, prefix: str) -> Any:
    """Return a query for the commonest words that begin so, and for the word itself."""
    terms = [
        (reader.doc_frequency(name, text), name, text)
        for name in BOOSTS
        for text in islice(reader.expand_prefix(name, prefix), MOST_TERMS_READ)
    ]
    completions = [
        query.Term(name, text, boost=BOOSTS[name])
        for _, name, text in nlargest(MOST_COMPLETIONS, terms)
    ]
    return query.Or([_in_any_field(query.Term, lemma) for lemma in lemmas(prefix)] + completions)
