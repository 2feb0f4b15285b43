"""Synthetic texts: titles, leads and bodies of made-up news."""

from dataclasses import dataclass
from random import Random

from caliber_site.demo.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
class Text:
    """What an edition says; the body is clean HTML."""

    title: str
    lead: str
    body: str


def write_text(tag: str, random: Random) -> Text:
    """Return a text of 150 to 600 words about a few subjects that come back in it."""
    words = load_vocabulary(tag)
    topics = words.draw_topics(random, 4)
    title = words.draw(random, random.randint(3, 10)) + topics[:2]
    random.shuffle(title)
    lead = " ".join(_sentence(words, random, topics) for _ in range(random.randint(1, 2)))
    return Text(_capital(" ".join(title)), lead, _body(words, random, topics))


def _body(words: Vocabulary, random: Random, topics: list[str]) -> str:
    wanted, written = random.randint(150, 600), 0
    blocks: list[str] = []
    while written < wanted:
        if blocks and random.random() < 0.1:
            blocks.append(f"<h2>{_capital(' '.join(words.draw(random, 4)))}</h2>")
        sentences = [_sentence(words, random, topics) for _ in range(random.randint(2, 5))]
        written += sum(sentence.count(" ") + 1 for sentence in sentences)
        paragraph = f"<p>{' '.join(sentences)}</p>"
        quoted = random.random() < 0.05
        blocks.append(f"<blockquote>{paragraph}</blockquote>" if quoted else paragraph)
    return "\n".join(blocks)


def _sentence(words: Vocabulary, random: Random, topics: list[str]) -> str:
    drawn = words.draw(random, random.randint(7, 17))
    if random.random() < 0.5:
        drawn[random.randrange(len(drawn))] = random.choice(topics)
    if len(drawn) > 10:
        drawn[len(drawn) // 2] += ","
    return _capital(" ".join(drawn)) + words.stop


def _capital(text: str) -> str:
    # Not `capitalize`, which turns the Armenian ligature at the start into two letters.
    return text if text.startswith("և") else text[:1].upper() + text[1:]
