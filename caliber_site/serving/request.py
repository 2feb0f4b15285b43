"""An arriving request, as WSGI has it, and as ready answers are asked for."""

import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from werkzeug.wsgi import FileWrapper

from caliber_site.ready.answers import HEADERS, Question

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from uvicorn._types import HTTPScope

AT_A_TIME = 256 * 1024
"""Bytes of a file that are read at a time."""

NAMES = [name.removeprefix("HTTP_").lower().replace("_", "-").encode() for name in HEADERS]
"""The headers that ready answers depend on, as they arrive."""

UNREADY = frozenset((b"content-length", b"expect", b"transfer-encoding", b"upgrade"))
"""Headers of requests that are not over with their head."""

UNPREFIXED = {b"content-type": "CONTENT_TYPE", b"content-length": "CONTENT_LENGTH"}
"""Headers as WSGI names them where it does not say HTTP (PEP 3333)."""


def ask(method: bytes, target: bytes, headers: Sequence[tuple[bytes, bytes]]) -> Question | None:
    """Return what a request asks; None if it does not say that in the simplest way.

    Args:
        method: Its method.
        target: Path and query, as they were sent.
        headers: In the order and the spelling in which they were sent.
    """
    said = {name.lower(): value for name, value in headers}
    if len(said) < len(headers) or not UNREADY.isdisjoint(said) or b"host" not in said:
        return None
    if b"#" in target:  # which has no business there, and is read in more than one way
        return None
    path, _, query = target.partition(b"?")
    path = unquote_to_bytes(path) if b"%" in path else path
    values = [None if value is None else value.decode("latin-1") for value in map(said.get, NAMES)]
    return method.decode(), path.decode("latin-1"), query.decode("latin-1"), *values


def make_environ(scope: "HTTPScope", body: IO[bytes]) -> "WSGIEnvironment":
    """Return a request in WSGI's words (PEP 3333).

    Args:
        scope: The request, from ASGI.
        body: All of its body.
    """
    host, port = scope["server"] or ("localhost", None)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _wrap,
    }
    said = defaultdict(list)
    for name, value in scope["headers"]:
        # WSGI could not tell X_Forwarded_For from the header that a proxy in front has set.
        if b"_" not in name:
            said[name].append(value.decode("latin-1"))
    for name, values in said.items():
        key = UNPREFIXED.get(name) or f"HTTP_{name.decode('latin-1').upper().replace('-', '_')}"
        environ[key] = ("; " if name == b"cookie" else ",").join(values)
    return environ


def _wrap(file: IO[bytes], _size: int = 0) -> FileWrapper:
    return FileWrapper(file, AT_A_TIME)
