"""Other engines with the same documents: what each is stored and asked as, where one is stock."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

import psycopg
from psycopg import sql
from whoosh import analysis, fields, index
from whoosh.lang import has_stemmer
from whoosh.qparser import MultifieldParser

from caliber_site.search.queries import Document

SHOWN = 10
CONFIGURATIONS = {"en": "english", "ru": "russian", "hy": "armenian"}
"""PostgreSQL's own, by tag of the language."""


SELECT = sql.SQL(
    "SELECT id FROM edition, {}(%s::regconfig, %s) asked"
    " WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC LIMIT %s"
)


class Rival(Protocol):
    """A search engine that is compared with the site's."""

    kinds: frozenset[str]
    """Kinds of queries that it has an answer for without more work."""

    kept: bool
    """Whether its index outlives it."""

    here: bool
    """Whether it works in this process."""

    def build(self, documents: Iterable[Document]) -> None:
        """Index documents, in place of all that were."""

    def search(self, kind: str, text: str) -> object:
        """Return the best results for a query of a kind."""


class PlainWhoosh:
    """Whoosh as its manual has it: one index, one writer, a parser over three fields."""

    kinds = frozenset("common rare two-common phrase prefix misspelt live".split())
    kept = here = True

    def __init__(self, folder: Path, tag: str) -> None:
        self._folder, self._tag = folder, tag
        self._searcher: Any = None

    def build(self, documents: Iterable[Document]) -> None:
        """Index documents, in place of all that were."""
        known = has_stemmer(self._tag)
        analyzer = analysis.LanguageAnalyzer(self._tag) if known else analysis.StandardAnalyzer()
        text = fields.TEXT(analyzer=analyzer)
        schema = fields.Schema(id=fields.STORED, title=text, lead=text, body=text)
        writer = index.create_in(str(self._folder), schema).writer(limitmb=128)
        for document in documents:
            texts = {name: getattr(document, name) for name in ("title", "lead", "body")}
            writer.add_document(id=document.edition_id, **texts)
        writer.commit()

    def search(self, kind: str, text: str) -> object:
        """Search, and again for what it proposes if nothing is found."""
        if self._searcher is None:
            opened = index.open_dir(str(self._folder))
            self._parser = MultifieldParser(["title", "lead", "body"], opened.schema)
            self._searcher = opened.searcher()
        query = self._parser.parse(f"{text}*" if kind in {"prefix", "live"} else text)
        found = self._searcher.search(query, limit=SHOWN)
        if kind == "misspelt" and not len(found):
            corrected = self._searcher.correct_query(query, text)
            found = self._searcher.search(corrected.query, limit=SHOWN)
        return [hit["id"] for hit in found]


class Fts5:
    """SQLite's full-text index, ranked by its BM25."""

    kinds = PlainWhoosh.kinds - {"misspelt"}
    kept = here = True

    def __init__(self, folder: Path, tag: str) -> None:
        self._database = sqlite3.connect(folder / "fts5.sqlite")
        self._tokenizer = "porter unicode61" if tag == "en" else "unicode61"

    def build(self, documents: Iterable[Document]) -> None:
        """Index documents, in place of all that were."""
        self._database.execute("DROP TABLE IF EXISTS edition")
        self._database.execute(
            "CREATE VIRTUAL TABLE edition"
            f" USING fts5(title, lead, body, content='', tokenize='{self._tokenizer}')"
        )
        rows = ((d.edition_id, d.title, d.lead, d.body) for d in documents)
        insert = "INSERT INTO edition (rowid, title, lead, body) VALUES (?, ?, ?, ?)"
        self._database.executemany(insert, rows)
        self._database.commit()

    def search(self, kind: str, text: str) -> object:
        """Return the best results for a query of a kind."""
        if kind != "phrase":
            text = " ".join(f'"{word}"' for word in text.split())
        query = f"{text}*" if kind in {"prefix", "live"} else text
        select = "SELECT rowid FROM edition WHERE edition MATCH ? ORDER BY rank LIMIT ?"
        return self._database.execute(select, (query, SHOWN)).fetchall()


class Postgres:
    """PostgreSQL's full-text search with its own configuration, ranked by `ts_rank`."""

    kinds = Fts5.kinds
    kept = here = False

    def __init__(self, connection: "psycopg.Connection[Any]", tag: str) -> None:
        self._connection = connection
        self._configuration = CONFIGURATIONS[tag]

    def build(self, documents: Iterable[Document]) -> None:
        """Index documents, in place of all that were."""
        self._connection.execute("DROP TABLE IF EXISTS edition")
        self._connection.execute("CREATE TABLE edition (id bigint PRIMARY KEY, words tsvector)")
        insert = "INSERT INTO edition VALUES (%s, to_tsvector(%s::regconfig, %s))"
        texts = ((d.edition_id, f"{d.title} {d.lead} {d.body}") for d in documents)
        rows = ((key, self._configuration, text) for key, text in texts)
        with self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(insert, rows)
        self._connection.execute("CREATE INDEX ON edition USING gin (words)")
        self._connection.execute("VACUUM ANALYZE edition")

    def search(self, kind: str, text: str) -> object:
        """Return the best results for a query of a kind."""
        parse = "phraseto_tsquery" if kind == "phrase" else "plainto_tsquery"
        if kind in {"prefix", "live"}:
            parse, text = "to_tsquery", " & ".join(text.split()) + ":*"
        asked = (self._configuration, text.strip('"'), SHOWN)
        select = SELECT.format(sql.Identifier(parse))
        return self._connection.execute(select, asked).fetchall()
