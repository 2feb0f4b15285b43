"""Spelling: the words of the index that are a slip or two away from one that was typed."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA
from sqlalchemy import Connection, TextClause, text

from caliber_site.languages import Language
from caliber_site.search.postgres.lexemes import lines

LONG = 6
"""Letters from which on a word may have two slips."""

LIKELY = 5
"""Editions of a word one slip away that make it likely, so that none two slips away is sought."""

LONGEST = 40
"""Longer words are not looked up: a slip of each kind at each place makes too many words."""

MOST_ALIKE = 200
ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
)

LOOK_UP = text("""
SELECT word, editions FROM search_word
WHERE language = :language AND word = ANY(string_to_array(:words, chr(10)))
""")

LIKE = text("""
SELECT word, editions FROM search_word WHERE language = :language AND word % :word
ORDER BY similarity(word, :word) DESC, word LIMIT :most
""")


def list_nearest(
    connection: Connection, language: Language, word: str, limit: int
) -> list[tuple[str, int]]:
    """Return the words nearest to one, then the commonest, with the number of editions of each.

    A slip is a letter too many, too few, wrong, or changed places with its neighbour. The words
    that are one slip away are made and looked up. Only if none of these is in several editions are
    those with two slips looked for, among the ones that have many parts of three letters in common,
    for that takes far longer.
    """
    if not 2 <= len(word) <= LONGEST:
        return []
    known = _look_up(connection, LOOK_UP, language=language.tag, words=lines(list_slips(word)))
    most = 1
    if len(word) >= LONG and max(known.values(), default=0) < LIKELY:
        most = 2
        known |= _look_up(connection, LIKE, language=language.tag, word=word, most=MOST_ALIKE)
    slips = {other: OSA.distance(word, other, score_cutoff=most) for other in known}
    near = [other for other in known if 0 < slips[other] <= most]
    near.sort(key=lambda other: (slips[other], -known[other], other))
    return [(other, known[other]) for other in near[:limit]]


def list_slips(word: str) -> set[str]:
    """Return all words that are one slip away, in the letters of a word's own scripts."""
    letters = "".join(alphabet for alphabet in ALPHABETS if set(alphabet) & set(word))
    return set(_slips(word, letters)) - {word}


def _slips(word: str, letters: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _look_up(connection: Connection, query: TextClause, **options: str | int) -> dict[str, int]:
    return {row.word: row.editions for row in connection.execute(query, options)}
