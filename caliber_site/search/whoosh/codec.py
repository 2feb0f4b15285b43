"""The codec: Whoosh's own, save that postings are plain arrays that are read at once.

Whoosh keeps postings as pickled blocks and visits one document after the other, which takes half
a second for two common words among a hundred thousand documents; arrays take a millisecond. This
is the one module that builds on what Whoosh does not document: its codec `W3Codec` of 2.7.5.
"""

import os
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.reading import TermNotFound
from whoosh.system import pack_ushort

from caliber_site.search.whoosh.schema import FIELDS


class SharedFile(StructFile):  # type: ignore[misc]
    """An open file that is read without a cursor, so that threads can share it."""

    def get(self, position: int, length: int) -> bytes:
        """Return bytes from a position on."""
        return os.pread(self.fileno(), length, position)


class Storage(FileStorage):  # type: ignore[misc]
    """A folder whose files threads can share; they close when nobody uses them any more."""

    def open_file(self, name: str, **_options: Any) -> SharedFile:
        """Open a file to read."""
        descriptor = os.open(Path(self.folder) / name, os.O_RDONLY)
        file = SharedFile(open(descriptor, "rb", closefd=False), name)  # noqa: SIM115
        weakref.finalize(file, os.close, descriptor)
        return file


class Entry(NamedTuple):
    """Where a word's postings are.

    Attributes:
        documents: How many have the word, deleted ones too.
        offset: Where its postings begin.
        length: How many bytes they have.
    """

    documents: int
    offset: int
    length: int

    @property
    def places(self) -> int:
        """Return how many places of a word of the text are kept."""
        return (self.length - 4 * self.documents) // 2


class TermsWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the words of a segment with their postings."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._fieldmap.update({name: number for number, name in enumerate(FIELDS)})

    def add_word(self, field: str, word: str, documents: int, postings: bytes) -> None:
        """Write a word; fields come in the order of the schema, words in the order of letters."""
        info = W3TermInfo(df=documents)
        info.set_extent(self._postfile.tell(), len(postings))
        self._postfile.write(postings)
        self._tindex.add(pack_ushort(self._fieldmap[field]) + word.encode(), info.to_bytes())


class TermsReader(W3TermsReader):  # type: ignore[misc]
    """Finds the words of a segment."""

    def find(self, field: str, word: str) -> Entry | None:
        """Return where a word's postings are; None if no document has it."""
        try:
            return _entry(self.term_info(field, word.encode(errors="replace")))
        except TermNotFound:
            return None

    def list_words(self, field: str) -> Iterator[tuple[str, Entry]]:
        """Yield the words of a field in the order of their letters, and where they are."""
        for (name, word), info in self.items_from(field, b""):
            if name != field:
                break
            yield word.decode(), _entry(info)

    def read(self, entry: Entry, length: int) -> bytes:
        """Return the first bytes of a word's postings."""
        data: bytes = self._postfile.get(entry.offset, min(length, entry.length))
        return data


def _entry(info: Any) -> Entry:
    offset, (length,) = info.extent()  # Whoosh forgets to unpack the length
    return Entry(info.doc_frequency(), offset, length)


class Codec(W3Codec):  # type: ignore[misc]
    """Tells Whoosh how a segment is written and read."""

    def field_writer(self, storage: Any, segment: Any) -> TermsWriter:
        """Return what writes a segment's words."""
        return TermsWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> TermsReader:
        """Return what finds a segment's words."""
        name = segment.make_filename(self.TERMS_EXT)
        postings = segment.open_file(storage, self.POSTS_EXT)
        length = storage.file_length(name)
        return TermsReader(self, storage.open_file(name), length, postings)
