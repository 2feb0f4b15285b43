"""Segments: how one is written, from documents or from other segments."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from caliber_site.search.whoosh.checksums import add_checksums
from caliber_site.search.whoosh.codec import Codec, Storage
from caliber_site.search.whoosh.columns import write_columns
from caliber_site.search.whoosh.commits import INDEX
from caliber_site.search.whoosh.schema import WORD
from caliber_site.search.whoosh.wordlist import write_words


class SegmentWriter:
    """Writes a segment into a folder, where nothing knows it until a commit names it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._storage = Storage(str(folder))
        codec = Codec()
        self._segment = codec.new_segment(self._storage, INDEX)
        self._terms = codec.field_writer(self._storage, self._segment)
        self._words: dict[str, int] = {}

    def add_word(self, field: str, word: str, documents: int, postings: bytes) -> None:
        """Write a word; fields come in the order of the schema, words in the order of letters."""
        self._terms.add_word(field, word, documents, postings)
        if field == WORD:
            self._words[word] = documents

    def finish(self, count: int, columns: Mapping[str, Sequence[Any]]) -> Any:
        """Write what is left and return Whoosh's object for the segment.

        Args:
            count: How many documents it has.
            columns: The values of each column, one for each document.
        """
        self._terms.close()
        write_columns(self._storage, self._segment, columns)
        write_words(self._storage, self._segment, self._words)
        self._segment.set_doc_count(count)
        add_checksums(self._folder, self._segment)
        return self._segment
