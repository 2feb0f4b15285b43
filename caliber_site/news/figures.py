"""Pictures inside a text, as pages show them."""

import re

from caliber_site.models.image import srcset

ATTRIBUTES = r'(?: [\w-]+="[^"]*")*'
STORED = re.compile(rf'<img({ATTRIBUTES}? src="/media/([\w-]+)-(\d+)\.webp"{ATTRIBUTES})>')
SIZES = "(min-width: 78rem) 48rem, (min-width: 60rem) 62vw, calc(100vw - 2rem)"


def offer_sizes(markup: str) -> str:
    """Return clean HTML whose pictures load late, as AVIF where that is taken, in a fitting size.

    A text names one size of each picture; the smaller ones are there too.
    """
    return STORED.sub(_offer, markup)


def _offer(stored: re.Match[str]) -> str:
    attributes, name, largest = stored[1], stored[2], int(stored[3])
    avif, webp = (srcset(name, largest, kind) for kind in ("avif", "webp"))
    sizes = f'sizes="{SIZES}"'
    return (
        f'<picture><source type="image/avif" srcset="{avif}" {sizes}>'
        f'<img{attributes} srcset="{webp}" {sizes} loading="lazy" decoding="async"></picture>'
    )
