"""Compares two packages by schemas, rows and files, and finds the version that the changes need."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.package.dataset import Dataset
from pipelines.package.printed import Column, Key, Table, printed_tables
from pipelines.release.causes import ERRATA, FORMAT, SEED, VOCABULARY, Causes
from pipelines.release.versions import Step

# Its rows are the plans themselves: one that goes takes all rows of the plan with it.
PLANS = "plans"
# The folder of raw texts, which an archive has with it, the list of hand repairs in it, and what is no datum of it.
SEEDS, ERRATA_LIST, ABOUT_SEEDS = "seeds", "seeds/errata.csv", "seeds/README.md"
TEXTS = "data/text/"
# What the descriptor says of the whole package, in words.
PACKAGE_WORDS = (
    "title",
    "title_zh",
    "description",
    "description_zh",
    "keywords",
    "rights",
    "rights_zh",
    "sources",
)


@dataclass(frozen=True)
class SchemaChange:
    """A change of what a table can hold: where, what was done, how it was and is, and the step it needs."""

    place: str
    what: str
    old: str
    new: str
    step: Step


@dataclass(frozen=True)
class Cell:
    """A cell of a changed row; None where the row is not there."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class RowChange:
    """A row added, removed or changed, its cells that differ, and the step that it needs.

    `cause` is empty where it cannot be told.
    """

    table: str
    key: Key
    what: str
    cells: tuple[Cell, ...]
    cause: str
    step: Step


@dataclass(frozen=True)
class FileChange:
    """A file with other bytes that no change of a schema or of a row explains, and the step that it needs."""

    path: str
    what: str
    cause: str
    step: Step


@dataclass(frozen=True)
class Difference:
    """All changes between two packages, the schemas' first."""

    old_version: str
    new_version: str
    schema: tuple[SchemaChange, ...]
    rows: tuple[RowChange, ...]
    files: tuple[FileChange, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether both hold the same: tables, rows, and the bytes of their files."""
        return not (self.schema or self.rows or self.files)

    @property
    def needed(self) -> Step:
        """The smallest step of the version that covers every change."""
        steps = [each.step for each in self.schema] + [each.step for each in self.rows]
        return max([*steps, *(each.step for each in self.files)], default=Step.NONE)

    @property
    def unlabelled(self) -> tuple[RowChange, ...]:
        """The rows whose cause cannot be told."""
        return tuple(change for change in self.rows if not change.cause)


def compare(old: Dataset, new: Dataset) -> Difference:
    """The changes from one package to another. Raises PipelineError for one that is not whole."""
    old_tables, new_tables = printed_tables(old), printed_tables(new)
    causes = Causes(old_tables, new_tables)
    schema = (*_package_changes(old.descriptor, new.descriptor), *_schema_changes(old_tables, new_tables))
    rows = tuple(_row_changes(old_tables, new_tables, causes))
    told = {change.place.partition(".")[0] for change in schema} | {change.table for change in rows}
    return Difference(
        old_version=old.version,
        new_version=new.version,
        schema=schema,
        rows=rows,
        files=tuple(_file_changes(old, new, told, causes)),
    )


def _parted(old: object, new: object) -> tuple[str, str]:
    """What two values say; of two lists of titled things only the titles that the other has not.

    >>> _parted([{"title": "Wuhan"}], [{"title": "Wuhan"}, {"title": "Ningbo"}])
    ('', 'Ningbo')
    """
    sides = [
        [str(each["title"]) for each in side if isinstance(each, Mapping) and "title" in each]
        if isinstance(side, Sequence) and not isinstance(side, str)
        else []
        for side in (old, new)
    ]
    before, after = ([title for title in sides[n] if title not in sides[1 - n]] for n in (0, 1))
    return (", ".join(before), ", ".join(after)) if before or after else (_shown(old), _shown(new))


def _package_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    if old.get("name") != new.get("name"):
        yield SchemaChange("package", "renamed", str(old.get("name")), str(new.get("name")), Step.MAJOR)
    if old.get("licenses") != new.get("licenses"):
        yield SchemaChange("package", "licence changed", _licences(old), _licences(new), Step.MAJOR)
    for key in PACKAGE_WORDS:
        if old.get(key) != new.get(key):
            yield SchemaChange(
                f"package, {key}", "reworded", *_parted(old.get(key), new.get(key)), Step.PATCH
            )
    if old.get("version") == new.get("version") and old.get("created") != new.get("created"):
        days = (_shown(old.get("created")), _shown(new.get("created")))
        yield SchemaChange("package, created", "dated otherwise", *days, Step.PATCH)


def _licences(package: Mapping[str, Any]) -> str:
    return ", ".join(str(each.get("name")) for each in package.get("licenses", []))


def _schema_changes(old: Mapping[str, Table], new: Mapping[str, Table]) -> Iterator[SchemaChange]:
    for name, table in old.items():
        if name not in new:
            yield SchemaChange(name, "table removed", f"{len(table.rows)} rows", "", Step.MAJOR)
    for name, table in new.items():
        if name not in old:
            columns = f"{len(table.columns)} columns, {len(table.rows)} rows"
            yield SchemaChange(name, "table added", "", columns, Step.MINOR)
        else:
            yield from _table_changes(old[name], table)


def _table_changes(old: Table, new: Table) -> Iterator[SchemaChange]:
    before, after = {each.name: each for each in old.columns}, {each.name: each for each in new.columns}
    for name, column in before.items():
        if name not in after:
            yield SchemaChange(f"{new.name}.{name}", "column removed", column.type, "", Step.MAJOR)
    for name, column in after.items():
        if name not in before:
            yield SchemaChange(f"{new.name}.{name}", "column added", "", column.type, Step.MINOR)
    kept = [name for name in old.names if name in after]
    order = [name for name in new.names if name in before]
    if kept != order:
        yield SchemaChange(new.name, "columns moved", ", ".join(kept), ", ".join(order), Step.MAJOR)
    for name in order:
        yield from _column_changes(f"{new.name}.{name}", before[name], after[name])
    yield from _key_changes(old, new)
    if old.words != new.words:
        yield SchemaChange(new.name, "reworded", _differing(old.words, new.words), "", Step.PATCH)


def _key_changes(old: Table, new: Table) -> Iterator[SchemaChange]:
    if old.primary_key != new.primary_key:
        keys = (" + ".join(old.primary_key), " + ".join(new.primary_key))
        yield SchemaChange(new.name, "primary key changed", *keys, Step.MAJOR)
    for key in old.references:
        if key not in new.references:
            yield SchemaChange(new.name, "foreign key removed", _key(key.columns, key.table), "", Step.MINOR)
    for key in new.references:
        if key not in old.references:
            # A key of a new column binds nobody who read the old ones.
            step = Step.MAJOR if set(key.columns) <= set(old.names) else Step.MINOR
            yield SchemaChange(new.name, "foreign key added", "", _key(key.columns, key.table), step)


def _column_changes(place: str, old: Column, new: Column) -> Iterator[SchemaChange]:
    if old.type != new.type:
        yield SchemaChange(place, "retyped", old.type, new.type, Step.MAJOR)
    for name in sorted({*old.constraints, *new.constraints}):
        before, after = old.constraints.get(name), new.constraints.get(name)
        if name == "enum":
            yield from _code_changes(place, before, after)
        elif before != after:
            step = Step.MINOR if _widens(name, before, after) else Step.MAJOR
            yield SchemaChange(place, f"constraint {name} changed", _shown(before), _shown(after), step)
    if old.words != new.words:
        yield SchemaChange(place, "reworded", _differing(old.words, new.words), "", Step.PATCH)


def _code_changes(place: str, old: list[str] | None, new: list[str] | None) -> Iterator[SchemaChange]:
    """Codes removed narrow what a column may hold, codes added widen it; so does a list of codes given up."""
    if old is None or new is None:
        if old != new:
            step = Step.MAJOR if old is None else Step.MINOR
            yield SchemaChange(place, "codes changed", _shown(old), _shown(new), step)
        return
    if removed := [code for code in old if code not in new]:
        yield SchemaChange(place, "codes removed", ", ".join(removed), "", Step.MAJOR)
    if added := [code for code in new if code not in old]:
        yield SchemaChange(place, "codes added", "", ", ".join(added), Step.MINOR)


def _widens(name: str, old: Any, new: Any) -> bool:
    """Whether a constraint lets through all that it let through before; for a pattern nobody can tell."""
    if new is None or new is False:
        return True
    if old is None:
        return False
    return bool((name == "minimum" and new < old) or (name == "maximum" and new > old))


def _row_changes(old: Mapping[str, Table], new: Mapping[str, Table], causes: Causes) -> Iterator[RowChange]:
    named = _named(old)
    for name, after in new.items():
        before = old.get(name)
        if before is None or before.primary_key != after.primary_key:
            continue  # said by the changes of the schema
        shared = [column for column in after.names if column in before.names]
        for key in _merged(before, after):
            change = _row_change(before.rows.get(key), after.rows.get(key), shared)
            if change is not None:
                what, cells = change
                cause = causes.of(name, key, [cell.column for cell in cells])
                is_code = name == PLANS or causes.are_codes(name)
                step = _step(
                    what,
                    is_asked_for=is_code or key in named.get(name, ()),
                    follows=cause == VOCABULARY and not causes.is_vocabulary(name),
                )
                yield RowChange(name, key, what, cells, cause, step)


def _row_change(
    old: Mapping[str, str] | None, new: Mapping[str, str] | None, shared: list[str]
) -> tuple[str, tuple[Cell, ...]] | None:
    if old is None and new is not None:
        return "added", tuple(Cell(column, None, value) for column, value in new.items() if value)
    if old is None:
        return None
    if new is None:
        return "removed", tuple(Cell(column, value, None) for column, value in old.items() if value)
    if all(old[column] == new[column] for column in shared):
        return None
    cells = (Cell(column, old[column], new[column]) for column in shared if old[column] != new[column])
    return "changed", tuple(cells)


def _step(what: str, *, is_asked_for: bool, follows: bool) -> Step:
    """The step that the recipe names for a row.

    A wrong row goes as a correction; a plan, a code of a vocabulary, or a row that rows of another table name,
    takes with it what readers ask for. A cell that follows a changed vocabulary is more than a correction.
    """
    if what == "removed":
        return Step.MAJOR if is_asked_for else Step.PATCH
    return Step.MINOR if what == "added" or follows else Step.PATCH


def _named(tables: Mapping[str, Table]) -> dict[str, set[Key]]:
    """The keys of the rows that other rows name, by table."""
    named: dict[str, set[Key]] = {}
    for table in tables.values():
        for reference in table.references:
            keys = (tuple(row[column] for column in reference.columns) for row in table.rows.values())
            named.setdefault(reference.table, set()).update(keys)
    return named


def _file_changes(old: Dataset, new: Dataset, told: set[str], causes: Causes) -> Iterator[FileChange]:
    """The files whose bytes differ though nothing that was told of their tables says so; seeds where both have them."""
    before, after = _resources(old), _resources(new)
    for path in dict.fromkeys((*after, *before)):
        if {before.get(path), after.get(path)} & told:
            continue
        document = path.removeprefix(TEXTS).rpartition(".")[0] if path.startswith(TEXTS) else None
        cause = causes.of_document(document) if document else FORMAT
        if path not in after or path not in before:
            what, step = ("added", Step.MINOR) if path in after else ("removed", Step.MAJOR)
            yield FileChange(path, what, cause, step)
        elif old.files.read(path) != new.files.read(path):
            yield FileChange(path, "changed", cause, Step.PATCH)
    seeds = [{name for name in each.files.under(SEEDS) if name != ABOUT_SEEDS} for each in (old, new)]
    if not all(seeds):
        return
    for path in sorted(seeds[0] | seeds[1]):
        cause = ERRATA if path == ERRATA_LIST else SEED
        if path not in seeds[0] or path not in seeds[1]:
            yield FileChange(path, "added" if path in seeds[1] else "removed", cause, Step.PATCH)
        elif old.files.read(path) != new.files.read(path):
            yield FileChange(path, "changed", cause, Step.PATCH)


def _resources(dataset: Dataset) -> dict[str, str]:
    """The files that a descriptor names, each with the table that it holds; a text with its own name."""
    found = {}
    for resource in dataset.resources:
        paths = resource.get("path", ())
        for path in [paths] if isinstance(paths, str) else paths:
            found[str(path)] = str(resource.get("table", resource.get("name", "")))
    return found


def _merged(old: Table, new: Table) -> Iterator[Key]:
    """The keys of both in the order of the new package, those that are gone at their end."""
    yield from new.rows
    yield from (key for key in old.rows if key not in new.rows)


def _key(columns: tuple[str, ...], table: str) -> str:
    return f"{' + '.join(columns)} → {table}"


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    return ", ".join(key for key in sorted({*old, *new}) if old.get(key) != new.get(key))


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
