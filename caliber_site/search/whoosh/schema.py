"""What the index keeps of an edition: fields of words, and columns of values."""

from typing import Any

from whoosh import columns, fields

TEXT = "text"
"""Lemmas of everything that is read: title, lead, body, tags and author, with their places."""

TITLE = "title"
"""Lemmas of the title alone: short, so that it can be searched whatever the archive's size."""

WORD = "word"
"""Folded words as they were written: for exact forms, completion and spelling."""

PLACES = ("author", "section", "tags")
"""Lemmas of what `author:`, `section:` and `tag:` ask for."""

FIELDS = (TEXT, TITLE, WORD, *PLACES)

NUMBERS = ("id", "change", "published_at", "title_length")
"""Columns of whole numbers; times are seconds since 1970, the title's length is in words."""

NAMES = ("section_slug", "author_slug")
"""Columns of names, of which many documents have the same."""

NUMBER = columns.NumericColumn("q")
NAME = columns.RefBytesColumn()


def make_schema() -> Any:
    """Return the schema for Whoosh; nothing is stored but columns, texts come from the database."""
    return fields.Schema(
        **{name: fields.TEXT(phrase=False) for name in FIELDS},
        **dict.fromkeys(NUMBERS, fields.COLUMN(NUMBER)),
        **dict.fromkeys(NAMES, fields.COLUMN(NAME)),
    )
