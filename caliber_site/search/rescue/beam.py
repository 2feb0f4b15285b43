"""Beam search: the likeliest spellings of a word that rules allow and a vocabulary knows."""

from bisect import bisect_right
from collections.abc import Iterator
from heapq import nsmallest
from math import log
from typing import NamedTuple

from caliber_site.search.rescue.lookups import UNSEEN, Lookups
from caliber_site.search.rescue.romanization import Rules

LONGEST, LONGEST_RULE = 32, 5

WIDTH, MOST_CHECKED = 24, 36
"""How many spellings are gone on with at each letter, and of how many that is decided."""

CHECKED_LENGTHS = (4, 5, 6, 8, 11, 14, 17, 20)
"""Beginnings of so many letters are looked up; the shortest must be that of a known word."""

ENDING = 2
"""So many letters before the end nothing is looked up any more: endings are free to differ."""

MISSING = 3.0
"""The cost of a longer beginning that no known word has; it may be that of another form."""

STEP = 0.1
"""The cost of a rule, so that one for several letters is better than several for one."""

KEPT = 3.0
"""The cost of a letter that no rule knows."""

FREQUENCY, COMMONEST = 0.5, 2000
"""How much e times as many editions, up to so many, count against the cost of the rules."""

NO = 99.0


class Spelling(NamedTuple):
    """A spelling of a word: the lower the cost, the likelier.

    Attributes:
        cost: Of the rules, less for common words.
        word: What it says.
        weight: In how many editions it is.
        strain: The cost of the rules alone, by the letter.
    """

    cost: float
    word: str
    weight: int
    strain: float


def spell(word: str, rules: Rules, lookups: Lookups, *, begun: bool = False) -> list[Spelling]:
    """Return the known spellings of a word, likeliest first.

    Args:
        word: In lower case.
        rules: What its letters may stand for.
        lookups: Knows words.
        begun: Any word that begins so will do.
    """
    if len(word) > LONGEST:
        return []
    found = []
    for _, cost, spelling in _walk(word, rules, lookups, begun=begun):
        weight = lookups.weigh(spelling, begun=begun) if spelling else 0
        if weight:
            likely = FREQUENCY * log(min(weight, COMMONEST))
            if not begun and not lookups.has(spelling):
                likely = likely / 2 - UNSEEN  # the number is that of other forms
            found.append(Spelling(cost - likely, spelling, weight, cost / len(word)))
    return sorted(found)


def transcribe(word: str, rules: Rules) -> str:
    """Return the plainest spelling of a word, known or not."""
    ends = _walk(word[:LONGEST], rules, None, width=1)
    return ends[0].spelling if ends else ""


class State(NamedTuple):
    """A spelling of the beginning of a word.

    Attributes:
        doubted: Its cost, and more if no known word begins so.
        cost: The cost of the rules that made it.
        spelling: What it says.
    """

    doubted: float
    cost: float
    spelling: str


NO_STATE = State(NO, NO, "")


def _walk(
    word: str, rules: Rules, lookups: Lookups | None, *, begun: bool = False, width: int = WIDTH
) -> list[State]:
    """Return what rules make of a whole word, least doubted first."""
    rest = "^" + word + ("" if begun else "$")
    states: list[dict[str, State]] = [{} for _ in range(len(rest) + 1)]
    states[0][""] = State(0.0, 0.0, "")
    for place in range(len(rest)):
        steps = list(_steps(rest, place, rules))
        free = len(word) + 1 - place < ENDING
        for doubted, cost, spelling in _best(states[place], None if free else lookups, width):
            for end, letters, more in steps:
                new = State(doubted + more, cost + more, spelling + letters)
                if new < states[end].get(new.spelling, NO_STATE):
                    states[end][new.spelling] = new
    return nsmallest(width, states[-1].values())


def _steps(word: str, place: int, rules: Rules) -> Iterator[tuple[int, str, float]]:
    """Yield what the next letters may stand for: where they end, the meaning and its cost."""
    for end in range(place + 1, min(place + LONGEST_RULE, len(word)) + 1):
        for letters, cost in rules.get(word[place:end], ()):
            yield end, letters, cost + STEP
    letter = word[place]
    if letter not in rules:
        # Anchors vanish, and what no rule knows stays as it is.
        yield place + 1, *(("", 0.0) if letter in "^$" else (letter, KEPT))


def _best(states: dict[str, State], lookups: Lookups | None, width: int) -> list[State]:
    """Return the states to go on with."""
    if lookups is None:
        return nsmallest(width, states.values())
    checked = [
        State(state.cost + doubt, state.cost, state.spelling)
        for state in nsmallest(MOST_CHECKED, states.values())
        if (doubt := _doubt(state.spelling, lookups)) < NO
    ]
    return nsmallest(width, checked)


def _doubt(spelling: str, lookups: Lookups) -> float:
    """Return the cost of a beginning."""
    place = bisect_right(CHECKED_LENGTHS, len(spelling))
    if not place or lookups.begins(spelling[: CHECKED_LENGTHS[place - 1]]):
        return 0.0
    return MISSING if lookups.begins(spelling[: CHECKED_LENGTHS[0]]) and place > 1 else NO
