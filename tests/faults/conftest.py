from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.faults.catalogue import catalogue
from pipelines.faults.faults import Fault
from pipelines.faults.narrow import NarrowGuards
from pipelines.guard.package import Package, read_package

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def package() -> Package:
    return read_package(ROOT)


@pytest.fixture(scope="session")
def guards(package: Package) -> Iterator[NarrowGuards]:
    narrow = NarrowGuards(package)
    yield narrow
    narrow.close()


@pytest.fixture(scope="session")
def faults(package: Package, guards: NarrowGuards) -> list[Fault]:
    return catalogue(package, guards.schemas)
