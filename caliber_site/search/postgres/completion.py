"""Completion: the commonest words of the index that begin like what was typed."""

from sqlalchemy import Connection, select

from caliber_site.languages import Language
from caliber_site.models.index import search_word

LAST = "\U0010ffff"
"""Comes after any letter."""


def complete(
    connection: Connection, language: Language, prefix: str, limit: int
) -> list[tuple[str, int]]:
    """Return the commonest folded words that begin so, with the number of editions of each."""
    word, editions = search_word.c.word, search_word.c.editions
    begun = (
        select(word, editions)
        .where(search_word.c.language == language.tag, word >= prefix, word < prefix + LAST)
        .order_by(editions.desc(), word)
        .limit(limit)
    )
    return [(row.word, row.editions) for row in connection.execute(begun)]
