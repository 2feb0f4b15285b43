"""Where it is written: the routes."""

from flask import Blueprint

bp = Blueprint("desk", __name__, url_prefix="/desk")
