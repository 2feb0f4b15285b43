"""The archive: how many editions of a language there are, week by week, and how many fit a lexeme.

The number of editions that fit decides what a search may read: of a common word only some of the
newest weeks, for the search must not take longer, the larger the archive is.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select, text

from caliber_site.languages import Language
from caliber_site.models.index import search_lemma
from caliber_site.search.postgres.lexemes import in_week, lines

MOST_WEEKS = 120
"""Weeks that a query names; more of them would take longer than they save."""


COUNT = text("""
SELECT lemma, editions FROM search_lemma
WHERE language = :language AND lemma = ANY(string_to_array(:lemmas, chr(10)))
""")


@dataclass(frozen=True)
class Archive:
    """The editions of a language.

    Attributes:
        language: The language.
        weeks: The number of editions of each week that has any, newest first.
    """

    language: Language
    weeks: dict[int, int]

    @cached_property
    def editions(self) -> int:
        """Return how many editions there are."""
        return sum(self.weeks.values())

    def count_between(self, first: int, last: int) -> int:
        """Return how many editions some weeks have, the first and the last included."""
        return sum(count for week, count in self.weeks.items() if first <= week <= last)

    def choose_weeks(self, last: int, editions: float) -> list[int]:
        """Return the newest weeks that have so many editions; nothing if all are needed.

        Args:
            last: The newest week of interest.
            editions: How many editions there are to be.
        """
        chosen: list[int] = []
        count = 0
        for week, there in self.weeks.items():
            if week <= last:
                chosen.append(week)
                count += there
            if count >= editions or len(chosen) > MOST_WEEKS:
                break
        return chosen if count >= editions and len(chosen) <= MOST_WEEKS else []


def read_archive(connection: Connection, language: Language) -> Archive:
    """Return the archive of a language; one SELECT."""
    weeks = select(search_lemma.c.lemma, search_lemma.c.editions).where(
        search_lemma.c.language == language.tag,
        search_lemma.c.lemma.between(in_week(language.tag, 0), in_week(language.tag, 999_999)),
    )
    rows = connection.execute(weeks.order_by(search_lemma.c.lemma.desc()))
    return Archive(language, {int(row.lemma.rpartition(":")[2]): row.editions for row in rows})


def count_fitting(
    connection: Connection, language: Language, lexemes: Collection[str]
) -> dict[str, int]:
    """Return how many editions have each of some lexemes, without those that none has."""
    if not lexemes:
        return {}
    options = {"language": language.tag, "lemmas": lines(lexemes)}
    return {row.lemma: row.editions for row in connection.execute(COUNT, options)}


def rarity_of(fitting: int, editions: int) -> float:
    """Return how telling it is that something fits: near 0 if all editions do."""
    return math.log(1 + (max(editions - fitting, 0) + 0.5) / (fitting + 0.5))
