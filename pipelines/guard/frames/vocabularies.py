"""A vocabulary as published in, where it differs from that of the code out."""

from collections.abc import Callable, Iterator, Mapping

from pipelines.guard.frames.index import Added, Index, Row

# The published columns of the vocabularies, with their keys.
VOCABULARIES = {"functions": "function_id", "units": "unit_id", "sectors": "sector_id", "places": "place_id"}


def columns_of(table: str) -> Callable[[Index], Added]:
    """What makes the columns that are added to a vocabulary."""
    key = VOCABULARIES[table]

    def added(index: Index) -> Added:
        wanted = index.lookups.published(table) if index.lookups is not None else None
        found = index.rows(table)
        absent = tuple(sorted(set(wanted) - {str(row[key]) for row in found})) if wanted is not None else ()
        return {
            "_promised": [
                () if wanted is None else tuple(_unlike(row, wanted.get(str(row[key])))) for row in found
            ],
            "_absent": [absent if number == 0 else () for number in range(len(found))],
            "_previous": [None, *(row[key] for row in found[:-1])] if found else [],
        }

    return added


def _unlike(row: Row, wanted: Mapping[str, object] | None) -> Iterator[str]:
    if wanted is None:
        yield "schemas/vocabularies does not list it"
        return
    for column, value in wanted.items():
        if row.get(column) != value:
            yield f"{column}: schemas/vocabularies says {value!r}"
