"""What a demo story points at: other stories and pictures, by their keys."""

import re
from collections.abc import Mapping

from caliber_site.languages import BY_TAG
from caliber_site.models.image import WIDTHS
from caliber_site.pictures import Picture

STORY = re.compile(r'href="story:([\w-]+)"')
PICTURE = re.compile(r'src="picture:([\w-]+)"')


def list_pictures(body: str) -> list[str]:
    """Return the stems of the pictures inside a body."""
    return PICTURE.findall(body)


def list_links(body: str) -> list[str]:
    """Return the keys of the stories that a body links to."""
    return STORY.findall(body)


def resolve(
    body: str, tag: str, slugs: Mapping[tuple[str, str], str], pictures: Mapping[str, Picture]
) -> str:
    """Return a body whose links and pictures have their addresses.

    Args:
        body: HTML with `story:KEY` and `picture:STEM` for addresses.
        tag: Language tag; links stay in the language.
        slugs: Slug of each story's edition, by story key and language tag.
        pictures: The pictures by stem.

    Raises:
        KeyError: It points at something that is not there.
    """
    label = BY_TAG[tag].label
    body = STORY.sub(lambda m: f'href="/{label}/post/{slugs[m[1], tag]}"', body)
    return PICTURE.sub(lambda m: _source(pictures[m[1]]), body)


def _source(picture: Picture) -> str:
    width = max(width for width in picture.widths if width <= WIDTHS[1])
    height = max(1, round(picture.height * width / picture.width))
    return f'src="/media/{picture.name}-{width}.webp" width="{width}" height="{height}"'
