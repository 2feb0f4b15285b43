"""Language by address: the prefix, the choice of a language, the switcher, its dates."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from babel.dates import format_date as format_date_as
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask, Request, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from markupsafe import Markup, escape
from werkzeug.routing import BaseConverter, ValidationError

from caliber_site.assets import address
from caliber_site.here import asked, here
from caliber_site.languages import BY_LABEL, BY_TAG, LANGUAGES, Language, language_of
from caliber_site.resources import TRANSLATIONS

COOKIE = "language"
YEAR_SECONDS = 365 * 24 * 3600
PLACE_OF_TIME = "HH:mm"
"""The time of day, alike in all languages, as Babel's patterns write it."""


class LanguageConverter(BaseConverter):
    """The first part of a reader's address: a language's label."""

    regex = "|".join(BY_LABEL)

    def to_python(self, value: str) -> Language:
        """Return the language that a label names."""
        try:
            return BY_LABEL[value]
        except KeyError:
            raise ValidationError from None

    def to_url(self, value: Language) -> str:
        """Return the label of a language."""
        return value.label


class Alternate(NamedTuple):
    """Where one link of the language switcher leads.

    `exact` is false where this page does not exist in that language and the link leads to the
    nearest page that says so.
    """

    language: Language
    url: str
    exact: bool


def preferred_language(request: Request) -> Language:
    """Return the reader's language: remembered choice, Accept-Language, the site's default."""
    chosen = BY_LABEL.get(request.cookies.get(COOKIE, ""))
    # Best first; a region ("hy-AM") is passed over, and q=0 means "not this one".
    accepted = (
        BY_TAG.get(tag.split("-")[0].lower())
        for tag, quality in request.accept_languages
        if quality > 0
    )
    default = BY_LABEL[here().app.config["CALIBER"].default_language]
    return chosen or next(filter(None, accepted), default)


def alternates(exact: dict[str, str], nearest: Callable[[Language], str]) -> list[Alternate]:
    """Return the switcher's links in the site's order.

    Args:
        exact: Addresses of this very page, by language tag.
        nearest: Makes the address to fall back on in a language that has none.
    """
    return [
        Alternate(language, exact.get(language.tag) or nearest(language), language.tag in exact)
        for language in LANGUAGES
    ]


def addresses_of(links: list[Alternate]) -> dict[str, str]:
    """Return where the switcher's links lead, by the languages' labels."""
    return {link.language.label: link.url for link in links}


def same_page_alternates() -> list[Alternate]:
    """Return links to the same address in each language, for pages that exist in all of them."""
    endpoint = request.endpoint or "news.front"
    if not current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        endpoint = "news.front"
    arguments = {} if endpoint == "news.front" else request.view_args or {}
    if request.args.get("q"):  # a search goes on in the other language with its words
        arguments = {**arguments, "q": request.args["q"]}
    return [Alternate(x, address(endpoint, **arguments, language=x), exact=True) for x in LANGUAGES]


def format_date_time(at: datetime) -> str:
    """Return a moment as the language prints it, in the paper's time zone."""
    return _format(at, here().g.language.date_time)


def format_date(at: datetime) -> str:
    """Return the day of a moment as the language prints it, in the paper's time zone."""
    return _format(at, here().g.language.date)


def format_day(at: datetime) -> str:
    """Return the day and month of a moment without the year, in the paper's time zone."""
    return _format(at, "d MMMM")


def format_time(at: datetime) -> str:
    """Return the time of day of a moment, in the paper's time zone."""
    return _time_of(_local(at))


def format_iso(at: datetime) -> str:
    """Return a moment for machines, with the paper's offset."""
    return _local(at).isoformat(timespec="seconds")


def this_year() -> int:
    """Return the current year in the paper's time zone."""
    return datetime.now(here().app.config["CALIBER"].zone).year


def format_number(number: int) -> str:
    """Return a number grouped as the language groups it."""
    return format_number_in(number, here().g.language.locale)


@lru_cache(maxsize=1024)
def format_number_in(number: int, locale: str) -> str:
    """Return a number grouped as a locale groups it."""
    return str(format_decimal(number, locale=locale))


def _local(at: datetime) -> datetime:
    """Return a moment by the paper's clock."""
    return at.astimezone(here().app.config["CALIBER"].zone)


def _time_of(local: datetime) -> str:
    """Return the time of day, in the form of `PLACE_OF_TIME`."""
    return local.isoformat(timespec="minutes")[11:16]


def _format(at: datetime, pattern: str) -> str:
    local = _local(at)
    day = _format_day(local.date(), pattern, here().g.language.locale)
    return day.replace(PLACE_OF_TIME, _time_of(local))


@lru_cache(maxsize=4096)
def _format_day(day: date, pattern: str, locale: str) -> str:
    """Return a day as a pattern has it, with the place of its time still open.

    There are many moments in a day, and Babel thinks about each for as long as a SELECT takes.
    """
    return str(format_date_as(day, pattern.replace(PLACE_OF_TIME, f"'{PLACE_OF_TIME}'"), locale))


def translate(text: str, /, **values: object) -> Markup:
    """Return a text of a template in the reader's language, with values in their places."""
    if values:
        return _translated(here().g.language.locale, text) % values
    return _without_values(here().g.language.locale, text)


@cache
def _translated(locale: str, text: str) -> Markup:
    return Markup(_catalogue(locale).ugettext(text))  # noqa: S704 - from our own catalogues


@cache
def _without_values(locale: str, text: str) -> Markup:
    return _translated(locale, text) % {}


@cache
def _catalogue(locale: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [locale])


def site_name() -> Markup:
    """Return the paper's name, marked with its language where that is not the page's."""
    return _mark_name(here().app.config["CALIBER"].site_name, here().g.language)


@cache
def _mark_name(name: str, language: Language) -> Markup:
    own = language_of(name)
    if own in {None, language}:
        return escape(name)
    return Markup('<span lang="{}">{}</span>').format(own, name)


def choose_language() -> ResponseReturnValue:
    """Lead from `/` to the reader's language; `/?language=ru` remembers a choice first."""
    chosen = BY_LABEL.get(request.args.get("language", ""))
    language = chosen or preferred_language(request)
    answer = redirect(url_for("news.front", language=language))
    answer.vary.update(("Accept-Language", "Cookie"))
    answer.cache_control.no_store = True
    if chosen:
        secure = here().app.config["SESSION_COOKIE_SECURE"]
        answer.set_cookie(COOKIE, chosen.label, max_age=YEAR_SECONDS, samesite="Lax", secure=secure)
    return answer


def names_for_templates() -> dict[str, object]:
    """Return what all templates may name."""
    return {"language": here().g.language, "languages": LANGUAGES}


def init_app(app: Flask, babel: Babel) -> None:
    """Give each request its language, and templates the forms of that language."""
    app.url_map.converters["language"] = LanguageConverter
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    babel.init_app(
        app,
        locale_selector=lambda: here().g.language.locale,
        timezone_selector=lambda: app.config["CALIBER"].time_zone,
    )

    app.jinja_env.globals["_"] = translate  # Flask-Babel's own looks for the catalogue in each call

    @app.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        named = (values or {}).pop("language", None)
        label = asked().path.split("/", 2)[1]
        here().g.language = named or BY_LABEL.get(label) or preferred_language(request)

    @app.url_defaults
    def add_language(endpoint: str, values: dict[str, Any]) -> None:
        if "language" not in values and app.url_map.is_endpoint_expecting(endpoint, "language"):
            values["language"] = here().g.language

    app.add_url_rule("/", view_func=choose_language)
    filters = (format_date, format_date_time, format_day, format_iso, format_number, format_time)
    for function in filters:
        app.add_template_filter(function)
    app.add_template_global(addresses_of)
    app.add_template_global(same_page_alternates)
    app.add_template_global(site_name)
    app.add_template_global(this_year)
    app.context_processor(names_for_templates)
