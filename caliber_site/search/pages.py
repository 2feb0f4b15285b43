"""How readers find it: the search page and the live box, which are the same address; its feed."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from werkzeug.exceptions import ServiceUnavailable

from caliber_site.atom import tag_uri, xml_text
from caliber_site.extensions import db
from caliber_site.htmx import page_or_block
from caliber_site.languages import language_of
from caliber_site.models import now
from caliber_site.readers import is_reader
from caliber_site.search.feed import last_update, load_entries
from caliber_site.search.form import SearchForm
from caliber_site.search.histogram import draw
from caliber_site.search.listing import Listing, load_listing
from caliber_site.search.narrowing import narrow
from caliber_site.search.popular import count_query, load_popular
from caliber_site.search.query import Query
from caliber_site.speculation import name_rules

bp = Blueprint("search", __name__, url_prefix="/<language:language>")

OWN = frozenset(("same-origin", "none"))
"""Where Sec-Fetch-Site says a reader came from: our pages, or the browser's own search field."""

POPULAR_SECONDS = 60
RETRY_SECONDS = 60


@bp.app_template_filter()
def in_its_language(text: str) -> Markup:
    """Return a reader's words, marked with their language where it is not the page's."""
    own = language_of(text)
    if own in {None, g.language}:
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(own, text)


bp.after_request(name_rules)


@bp.after_request
def keep_out(response: Response) -> Response:
    """Keep results out of other search engines; the page that asks for words may be found."""
    if request.endpoint != "search.search" or request.query_string:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/search")
def search() -> ResponseReturnValue:
    """Show what was found: the page, its results alone, or the short list of the live box."""
    form = SearchForm.parse(request.args)
    if not form.text:
        return _offer_popular(form)
    asked, engine = _query(form), current_app.extensions["search"]
    listing = load_listing(db.session, engine, asked, verbatim=form.verbatim)
    db.session.rollback()  # its connection is not held while the page is made, which needs one
    if form.live:
        return page_or_block("search/live.html", "results", form=form, listing=listing)
    response = _show_page(form, listing)
    _count(listing)
    return response


@bp.get("/search.atom")
def feed() -> ResponseReturnValue:
    """Give the newest results as an Atom feed; a reader that has them is told so (304)."""
    form = SearchForm.parse(request.args)
    site_url = current_app.config["CALIBER"].site_url
    entries = load_entries(db.session, current_app.extensions["search"], _query(form), site_url)
    if entries is None:
        raise ServiceUnavailable(retry_after=RETRY_SECONDS)
    response = Response(
        render_template(
            "search/feed.xml",
            form=form,
            text=xml_text(form.text),
            id=tag_uri(site_url, "search", g.language.tag, urlencode(form.feed_link())),
            entries=entries,
            updated=last_update(entries),
        ),
        content_type="application/atom+xml; charset=utf-8",
    )
    response.add_etag(weak=True)
    return response.make_conditional(request)


def _query(form: SearchForm) -> Query:
    return form.make_query(g.language, current_app.config["CALIBER"].zone, now())


def _show_page(form: SearchForm, listing: Listing) -> Response:
    shown = listing.answer.shown
    groups = narrow(replace(form, text=shown.text), shown, listing.facets, listing.names)
    histogram = draw(listing.facets.days)
    return page_or_block(
        "search/page.html", "results", form=form, listing=listing, groups=groups, bars=histogram
    )


def _offer_popular(form: SearchForm) -> Response:
    popular = load_popular(db.session, g.language, now())
    db.session.rollback()  # as above
    response = page_or_block("search/popular.html", "results", form=form, popular=popular)
    if form.live:
        response.cache_control.no_cache = None
        response.cache_control.max_age = POPULAR_SECONDS
    return response


def _count(listing: Listing) -> None:
    """Count a query that found all its words, if a person's browser asked it."""
    results, headers = listing.results, request.headers
    found = results.total and results.all_words and results.page == 1
    if found and headers.get("Sec-Fetch-Site", "none") in OWN and is_reader(headers):
        agent = headers.get("User-Agent", "")
        count_query(db.session, listing.answer.shown, request.remote_addr or "", agent)
