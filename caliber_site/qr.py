"""QR codes: the address of a printed article, for a telephone."""

from functools import lru_cache

import segno
from flask import Flask
from markupsafe import Markup


@lru_cache(maxsize=2048)
def qr_code(address: str) -> Markup:
    """Return an address as a QR code, in SVG without styles.

    The mask is fixed, which any reader accepts (ISO/IEC 18004): trying all eight to find the
    one that is easiest to scan would take three times as long as the rest of the page.
    """
    code = segno.make(address, error="l", boost_error=False, micro=False, mask=0)
    return Markup(code.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704 - drawn by segno


def init_app(app: Flask) -> None:
    """Offer `qr_code` to templates."""
    app.add_template_filter(qr_code)
