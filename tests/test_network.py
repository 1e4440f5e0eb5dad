"""Nothing that builds, validates or describes the package reads the network, in whatever process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import PLAN, ROOT, write_seeds

# Run by every Python that starts with the folder of this file among its paths.
BLOCKED = """
import socket
def refuse(*_, **__):
    raise AssertionError("the network is read")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
"""
EACH = """
import sys
from pipelines.cli import app
for command in sys.argv[1:]:
    print(command, app(command.split("|"), standalone_mode=False) or 0, file=sys.stderr)
"""


@pytest.fixture
def blocked(tmp_path: Path) -> dict[str, str]:
    """An environment in which no Python can read the network."""
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "sitecustomize.py").write_text(BLOCKED, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": f"{tmp_path / 'blocked'}{os.pathsep}{ROOT}"}


def said(code: str, *arguments: str, environment: dict[str, str]) -> str:
    """What a Python says on stderr."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    ).stderr


def test_the_block_is_felt(blocked: dict[str, str]) -> None:
    code = "import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')"
    assert "the network is read" in said(code, environment=blocked)


def test_no_command_on_a_package_reads_the_network(tmp_path: Path, blocked: dict[str, str]) -> None:
    seeds = write_seeds(tmp_path / "seeds", {"wuhan": PLAN})
    commands = [
        f"build|--seeds|{seeds}|--out|{tmp_path / 'out'}",
        f"validate|{tmp_path / 'out'}|--seeds|{seeds}",
        "accuracy",
        "trace|wuhan-synergy/2.4/t1",
        "verify",
    ]
    ended = said(EACH, *commands, environment=blocked)
    assert ended.splitlines() == [f"{command} 0" for command in commands]
