"""The list of editions: the routes."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from caliber_site.desk.editions import Wanted, list_editions, state_of
from caliber_site.extensions import db
from caliber_site.languages import BY_LABEL, BY_TAG
from caliber_site.models import now

LONGEST_QUERY = 200

bp = Blueprint("editions", __name__)


@bp.get("/")
def index() -> ResponseReturnValue:
    """List the editions that the editor may see, newest change first."""
    at = now()
    listing = list_editions(db.session, g.editor, _wanted(), at)
    return render_template(
        "desk/editions.html", listing=listing, state_of=state_of, at=at, by_tag=BY_TAG
    )


def _wanted() -> Wanted:
    language = BY_LABEL.get(request.args.get("language", ""))
    return Wanted(
        words=request.args.get("q", "")[:LONGEST_QUERY].replace("\x00", ""),
        state=request.args.get("state", ""),
        language=language.tag if language else "",
        owner_id=g.editor.id if request.args.get("mine") else None,
        page=_number(request.args.get("page", "1")),
    )


def _number(page: str) -> int:
    return max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) < 9 else 1
