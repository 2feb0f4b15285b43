"""What an edition was: the routes."""

from flask import Blueprint, abort, g, render_template
from flask.typing import ResponseReturnValue

from caliber_site.desk import queries, rights
from caliber_site.desk.pages.guard import ROW, edition_or_404
from caliber_site.extensions import db
from caliber_site.languages import BY_TAG

bp = Blueprint("revisions", __name__)


@bp.get(f"/edit/<{ROW}:edition_id>/revisions")
def index(edition_id: int) -> ResponseReturnValue:
    """List an edition's revisions, newest first."""
    edition = edition_or_404(edition_id)
    revisions = queries.list_revisions(db.session, edition_id)
    return render_template("desk/revisions.html", edition=edition, revisions=revisions)


@bp.get(f"/edit/<{ROW}:edition_id>/revisions/<{ROW}:revision_id>")
def show(edition_id: int, revision_id: int) -> ResponseReturnValue:
    """Show an old text."""
    edition = edition_or_404(edition_id)
    revision = queries.load_revision(db.session, edition_id, revision_id)
    if revision is None:
        abort(404)
    return render_template(
        "desk/revision.html",
        edition=edition,
        revision=revision,
        written_in=BY_TAG[edition.language],
        edits=rights.edits(g.editor, edition),
    )
