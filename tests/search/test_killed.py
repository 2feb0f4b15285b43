"""A process is killed while it writes: searches go on, and the index catches up."""

import pytest
from flask.testing import FlaskClient

from caliber_site.settings import Settings
from tests.search.kills import kill, prepare_editions


@pytest.mark.parametrize("verb", ["sync", "merge", "rebuild"])
def test_killed_writer_leaves_an_index_that_answers_and_catches_up(
    settings: Settings, client: FlaskClient, verb: str
) -> None:
    prepare_editions(settings)
    assert kill(settings, verb, 3, lambda path: client.get(path).status_code)
