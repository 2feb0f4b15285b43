"""Counts: how many editions have each lemma and each word."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Integer, String, Table, cast, delete, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Session

from caliber_site.models.index import search_lemma, search_word


class Counts:
    """What becomes more or less when documents are put in and taken out.

    Attributes:
        lemmas: By lemma, how many editions more have it, or fewer.
        words: The same by word.
    """

    def __init__(self) -> None:
        self.lemmas: Counter[str] = Counter()
        self.words: Counter[str] = Counter()

    def count(self, lexemes: Iterable[str], words: Iterable[str], change: int) -> None:
        """Count a document's lexemes and words: 1 if it is put in, -1 if it is taken out."""
        for lexeme in lexemes:
            self.lemmas[lexeme] += change
        for word in words:
            self.words[word] += change


def add_counts(writer: Session, tag: str, counts: Counts) -> None:
    """Bring a language's counts up to date."""
    for table, changes in ((search_lemma, counts.lemmas), (search_word, counts.words)):
        _add(writer, table, tag, {word: change for word, change in changes.items() if change})


def _add(writer: Session, table: Table, tag: str, changes: dict[str, int]) -> None:
    if not changes:
        return
    language, word, editions = table.c
    some = (
        func.unnest(
            cast(list(changes), ARRAY(String)), cast(list(changes.values()), ARRAY(Integer))
        )
        .table_valued("word", "change")
        .render_derived()
    )
    added = insert(table).from_select(
        list(table.c), select(literal(tag), some.c.word, some.c.change)
    )
    writer.execute(
        added.on_conflict_do_update(
            index_elements=[language, word],
            set_={"editions": editions + added.excluded.editions},
        )
    )
    fewer = [changed for changed, change in changes.items() if change < 0]
    writer.execute(delete(table).where(language == tag, word.in_(fewer), editions <= 0))
