"""Static files: what a kind of page needs of style sheets and scripts is made into one of each.

Every page takes `base`, kept from the first visit on, and what its own kind adds.
"""

import hashlib
import re
from functools import cache, lru_cache

from caliber_site.resources import STATIC

LIST = ("css/cards.css", "css/banner.css", "css/listing.css")
BUNDLES = {
    "pages/base.css": (
        "css/tokens.css",
        "css/layout.css",
        "css/overlay.css",
        "css/transition.css",
        "css/print.css",
    ),
    "pages/front.css": ("css/cards.css", "css/banner.css", "css/front.css"),
    "pages/list.css": LIST,
    "pages/article.css": (*LIST, "css/article.css"),
    "pages/search.css": ("css/search.css",),
    "pages/base.js": ("js/language.js", "js/search.js"),
    "pages/article.js": ("js/size.js", "js/share.js", "js/seen.js", "js/place.js"),
}
SPACE = re.compile(r'("[^"]*")|/\*.*?\*/|\s*([{};,])\s*|(\s)\s*', re.DOTALL)


def read_static(name: str) -> bytes:
    """Return the bytes of a static file or of a bundle.

    Raises:
        FileNotFoundError: There is neither.
    """
    if name not in BUNDLES:
        return (STATIC / name).read_bytes()
    join = _join_styles if name.endswith(".css") else _join_scripts
    return join([(STATIC / part).read_text() for part in BUNDLES[name]]).encode()


def fingerprint(name: str) -> str:
    """Return what tells the bytes of a static file from all that it has been and will be.

    Raises:
        FileNotFoundError: No such static file.
    """
    states = ((STATIC / part).stat() for part in BUNDLES.get(name, (name,)))
    return _find_fingerprint(name, *((x.st_mtime_ns, x.st_size, x.st_ino) for x in states))


@lru_cache(maxsize=256)
def _find_fingerprint(name: str, *_states: tuple[int, int, int]) -> str:
    """Return it for files in these states: they may be replaced while the site runs."""
    return hashlib.sha256(read_static(name)).hexdigest()[:12]


@cache
def _list_names() -> frozenset[str]:
    paths = (path for path in STATIC.rglob("*") if path.is_file())
    return frozenset([*BUNDLES, *(path.relative_to(STATIC).as_posix() for path in paths)])


def is_named_by_content(name: str, query: str) -> bool:
    """Return whether an address names the bytes that are there, and so never stands for others.

    While one version of the site takes the place of another, each is asked for files of the other,
    too. And whatever else is behind a question mark, it is the same file.

    Args:
        name: The file's, of which there may be none.
        query: What is behind the question mark. The names of fonts change with them.
    """
    if name not in _list_names():
        return False
    if not query.startswith("v="):
        return not query and name.endswith(".woff2")
    try:
        return query == f"v={fingerprint(name)}"
    except OSError:  # it has gone
        return False


def _join_styles(sheets: list[str]) -> str:
    """Return style sheets without comments and needless space."""
    small = SPACE.sub(lambda m: m[1] or m[2] or (" " if m[3] else ""), "".join(sheets))
    return small.replace(";}", "}").strip()


def _join_scripts(modules: list[str]) -> str:
    """Return modules as one, each in a block of its own, so that their names do not meet."""
    return "".join(f"{{\n{module}}}\n" for module in modules)
