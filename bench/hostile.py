"""Hostile queries: what nobody types, and the page must bear."""

from collections.abc import Callable
from random import Random
from time import perf_counter

from bench.corpus import Corpus
from bench.table import Result
from bench.timing import summarize
from bench.web import open_client
from caliber_site.languages import LANGUAGES

LONG = 10_000
LETTERS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցուփքևօֆ",
)
SIGNS = (
    "\x00\x01\x07\x1b\x7f\x85",
    "\u0300\u0301\u0308\u0327\u0483",
    "\u202e\u200f\u200e\u2066\u2069\ufeff",
    "\"'«»“”„-−:*?()[]{}\\|~^`+&!%_/<>",
    " \t\n\u00a0\u2028",
    "0123456789.,",
    "אבגדعربي漢字🙂\U0010ffff",
    "@'’ʼ`ǰčšžəłẾﬁⅧ²",
)
OPERATORS = 'AND OR NOT author: section: tag: автор: тег: -author: " «'.split()


def draw(random: Random, words: list[str]) -> str:
    """Return a hostile query.

    Args:
        random: Decides which.
        words: Words that the index knows.
    """
    makers: tuple[Callable[[], str], ...] = (
        lambda: random.choice(random.choice(SIGNS)) * random.choice((1, 40, LONG)),
        lambda: "".join(random.choices(random.choice(LETTERS), k=random.choice((64, 500, LONG)))),
        lambda: " ".join(_word(random) for _ in range(random.randint(1, 80))),
        lambda: " ".join(random.choices([*words, *OPERATORS], k=random.randint(2, 80))),
        lambda: "".join(_sign_or_word(random, words) for _ in range(random.randint(2, 200))),
        lambda: f'"{" ".join(random.choices(words, k=random.randint(2, 40)))}',
        lambda: "".join(letter + random.choice(SIGNS[1]) * 8 for letter in random.choice(words)),
        lambda: f"{random.choice(words)} " * (LONG // 8),
    )
    return random.choice(makers)()


def measure(corpus: Corpus, count: int) -> tuple[Result, str]:
    """Ask the search page hostile queries, a third of them as the live box asks.

    Returns:
        A line of the table, and a sentence about faults and the slowest query.
    """
    random, seconds, faults = Random("hostile"), list[tuple[float, str]](), 0
    words = [word for texts in corpus.log.values() for text in texts for word in text.split()]
    with open_client(corpus.settings.data_dir) as client:
        for language in LANGUAGES:
            client.search(language, language.name)
        for _ in range(count):
            text, more = draw(random, words), {"live": random.choice(("", "", "1"))}
            start = perf_counter()
            answer = client.search(corpus.language, text, **more)
            seconds.append((perf_counter() - start, text))
            faults += answer.status >= 500
    slowest, text = max(seconds)
    line = summarize(f"hostile.{corpus.name}", [taken for taken, _ in seconds])
    return line, (
        f"{corpus.name}: {count} hostile queries, {faults} answered with a 5xx,"
        f" the slowest in {1000 * slowest:.0f} ms: {text[:60]!r}"
    )


def _word(random: Random) -> str:
    return "".join(random.choices(random.choice(LETTERS), k=random.randint(1, 40)))


def _sign_or_word(random: Random, words: list[str]) -> str:
    return random.choice((random.choice(random.choice(SIGNS)), random.choice(words), _word(random)))
