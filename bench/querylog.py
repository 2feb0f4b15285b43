"""The query log: what readers of synthetic editions might ask, by how common the words are."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from sqlalchemy.orm import Session

from caliber_site.languages import Language
from caliber_site.search.queries import list_published, load_documents
from caliber_site.search.stopwords import STOP_WORDS

KINDS = ("common", "rare", "two-common", "phrase", "prefix", "misspelt", "live")
LIVE = frozenset(("prefix", "live"))
"""Kinds that the live box asks while the last word is still being typed."""

SAMPLE = 2000
COMMON = 60
WORD = re.compile(r"[^\W\d_]{3,}")

Log = dict[str, list[str]]
"""Queries by kind."""


def draw_log(session: Session, language: Language, each: int, seed: str = "log") -> Log:
    """Return distinct queries of each kind, the same for the same editions and seed.

    Args:
        session: Knows the editions.
        language: Of the editions.
        each: How many queries there are of each kind, at most.
        seed: Other seeds give other queries.
    """
    random = Random(f"{seed} {language.tag}")
    ids = sorted(list_published(session, language.tag))
    ids = random.sample(ids, min(SAMPLE, len(ids)))
    texts = [f"{d.title}. {d.body}" for d in load_documents(session, language.tag, ids)]
    return draw(random, [WORD.findall(text.lower()) for text in texts], each)


def draw(random: Random, texts: Sequence[Sequence[str]], each: int) -> Log:
    """Return distinct queries of each kind, drawn from the words of some texts."""
    found = Counter(word for text in texts for word in set(text) if word not in STOP_WORDS)
    words = [word for word, _ in found.most_common()]
    common, rare = words[:COMMON], [word for word in words if found[word] == found[words[-1]]]

    def any_word() -> str:
        return random.choice(random.choice((common, words, rare)))

    makers: dict[str, Callable[[], str]] = {
        "common": lambda: random.choice(common),
        "rare": lambda: random.choice(rare),
        "two-common": lambda: " ".join(random.sample(common, 2)),
        "phrase": lambda: _quote(random, random.choice(texts)),
        "prefix": lambda: any_word()[:2],
        "misspelt": lambda: _misspell(random, random.choice(words), found),
        "live": lambda: f"{random.choice(common)} {_begin(random, any_word())}",
    }
    tries = range(20 * each)  # there are only so many common words
    return {
        kind: list(dict.fromkeys(filter(None, (make() for _ in tries))))[:each]
        for kind, make in makers.items()
    }


def _quote(random: Random, text: Sequence[str]) -> str:
    start = random.randrange(max(1, len(text) - 1))
    return f'"{" ".join(text[start : start + 2])}"'


def _begin(random: Random, word: str) -> str:
    return word[: random.randint(2, len(word))]


def _misspell(random: Random, word: str, known: Counter[str]) -> str:
    """Return a word of six letters and more with one slip; nothing for other words."""
    place = random.randrange(1, max(2, len(word) - 1))
    before, after = word[:place], word[place:]
    slips = (before + after[1:], before + after[1::-1] + after[2:], before + after[:1] + after)
    slip = random.choice(slips)
    return slip if len(word) > 5 and slip not in known else ""
