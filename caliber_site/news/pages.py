"""What readers read: the routes."""

from contextlib import AbstractContextManager, nullcontext

from flask import (
    Blueprint,
    Response,
    abort,
    g,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from caliber_site.extensions import csrf, db
from caliber_site.fragments import keep, note_stamp
from caliber_site.here import asked, here
from caliber_site.htmx import is_htmx, page_or_block, render_page
from caliber_site.models import LEAST_READERS, now
from caliber_site.news import queries
from caliber_site.news.article import find_moved, load_article
from caliber_site.news.figures import offer_sizes
from caliber_site.news.frame import Frame, load_frame
from caliber_site.news.listing import LAST_PAGE, Place, Scope
from caliber_site.news.switcher import article_alternates, heading_alternates
from caliber_site.news.viewpost import TROUBLE
from caliber_site.reading import ReadConnection, reading
from caliber_site.speculation import name_rules
from caliber_site.text import spell_out_links

bp = Blueprint("news", __name__, url_prefix="/<language:language>")


@bp.app_template_global()
def frame() -> Frame:
    """Return the section menu and banners of the page that is being rendered."""
    page = here().g
    found: Frame | None = getattr(page, "frame", None)
    if found is None:
        troubled = page.get("troubled")
        found = page.frame = Frame() if troubled else _find_frame(page.get("section_slug"))
    return found


@bp.app_template_filter()
def printable(body: Markup) -> Markup:
    """Return a body whose links into the site carry what is printed of them, and its pictures."""
    site = here().app.config["CALIBER"].site_url
    return Markup(offer_sizes(spell_out_links(body, site)))  # noqa: S704 - as clean as it was


bp.after_request(name_rules)


@bp.after_request
def ask_again(response: Response) -> Response:
    """Let browsers keep pages, and ask each time whether they are still fresh."""
    if not response.headers.getlist("Cache-Control"):
        response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/")
def front() -> ResponseReturnValue:
    """Show the front page."""
    with _reading() as read:
        page = queries.load_front(read, g.language, now(), keep)
        _note_frame(read)
    return render_page("news/front.html", front=page)


@bp.get("/latest/")
def latest() -> ResponseReturnValue:
    """List all published editions, newest first."""
    place = _place()
    with _reading() as read:
        listing = queries.load_latest(read, g.language, now(), *place)
    if listing is None:
        abort(404)
    return page_or_block("news/latest.html", "cards", listing=listing)


@bp.get("/section/<slug>/")
def section(slug: str) -> ResponseReturnValue:
    """List a section's published editions, newest first."""
    g.section_slug = slug
    return _show_list("news/section.html", Scope.SECTION, slug)


@bp.get("/tag/<slug>/")
def tag(slug: str) -> ResponseReturnValue:
    """List a tag's published editions, newest first."""
    return _show_list("news/tag.html", Scope.TAG, slug)


@bp.get("/author/<slug>/")
def author(slug: str) -> ResponseReturnValue:
    """List an author's published editions, newest first."""
    return _show_list("news/author.html", Scope.AUTHOR, slug)


@bp.get("/post/<slug>")
def article(slug: str) -> ResponseReturnValue:
    """Show an article; an address that it once had sends on, a withdrawn one is gone."""
    number, after = _place()
    if number > 1 and after is None:  # the list below goes on from a place, it has no numbers
        return redirect(url_for("news.article", slug=slug), 301)
    with _reading() as read:
        page = load_article(read, here().g.language, slug, now(), number, after, keep=keep)
        if page:
            here().g.section_slug = page.card.section_slug
            _note_frame(read)
    if page is None:
        return _explain_missing(slug)
    switcher = article_alternates(page)
    return page_or_block("news/article.html", "more", article=page, alternates=switcher)


@bp.post("/post/<slug>/views")
def views(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - known to `viewpost`
    """Explain why `viewpost`, which answers for this address, could not."""
    raise request.environ.get(TROUBLE, NotFound())


@bp.get("/privacy")
def privacy() -> ResponseReturnValue:
    """Say what is stored."""
    return render_page("news/privacy.html", least_readers=LEAST_READERS)


csrf.exempt(views)  # readers have no session; the origin is checked instead


def _reading() -> AbstractContextManager[ReadConnection]:
    """Return a connection for what is kept, too."""
    note_stamp()
    return reading(db.engine)


def _find_frame(slug: str | None, read: ReadConnection | None = None) -> Frame:
    """Return the frame of a page of a section, or of none."""

    def load() -> Frame:
        with nullcontext(read) if read else _reading() as reading:
            return load_frame(reading, g.language, now(), slug)

    return keep(load, "frame", slug)


def _note_frame(read: ReadConnection) -> None:
    """Have the frame of a page that has one read by the connection that is at hand."""
    if not is_htmx():
        page = here().g
        page.frame = _find_frame(page.get("section_slug"), read)


def _place() -> tuple[int, Place | None]:
    """Return the page and the place that the address asks for; 404 for what cannot be."""
    if not asked().query_string:
        return 1, None
    page = request.args.get("page", "1")
    if not (page.isascii() and page.isdecimal() and len(page) < 9 and 1 <= int(page) <= LAST_PAGE):
        abort(404)
    return int(page), Place.parse(request.args.get("after"))


def _show_list(template: str, scope: Scope, slug: str) -> ResponseReturnValue:
    place = _place()
    with _reading() as read:
        found = queries.load_list(read, g.language, scope, slug, now(), *place)
        _note_frame(read)
    if found is None:
        abort(404)
    heading, listing = found
    switcher = heading_alternates(heading)
    return page_or_block(template, "cards", heading=heading, listing=listing, alternates=switcher)


def _explain_missing(slug: str) -> ResponseReturnValue:
    with _reading() as read:
        moved_to, withdrawn = find_moved(read, g.language, slug, now())
    if moved_to is None:
        abort(410 if withdrawn else 404)
    return redirect(url_for("news.article", slug=moved_to), 301)
