"""Checks of the tables that join plans: each side of a row, against the row of its own plan."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pipelines.document.titles import BLANKS
from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import NOWHERE, View
from pipelines.linking import comparisons
from pipelines.linking.citations import key_of, national_documents, plain
from pipelines.linking.parallels import LEVELS, kind_of
from pipelines.linking.variants import kind_of as variant_kind
from pipelines.package.wide import SOURCES, Wide
from pipelines.schema import load_schemas
from pipelines.seeds.sources import HAND_REPAIRS

SIDES = ("", "other_")
REACH = 24  # characters of a seed beside a difference in which its context stands


@rule()
def parallel_in_turn(view: View, table: str) -> Iterator[Found]:
    """Ids are the measure's id and a serial that runs 1, 2, 3 …, from the most alike to the least."""
    serials: Counter[object] = Counter()
    last: dict[object, float] = {}
    for number, row in enumerate(view.rows(table)):
        measure, similarity = row["measure_id"], row["similarity"]
        serials[measure] += 1
        if row["parallel_id"] != f"{measure}/p{serials[measure]}":
            yield number, "parallel_id", f"expected {measure}/p{serials[measure]}"
        elif isinstance(similarity, float) and similarity > last.get(measure, 1.0):
            yield number, "similarity", f"the one before is less alike: {last[measure]}"
        last[measure] = similarity if isinstance(similarity, float) else 0.0


@rule("measures", "plans")
def of_two_plans(view: View, table: str) -> Iterator[Found]:
    """A pair is of two plans, that of the lower level of government, or of the later id, first."""
    ranks = {
        row["plan_id"]: (
            LEVELS.index(row["level"]) if row["level"] in LEVELS else len(LEVELS),
            row["plan_id"],
        )
        for row in view.rows("plans")
    }
    for number, row in enumerate(view.rows(table)):
        for side in SIDES:
            measure = view.one("measures").get(row[f"{side}measure_id"])
            if measure is not None and measure["plan_id"] != row[f"{side}plan_id"]:
                yield number, f"{side}plan_id", f"its measure is of {measure['plan_id']}"
        first, second = ranks.get(row["plan_id"]), ranks.get(row["other_plan_id"])
        if first is not None and second is not None and first <= second:
            yield number, "other_plan_id", f"expected a plan before {row['plan_id']}"


@rule("measures", "clauses")
def shared_by_both(view: View, table: str) -> Iterator[Found]:
    """The shared text stands in both measures, and in the published texts at both ranges."""
    rows = view.rows(table)
    for side in SIDES:
        measures = [view.one("measures").get(row[f"{side}measure_id"]) or {} for row in rows]
        clauses = [view.one("clauses").get(measure.get("clause_id")) or {} for measure in measures]
        documents = [str(clause.get("document_id")) for clause in clauses]
        ends = (view.column(table, f"{side}source_{end}") for end in ("start", "end"))
        for number, (row, words, measure) in enumerate(
            zip(rows, view.words_at(documents, *ends), measures, strict=True)
        ):
            if words != row["shared_text"]:
                yield number, f"{side}source_start", f"at its place stands “{words}”"
            elif words not in (measure.get("text") or ""):
                yield number, f"{side}measure_id", "the measure does not hold the shared text"


@rule()
def kind_of_shares(view: View, table: str) -> Iterator[Found]:
    """The kind is what the two shares make of it."""
    for number, row in enumerate(view.rows(table)):
        shares = row["share"], row["other_share"]
        if all(isinstance(share, float) for share in shares) and row["kind"] != (kind := kind_of(*shares)):
            yield number, "kind", f"shares of {shares[0]} and {shares[1]} are {kind}"


@rule("targets", needs=["vocabulary"])
def compared(view: View, table: str) -> Iterator[Found]:
    """Each target with an indicator is compared once, by what its words and those of the others say."""
    assert view.vocabulary is not None
    known = view.vocabulary.indicator_ids
    targets = [
        row
        for row in view.rows("targets")
        if row["indicator_id"] in known and isinstance(row["value"], float)
    ]
    yield from _told(view, table, "target_id", comparisons.compared(targets, view.vocabulary))


@rule(*SOURCES, needs=["vocabulary"])
def told_by_tables(view: View, table: str) -> Iterator[Found]:
    """A table for reading says of each target or measure what the other tables say, and no more."""
    assert view.vocabulary is not None
    wide = Wide({name: view.rows(name) for name in SOURCES}, load_schemas(), view.vocabulary)
    if table == "targets_wide":
        yield from _told(view, table, "target_id", wide.targets())
    else:
        yield from _told(view, table, "measure_id", wide.measures())


def _told(view: View, table: str, key: str, expected: Iterable[Mapping[str, object]]) -> Iterator[Found]:
    """Where the rows of a table are not those that follow from the other tables."""
    wanted = {str(row[key]): row for row in expected}
    rows = view.rows(table)
    for number, row in enumerate(rows):
        told = wanted.pop(str(row[key]), None)
        if told is None:
            yield number, key, "the other tables have no such row, or it stands twice"
            continue
        for column, cell in told.items():
            if row[column] != cell:
                yield number, column, f"the other tables say {cell}"
    for missing in wanted:
        yield max(0, len(rows) - 1), key, f"there is no row of {missing}"


@rule("measures", needs=["vocabulary"])
def topics_of_words(view: View, table: str) -> Iterator[Found]:
    """A measure has just the codes that the vocabulary finds in its text, each with its first words there.

    The words may be more than those of the vocabulary, where one repair made more characters (燃气壁挂炉 for 燃气).
    """
    assert view.vocabulary is not None
    places = dict(zip(view.column("measures", "measure_id"), view.spans("measures"), strict=True))
    own: dict[object, list[tuple[int, tuple[str, int | None, str]]]] = defaultdict(list)
    for number, (row, span) in enumerate(zip(view.rows(table), view.spans(table), strict=True)):
        place = places.get(row["measure_id"])
        at = span[1] - place[1] if span is not None and place is not None else None
        own[row["measure_id"]].append((number, (row["code"], at, row["as_written"])))
    for measure, text in zip(
        view.column("measures", "measure_id"), view.column("measures", "text"), strict=True
    ):
        given = [
            (code, start, text[start:end]) for code, start, end in view.vocabulary.topics.found(text or "")
        ]
        for number, cells in own[measure]:
            code, at, words = cells
            if not any(
                code == one
                and at is not None
                and at <= start
                and start + len(word) <= at + len(words)
                and word in words
                for one, start, word in given
            ):
                yield number, "code", f"the words of {measure} do not give it there"
        missing = {code for code, _, _ in given} - {cells[0] for _, cells in own[measure]}
        if missing:
            yield (
                max(own[measure], default=(0,))[0],
                "code",
                f"{measure} gives {', '.join(sorted(missing))} too",
            )


@rule("topic_codes")
def vocabulary_of_code(view: View, table: str) -> Iterator[Found]:
    """The vocabulary is that of the code."""
    for number, row in enumerate(view.rows(table)):
        code = view.one("topic_codes").get(row["code"])
        if code is not None and code["vocabulary"] != row["vocabulary"]:
            yield number, "vocabulary", f"{row['code']} is of {code['vocabulary']}"


@rule()
def class_of_instrument(view: View, table: str) -> Iterator[Found]:
    """Only instruments have a class of instrument and a type of the European database, and they have both; support of research has no class."""
    for number, row in enumerate(view.rows(table)):
        is_instrument = row["vocabulary"] == "instrument"
        if (row["eea_pam"] is not None) != is_instrument:
            yield number, "eea_pam", f"expected {'one' if is_instrument else 'none'}"
        if (row["instrument_class"] is not None) != (is_instrument and row["eea_pam"] != "Research"):
            yield number, "instrument_class", f"unexpected for {row['code']}"


@rule()
def named_by_words(view: View, table: str) -> Iterator[Found]:
    """A citation holds its title in 《》 and its number, one of which it has."""
    for number, row in enumerate(view.rows(table)):
        parts = {
            "title": f"《{row['title']}》" if row["title"] else "",
            "document_number": row["document_number"] or "",
        }
        if not any(parts.values()):
            yield number, "title", "there is neither a title nor a number"
        for column, words in parts.items():
            if words and words not in str(row["as_written"]):
                yield number, column, f"“{words}” does not stand in “{row['as_written']}”"


@rule("plans", needs=["vocabulary"])
def cites_another(view: View, table: str) -> Iterator[Found]:
    """The plan that is cited is another one, and has the title or the number of the citation."""
    assert view.vocabulary is not None
    plans = view.one("plans")
    for number, row in enumerate(view.rows(table)):
        plan = plans.get(row["cited_plan_id"])
        if plan is None:
            continue
        title, of_plan = str(row["full_title"] or row["title"] or ""), str(plan["title"])
        is_titled = key_of(title, view.vocabulary) == key_of(of_plan, view.vocabulary)
        is_numbered = plain(str(row["document_number"] or "")) == plain(str(plan["document_number"] or "-"))
        if row["cited_plan_id"] == row["plan_id"] or not (is_titled or is_numbered):
            yield number, "cited_plan_id", f"“{title}” is not {of_plan}"


@rule(needs=["vocabulary"])
def national_by_words(view: View, table: str) -> Iterator[Found]:
    """A national document is the one that the vocabulary has for the title, number and issuer of the citation."""
    assert view.vocabulary is not None
    national = national_documents(view.vocabulary)
    for number, row in enumerate(view.rows(table)):
        title, printed = str(row["full_title"] or row["title"] or ""), str(row["document_number"] or "")
        meant = national.named(title, printed, str(row["issuer_as_written"] or "")) or None
        if row["national_document_id"] != meant:
            yield number, "national_document_id", f"the vocabulary has {meant or 'none'} for “{title}”"


@rule()
def variant_in_turn(view: View, table: str) -> Iterator[Found]:
    """Ids are the other document's id and a serial that runs 1, 2, 3 … in the order of the base document."""
    serials: Counter[object] = Counter()
    reached: dict[object, int] = {}
    for number, row in enumerate(view.rows(table)):
        document = row["other_document_id"]
        serials[document] += 1
        if row["variant_id"] != f"{document}/v{serials[document]}":
            yield number, "variant_id", f"expected {document}/v{serials[document]}"
        elif row["base_start"] < reached.get(document, 0):
            yield number, "base_start", f"the one before goes on to {reached[document]}"
        reached[document] = row["base_end"]


@rule("documents", "clauses")
def of_two_copies(view: View, table: str) -> Iterator[Found]:
    """A difference is between the base document of its plan and another of its documents, in the clause that holds it."""
    documents, clauses = view.one("documents"), view.by("clauses", "document_id")
    for number, row in enumerate(view.rows(table)):
        for column, is_base in (("base_document_id", True), ("other_document_id", False)):
            document = documents.get(row[column]) or {}
            if (document.get("plan_id"), document.get("is_base")) != (row["plan_id"], is_base):
                yield (
                    number,
                    column,
                    f"it is {'no' if is_base else 'the'} base document of {row['plan_id']}, or of another plan",
                )
        held = (each for each in clauses[row["base_document_id"]] if each["plan_id"] == row["plan_id"])
        here = next(
            (
                each["clause_id"]
                for each in held
                if each["source_start"] <= row["base_start"] < each["source_end"]
            ),
            None,
        )
        if row["clause_id"] != here:
            yield number, "clause_id", f"it stands in {here or 'no clause'}"


@rule("repairs")
def as_both_print(view: View, table: str) -> Iterator[Found]:
    """Each side prints its words at its range, what stands beside the base's too; a repair by hand counts as unmended."""
    for side in ("base", "other"):
        documents = [str(each) for each in view.column(table, f"{side}_document_id")]
        starts, ends = (view.column(table, f"{side}_{end}") for end in ("start", "end"))
        for number, (row, words) in enumerate(
            zip(view.rows(table), view.words_at(documents, starts, ends), strict=True)
        ):
            repairs = view.by("repairs", "document_id")[row[f"{side}_document_id"]]
            by_hand = [each for each in repairs if each["rule"] in HAND_REPAIRS]
            if any(
                each["source_start"] < ends[number] and starts[number] < each["source_end"]
                for each in by_hand
            ):
                continue
            if BLANKS.sub("", words) != (row[f"{side}_text"] or ""):
                yield number, f"{side}_text", f"at its place stands “{words}”"
    for number, row in enumerate(view.rows(table)):
        for column, start, end in (
            ("before", row["base_start"] - REACH, row["base_start"]),
            ("after", row["base_end"], row["base_end"] + REACH),
        ):
            (words,) = view.words_at([str(row["base_document_id"])], [max(0, start)], [end])
            if words is not NOWHERE and (row[column] or "") not in BLANKS.sub("", words):
                yield number, column, f"beside its place stands “{words[:40]}”"


@rule()
def kind_of_texts(view: View, table: str) -> Iterator[Found]:
    """The kind is what the two texts make of it; a paragraph that has moved is the same in both."""
    for number, row in enumerate(view.rows(table)):
        texts = row["base_text"] or "", row["other_text"] or ""
        kind = "moved" if texts[0] == texts[1] else variant_kind(*texts)
        if row["kind"] != kind:
            yield number, "kind", f"“{texts[0]}” and “{texts[1]}” are {kind}"
