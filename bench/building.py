"""Building: how long indexes take; what is built is kept, and its time beside it."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.corpus import Corpus
from bench.rivals import PlainWhoosh, Rival
from caliber_site.search.parts import build
from caliber_site.search.queries import list_published


def build_rival(corpus: Corpus, name: str, rival: Rival) -> float:
    """Build another engine's index if it is not there yet; return how many seconds it took."""
    kept = corpus.folder / f"{name}.seconds"
    if not (kept.exists() and rival.kept):
        print(f"building {name} for {corpus.name} …", file=sys.stderr)
        start = perf_counter()
        rival.build(corpus.documents())
        kept.write_text(str(perf_counter() - start))
    return float(kept.read_text())


def describe_builds(corpus: Corpus) -> str:
    """Return what building the site's index takes, and what one plain Whoosh writer does."""
    plain = PlainWhoosh(corpus.folder, corpus.language.tag)
    other, own = build_rival(corpus, "plain-whoosh", plain), _build_site(corpus)
    return (
        f"{corpus.name}: index built in {own:.0f} s with {os.cpu_count()} cores,"
        f" plain Whoosh's by one writer in {other:.0f} s: {other / own:.2f} times"
    )


def _build_site(corpus: Corpus) -> float:
    kept = corpus.folder / "engine.seconds"
    if not kept.exists():
        print(f"building the site's index for {corpus.name} …", file=sys.stderr)
        start = perf_counter()
        with TemporaryDirectory(dir=corpus.folder) as folder, corpus.session() as session:
            tag = corpus.language.tag
            editions = list(list_published(session, tag))
            build(session, tag, editions, Path(folder), lambda: None)
        kept.write_text(str(perf_counter() - start))
    return float(kept.read_text())
