"""A sound package and its schemas in, every fault that is planted in it out, in an order that never changes.

Which rows a fault takes is chosen by a generator of random numbers that is seeded with the name of the fault, its
table and its column: the same package gives the same catalogue on every machine. A fault is a function of a draft
or of a scratch copy; nothing here opens a file of data/.

No fault is one that changes nothing wrong: a cell gets a value that differs (`cell_fault` refuses any other), only
rows with unlike values are swapped, and where an equivalent form could be right the fault is not made.
"""

from collections.abc import Mapping

from pipelines.faults.cells import cell_faults
from pipelines.faults.damage import damage_faults
from pipelines.faults.faults import Fault
from pipelines.faults.files import file_faults
from pipelines.faults.meanings import meaning_faults
from pipelines.faults.ranges import range_faults
from pipelines.faults.rows import row_faults
from pipelines.faults.wholes import whole_faults
from pipelines.faults.world import World
from pipelines.package.dataset import Dataset
from pipelines.schema import TableSchema


def catalogue(package: Dataset, schemas: Mapping[str, TableSchema]) -> list[Fault]:
    """Every fault, each once. The package must have its seeds."""
    world = World(package, schemas)
    found: dict[str, Fault] = {}
    for make in (
        row_faults,
        cell_faults,
        damage_faults,
        range_faults,
        meaning_faults,
        whole_faults,
        file_faults,
    ):
        for fault in make(world):
            found.setdefault(f"{fault.kind}: {fault.place!r}", fault)
    return list(found.values())
