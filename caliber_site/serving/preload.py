"""What each worker needs, loaded before there are any: they share its memory."""

import gc
from datetime import UTC, datetime

from babel.dates import format_datetime
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import force_locale, gettext
from sqlalchemy.orm import configure_mappers

from caliber_site.extensions import db
from caliber_site.languages import LANGUAGES
from caliber_site.search.lemmas import load_dictionaries

ROOMS = ("news/", "search/", "errors/", "_", "base")
"""Templates that readers see; an editor waits for the desk's once."""


def preload(app: Flask) -> None:
    """Load what all workers of a site need, before they are forked."""
    gc.disable()  # so much is loaded that looking for garbage took a third of the time
    configure_mappers()
    load_dictionaries()
    for name in app.jinja_env.list_templates(filter_func=lambda name: name.startswith(ROOMS)):
        app.jinja_env.get_template(name)
    with app.test_request_context():
        for language in LANGUAGES:
            _load_language(language.locale)
    with app.app_context():
        db.engine.dispose()
    # The garbage collector writes into what it looks through, which ends the sharing.
    gc.freeze()
    gc.enable()


def _load_language(locale: str) -> None:
    """Have its catalogue and its names of months and numbers read."""
    with force_locale(locale):
        gettext("Search")
    format_datetime(datetime.now(UTC), "d MMMM y, LLLL, HH:mm", locale=locale)
    format_decimal(1_000, locale=locale)
