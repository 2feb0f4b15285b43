"""The yardstick: a hello-world Flask app that returns ready bytes, under the site's server.

Run as `python -m bench.http.hello PORT WORKERS`, with the headers and bytes of a page in `PAGE`.
"""

import json
import os
import sys
from pathlib import Path

from flask import Flask, Response

from caliber_site.serving.commands import run
from caliber_site.serving.server import Options

PAGE = "HELLO_PAGE"


def make_app() -> Flask:
    """Return an app whose only page is that of the folder named in the environment."""
    folder = Path(os.environ[PAGE])
    body = (folder / "page").read_bytes()
    headers = json.loads((folder / "headers.json").read_text())
    app = Flask("hello")

    @app.get("/")
    def hello() -> Response:
        return Response(body, headers=headers)

    return app


if __name__ == "__main__":
    run(make_app(), Options(port=int(sys.argv[1]), workers=int(sys.argv[2])))
