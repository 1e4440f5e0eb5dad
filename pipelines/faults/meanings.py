"""The facts of a package in; facts that are well-formed, fit each other, and are not what the plan says, out."""

import itertools
import re
from collections.abc import Callable, Iterator
from datetime import date

from pipelines.faults.consistent import drop_child, drop_clause, renumber
from pipelines.faults.faults import Draft, Row, TableFault
from pipelines.faults.witnesses import named
from pipelines.faults.world import World, cell_fault, choose, row_fault
from pipelines.guard.reading import places_of

OTHER_COMPARATOR = {">=": "<=", "<=": ">=", "=": ">=", "~": "="}
OTHER_CHANGE = {"level": "decrease", "decrease": "level", "increase": "decrease", "add": "level"}
LATER = date(2035, 12, 31)


def meaning_faults(world: World) -> Iterator[TableFault]:
    """Faults of meaning: each is what a wrong rule of the extraction, or a wrong hand, would leave behind."""
    for make in (
        _values, _units, _percentages, _comparators, _changes, _baselines, _strengths, _hedges, _indicators, _milestones,
        _issue_dates, _cited, _deadlines, _governing, _roles, _agencies, _inheritance, _clauses, _measures, _numbers, _vocabulary, _issues,
    ):  # fmt: skip
        yield from make(world)


def _quantified(world: World) -> list[Row]:
    return [row for row in world.rows["targets"] if row["kind"] == "quantified"]


def _target_fault(world: World, kind: str, row: Row, column: str, value: object, meant: str) -> TableFault:
    line = world.line("targets", row["target_id"])
    return cell_fault(world, kind, "targets", line, column, value, named("targets", meant))


def _values(world: World) -> Iterator[TableFault]:
    """万 or 亿 lost, in the target and in the ledger of numbers alike."""
    for row in _quantified(world):
        written, value = str(row["value_as_written"]), float(str(row["value"]))
        scale = 1e4 if "万" in written else 1e8 if "亿" in written else 0
        if scale:
            yield _value_fault(world, "万 lost", row, value / scale, "value-read")


def _value_fault(world: World, kind: str, row: Row, value: float, meant: str) -> TableFault:
    line, own = world.line("targets", row["target_id"]), row["target_id"]

    def change(draft: Draft) -> None:
        draft.rows("targets")[line]["value"] = value
        for number in draft.rows("numbers"):
            if number["target_id"] == own:
                number["value"] = value

    return row_fault(world, kind, "targets", row, meant, change, row["value"], value, "value")


def _units(world: World) -> Iterator[TableFault]:
    """Another unit of the same dimension: 吨 for 万吨标准煤, 家 for 个."""
    dimensions = {row["unit_id"]: row["dimension"] for row in world.rows["units"]}
    for row in choose(_quantified(world), 30, "unit"):
        if row["unit"] is None:
            continue
        others = [
            name for name in dimensions if dimensions[name] == dimensions[row["unit"]] and name != row["unit"]
        ]
        for other in choose(others, 1, "unit", str(row["target_id"])):
            yield _target_fault(world, "unit of the same dimension", row, "unit", other, "unit-read")


def _percentages(world: World) -> Iterator[TableFault]:
    shares = [row for row in _quantified(world) if row["unit"] == "percent" and row["change"] != "increase"]
    for row in choose(shares, 6, "percent over 100"):
        yield _value_fault(
            world, "percent over 100", row, float(str(row["value"])) + 100, "percentage-in-range"
        )


def _comparators(world: World) -> Iterator[TableFault]:
    for row in _quantified(world):
        other = OTHER_COMPARATOR[str(row["comparator"])]
        yield _target_fault(world, "comparator reversed", row, "comparator", other, "comparator-read")


def _changes(world: World) -> Iterator[TableFault]:
    for row in _quantified(world):
        other = OTHER_CHANGE[str(row["change"])]
        yield _target_fault(world, "level and change swapped", row, "change", other, "change-read")


def _baselines(world: World) -> Iterator[TableFault]:
    for row in _quantified(world):
        if row["baseline_year"] is not None and isinstance(row["deadline"], date):
            later = row["deadline"].year + 1
            yield _target_fault(
                world, "baseline after deadline", row, "baseline_year", later, "baseline-before-deadline"
            )


def _strengths(world: World) -> Iterator[TableFault]:
    striven = [row for row in world.rows["targets"] if row["strength"] == "strive"]
    firm = [row for row in world.rows["targets"] if row["strength"] == "firm"]
    for row in [*striven, *choose(firm, 10, "strength")]:
        other = "firm" if row["strength"] == "strive" else "strive"
        yield _target_fault(world, "strength flipped", row, "strength", other, "strength-read")


def _hedges(world: World) -> Iterator[TableFault]:
    for row in world.rows["targets"]:
        if row["hedge"] is not None:
            yield _target_fault(world, "hedge dropped", row, "hedge", None, "hedge-read")
    for row in choose([row for row in _quantified(world) if row["hedge"] is None], 4, "hedge"):
        yield _target_fault(world, "hedge invented", row, "hedge", "基本", "hedge-read")


def _indicators(world: World) -> Iterator[TableFault]:
    for row in choose(_quantified(world), 12, "indicator"):
        indicator, quote = str(row["indicator"]), str(row["quote"])
        for cut in (indicator[:-2], indicator[2:]):
            if len(cut) > 1:
                yield _target_fault(world, "indicator cut short", row, "indicator", cut, "indicator-whole")
        relation = re.match(r"达到?|下降|降低|不低于|超过|提高", quote.partition(indicator)[2])
        if relation:
            longer = indicator + relation[0]
            yield _target_fault(
                world, "relation in the indicator", row, "indicator", longer, "indicator-whole"
            )
    for row in _quantified(world):
        if row["scope"] is not None:
            scoped = f"{row['scope']}{row['indicator']}"
            yield _target_fault(world, "scope in the indicator", row, "indicator", scoped, "indicator-whole")


def _milestones(world: World) -> Iterator[TableFault]:
    milestones = [row for row in world.rows["targets"] if row["kind"] == "milestone"]
    given = {"value": 30.0, "unit": "percent", "comparator": ">=", "change": "level", "baseline_year": 2020}
    for (column, value), row in zip(given.items(), choose(milestones, len(given), "given"), strict=True):
        yield _target_fault(world, "milestone with a number", row, column, value, "milestone-bare")
    for row in choose(milestones, 4, "untimed"):
        line = world.line("targets", row["target_id"])

        def change(draft: Draft, line: int = line) -> None:
            draft.rows("targets")[line].update(deadline_id=None, deadline=None, period_start=None)

        yield row_fault(
            world, "milestone without a time", "targets", row, "milestone-timed", change, row["deadline_id"]
        )


def _issue_dates(world: World) -> Iterator[TableFault]:
    """A date of issue that no plan of this kind can have."""
    for row in world.rows["plans"]:
        if isinstance(row["issued_on"], date):
            line = world.line("plans", row["plan_id"])
            for year in (1923, 2123):
                value = row["issued_on"].replace(year=year)
                meant = named("plans", "issued-in-our-time")
                yield cell_fault(
                    world, "date of issue of another age", "plans", line, "issued_on", value, meant
                )


def _cited(world: World) -> Iterator[TableFault]:
    """The number or the date of a document that a copy cites, taken for the plan's own."""
    for line, row in enumerate(world.rows["plans"]):
        texts = [
            world.package.texts[str(each["document_id"])]
            for each in world.rows["documents"]
            if each["plan_id"] == row["plan_id"]
        ]
        cited = {
            number for text in texts for number in re.findall(r"（([\u4e00-\u9fff]+〔20\d\d〕\d+号)）", text)
        }
        for number in choose(sorted(cited - {row["document_number"]}), 2, "cited", str(row["plan_id"])):
            meant = named("plans", "number-printed")
            yield cell_fault(
                world, "number of a cited document", "plans", line, "document_number", number, meant
            )
        dates = {
            date(*map(int, parts))
            for text in texts
            for parts in re.findall(r"(20\d\d)年(\d{1,2})月(\d{1,2})日", text)
        }
        for day in choose(sorted(dates - {row["issued_on"]}), 2, "cited date", str(row["plan_id"])):
            meant = named("plans", "date-printed")
            yield cell_fault(world, "date of another event", "plans", line, "issued_on", day, meant)


def _with_targets(deadline_id: object, line: int, column: str, value: date | None) -> Callable[[Draft], None]:
    """Changes a date of a deadline, and that of the targets that it governs."""

    def change(draft: Draft) -> None:
        draft.rows("deadlines")[line][column] = value
        for target in draft.rows("targets"):
            if target["deadline_id"] == deadline_id:
                target["deadline" if column == "end_date" else "period_start"] = value

    return change


def _deadlines(world: World) -> Iterator[TableFault]:
    """Dates that are not those of the words, in the deadline and in its targets alike."""
    issued = {row["plan_id"]: row["issued_on"] for row in world.rows["plans"]}
    rows = world.rows["deadlines"]
    for row in choose(rows, 10, "a year off its words"):
        line, end = world.line("deadlines", row["deadline_id"]), row["end_date"]
        assert isinstance(end, date)
        for years in (1, -1):
            other = end.replace(year=end.year + years)
            change = _with_targets(row["deadline_id"], line, "end_date", other)
            yield row_fault(
                world,
                "deadline a year off its words",
                "deadlines",
                row,
                "time-read",
                change,
                end,
                other,
                "end_date",
            )
    for row in choose([row for row in rows if issued[row["plan_id"]]], 4, "before issue"):
        line, day = world.line("deadlines", row["deadline_id"]), issued[row["plan_id"]]
        assert isinstance(day, date)
        other = day.replace(year=day.year - 1)
        change = _with_targets(row["deadline_id"], line, "end_date", other)
        meant = "end-after-issue targets.deadline-after-issue"
        yield row_fault(
            world,
            "deadline before issue",
            "deadlines",
            row,
            meant,
            change,
            row["end_date"],
            other,
            "end_date",
        )
    for row in choose([row for row in rows if row["start_date"] is not None], 3, "start after end"):
        line = world.line("deadlines", row["deadline_id"])
        change = _with_targets(row["deadline_id"], line, "start_date", LATER)
        meant = "start-before-end targets.start-before-deadline"
        yield row_fault(
            world,
            "period that ends before it starts",
            "deadlines",
            row,
            meant,
            change,
            row["start_date"],
            LATER,
            "start_date",
        )
    for row in choose(rows, 3, "governs nothing"):
        own = row["deadline_id"]

        def forget(draft: Draft, own: object = own) -> None:
            for target in draft.rows("targets"):
                if target["deadline_id"] == own:
                    target.update(deadline_id=None, deadline=None, period_start=None)

        meant = "governs-something targets.governing-time"
        yield row_fault(world, "deadline that governs nothing", "deadlines", row, meant, forget)


def _governing(world: World) -> Iterator[TableFault]:
    """Another time of the same plan, with its dates: nothing but the words says that it is the wrong one."""
    for row in choose(world.rows["targets"], 10, "governing"):
        if row["deadline_id"] is None:
            continue
        line, own = world.line("targets", row["target_id"]), row["deadline_id"]
        here = [each for each in world.children["deadlines", row["clause_id"]] if each["deadline_id"] != own]
        elsewhere = [
            each
            for each in world.rows["deadlines"]
            if each["plan_id"] == row["plan_id"] and each["clause_id"] != row["clause_id"]
        ]
        for where, others in (
            ("of its clause", here),
            ("of another clause", choose(elsewhere, 1, "time", str(own))),
        ):
            for other in others:
                dates = {
                    "deadline_id": other["deadline_id"],
                    "deadline": other["end_date"],
                    "period_start": other["start_date"],
                }

                def change(draft: Draft, line: int = line, dates: Row = dates) -> None:
                    draft.rows("targets")[line].update(dates)

                yield row_fault(
                    world,
                    f"other time {where}",
                    "targets",
                    row,
                    "governing-time",
                    change,
                    own,
                    other["deadline_id"],
                    "deadline_id",
                )


def _roles(world: World) -> Iterator[TableFault]:
    rows = world.rows["responsibilities"]
    for role in ("lead", "support", "shared", "sole"):
        of_role = [row for row in rows if row["role"] == role]
        for other in ("lead", "support", "shared", "sole"):
            if other != role:
                for row in choose(of_role, 3, "role", role, other):
                    line = world.line("responsibilities", row["responsibility_id"])
                    meant = named("responsibilities", "role-read")
                    yield cell_fault(
                        world, "role against the bracket", "responsibilities", line, "role", other, meant
                    )


def _agencies(world: World) -> Iterator[TableFault]:
    rows = world.rows["responsibilities"]
    agencies = world.rows["agencies"]
    known = {str(row["agency_id"]): row for row in agencies}
    named_in = {
        clause["clause_id"]: {
            row["agency_id"] for row in world.children.get(("responsibilities", clause["clause_id"]), ())
        }
        for clause in world.rows["clauses"]
    }
    for row in choose([row for row in rows if row["basis"] == "stated"], 12, "agencies"):
        line, own = world.line("responsibilities", row["responsibility_id"]), str(row["agency_id"])
        place, _, slug = own.partition("/")
        of_place = [
            name for name in known if name.startswith(f"{place}/") and name not in named_in[row["clause_id"]]
        ]
        for name in choose(of_place, 1, "not in the bracket", str(row["responsibility_id"])):

            def change(draft: Draft, line: int = line, name: str = name) -> None:
                draft.rows("responsibilities")[line].update(
                    agency_id=name, as_written=known[name]["short_name"]
                )

            yield row_fault(
                world,
                "agency that the bracket does not name",
                "responsibilities",
                row,
                "in-the-bracket",
                change,
                own,
                name,
                "agency_id",
            )
            meant = named("responsibilities", "agency-named")
            yield cell_fault(
                world, "agency of another name", "responsibilities", line, "agency_id", name, meant
            )
        cities = [
            f"{each['place']}/{slug}" for each in world.rows["plans"] if f"{each['place']}/{slug}" in known
        ]
        for name in cities:
            if name != own:
                meant = named("responsibilities", "agency-of-plan")
                yield cell_fault(
                    world, "agency of another city", "responsibilities", line, "agency_id", name, meant
                )
    yield from _registry(world)


def _registry(world: World) -> Iterator[TableFault]:
    """Two agencies taken for one, and one for two."""
    agencies = world.rows["agencies"]
    pairs = [(one, two) for one, two in itertools.pairwise(agencies) if one["place"] == two["place"]]
    for one, two in choose(pairs, 4, "merged"):

        def merge(draft: Draft, one: Row = one, two: Row = two) -> None:
            rows = draft.rows("agencies")
            rows.remove(next(row for row in rows if row["agency_id"] == two["agency_id"]))
            for table in ("responsibilities", "issuers"):
                for row in draft.rows(table):
                    if row["agency_id"] == two["agency_id"]:
                        row["agency_id"] = one["agency_id"]

        meant = "responsibilities.agency-named issuers.agency-named"
        yield row_fault(
            world,
            "two agencies taken for one",
            "agencies",
            two,
            meant,
            merge,
            two["agency_id"],
            one["agency_id"],
            "agency_id",
        )
    used = [row["agency_id"] for row in world.rows["responsibilities"]]
    for agency in choose([row for row in agencies if used.count(row["agency_id"]) > 1], 4, "split"):
        name = f"{agency['agency_id']}-2"

        def split(draft: Draft, agency: Row = agency, name: str = name) -> None:
            rows = draft.rows("agencies")
            line = next(line for line, row in enumerate(rows) if row["agency_id"] == agency["agency_id"])
            rows.insert(line + 1, {**rows[line], "agency_id": name})
            rows.sort(key=lambda row: str(row["agency_id"]))
            of_it = [row for row in draft.rows("responsibilities") if row["agency_id"] == agency["agency_id"]]
            for row in of_it[::2]:
                row["agency_id"] = name

        yield row_fault(
            world,
            "one agency taken for two",
            "agencies",
            agency,
            "name-once",
            split,
            agency["agency_id"],
            name,
            "agency_id",
        )
    for agency in choose(agencies, 3, "unused"):
        name = f"{agency['agency_id']}-9"

        def invent(draft: Draft, agency: Row = agency, name: str = name) -> None:
            rows = draft.rows("agencies")
            line = next(line for line, row in enumerate(rows) if row["agency_id"] == agency["agency_id"])
            rows.insert(line + 1, {**rows[line], "agency_id": name, "name": f"{agency['name']}分局"})
            rows.sort(key=lambda row: str(row["agency_id"]))

        yield row_fault(
            world,
            "agency that no plan names",
            "agencies",
            agency,
            "named-somewhere",
            invent,
            "",
            name,
            "agency_id",
        )


def _inheritance(world: World) -> Iterator[TableFault]:
    inherited = [row for row in world.rows["responsibilities"] if row["basis"] == "inherited"]
    for row in choose(inherited, 6, "inherited"):

        def drop(draft: Draft, row: Row = row) -> None:
            drop_child(draft, "responsibilities", row)

        yield row_fault(
            world, "inherited responsibility dropped", "responsibilities", row, "clauses.all-inherited", drop
        )
    stated = [row for row in world.rows["responsibilities"] if row["basis"] == "stated"]
    heirs = {row["agency_id"] for row in inherited}
    for row in choose([row for row in stated if row["agency_id"] not in heirs], 4, "inherits too much"):
        later = [
            clause
            for clause in world.rows["clauses"][world.line("clauses", row["clause_id"]) + 1 :]
            if clause["plan_id"] == row["plan_id"] and clause["number"] is not None
        ]
        for clause in later[:1]:

            def lay(draft: Draft, row: Row = row, clause: Row = clause) -> None:
                rows = draft.rows("responsibilities")
                of_clause = [
                    line for line, each in enumerate(rows) if each["clause_id"] == clause["clause_id"]
                ]
                copy = {
                    **row,
                    "clause_id": clause["clause_id"],
                    "basis": "inherited",
                    "inherited_from": row["clause_id"],
                    "item": None,
                }
                rows.insert(of_clause[-1] + 1 if of_clause else len(rows), copy)
                renumber(draft, "responsibilities", clause["clause_id"])

            yield row_fault(
                world,
                "responsibility inherited from nowhere",
                "responsibilities",
                row,
                "clauses.all-inherited",
                lay,
                "",
                clause["clause_id"],
            )


def _clauses(world: World) -> Iterator[TableFault]:
    """A clause lost whole, with all that hangs on it, and the later ones numbered as if nothing were."""
    sources = {row["inherited_from"] for row in world.rows["responsibilities"]}
    free = [row for row in world.rows["clauses"] if row["clause_id"] not in sources]
    for row in choose(free, 6, "clause lost"):

        def change(draft: Draft, row: Row = row) -> None:
            drop_clause(draft, row)

        meant = "nothing-between nothing-before-first documents.ends-with-last-clause"
        yield row_fault(world, "clause skipped", "clauses", row, meant, change)
    unnamed = [row for row in free if row["responsibility_text"] is not None]
    for row in choose(unnamed, 4, "bracket lost"):
        own = row["clause_id"]
        line = world.line("clauses", own)

        def forget(draft: Draft, own: object = own, line: int = line) -> None:
            draft.rows("clauses")[line].update(responsibility_text=None, responsibility_open_ended=False)
            rows = draft.rows("responsibilities")
            rows[:] = [each for each in rows if each["clause_id"] != own]

        meant = "bracket-printed somebody-responsible"
        yield row_fault(
            world,
            "responsibility bracket overlooked",
            "clauses",
            row,
            meant,
            forget,
            row["responsibility_text"],
        )


def _measures(world: World) -> Iterator[TableFault]:
    """Two sentences taken for one, one cut in two, and another verb with what follows from it."""
    rows = world.rows["measures"]
    clauses = {row["clause_id"]: str(row["text"]) for row in world.rows["clauses"]}
    for line in choose(range(1, len(rows)), 60, "merged"):
        one, two = rows[line - 1], rows[line]
        text = clauses[two["clause_id"]]
        joined = re.search(rf"{re.escape(str(one['text']))}([。；]){re.escape(str(two['text']))}", text)
        if one["clause_id"] == two["clause_id"] and joined and line % 10 == 0:

            def merge(draft: Draft, one: Row = one, two: Row = two, whole: str = joined[0]) -> None:
                kept = draft.rows("measures")[world.line("measures", one["measure_id"])]
                kept.update(text=whole, source_end=two["source_end"])
                drop_child(draft, "measures", two)

            yield row_fault(
                world,
                "two sentences taken for one",
                "measures",
                one,
                "whole-sentence",
                merge,
                one["text"],
                joined[0],
            )
    verbs = sorted({(str(row["verb"]), str(row["bindingness"])) for row in rows if row["verb"] is not None})
    for row in choose([row for row in rows if row["verb"] is not None], 6, "verb"):
        others = [pair for pair in verbs if pair[1] != row["bindingness"] and pair[0] not in str(row["text"])]
        line = world.line("measures", row["measure_id"])
        for verb, bindingness in choose(others, 1, "verb", str(row["measure_id"])):

            def change(
                draft: Draft, line: int = line, verb: str = verb, bindingness: str = bindingness
            ) -> None:
                draft.rows("measures")[line].update(verb=verb, bindingness=bindingness)

            yield row_fault(
                world,
                "verb that the sentence does not open with",
                "measures",
                row,
                "verb-read",
                change,
                row["verb"],
                verb,
                "verb",
            )


def _numbers(world: World) -> Iterator[TableFault]:
    """What a number is, undone: with its link, as a rule that no longer reads it would leave it."""
    rows = world.rows["numbers"]
    for disposition, link in (("target", "target_id"), ("deadline", "deadline_id")):
        of_kind = [row for row in rows if row["disposition"] == disposition]
        for row in choose(of_kind, 4, "undone", disposition):
            line = world.line("numbers", row["number_id"])

            def change(draft: Draft, line: int = line, link: str = link) -> None:
                draft.rows("numbers")[line].update({"disposition": "undecided", link: None})

            yield row_fault(
                world,
                "disposition undone",
                "numbers",
                row,
                "decided",
                change,
                disposition,
                "undecided",
                "disposition",
            )
    for disposition in sorted({str(row["disposition"]) for row in rows if row["value"] is not None}):
        of_kind = [row for row in rows if row["disposition"] == disposition and row["value"] is not None]
        for row in choose(of_kind, 3, "misread", disposition):
            line, value = world.line("numbers", row["number_id"]), float(str(row["value"])) + 1
            meant = named("numbers", "value-read")
            yield cell_fault(world, "number misread", "numbers", line, "value", value, meant)
    targets = [row for row in rows if row["target_id"] is not None]
    for one, two in zip(targets[::9], targets[1::9], strict=False):
        line = world.line("numbers", one["number_id"])
        if one["clause_id"] == two["clause_id"] and one["target_id"] != two["target_id"]:
            meant = named("numbers", "number-of-target")
            yield cell_fault(
                world, "number of another target", "numbers", line, "target_id", two["target_id"], meant
            )
    quotes = {row["target_id"]: row for row in world.rows["targets"]}
    for one in choose(targets, 3, "target elsewhere"):
        others = [
            row
            for row in world.rows["targets"]
            if row["kind"] == "quantified" and row["clause_id"] != one["clause_id"]
        ]
        for other in choose(others, 1, str(one["number_id"])):
            assert not places_of("\0", str(quotes[other["target_id"]]["quote"]))
            meant = named("numbers", "target-in-clause")
            line = world.line("numbers", one["number_id"])
            yield cell_fault(
                world, "target of another clause", "numbers", line, "target_id", other["target_id"], meant
            )


def _vocabulary(world: World) -> Iterator[TableFault]:
    """Impossible entries of the vocabularies."""
    for row in choose([row for row in world.rows["units"] if row["factor"] is not None], 2, "factor"):
        line = world.line("units", row["unit_id"])
        factor = float(str(row["factor"]))
        meant = named("units", "factor-positive")
        yield cell_fault(world, "factor below zero", "units", line, "factor", -factor, meant)
    for one, two in zip(world.rows["places"][::150], world.rows["places"][1::150], strict=False):
        line = world.line("places", two["place_id"])
        meant = named("places", "division-code-once")
        yield cell_fault(
            world, "code of another place", "places", line, "division_code", one["division_code"], meant
        )
    for row in choose(_quantified(world), 3, "nothing promised"):
        yield _value_fault(world, "value not above zero", row, -float(str(row["value"])), "value-positive")


def _issues(world: World) -> Iterator[TableFault]:
    """An issue that is none, and an issue that stops a release."""
    clauses = [
        row for row in world.rows["clauses"] if world.children.get(("responsibilities", row["clause_id"]))
    ]
    owners = [row["document_id"] for row in world.rows["issues"]]
    for clause in choose([row for row in clauses if row["document_id"] in owners], 3, "issue"):
        document = clause["document_id"]

        def add(draft: Draft, clause: Row = clause, document: object = document) -> None:
            rows = draft.rows("issues")
            last = max(line for line, row in enumerate(rows) if row["document_id"] == document)
            number = sum(row["document_id"] == document for row in rows) + 1
            new = {
                **rows[0],
                "issue_id": f"{document}/i{number}",
                "document_id": document,
                **{name: clause[name] for name in ("clause_id", "source_start", "source_end")},
            }
            rows.insert(last + 1, new)

        meant = "issues.still-true somebody-responsible"
        yield row_fault(world, "issue that is none", "clauses", clause, meant, add)
    for line, row in enumerate(world.rows["issues"]):
        grave = named("issues", "nothing-grave")
        yield cell_fault(world, "issue that stops a release", "issues", line, "severity", "error", grave)
        assert row["severity"] != "error"
