"""Uploaded pictures as browsers get them."""

from flask import Flask, Response, current_app, send_from_directory

from caliber_site.assets import YEAR
from caliber_site.pictures import make_avif

TYPES = {".avif": "image/avif", ".webp": "image/webp"}


def media(name: str, suffix: str) -> Response:
    """Send one size of a picture; its name changes with its bytes."""
    folder = current_app.config["CALIBER"].uploads_dir
    if suffix == ".avif":
        make_avif(folder, name + suffix)
    answer = send_from_directory(folder, name + suffix, mimetype=TYPES[suffix], max_age=YEAR)
    answer.cache_control.immutable = True
    return answer


def init_app(app: Flask) -> None:
    """Answer for `/media/`."""
    for suffix in TYPES:
        app.add_url_rule(f"/media/<name>{suffix}", view_func=media, defaults={"suffix": suffix})
