import gzip
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from backports import zstd

from caliber_site.ready.encoding import FIRST, HOT, PACKER, STAYING, Coders, choose, unpack

TEXT = "Ծովակը խաղաղ էր։ ".encode() * 100


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, zstd", "zstd"),
        ("gzip, deflate", "gzip"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "zstd"),
        ("deflate", "identity"),
        ("identity", "identity"),
        ("", "identity"),
        ("gzip;q=nonsense", "identity"),
    ],
)
def test_best_coding_is_chosen_that_a_browser_takes(accepted: str, coding: str) -> None:
    assert choose(accepted, tuple(HOT)) == coding


@pytest.mark.parametrize("coders", [FIRST, HOT, STAYING])
def test_every_coding_gives_the_text_back(coders: Coders) -> None:
    decoders = {"br": brotli.decompress, "zstd": zstd.decompress, "gzip": gzip.decompress}
    assert {coding: decoders[coding](code(TEXT)) for coding, code in coders.items()} == (
        dict.fromkeys(decoders, TEXT)
    )


def test_first_to_ask_has_what_is_made_quickest() -> None:
    assert choose("gzip, deflate, br, zstd", tuple(FIRST)) == "zstd"


def test_threads_that_pack_at_a_time_each_get_their_own() -> None:
    texts = [TEXT * number for number in range(1, 9)] * 20
    with ThreadPoolExecutor(8) as threads:
        assert list(map(unpack, threads.map(PACKER.__call__, texts))) == texts
