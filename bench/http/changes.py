"""Pages made anew: each request comes after a change of something that readers see."""

import time
from collections import Counter
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import update

from bench.corpus import open_session
from bench.http.load import HEADERS, Drive
from bench.sites import read_settings
from caliber_site.models import Generation


def drive_changing(url: str, paths: Sequence[str], seconds: float, data_dir: Path) -> Drive:
    """Ask for paths in turn, one after the other, with a change before each request.

    A change is what a correction anywhere on the site does for all pages: another generation. The
    pages' own parts are still as they were, which is what most pages find after most corrections.

    Args:
        url: Of the server.
        paths: What is asked.
        seconds: How long.
        data_dir: Of the site.
    """
    taken, faults = Counter[int](), 0
    end = time.monotonic() + seconds
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
    with open_session(read_settings(data_dir)) as session:
        for path in cycle(paths):
            session.execute(update(Generation).values(value=Generation.value + 1))
            session.commit()
            start = time.perf_counter()
            connection.request("GET", path, headers=HEADERS)
            response = connection.getresponse()
            response.read()
            taken[round(1e6 * (time.perf_counter() - start))] += 1
            faults += response.status != 200
            if time.monotonic() >= end:
                break
    connection.close()
    return Drive(taken.total(), sum(taken.elements()) / 1e6, taken, faults)
