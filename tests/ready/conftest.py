import pytest

from caliber_site.settings import Settings


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Those of a site that keeps ready pages."""
    return settings.model_copy(update={"page_cache": 1})
