"""The codec: Whoosh's own, save that postings are plain arrays that are read at once.

Whoosh keeps postings as pickled blocks and visits one document after the other, which takes half
a second for two common words among a hundred thousand documents; arrays take a millisecond. This
is the one module that builds on what Whoosh does not document: its codec `W3Codec` of 2.7.5.
"""

import os
import weakref
from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.system import pack_ushort

from caliber_site.search.whoosh.schema import FIELDS

SLOT, SLOTS = Struct("!Iq"), 8
"""A slot of Whoosh's hash table has a key's hash and offset. So many are read at once."""

LENGTHS = Struct("!ii")
"""What stands before a key: its length, and that of what belongs to it."""

INFO = Struct("!4xxI14xqi")
"""What `W3TermInfo` writes: how many documents have a word; offset and length of its postings."""


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
        """Return where a word's postings are; None if no document has it.

        Whoosh itself reads number by number, which takes several times as long.
        """
        key = self._keycoder(field, word.encode(errors="replace"))
        hashed = self._tindex.hashfn(key)
        for other, offset in self._list_slots(hashed):
            if not offset:
                break
            if other == hashed and (found := self._read_entry(key, offset)):
                return found
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

    def _list_slots(self, hashed: int) -> Iterator[tuple[int, int]]:
        """Yield the slots in which a key with a hash may be; it is in none after an empty one."""
        start, slots = self._tindex.tables[hashed & 255]
        at = (hashed >> 8) % slots if slots else 0
        for first, last in ((at, slots), (0, at)):
            for slot in range(first, last, SLOTS):
                size = min(SLOTS, last - slot) * SLOT.size
                yield from SLOT.iter_unpack(self._dbfile.get(start + slot * SLOT.size, size))

    def _read_entry(self, key: bytes, offset: int) -> Entry | None:
        """Return what belongs to a key, if that is the one that is there."""
        end = LENGTHS.size + len(key)
        data = self._dbfile.get(offset, end + INFO.size)
        if LENGTHS.unpack_from(data)[0] != len(key) or data[LENGTHS.size : end] != key:
            return None
        return Entry(*INFO.unpack_from(data, end))


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
