from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.guard.package import Package, read_package
from pipelines.mutants.catalogue import catalogue
from pipelines.mutants.faults import Fault
from pipelines.mutants.narrow import NarrowGuards

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
