"""QR codes: the address of a printed article, for a telephone.

They are pictures of their own, which browsers fetch when they print: to draw one takes longer than
all the rest of a page.
"""

from io import BytesIO

import segno
from flask import Flask, Response, current_app, url_for

from caliber_site.assets import YEAR


def draw_qr(address: str) -> str:
    """Return an address as a QR code: a whole SVG, without styles.

    The mask is fixed, which any reader accepts (ISO/IEC 18004): to try all eight for the one that
    is easiest to scan takes three times as long.
    """
    code = segno.make(address, error="l", boost_error=False, micro=False, mask=0)
    drawing = BytesIO()
    code.save(
        drawing, kind="svg", border=0, omitsize=True, svgclass=None, lineclass=None, xmldecl=False
    )
    return drawing.getvalue().decode()


def qr(slug: str) -> Response:
    """Send the QR code of an article's address."""
    address = current_app.config["CALIBER"].site_url + url_for("news.article", slug=slug)
    answer = Response(draw_qr(address), content_type="image/svg+xml")
    answer.cache_control.public = True
    answer.cache_control.max_age = YEAR
    return answer


def init_app(app: Flask) -> None:
    """Answer for the codes."""
    app.add_url_rule("/<language:language>/qr/<slug>.svg", view_func=qr)
