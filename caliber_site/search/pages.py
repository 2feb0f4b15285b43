"""Search pages."""

from flask import Blueprint

bp = Blueprint("search", __name__, url_prefix="/<language:language>")


@bp.get("/search")
def search() -> str:
    """Search."""
    return ""
