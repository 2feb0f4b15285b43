"""Documents for tests of the index alone, without a database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Protocol

from caliber_site.languages import ENGLISH
from caliber_site.search.facets import Facets
from caliber_site.search.folder import Folder
from caliber_site.search.queries import Document
from caliber_site.search.query import Query, Results
from caliber_site.search.vocabulary import Vocabulary
from caliber_site.search.whoosh import WhooshIndex, create, join

NOW = datetime(2026, 9, 28, 12, tzinfo=UTC)


class Index(Protocol):
    """An index of English documents."""

    def search(self, asked: Query) -> Results: ...
    def facets(self, asked: Query, zone: tzinfo) -> Facets: ...
    def vocabulary(self) -> Vocabulary: ...
    def close(self) -> None: ...


def make_document(
    number: int,
    title: str = "Plain",
    body: str = "",
    *,
    days_ago: float = 1,
    lead: str = "",
    tags: str = "",
    author: str = "",
    section: str = "politics",
) -> Document:
    return Document(
        edition_id=number,
        title=title,
        lead=lead,
        body=body,
        tags=tags,
        author=author,
        author_slug=author.lower().replace(" ", "-"),
        section=section,
        section_name=section.title(),
        published_at=NOW - timedelta(days=days_ago),
        change=number,
    )


def make_index(path: Path, *tiers: Sequence[Document], half_life: float = 90) -> WhooshIndex:
    """Make an index whose tiers have these documents, newest first."""
    folder = Folder(path)
    build = folder.start_build()
    parts = [build / f"part-{number}" for number in range(len(tiers))]
    for part, documents in zip(parts, tiers, strict=True):
        create(part, documents)
    join(build, parts)
    folder.swap(build)
    return WhooshIndex(folder, half_life)


def current(index: WhooshIndex) -> Path:
    build = index.folder.find_current()
    assert build
    return build


def ask(text: str, **rest: object) -> Query:
    return Query(text, ENGLISH, NOW, **rest)  # type: ignore[arg-type]


def find(index: Index, text: str, **rest: object) -> list[int]:
    return [hit.edition_id for hit in index.search(ask(text, **rest)).hits]


def search(index: Index, text: str, **rest: object) -> Results:
    return index.search(ask(text, **rest))
