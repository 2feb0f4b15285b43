"""Forms: those of one word find each other, those of different words mostly do not.

Every word is an edition of its own in an index of its own, and is asked for alone.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.relevance.corpus import Pair, load_forms, load_strangers
from bench.relevance.figure import Figure
from caliber_site.languages import Language
from caliber_site.search.folder import Folder
from caliber_site.search.queries import Document
from caliber_site.search.query import Query
from caliber_site.search.whoosh import WhooshIndex, create

GOALS = {"en": (0.94, 0.03), "ru": (0.985, 0.03), "hy": (0.93, 0.06)}
"""The least share of forms that meet, and the most of strangers, by tag."""

NOW = datetime(2026, 9, 28, tzinfo=UTC)
HALF_LIFE = 90
MOST_FORMS = 500


def measure_forms(language: Language) -> Iterator[Figure]:
    """Yield the share of pairs that meet, of forms of one word and of different words."""
    for name, pairs, goal, at_most in (
        ("forms-met", load_forms(language), GOALS[language.tag][0], False),
        ("strangers-merged", load_strangers(language), GOALS[language.tag][1], True),
    ):
        share = share_met(language, pairs)
        yield Figure(f"relevance.{language.tag}.{name}", share, goal, at_most)


def share_met(language: Language, pairs: list[Pair]) -> float:
    """Return the share of pairs of which the first word, asked for, finds the second one."""
    words = list(dict.fromkeys(pair.other for pair in pairs))
    numbers = {word: number for number, word in enumerate(words)}
    with TemporaryDirectory() as folder:
        index = _index(Path(folder), words)
        met = sum(numbers[pair.other] in _find(index, pair.one, language) for pair in pairs)
        index.close()
    return met / len(pairs)


def _index(path: Path, words: Iterable[str]) -> WhooshIndex:
    folder = Folder(path)
    build = folder.start_build()
    create(build, (_document(number, word) for number, word in enumerate(words)))
    folder.swap(build)
    return WhooshIndex(folder, HALF_LIFE)


def _document(number: int, word: str) -> Document:
    return Document(number, "", "", word, "", "", "", "news", "", NOW, number)


def _find(index: WhooshIndex, word: str, language: Language) -> set[int]:
    asked = Query(word, language, NOW, size=MOST_FORMS)
    return {hit.edition_id for hit in index.search(asked).hits}
