"""Nothing that builds, validates or describes the package reads the network."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import PLAN, ROOT, write_seeds

BLOCKED = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("the network is read")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
from pipelines.cli import main
main()
"""


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_the_block_is_felt() -> None:
    code = f"{BLOCKED.replace('main()', '')}\nimport urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert "the network is read" in done.stderr


def test_building_and_validating_read_no_network(tmp_path: Path) -> None:
    seeds = write_seeds(tmp_path / "seeds", {"wuhan": PLAN})
    built = run("build", "--seeds", str(seeds), "--out", str(tmp_path / "out"))
    assert (built.returncode, built.stderr) == (0, "")
    validated = run("validate", str(tmp_path / "out"), "--seeds", str(seeds))
    assert (validated.returncode, validated.stderr) == (0, ""), validated.stdout


@pytest.mark.parametrize("command", [["accuracy"], ["trace", "wuhan-synergy/2.4/t1"], ["verify"]])
def test_reading_the_package_reads_no_network(command: list[str]) -> None:
    done = run(*command)
    assert (done.returncode, done.stderr) == (0, "")
