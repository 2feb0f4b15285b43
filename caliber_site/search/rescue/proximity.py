"""Proximity: how likely one word was typed for another, by sound, by keys and by haste."""

from itertools import pairwise

from caliber_site.search.rescue.keyboards import LATIN, PHONETIC, RUSSIAN, Keyboard

SAME_SOUNDS = (
    "ао еи ея еэ еы иы ий эе юу бп вф гк гх дт жш зс сц шщ чщ чш цс ьъ "
    "ae ai ei eo iy ou ck cs cq kq sz fv dt bp gj uw vw "
    "եէ եը ոօ ոա թտ տդ թդ փպ պբ փբ քկ կգ քգ խղ խք ցծ ծձ ցձ չջ ջճ չճ րռ սզ շժ իը հյ վւ ուո"
)
SOUND, NEIGHBOUR, DOUBLED, SILENT, SWAPPED, OTHER = 0.5, 0.7, 0.5, 0.5, 0.6, 1.0
"""The cost of each kind of slip."""

FIRST = 0.5
"""What a slip at the first letter costs more: readers know how words begin."""

SILENT_LETTERS = frozenset("ьъйheտըյ")


def _pairs(letters: str) -> frozenset[tuple[str, str]]:
    pairs = {(pair[0], pair[1]) for pair in letters.split()}
    return frozenset(pairs | {(second, first) for first, second in pairs})


def _neighbours(keyboard: Keyboard) -> str:
    rows = keyboard.plain[13:25], keyboard.plain[26:37], keyboard.plain[37:47]
    side = [row[place : place + 2] for row in rows for place in range(len(row) - 1)]
    below = [
        upper[place + shift] + letter
        for upper, lower in pairwise(rows)
        for place, letter in enumerate(lower)
        for shift in (0, 1)
        if place + shift < len(upper)
    ]
    return " ".join(pair for pair in side + below if pair.isalpha())


_SOUNDS = _pairs(SAME_SOUNDS)
_KEYS = _pairs(" ".join(map(_neighbours, (LATIN, RUSSIAN, PHONETIC))))


def distance(typed: str, meant: str) -> float:
    """Return the cost of the slips that turn one word into the other; 0 for the same word."""
    rows = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for i in range(len(typed) + 1):
        for j in range(len(meant) + 1):
            if i or j:
                rows[i][j] = _cheapest(rows, typed, meant, i, j)
    return rows[-1][-1] + (FIRST if typed[:1] != meant[:1] else 0.0)


def _cheapest(rows: list[list[float]], typed: str, meant: str, i: int, j: int) -> float:
    ways = []
    if i:
        ways.append(rows[i - 1][j] + _loose(typed, i))
    if j:
        ways.append(rows[i][j - 1] + _loose(meant, j))
    if i and j:
        ways.append(rows[i - 1][j - 1] + _changed(typed[i - 1], meant[j - 1]))
    if i > 1 and j > 1 and typed[i - 2 : i] == meant[j - 1] + meant[j - 2]:
        ways.append(rows[i - 2][j - 2] + SWAPPED)
    return min(ways)


def _loose(word: str, place: int) -> float:
    """Return the cost of a letter that only one of the words has."""
    letter = word[place - 1]
    if letter in word[max(0, place - 2) : place - 1] + word[place : place + 1]:
        return DOUBLED
    return SILENT if letter in SILENT_LETTERS else OTHER


def _changed(typed: str, meant: str) -> float:
    if typed == meant:
        return 0.0
    if (typed, meant) in _SOUNDS:
        return SOUND
    return NEIGHBOUR if (typed, meant) in _KEYS else OTHER
