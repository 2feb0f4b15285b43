"""The builder: documents become segments in a folder."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from caliber_site.search.analysis import Token, tokens
from caliber_site.search.queries import Document
from caliber_site.search.query import GAP
from caliber_site.search.whoosh.growing import GrowingText
from caliber_site.search.whoosh.postings import MOST_DOCUMENTS
from caliber_site.search.whoosh.schema import PLACES, TEXT, TITLE, WORD
from caliber_site.search.whoosh.segments import SegmentWriter
from caliber_site.search.whoosh.weighing import PARTS, Part, saturate


class Builder:
    """Collects documents in memory, at most `MOST_DOCUMENTS`, and writes them as a segment."""

    def __init__(self) -> None:
        self.count = 0
        self._text = GrowingText()
        self._plain: dict[str, defaultdict[str, array[int]]] = {
            name: defaultdict(lambda: array("H")) for name in (TITLE, WORD, *PLACES)
        }
        self._columns: defaultdict[str, list[Any]] = defaultdict(list)

    def add(self, document: Document) -> None:
        """Add a document."""
        parts = {part: list(tokens(part.read(document))) for part in PARTS}
        title = parts[PARTS[0]]
        section = f"{document.section} {document.section_name}"
        self._add_text(parts)
        self._add_plain(TITLE, _lemmas(title))
        self._add_plain(WORD, (token.word for found in parts.values() for token in found))
        self._add_plain("author", _lemmas(tokens(document.author)))
        self._add_plain("section", _lemmas(tokens(section)))
        self._add_plain("tags", _lemmas(tokens(document.tags)))
        values = {
            "id": document.edition_id,
            "change": document.change,
            "published_at": int(document.published_at.timestamp()),
            "title_length": len(title),
            "section_slug": document.section,
            "author_slug": document.author_slug,
        }
        for name, value in values.items():
            self._columns[name].append(value)
        self.count += 1

    def _add_text(self, parts: dict[Part, list[Token]]) -> None:
        weights: defaultdict[str, float] = defaultdict(float)
        places: defaultdict[str, list[int]] = defaultdict(list)
        start = 0
        for part, found in parts.items():
            once = part.weigh(len(found))
            for place, token in enumerate(found, start):
                for lemma in token.lemmas:
                    weights[lemma] += once
                    places[lemma].append(place)
            start += len(found) + GAP
        self._text.add(self.count, saturate(weights.values()), places, start)

    def _add_plain(self, field: str, words: Iterable[str]) -> None:
        growing = self._plain[field]
        for word in set(words):
            growing[word].append(self.count)

    def write(self, folder: Path) -> Any:
        """Write the segment into a folder and return Whoosh's object for it."""
        writer = SegmentWriter(folder)
        for lemma, documents, postings in self._text.list_postings():
            writer.add_word(TEXT, lemma, documents, postings)
        for field, words in self._plain.items():
            for word, ids in sorted(words.items()):
                writer.add_word(field, word, len(ids), ids.tobytes())
        return writer.finish(self.count, self._columns)


def build_segments(folder: Path, documents: Iterable[Document]) -> list[Any]:
    """Write documents into segments in a folder and return Whoosh's objects for them."""
    waiting, segments = iter(documents), list[Any]()
    while True:
        builder = Builder()
        for document in islice(waiting, MOST_DOCUMENTS):
            builder.add(document)
        if not builder.count:
            return segments
        segments.append(builder.write(folder))


def _lemmas(words: Iterable[Token]) -> Iterator[str]:
    return (lemma for token in words for lemma in token.lemmas)
