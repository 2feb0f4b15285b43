"""Spelling: unknown words, corrected with the words of the index and by how common they are."""

from collections.abc import Iterator
from itertools import pairwise
from math import log

from caliber_site.search.analysis import Token
from caliber_site.search.lemmas import is_word, lemmas
from caliber_site.search.query import MOST_WORDS
from caliber_site.search.rescue.lookups import Lookups
from caliber_site.search.rescue.proximity import distance
from caliber_site.search.rescue.respelling import Choice, Edit, Respelling, combine, like, replace
from caliber_site.search.rescue.spaces import join, split
from caliber_site.search.syntax import parts

MOST_CORRECTED = 4
MOST_NEAR = 8
MOST_RESPELLINGS = 4
SHORTEST, LONGEST = 3, 32

SLIP = 4.0
"""The cost of one slip, in e times as many editions."""

RARE, COMMONER = 3, 100
"""A known word may be a slip in the paper itself: of so few editions, and with a near word of so
many times as many."""

SMALL_SLIP = 0.7


def corrections(text: str, lookups: Lookups) -> Iterator[Respelling]:
    """Yield the query with its unknown words corrected, likeliest first.

    The first has the best correction of every word, the others another one of one word each.
    Where all words are known, two may be one, and the rarest a slip; each is tried alone.
    """
    words = [
        token
        for part in parts(text)
        if part.place != "section" and not part.excluded
        for token in part.words
    ][:MOST_WORDS]
    unknown = [token for token in words if not lookups.weigh(token.word)]
    choices = [[choice] for choice in _join(text, words, unknown, lookups)]
    if unknown:
        apart = [token for token in unknown if not _covered(token, choices)]
        corrected = [_correct(text, token, lookups) for token in apart[:MOST_CORRECTED]]
        choices += filter(None, corrected)
        left = sum(not _covered(token, choices) for token in unknown)
        for new, kind in combine(text, choices, MOST_RESPELLINGS):
            yield Respelling(new, kind, 1 - left / len(words))
        return
    rarest = sorted(words, key=lambda token: lookups.weigh(token.word))[:1]
    choices += filter(None, (_correct(text, token, lookups) for token in rarest))
    for ways in choices:
        yield Respelling(replace(text, [ways[0].edit]), ways[0].kind)


def _join(
    text: str, words: list[Token], unknown: list[Token], lookups: Lookups
) -> Iterator[Choice]:
    """Yield neighbouring words as one, the likeliest where they overlap."""
    pairs = [
        pair for pair in pairwise(words) if not unknown or pair[0] in unknown or pair[1] in unknown
    ]
    joined = filter(None, (join(text, one, other, lookups) for one, other in pairs))
    done: list[Edit] = []
    for choice in sorted(joined):
        start, end, _ = choice.edit
        if all(end <= edit.start or start >= edit.end for edit in done):
            done.append(choice.edit)
            yield choice


def nearest(word: str, lookups: Lookups) -> list[tuple[float, str]]:
    """Return the indexed words that may be meant by a folded one, with their costs.

    Of several forms of a word it has the likeliest.
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    own = lookups.weigh(word)
    if own > RARE:
        return []
    found = []
    for near, editions in lookups.nearest(word, MOST_NEAR):
        slips = distance(word, near)
        if not own or (slips <= SMALL_SLIP and editions >= own * COMMONER):
            found.append((SLIP * slips - log(editions or 1), near))
    apart = {lemmas(near): (cost, near) for cost, near in sorted(found, reverse=True)}
    return sorted(apart.values())


def _covered(token: Token, choices: list[list[Choice]]) -> bool:
    return any(ways[0].edit.start <= token.start < ways[0].edit.end for ways in choices)


def _correct(text: str, token: Token, lookups: Lookups) -> list[Choice]:
    """Return the ways to correct a word; one that a dictionary has is hardly ever misspelt."""
    right = is_word(token.word)
    ways = [] if right or lookups.weigh(token.word) else list(split(text, token, lookups))
    for cost, near in nearest(token.word, lookups):
        if not right or distance(token.word, near) <= SMALL_SLIP:
            edit = Edit(token.start, token.end, like(near, text[token.start : token.end]))
            ways.append(Choice(cost, "spelling", edit))
    return sorted(ways)[:MOST_RESPELLINGS]
