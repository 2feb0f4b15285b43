"""Judgements: which documents a word is about, as the pairs of words and the texts tell.

A document has a word if it has any of its forms that the pairs list. The pairs do not list every
form: documents that a search finds by a form that no pair has are not judged at all, and left out
of what is measured; those that it finds by forms of other words only are judged to be wrong.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from bench.relevance.corpus import Document, load_forms, load_strangers
from caliber_site.languages import Language
from caliber_site.search.analysis import fold, tokens
from caliber_site.search.lemmas import lemmas

IN_TITLE, IN_LEAD, IN_BODY = 3, 2, 1
SHORTEST_LEMMA = 3


class Judged(NamedTuple):
    """A query of one word.

    Attributes:
        word: A form of the word.
        grades: How well the documents that have it fit, by story.
    """

    word: str
    grades: dict[str, int]


class Judge:
    """Knows the forms of the listed words, and the words of the documents."""

    def __init__(self, language: Language, documents: list[Document]) -> None:
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        for one, other, (a, b) in load_forms(language) + load_strangers(language):
            self._forms[a].add(fold(one))
            self._forms[b].add(fold(other))
        self._listed = set().union(*self._forms.values())
        self._words = {
            document.story: tuple(
                {token.word for token in tokens(part)}
                for part in (document.title, document.lead, document.text)
            )
            for document in documents
        }

    def list_queries(self) -> Iterator[Judged]:
        """Yield forms of words that some document has in other forms only."""
        for lemma, forms in sorted(self._forms.items()):
            grades = self._grade(forms) if len(lemma) >= SHORTEST_LEMMA else {}
            for form in sorted(forms):
                if any(form not in set().union(*self._words[story]) for story in grades):
                    yield Judged(form, grades)

    def keep_judged(self, query: Judged, found: list[str]) -> list[str]:
        """Return those of the stories that a query found that are judged, in their order."""
        return [
            story for story in found if story in query.grades or self._is_wrong(query.word, story)
        ]

    def _is_wrong(self, word: str, story: str) -> bool:
        own = set(lemmas(word))
        words = set().union(*self._words[story])
        return any(not own.isdisjoint(lemmas(other)) for other in words & self._listed)

    def _grade(self, forms: set[str]) -> dict[str, int]:
        grades = {}
        for story, parts in self._words.items():
            for words, grade in zip(parts, (IN_TITLE, IN_LEAD, IN_BODY), strict=True):
                if not forms.isdisjoint(words):
                    grades[story] = grade
                    break
        return grades
