"""The clauses in, what their neighbours, their headings and the rows that stand in them say of them out."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from pipelines.guard import reading
from pipelines.guard.frames.children import LETTERS
from pipelines.guard.frames.headings import chapter_headings, less_front, squeezed_head
from pipelines.guard.frames.index import Added, Index, Row

TIME = re.compile(r"(?:力争|争取|努力)?(?:到|至)?(?:20\d\d年|“十[四五六七八九]五”)[^，。；]{0,8}，")

YEARLESS = re.compile(r"(?<![\d年])年底(?:之|以)?前|(?<!\d)年内|[今明]年")


def columns(index: Index) -> Added:
    """What is added to the clauses."""
    added: dict[str, list[object]] = defaultdict(list)
    rows = index.rows("clauses")
    children = {table: index.by(table, "clause_id") for table in LETTERS}
    ranks: Counter[object] = Counter()
    laid = _laid_on(index)
    headings: dict[object, dict[int, str]] = {}
    for place, row in enumerate(rows):
        plan, document, clause = row["plan_id"], row["document_id"], row["clause_id"]
        before = rows[place - 1] if place and rows[place - 1]["plan_id"] == plan else None
        after = rows[place + 1] if place + 1 < len(rows) and rows[place + 1]["plan_id"] == plan else None
        chapter = row["chapter_number"]
        ranks[plan, chapter] += 1
        itself = index.documents.get(document, {})
        own_end = itself.get("plan_end")
        kinds = index.issues.get(clause, set()) | index.issues.get(document, set())
        if document not in headings:
            headings[document] = chapter_headings(index, itself)
        stated = [each for each in children["responsibilities"].get(clause, []) if each["basis"] == "stated"]
        numbered = [each for each in rows[:place] if each["plan_id"] == plan and each["number"] is not None]
        added["_rank"].append(ranks[plan, chapter])
        added["_expected_id"].append(f"{plan}/{chapter}.{ranks[plan, chapter]}")
        added["_base_document"].append(index.plans.get(plan, {}).get("base_document_id"))
        added["_plan_start"].append(itself.get("plan_start"))
        added["_plan_end"].append(own_end)
        added["_previous_end"].append(before["source_end"] if before is not None else None)
        added["_previous_number"].append(numbered[-1]["number"] if numbered else None)
        added["_opens_chapter"].append(not numbered or numbered[-1]["chapter_number"] != chapter)
        added["_previous_chapter"].append(before["chapter_number"] if before is not None else None)
        added["_numbering_issue"].append("numbering" in kinds)
        text, start = index.published(document) or "", index.place(document, row["source_start"])
        added["_character_before"].append(text[start - 1 : start] if start else "")
        goes_on = before is not None and before["chapter_number"] == chapter and row["number"] is None
        added["_goes_on_from"].append(before["number"] if before is not None and goes_on else None)
        added["_bracket_before"].append(before["responsibility_text"] if before is not None else None)
        added["_source_text"].append(index.repaired(document, row["source_start"], row["source_end"]))
        added["_published_text"].append(
            index.slice_of(document, row["source_start"], row["source_end"]) or "(no text)"
        )
        next_start = after["source_start"] if after is not None else own_end
        added["_between"].append(index.slice_of(document, row["source_end"], next_start))
        added["_before_first"].append(_before_first(index, row, itself) if before is None else None)
        added["_headings"].append(headings[document])
        added["_roles"].append(_roles(row))
        headings_of_row = (str(row["title"] or ""), str(row["chapter_title"] or ""))
        added["_sector"].append(index.lookups.sector(*headings_of_row) if index.lookups else row["sector_id"])
        added["_names"].append(tuple(str(each["as_written"]) for each in stated))
        added["_responsibilities"].append(len(children["responsibilities"].get(clause, [])))
        added["_no_responsibility"].append("no-responsibility" in index.issues.get(clause, set()))
        missing, extra = _inherited(index, row, laid, children["responsibilities"].get(clause, []))
        added["_not_inherited"].append(missing)
        added["_inherited_from_nowhere"].append(extra)
        added["_number_spans"].append(_spans(index, row, children["numbers"].get(clause, [])))
        added["_measure_spans"].append(_spans(index, row, children["measures"].get(clause, [])))
        added["_uncommitted"].append(_uncommitted(index, row, children["targets"].get(clause, [])))
    return added


def _before_first(index: Index, row: Row, document: Row) -> str | None:
    """What stands between a plan's title and its first clause."""
    text = index.slice_of(row["document_id"], document.get("plan_start"), row["source_start"])
    title = str(index.plans.get(row["plan_id"], {}).get("title") or "")
    if text is None:
        return None
    text = less_front(text)
    squeezed = squeezed_head(text)
    return (
        text[len(text) - len(squeezed.removeprefix(squeezed_head(title))) :]
        if squeezed == squeezed_head(title)
        else text.split("\n", 1)[-1]
    )


def _roles(row: Row) -> tuple[str, ...]:
    """The roles that the headings of a clause allow, read simply."""
    if row["chapter_number"] == 0:
        return ("context",)
    title, chapter, text = (str(row[column] or "") for column in ("title", "chapter_title", "text"))
    if title and len(title) <= 12:
        if re.search(r"指导思想|形势|现状|背景|创建对象|适用范围", title):
            return ("context",)
        if re.search(r"(?:基本|工作|实施|主要)原则", title):
            return ("principle",)
        if re.search(r"(?:主要|总体|工作|发展|行动)目标|目标(?:任务|指标|要求)", title):
            return ("objective",)
    if re.search(r"形势|现状|背景|创建对象|工作基础", chapter):
        return ("context", "objective") if TIME.match(text) else ("context",)
    if re.search(r"总体(?:要求|思路)|指导思想|总则", chapter):
        return ("objective",) if TIME.match(text) and row["number"] is None else ("context",)
    if re.search(r"(?:主要|总体|工作|发展|行动|建设)目标|目标(?:指标|要求|任务)", chapter):
        return ("objective",)
    if re.search(r"(?:基本|工作)原则", chapter):
        return ("principle",)
    if re.search(
        r"保障措施|组织(?:实施|领导|保障)|(?:工作|实施)(?:保障|落实|要求)|(?:贯彻|推进|督促)落实|落实责任"
        r"|有关要求|附则|实施期|有效期|实施日期|施行",
        chapter,
    ):
        return ("assurance",)
    return ("task",)


def _laid_on(index: Index) -> dict[object, list[Row]]:
    """By plan: the rows of responsibilities that an earlier clause lays on all later ones."""
    found: dict[object, list[Row]] = defaultdict(list)
    for row in index.rows("responsibilities"):
        clause = index.clauses.get(row["clause_id"])
        text = str(clause["responsibility_text"] or "") if clause is not None else ""
        laid = reading.inheritance(text) if row["basis"] == "stated" and "不再" in text else ""
        if laid and str(row["as_written"]).removeprefix("各") in laid:
            found[row["plan_id"]].append(row)
    return found


def _inherited(
    index: Index, clause: Row, laid: Mapping[object, list[Row]], rows: list[Row]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The agencies that a clause should inherit and does not, and those that it inherits from no clause.

    A clause that names the agency itself, in the same words, need not inherit it.
    """
    order = index.clause_order[clause["clause_id"]]
    stated = {(row["agency_id"], row["as_written"]) for row in rows if row["basis"] == "stated"}
    earlier = [row for row in laid.get(clause["plan_id"], []) if index.clause_order[row["clause_id"]] < order]
    wanted = {(row["agency_id"], row["clause_id"]) for row in earlier if clause["number"] is not None}
    named = {
        (row["agency_id"], row["clause_id"])
        for row in earlier
        if (row["agency_id"], row["as_written"]) in stated
    }
    found = {(row["agency_id"], row["inherited_from"]) for row in rows if row["basis"] == "inherited"}
    missing = tuple(sorted(str(agency) for agency, _ in wanted - found - named))
    extra = tuple(sorted(str(agency) for agency, _ in found - wanted))
    return missing, extra


def _spans(index: Index, clause: Row, rows: list[Row]) -> tuple[tuple[int, int], ...]:
    """Where rows of a clause stand in its text."""
    spans = []
    for row in rows:
        start, end = index.offset(clause, row["source_start"]), index.offset(clause, row["source_end"])
        if start is not None and end is not None:
            spans.append((start, end))
    return tuple(spans)


def _uncommitted(index: Index, clause: Row, targets: list[Row]) -> tuple[str, ...]:
    """The parts, between 。 and ；, of sentences that open with a time, which no target of the clause covers."""
    text = index.clause_text(clause)
    if clause["role"] == "context" or ("年" not in text and "五" not in text):
        return ()
    spans = _spans(index, clause, targets)
    missing = []
    for sentence in re.finditer(r"[^。\n]+", text):
        opening = TIME.match(sentence[0])
        if opening is None or sentence[0].startswith("（"):
            continue
        for part in re.finditer(r"[^；]+", sentence[0]):
            start, end = sentence.start() + part.start(), sentence.start() + part.end()
            if YEARLESS.search(part[0]):
                break  # 年底前 without its year is an issue
            if not any(first < end and start < last for first, last in spans):
                missing.append(part[0])
                break
            if not part.start() and sentence[0].count("；") and not TIME.match(part[0]):
                break
    return tuple(missing)
