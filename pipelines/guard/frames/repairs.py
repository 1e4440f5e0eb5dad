"""The repairs in, the raw text that they change and the errata that ask for it out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from pipelines.guard.frames.index import Added, Index, Row
from pipelines.guard.rules.repairs import HAND
from pipelines.guard.rules.words import READINGS, plain, skeleton


def columns(index: Index) -> Added:
    """What is added to the repairs."""
    added: dict[str, list[object]] = defaultdict(list)
    seeds = index.package.seeds
    ranks: Counter[object] = Counter()
    ends: dict[object, object] = {}
    order = {document: place for place, document in enumerate(index.documents)}
    previous: object = None
    for row in index.rows("repairs"):
        document, start, end = row["document_id"], row["source_start"], row["source_end"]
        ranks[document] += 1
        raw = seeds.texts.get(str(document)) if seeds is not None else None
        added["_expected_id"].append(f"{document}/f{ranks[document]}")
        added["_previous_end"].append(ends.get(document))
        added["_raw"].append(
            raw[start:end] if raw is not None and isinstance(start, int) and isinstance(end, int) else None
        )
        added["_errata"].append(_reasons(index, row) if seeds is not None else None)
        added["_length"].append(end - start if isinstance(start, int) and isinstance(end, int) else None)
        added["_before_length"].append(len(str(row["before"] or "")))
        added["_characters"].append(index.documents.get(document, {}).get("characters"))
        key = (order.get(document, -1), ranks[document])
        added["_key"].append(key)
        added["_previous_key"].append(previous)
        previous = key
        ends[document] = end
    return added


def _reasons(index: Index, row: Row) -> tuple[str, ...]:
    """The reasons of the rows of errata.csv that a hand repair is part of, and that say what comes of it."""
    document, start, end = row["document_id"], row["source_start"], row["source_end"]
    if row["rule"] not in HAND or not isinstance(start, int) or not isinstance(end, int):
        return ()
    return tuple(
        erratum.get("reason") or ""
        for erratum, first, last in errata(index, document)
        if erratum.get("rule") == row["rule"]
        and first <= start
        and end <= last
        and skeleton(plain(READINGS.sub("", erratum.get("after") or "")))
        == skeleton(index.repaired(document, first, last) or "")
    )


def errata(index: Index, document: object) -> Iterator[tuple[Mapping[str, str], int, int]]:
    """The rows of errata.csv for a document, with their places in its seed."""
    seeds = index.package.seeds
    raw = seeds.texts.get(str(document), "") if seeds is not None else ""
    for erratum in seeds.errata.get(str(document), ()) if seeds is not None else ():
        start = raw.find(erratum.get("before") or "\0")
        if start >= 0:
            yield erratum, start, start + len(erratum["before"])
