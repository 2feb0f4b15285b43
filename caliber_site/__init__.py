"""A fast multilingual news site: `create_app` makes it, nothing is made at import."""

import gc

collects = gc.isenabled()
gc.disable()  # to look for garbage while so much is loaded takes a seventh of the start

from inspect import iscoroutinefunction

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from caliber_site import (
    assets,
    cli,
    errors,
    fragments,
    health,
    i18n,
    logs,
    media,
    purging,
    qr,
    security,
    speculation,
    templating,
)
from caliber_site.database import engine_options, prepare
from caliber_site.desk import pages as desk_pages
from caliber_site.desk.attempts import open_counter
from caliber_site.extensions import babel, compared_tables, compress, csrf, db
from caliber_site.news import pages as news_pages
from caliber_site.news import viewpost
from caliber_site.ready.cache import PageCache
from caliber_site.ready.freshness import Freshness
from caliber_site.resources import STATIC, TEMPLATES
from caliber_site.search import catchup
from caliber_site.search import pages as search_pages
from caliber_site.search.engine import open_engine
from caliber_site.settings import Settings, load_settings, make_data_dir
from caliber_site.site import Site

if collects:
    gc.freeze()  # all of it stays
    gc.enable()

MEGABYTE = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Make the site.

    Args:
        settings: How it is set up; read from the environment if not given.

    Raises:
        SettingsError: A setting is missing or malformed.
    """
    settings = settings or load_settings()
    app = Site(__name__, template_folder=str(TEMPLATES), static_folder=str(STATIC))
    app.config.update(
        CALIBER=settings,
        SECRET_KEY=settings.secret_key.get_secret_value(),
        ALEMBIC_CONTEXT={"include_object": compared_tables(settings.database)},
        SQLALCHEMY_ENGINES={"default": engine_options(settings.database)},
        MAX_CONTENT_LENGTH=(settings.upload_limit + 2) * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=2 * MEGABYTE,
        COMPRESS_MIN_SIZE=500,
    )
    templating.init_app(app)
    make_data_dir(settings)
    if settings.page_cache and not app.debug:
        app.extensions["freshness"] = Freshness(settings.database)
    logs.init_app(app)
    for extension in (db, compress, csrf):
        extension.init_app(app)
    # One of them would start a thread after each request, to close asynchronous sessions.
    app.teardown_appcontext_funcs = [
        x for x in app.teardown_appcontext_funcs if not iscoroutinefunction(x)
    ]
    with app.app_context():
        prepare(db.engine)
    i18n.init_app(app, babel)
    for policy in (
        assets,
        fragments,
        media,
        purging,
        security,
        speculation,
        errors,
        health,
        qr,
        cli,
    ):
        policy.init_app(app)
    app.extensions["search"] = open_engine(settings)
    app.extensions["attempts"] = open_counter(settings.redis_url)
    catchup.init_app(app)
    viewpost.init_app(app)
    if settings.proxies:  # before all that look at who asks
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    if freshness := app.extensions.get("freshness"):  # the first: it answers most
        cache = PageCache(app.wsgi_app, freshness, settings.page_cache * MEGABYTE)
        app.wsgi_app = cache  # type: ignore[method-assign]
        app.extensions["answers"] = cache.answers
    for room in (news_pages, search_pages, desk_pages):
        app.register_blueprint(room.bp)
    return app
