"""`demo run`, which is `make run` without its set-up of packages."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from caliber_site.demo.run import DEMO_EMAIL, DEMO_PASSWORD
from tests.server import ROOT, environment, free_port


@pytest.fixture
def data_dir(tmp_path: Path, demo_data: Path) -> Path:
    return Path(shutil.copytree(demo_data, tmp_path / "site"))


@contextmanager
def run_demo(data_dir: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "flask", "--app", "caliber_site", "demo", "run"]
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        env=environment(data_dir, f"http://127.0.0.1:{port}"),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_first_line_names_address_and_login_and_the_site_answers(data_dir: Path) -> None:
    port = free_port()
    with run_demo(data_dir, port) as process:
        assert process.stdout
        first = process.stdout.readline()
        for word in (f"http://127.0.0.1:{port}/", DEMO_EMAIL, DEMO_PASSWORD):
            assert word in first
        for label in ("en", "ru", "arm"):
            with urlopen(f"http://127.0.0.1:{port}/{label}/") as page:
                assert page.status == 200
        process.terminate()
        out, err = process.communicate(timeout=30)
    assert process.returncode == 0
    assert out == ""
    assert "Traceback" not in err


def test_port_of_another_server_is_one_line_and_exits_2(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with run_demo(data_dir, port) as process:
            out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (2, "")
    assert err == f"Error: port {port} cannot be used: Address already in use\n"
