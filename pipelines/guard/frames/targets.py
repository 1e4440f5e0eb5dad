"""The targets in, the times, units and numbers that their clauses have for them out."""

import re
from collections import Counter

from pipelines.guard import reading
from pipelines.guard.frames.children import children, holds, measure_at
from pipelines.guard.frames.index import Added, Index, Row

SENTENCE_END = re.compile(r"[。\n]")

# What opens an item of a list.
ITEM = re.compile(r"\s*(?:\d{1,2}[．.、]|（\d{1,2}）|[①-⑳]|—|[一二三四五六七八九十]是)")


def columns(index: Index) -> Added:
    """What is added to the targets."""
    added, pairs = children(index, "targets")
    deadlines, by_clause = index.one("deadlines", "deadline_id"), index.by("deadlines", "clause_id")
    measures, numbers = index.by("measures", "clause_id"), index.by("numbers", "clause_id")
    labels = index.unit_labels()
    hedges = index.lookups.hedges if index.lookups is not None else ()
    same = Counter(_stated(row) for row, _ in pairs)
    for number, (row, clause) in enumerate(pairs):
        deadline = deadlines.get(row["deadline_id"], {})
        before = str(added["_before"][number] or "")
        added["_issued_on"].append(index.issued_on(row["plan_id"]))
        added["_deadline_clause"].append(deadline.get("clause_id"))
        added["_deadline_clause_wanted"].append(None if row["deadline_id"] is None else row["clause_id"])
        added["_deadline_end"].append(deadline.get("end_date"))
        added["_deadline_start"].append(deadline.get("start_date"))
        added["_sentence_before"].append(SENTENCE_END.split(before)[-1])
        added["_behind"].append(str(added["_after"][number] or "")[:60])
        added["_governing"].append(_governing(index, row, clause, by_clause.get(row["clause_id"], [])))
        added["_measure_here"].append(measure_at(measures.get(row["clause_id"], []), row["source_start"]))
        added["_unit_labels"].append(labels.get(row["unit"], ()))
        added["_hedges"].append(hedges)
        quote = str(row["quote"] or "")
        added["_lead"].append(index.lookups.lead(quote) if index.lookups is not None else None)
        said = quote[: quote.find(str(row["value_as_written"]))] if row["value_as_written"] else quote
        sentence = str(added["_sentence_before"][number])
        added["_left_out"].append(
            index.lookups.left_out(sentence, said) if index.lookups is not None else None
        )
        added["_sharing"].append(same[_stated(row)])
        rests = [rest for _, rest in reading.quantities(str(row["value_as_written"] or ""))]
        added["_any_unit"].append(any(rest and rest in found for rest in rests for found in labels.values()))
        added["_numbers"].append(
            sum(
                each["disposition"] == "target" and each["value"] == row["value"] and holds(row, each)
                for each in numbers.get(row["clause_id"], [])
            )
        )
    return added


def _stated(row: Row) -> tuple[object, ...]:
    """What the targets of one number in one quote have in common."""
    return tuple(row[name] for name in ("clause_id", "source_start", "source_end", "value_as_written"))


def _governing(index: Index, row: Row, clause: Row | None, deadlines: list[Row]) -> tuple[object, ...]:
    """The times that can govern a target: the nearest before its number in its sentence, or those in its quote."""
    at, to = index.offset(clause, row["source_start"]), index.offset(clause, row["source_end"])
    if clause is None or at is None or to is None:
        return ()
    text = index.clause_text(clause)
    places = [
        (
            index.offset(clause, each["source_start"]),
            index.offset(clause, each["source_end"]),
            each["deadline_id"],
        )
        for each in deadlines
    ]
    known = sorted((start, end, name) for start, end, name in places if start is not None and end is not None)
    begin = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    if row["kind"] == "milestone":
        own = tuple(name for start, end, name in known if at <= start and end <= to)
        if own:
            return own
        number_at = at
    else:
        found = reading.places_of(str(row["value_as_written"] or "\0"), text[at:to])
        number_at = at + (found[-1] if found else to - at)
    before = [
        (start, end, name)
        for start, end, name in known
        if begin <= start and end <= number_at and _reaches(text, start, number_at)
    ]
    if not before and row["kind"] == "quantified":
        return _of_list(text, begin, known)
    if before and "分别" in text[before[-1][1] : to]:
        return tuple(name for _, _, name in before)
    return tuple(name for _, _, name in before[-1:])


def _of_list(text: str, begin: int, known: list[tuple[int, int, object]]) -> tuple[object, ...]:
    """The time of the line that opens the list in which a sentence stands: 到2025年，主要目标如下： 1.…; 2.…."""
    line = text.rfind("\n", 0, begin) + 1
    while line and ITEM.match(text, line):
        above = text.rfind("\n", 0, line - 1) + 1
        opening = text[above : line - 1]
        if opening.rstrip().endswith(("：", ":")):
            return tuple(name for start, end, name in known if above <= start and end < line)[-1:]
        line = above
    return ()


def _reaches(text: str, start: int, place: int) -> bool:
    """Whether a time that stands in a bracket reaches a place: only as far as that bracket."""
    opening = text.rfind("（", 0, start)
    closing = text.rfind("）", 0, start)
    if opening <= closing:
        return True
    return text.find("）", start) >= place
