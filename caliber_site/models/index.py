"""The search index on PostgreSQL: tables of their own, which only that database has."""

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, SmallInteger, String, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR

from caliber_site.models.base import NAMES, UtcTime

INDEX = MetaData(naming_convention=NAMES)

# What is written is found at once, and not put aside on a list that every search has to read.
GIN: dict[str, Any] = {"postgresql_using": "gin", "postgresql_with": {"fastupdate": "off"}}

WORD = String(100, collation="C")
"""Sorts by its characters in every database, so that the words with a prefix are side by side."""

search_document = Table(
    "search_document",
    INDEX,
    Column("edition_id", Integer, primary_key=True, autoincrement=False),
    Column("language", String(8), nullable=False),
    Column("change", Integer, nullable=False),
    Column("published_at", UtcTime, nullable=False),
    Column("section", String(80), nullable=False),
    Column("author", String(120), nullable=False),
    Column("title_length", SmallInteger, nullable=False),
    Column("title", TSVECTOR, nullable=False),
    Column("words", TSVECTOR, nullable=False),
    Column("forms", Text, nullable=False),
    Index(None, "title", **GIN),
    Index(None, "words", **GIN),
    comment="Editions; forms are the words as they stand in the text, each between spaces.",
)

search_lemma = Table(
    "search_lemma",
    INDEX,
    Column("language", String(8), primary_key=True),
    Column("lemma", WORD, primary_key=True),
    Column("editions", Integer, nullable=False),
    comment="How many editions have a lemma.",
)

search_word = Table(
    "search_word",
    INDEX,
    Column("language", String(8), primary_key=True),
    Column("word", WORD, primary_key=True),
    Column("editions", Integer, nullable=False),
    Index(None, "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
    comment="How many editions have a word in this form.",
)

search_state = Table(
    "search_state",
    INDEX,
    Column("format", Integer, primary_key=True, autoincrement=False),
    Column("synced", Integer, nullable=False),
    comment="How the index was made and up to which change; no row: it was not.",
)
