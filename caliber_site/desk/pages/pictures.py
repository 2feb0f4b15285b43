"""Uploaded pictures: the route for the text's, and what the form does with its own."""

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from caliber_site.database import take_write_lock
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.extensions import db
from caliber_site.pictures import (
    MEGABYTE,
    Picture,
    PictureError,
    PictureFault,
    add_image,
    add_story_image,
    write_picture,
)
from caliber_site.settings import Settings

SHOWN_WIDTH = 960

bp = Blueprint("pictures", __name__)


@bp.post("/pictures")
def upload() -> ResponseReturnValue:
    """Keep a picture for the text and say where it is."""
    given = request.files.get("picture")
    if not given:
        return {"error": explain(PictureFault.TYPE)}, 422
    try:
        picture = write(given)
    except PictureError as error:
        return {"error": explain(error.reason)}, 422
    take_write_lock(db.session)
    add_image(db.session, picture)
    db.session.commit()
    shown = next((width for width in picture.widths if width >= SHOWN_WIDTH), picture.width)
    height = round(picture.height * shown / picture.width)
    return {"src": f"/media/{picture.name}-{shown}.webp", "width": shown, "height": height}


def take_picture(form: EditionForm) -> None:
    """Keep the picture that the form brings, so that nobody must choose it twice."""
    form.refused_picture = ""
    try:
        picture = write_chosen(form)
    except PictureError as error:
        form.refused_picture = explain(error.reason)
        return
    if picture:
        take_write_lock(db.session)
        image = add_story_image(db.session, picture, g.editor.id)
        db.session.commit()
        form.image.data, form.remove_picture.data = str(image.id), False


def write_chosen(form: EditionForm) -> Picture | None:
    """Write the files of the picture that the form brings, if it brings one.

    Raises:
        PictureError: It cannot be a picture of the site.
    """
    given = form.picture.data
    return write(given) if isinstance(given, FileStorage) and given.filename else None


def write(given: FileStorage) -> Picture:
    """Write the files of an uploaded picture; raises as `write_chosen`."""
    settings: Settings = current_app.config["CALIBER"]
    most = settings.upload_limit * MEGABYTE
    data = given.stream.read(most + 1)
    return write_picture(settings.uploads_dir, data, settings.upload_limit)


def explain(fault: PictureFault) -> str:
    """Return why an upload was refused, and what can be done about it."""
    limit = current_app.config["CALIBER"].upload_limit
    explanations = {
        PictureFault.TYPE: _("This is not a picture that we can keep: JPEG, PNG, WebP or AVIF."),
        PictureFault.SIZE: _("This file is too large: at most %(limit)s MB.", limit=limit),
        PictureFault.DIMENSIONS: _("This picture has too many pixels. Please make it smaller."),
        PictureFault.BROKEN: _("This picture is damaged. Please export it again."),
    }
    return str(explanations[fault])
