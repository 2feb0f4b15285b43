"""The yardstick: a hello-world Flask app that returns ready bytes, under the site's server.

Run as `python -m bench.http.hello PORT WORKERS`, with pages and their headers in `PAGES`.
"""

import json
import os
import sys
from pathlib import Path

from flask import Flask, Response

from caliber_site.serving.commands import run
from caliber_site.serving.server import Options

PAGES = "HELLO_PAGES"


def make_app() -> Flask:
    """Return an app whose pages are those of the folder named in the environment."""
    folder = Path(os.environ[PAGES])
    headers = json.loads((folder / "headers.json").read_text())
    bodies = {name: (folder / name).read_bytes() for name in headers}
    app = Flask("hello")

    @app.get("/<name>")
    def hello(name: str) -> Response:
        return Response(bodies[name], headers=headers[name])

    return app


if __name__ == "__main__":
    run(make_app(), Options(port=int(sys.argv[1]), workers=int(sys.argv[2])))
