from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.faults.catalogue import catalogue
from pipelines.faults.faults import Fault
from pipelines.faults.narrow import NarrowGuards
from pipelines.package.dataset import Dataset, read_dataset

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def package() -> Dataset:
    return read_dataset(ROOT)


@pytest.fixture(scope="session")
def guards(package: Dataset) -> Iterator[NarrowGuards]:
    narrow = NarrowGuards(package)
    yield narrow
    narrow.close()


@pytest.fixture(scope="session")
def faults(package: Dataset, guards: NarrowGuards) -> list[Fault]:
    return catalogue(package, guards.schemas)
