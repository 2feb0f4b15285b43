import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    options = ["--no-build-isolation", "--disable-pip-version-check", "--wheel-dir", str(folder)]
    subprocess.run([*command, *options, str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize(
    "name",
    [
        "templates/base.html",
        "static/vendor/htmx/htmx.min.js",
        "static/vendor/source-serif-4/LICENSE",
        "translations/ru/LC_MESSAGES/messages.mo",
        "translations/hy/LC_MESSAGES/messages.mo",
        "migrations/0001_first_tables.py",
        "demo/sections.toml",
    ],
)
def test_wheel_carries_what_the_site_needs(wheel: Path, name: str) -> None:
    assert f"caliber_site/{name}" in zipfile.ZipFile(wheel).namelist()


def test_site_from_the_wheel_answers(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = """
from caliber_site import create_app
from caliber_site.extensions import load_migrations
app = create_app()
with app.app_context():
    load_migrations().upgrade()
page = app.test_client().get("/ru/nothing")
assert app.template_folder.startswith("{site}"), app.template_folder
assert "Такой страницы нет" in page.text, page.text
""".replace("{site}", str(tmp_path / "site"))
    environment = {
        "PYTHONPATH": str(tmp_path / "site"),
        "CALIBER_SECRET_KEY": "x" * 32,
        "CALIBER_SITE_URL": "https://paper.example",
        "CALIBER_DATA_DIR": str(tmp_path / "data"),
    }
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=tmp_path, check=True)
