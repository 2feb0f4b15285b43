"""Completion: the commonest words of the index that begin like what was typed."""

from sqlalchemy import Connection, text

from caliber_site.languages import Language

LAST = "\U0010ffff"
"""Comes after any letter."""

BEGUN = text("""
SELECT word, editions FROM search_word
WHERE language = :language AND word >= :prefix AND word < :end
ORDER BY editions DESC, word LIMIT :most
""")


def complete(
    connection: Connection, language: Language, prefix: str, limit: int
) -> list[tuple[str, int]]:
    """Return the commonest folded words that begin so, with the number of editions of each."""
    options = {"language": language.tag, "prefix": prefix, "end": prefix + LAST, "most": limit}
    return [(row.word, row.editions) for row in connection.execute(BEGUN, options)]
