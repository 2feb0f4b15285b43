"""Uploaded pictures: the route for the text's, and what the form does with its own."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from caliber_site.database import take_write_lock
from caliber_site.desk.forms.edition import EditionForm
from caliber_site.extensions import db
from caliber_site.models import Image
from caliber_site.pictures import MEGABYTE, PictureError, PictureFault, add_image, write_picture
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
        image = _keep(given)
    except PictureError as error:
        return {"error": explain(error.reason)}, 422
    shown = next((width for width in image.widths if width >= SHOWN_WIDTH), image.width)
    height = round(image.height * shown / image.width)
    return {"src": f"/media/{image.name}-{shown}.webp", "width": shown, "height": height}


def take_picture(form: EditionForm) -> None:
    """Keep the picture that the form brings, so that nobody must choose it twice."""
    form.refused_picture = ""
    given = form.picture.data
    if not isinstance(given, FileStorage) or not given.filename:
        return
    try:
        form.image.data, form.remove_picture.data = str(_keep(given).id), False
    except PictureError as error:
        form.refused_picture = explain(error.reason)


def _keep(given: FileStorage) -> Image:
    settings: Settings = current_app.config["CALIBER"]
    most = settings.upload_limit * MEGABYTE
    picture = write_picture(
        settings.uploads_dir, given.stream.read(most + 1), settings.upload_limit
    )
    take_write_lock(db.session)
    image = add_image(db.session, picture)
    db.session.commit()
    return image


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
