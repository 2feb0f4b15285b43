"""Where the language switcher leads from a reader's page: to the same thing, or as near as it gets.

`?unavailable=1` lets the page that a reader lands on say that the story or list is not to be had
in its language.
"""

from flask import request

from caliber_site.assets import address
from caliber_site.i18n import Alternate, alternates
from caliber_site.languages import BY_TAG, Language
from caliber_site.news.article import ArticlePage
from caliber_site.news.headings import Heading


def article_alternates(page: ArticlePage) -> list[Alternate]:
    """Return the switcher of an article: its edition, else its section in that language."""
    exact = {
        tag: address("news.article", language=BY_TAG[tag], slug=slug)
        for tag, slug in page.editions.items()
    }

    def nearest(language: Language) -> str:
        if language.tag not in page.section_languages:
            return _front(language)
        slug = page.card.section_slug
        return address("news.section", language=language, slug=slug, unavailable=1)

    return alternates(exact, nearest)


def heading_alternates(heading: Heading) -> list[Alternate]:
    """Return the switcher of a list: the same list, else the front page in that language."""
    exact = {
        tag: address(str(request.endpoint), language=BY_TAG[tag], slug=heading.slug)
        for tag in heading.languages
    }
    return alternates(exact, _front)


def _front(language: Language) -> str:
    return address("news.front", language=language, unavailable=1)
