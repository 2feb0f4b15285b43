"""Files of lines to import: one of our own, and real text where it lies beside the checkout."""

import pytest

from tests.server import ROOT

SAMPLE = ROOT / "tests" / "data" / "articles.jsonl"
SHARED = ROOT.parent / "shared" / "data"
REAL = sorted(SHARED.glob("*.jsonl.gz"))

if REAL:
    REAL_FILES = [pytest.param(path, id=path.name) for path in REAL]
else:
    missing = pytest.mark.skip(reason=f"there is no real text in {SHARED}")
    REAL_FILES = [pytest.param(SHARED, id="real-text-is-not-beside-the-checkout", marks=missing)]

FILES = [pytest.param(SAMPLE, id=SAMPLE.name), *REAL_FILES]
