"""Finds which of the checks meant for a fault see it when it is planted in a sound package."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipelines.faults.faults import Draft, Fault, FileFault, Scratch, TableFault
from pipelines.guard.files import check_descriptor, check_files
from pipelines.guard.guards import Guards
from pipelines.guard.parity import check_parity
from pipelines.guard.report import Check
from pipelines.guard.tabular import check_frames, check_tabular
from pipelines.package.dataset import Dataset, read_dataset

REREAD = "rows-as-read"


class Watch:
    """The guards on a sound package, loaded once, and a scratch copy of it."""

    def __init__(self, root: Path) -> None:
        self.package = read_dataset(root)
        self.guards = Guards(self.package)
        self._folder = tempfile.TemporaryDirectory(prefix="faults-")
        self._scratch = Scratch(root, Path(self._folder.name))

    def failed(self, fault: Fault) -> list[str]:
        """The names of the checks meant for a fault that fail on the package with it; others do not run."""
        found = self._of_tables(fault) if isinstance(fault, TableFault) else self._of_files(fault)
        return sorted(fault.meant & {f"{check.table}.{check.name}" for check in found if not check.ok})

    def close(self) -> None:
        """Removes the scratch copy."""
        self._folder.cleanup()

    def _of_tables(self, fault: TableFault) -> Iterator[Check]:
        draft = Draft(self.package)
        fault.change(draft)
        changed = draft.changed()
        tables = draft.touched
        for name in sorted(fault.meant):
            table, _, check = name.partition(".")
            if check == REREAD:
                for each in self.guards.reread(changed, tables):
                    yield replace(each, table=table, name=check) if not each.ok else each
            elif check == "table-schema":
                yield from check_frames(changed.frames, self.guards.schemas, [table])
            else:
                yield self.guards.check(changed, table, check)

    def _of_files(self, fault: FileFault) -> Iterator[Check]:
        try:
            fault.change(self._scratch)
            package = replace(read_dataset(self._scratch.folder), read_seeds=self.package.read_seeds)
            yield from self._seen(fault, package)
        finally:
            self._scratch.restore()

    def _seen(self, fault: FileFault, package: Dataset) -> Iterator[Check]:
        checks = {name.partition(".")[2] for name in fault.meant}
        if any(name.startswith("package.") for name in fault.meant):
            yield from check_files(package)
            yield from check_descriptor(package, self.guards.schemas, other_version=False)
        if checks & {"csv-equals-parquet", "typed-values"}:
            yield from check_parity(package, [fault.place.table])
        if "table-schema" in checks:
            yield from check_tabular(package.resources, package.root, [fault.place.table])
        if "from-the-seed" in checks:
            yield self.guards.check(package, "documents", "from-the-seed")
        if "package.texts-as-read" in fault.meant:
            yield from self.guards.reread(package, [])
