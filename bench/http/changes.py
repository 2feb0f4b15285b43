"""Pages made anew: each request comes after a change of something that readers see."""

import time
from collections.abc import Sequence
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from sqlalchemy import update

from bench.corpus import open_session
from bench.http.wrk import HEADERS, Drive
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
    taken, faults = list[float](), 0
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
            taken.append(1000 * (time.perf_counter() - start))
            faults += response.status != 200
            if time.monotonic() >= end and len(taken) > 1:
                break
    connection.close()
    shares = quantiles(taken, n=100, method="inclusive")
    return Drive(len(taken), sum(taken) / 1000, shares[49], shares[94], shares[98], faults)
