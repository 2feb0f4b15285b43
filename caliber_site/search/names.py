"""Names of sections, tags and authors: those that a query begins, and those of filters."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from caliber_site.models import (
    LANGUAGE,
    NOW,
    Author,
    AuthorName,
    Edition,
    Section,
    SectionName,
    Tag,
    TagName,
    edition_tag,
)
from caliber_site.search.analysis import tokens
from caliber_site.search.query import Query, Words

ROOT = 3
"""Letters of a finished word by which the database looks for names: its other forms have other
endings, and the rest is compared here."""

LONGEST_STEM = 12
MOST_READ = 60
MOST_SHOWN = {"section": 2, "tag": 2, "author": 2}
BEFORE = ("", "% ", "%-")
"""What may stand before one of the words of a name."""

NameKind = Literal["section", "tag", "author"]


@dataclass(frozen=True, slots=True)
class Name:
    """A section, tag or author, by address and name."""

    kind: NameKind
    slug: str
    name: str


def select_begun(asked: Query, found: list[int]) -> list[Select[*tuple[Any, ...]]]:
    """Return SELECTs of names that the query may begin; `pick_begun` chooses from their rows.

    `LANGUAGE` and `NOW` are their parameters.

    There may be very many tags, so only those are read whose names begin with the first word, by
    their index, and those of the editions that were found. A tag or an author without a public
    edition is left out: it may be that of a draft.

    Args:
        asked: The query.
        found: Ids of editions that it finds.
    """
    words = asked.words
    if not words or words.excluded or words.within or words.phrases:
        return []
    stems = [term.word[:ROOT] for term in words.terms] + [words.prefix] * bool(words.prefix)
    first, last = stems[0] or "", stems[-1] or ""
    in_use = exists().where(
        edition_tag.c.tag_id == Tag.id,
        edition_tag.c.edition_id == Edition.id,
        _unindexed(Edition.language) == LANGUAGE,
        Edition.is_public(NOW),
    )
    signed = exists().where(
        Edition.author_id == Author.id,
        Edition.language == LANGUAGE,
        Edition.is_public(NOW),
    )
    named = or_(*(has_word(AuthorName.name, stem) for stem in {first, last}))
    of_found = _tags().join(edition_tag, edition_tag.c.tag_id == Tag.id)
    return [
        statement.limit(MOST_READ)
        for statement in (
            _sections(),
            _tags(first).where(in_use),
            of_found.where(edition_tag.c.edition_id.in_(found)),
            _authors().where(named, signed),
        )
    ]


def pick_begun(names: list[Name], words: Words) -> list[Name]:
    """Return the names that have all words of a query: a few of each kind, shortest first."""
    fitting = [name for name in dict.fromkeys(names) if _has_all(name.name, words)]
    fitting.sort(key=lambda name: len(name.name))
    return [
        name
        for kind, most in MOST_SHOWN.items()
        for name in [name for name in fitting if name.kind == kind][:most]
    ]


def has_word(
    column: InstrumentedAttribute[str], stem: str, before: tuple[str, ...] = BEFORE
) -> ColumnElement[bool]:
    """Return the condition that a text seems to have a word that begins so, once it is folded.

    Every text is looked at: not for tables that grow.

    Args:
        column: The text.
        stem: How the folded word begins.
        before: Patterns of what may stand before the word.
    """
    patterns = (f"{start}{_escape(text)}%" for text in _spellings(stem) for start in before)
    return or_(*(column.like(pattern, escape="/") for pattern in patterns))


def _unindexed(column: InstrumentedAttribute[str]) -> ColumnElement[str]:
    """Return a column without its indexes, for a condition that many rows fulfil.

    SQLite would begin with those rows, and not with the few that the other conditions leave.
    """
    return func.coalesce(column, "")


def _spellings(stem: str) -> dict[str, None]:
    """Return how a folded beginning of a word may be written; in a database case counts.

    A letter е may be ё, but a word has one ё, if any.
    """
    stem = stem[:LONGEST_STEM].split("և", maxsplit=1)[0] or stem[:1]  # which may be եւ or ԵՎ
    places = [place for place, letter in enumerate(stem) if letter == "е"]
    texts = [stem, *(f"{stem[:place]}ё{stem[place + 1 :]}" for place in places)]
    return dict.fromkeys(y for x in texts for y in (x, x[:1].upper() + x[1:], x.upper()))


def _escape(text: str) -> str:
    return "".join(f"/{letter}" if letter in "%_/" else letter for letter in text)


def _has_all(name: str, words: Words) -> bool:
    in_name = list(tokens(name))
    lemmas = {lemma for token in in_name for lemma in token.lemmas}
    begun = words.prefix is None or any(token.word.startswith(words.prefix) for token in in_name)
    return begun and all(not lemmas.isdisjoint(term.lemmas) for term in words.terms)


def _sections() -> Select[str, str, str]:
    return (
        select(literal("section").label("kind"), Section.slug, SectionName.name.label("name"))
        .join(SectionName, SectionName.section_id == Section.id)
        .where(SectionName.language == LANGUAGE)
    )


def _tags(stem: str = "") -> Select[str, str, str]:
    """Return the SELECT of tags whose names seem to begin so, which an index answers; or of all."""
    spoken = TagName.language == LANGUAGE
    ranges = ((text, text[:-1] + chr(ord(text[-1]) + 1)) for text in _spellings(stem) if text)
    begun = [and_(spoken, TagName.name >= first, TagName.name < after) for first, after in ranges]
    return (
        select(literal("tag").label("kind"), Tag.slug, TagName.name.label("name"))
        .join(TagName, TagName.tag_id == Tag.id)
        .where(or_(*begun) if begun else _unindexed(TagName.language) == LANGUAGE)
    )


def _authors() -> Select[str, str, str]:
    return (
        select(literal("author").label("kind"), Author.slug, AuthorName.name.label("name"))
        .join(AuthorName, AuthorName.author_id == Author.id)
        .where(AuthorName.language == LANGUAGE)
    )


NAMED = (
    _sections().where(Section.slug.in_(bindparam("sections", expanding=True))),
    _authors().where(Author.slug.in_(bindparam("authors", expanding=True))),
)
"""SELECTs of the names of sections and authors, by slug."""
