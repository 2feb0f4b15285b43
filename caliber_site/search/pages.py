"""How readers find it: the search page and the live box, which are the same address."""

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue

from caliber_site.extensions import db
from caliber_site.htmx import page_or_block
from caliber_site.models import now
from caliber_site.search.form import SearchForm
from caliber_site.search.listing import load_listing

bp = Blueprint("search", __name__, url_prefix="/<language:language>")


@bp.get("/search")
def search() -> ResponseReturnValue:
    """Show what was found: the page, its results alone, or the short list of the live box."""
    form = SearchForm.parse(request.args)
    asked = form.make_query(g.language, current_app.config["CALIBER"].zone, now())
    listing = load_listing(db.session, current_app.extensions["search"], asked)
    template = "search/live.html" if form.live else "search/page.html"
    response = page_or_block(template, "results", form=form, listing=listing)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
