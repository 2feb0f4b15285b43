"""The fragment that says how often an edition was read."""

from collections.abc import Callable
from functools import cache

from flask import Flask, g, render_template
from flask_babel import get_translations
from markupsafe import Markup

from caliber_site.i18n import format_number_in
from caliber_site.languages import Language


class ViewCount:
    """Says counts in all languages; its template is rendered once a form of the plural."""

    def __init__(self, app: Flask) -> None:
        """Make it for a site, whose words are used."""
        self._app = app
        self._choose_form = cache(self._load_plural)
        self._frames: dict[tuple[Language, int], tuple[str, str]] = {}

    def say(self, language: Language, number: int) -> Markup:
        """Return the fragment in a language."""
        count = format_number_in(number, language.locale)
        form = language, self._choose_form(language)(number)
        if form not in self._frames:
            before, _, after = self._render(language, number).partition(count)
            self._frames[form] = before, after
        return Markup(count.join(self._frames[form]))  # noqa: S704 - made by a template

    def _render(self, language: Language, number: int) -> str:
        with self._app.app_context():
            g.language = language
            return render_template("news/_views.html", views=number)

    def _load_plural(self, language: Language) -> Callable[[int], int]:
        with self._app.app_context():
            g.language = language
            plural: Callable[[int], int] = get_translations().plural
            return plural
