import os
import subprocess
import sys
from pathlib import Path

import pytest

from caliber_site import create_app
from tests.conftest import make_settings

ROOT = Path(__file__).parent.parent
GOOD = {"CALIBER_SECRET_KEY": "x" * 32, "CALIBER_SITE_URL": "https://paper.example"}


def run_flask(
    folder: Path, changes: dict[str, str | None], command: str = "db upgrade"
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder without .env, with these settings and no others."""
    variables = {name: value for name, value in os.environ.items() if "CALIBER" not in name}
    settings = {**GOOD, "CALIBER_DATA_DIR": str(folder / "data"), **changes}
    variables |= {"PYTHONPATH": str(ROOT), "FLASK_SKIP_DOTENV": "1"}
    variables |= {name: value for name, value in settings.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "caliber_site", *command.split()],
        env=variables,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CALIBER_SECRET_KEY", None),
        ("CALIBER_SECRET_KEY", "short"),
        ("CALIBER_SITE_URL", None),
        ("CALIBER_SITE_URL", "paper"),
        ("CALIBER_SITE_URL", "https://paper.example/path"),
        ("CALIBER_SITE_URL", "https://paper.example?x=1"),
        ("CALIBER_SITE_URL", "https://user:word@paper.example"),
        ("CALIBER_SITE_URL", "https://paper.example:https"),
        ("CALIBER_DATA_DIR", "/etc/passwd"),
        ("CALIBER_DATA_DIR", "/proc/paper"),
        ("CALIBER_TIME_ZONE", "Mars/Olympus"),
        ("CALIBER_DATABASE_URL", "nonsense"),
        ("CALIBER_DATABASE_URL", "mysql://db/caliber"),
        ("CALIBER_DATABASE_URL", "postgresql+psycopg2://db/caliber"),
        ("CALIBER_SEARCH_ENGINE", "nonsense"),
        ("CALIBER_SEARCH_ENGINE", "postgres"),
        ("CALIBER_REDIS_URL", "nonsense"),
        ("CALIBER_REDIS_URL", "redis://"),
        ("CALIBER_REDIS_URL", "redis://localhost:port"),
        ("CALIBER_CHANNELS", "{"),
        ("CALIBER_CHANNELS", '{"pigeon": "https://x.example"}'),
        ("CALIBER_CHANNELS", '{"telegram": "t.me/x"}'),
        ("CALIBER_CHANNELS", '{"telegram": {"hy": "https://t.me/x"}}'),
        ("CALIBER_TERMS", '{"hy": "x"}'),
        ("CALIBER_DEFAULT_LANGUAGE", "hy"),
        ("CALIBER_UPLOAD_LIMIT", "many"),
    ],
)
def test_bad_setting_stops_the_start_with_one_line_that_names_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str | None,
) -> None:
    settings = {**GOOD, "CALIBER_DATA_DIR": str(tmp_path), name: value}
    for known in [known for known in os.environ if known.startswith("CALIBER_")]:
        monkeypatch.delenv(known)
    for known, given in settings.items():
        if given is not None:
            monkeypatch.setenv(known, given)
    with pytest.raises(SystemExit) as stopped:
        create_app()
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith(f"Error: {name}: ")
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("command", ["--help", "run", "serve", "routes"])
def test_missing_setting_is_one_line_whatever_is_started(tmp_path: Path, command: str) -> None:
    ended = run_flask(tmp_path, {"CALIBER_SITE_URL": None}, command)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "Error: CALIBER_SITE_URL: is missing\n"


def test_language_by_its_tag_is_refused_with_the_labels(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="languages are en, ru, arm"):
        make_settings(tmp_path, channels={"telegram": {"hy": "https://t.me/x"}})


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8080", "https://paper.example/", "http://[::1]:80"]
)
def test_address_of_the_site_may_have_a_port(tmp_path: Path, address: str) -> None:
    settings = make_settings(tmp_path, site_url=address)
    assert settings.site_url == address.rstrip("/")


def test_redis_that_is_away_does_not_stop_the_start(tmp_path: Path) -> None:
    ended = run_flask(tmp_path, {"CALIBER_REDIS_URL": "redis://127.0.0.1:1/0"})
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg(tmp_path: Path, scheme: str) -> None:
    settings = make_settings(tmp_path, database_url=f"{scheme}://u:p%40ss@db:6432/paper?x=1")
    assert settings.database == "postgresql+psycopg://u:p%40ss@db:6432/paper?x=1"


def test_missing_driver_stops_the_start_with_one_line_that_says_what_to_install(
    tmp_path: Path,
) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError")
    path, address = f"{tmp_path}:{ROOT}", "postgresql://db/caliber"
    ended = run_flask(tmp_path, {"CALIBER_DATABASE_URL": address, "PYTHONPATH": path})
    assert ended.returncode == 2
    assert ended.stderr.startswith("Error: CALIBER_DATABASE_URL: PostgreSQL needs psycopg")
    assert len(ended.stderr.splitlines()) == 1


def test_good_settings_start(tmp_path: Path) -> None:
    ended = run_flask(tmp_path, {})
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "data" / "caliber.sqlite").is_file()


def test_secret_is_not_shown_by_a_fault(tmp_path: Path) -> None:
    ended = run_flask(tmp_path, {"CALIBER_SECRET_KEY": "short-but-mine"})
    assert "short-but-mine" not in ended.stderr
