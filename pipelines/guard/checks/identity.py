"""Checks that places, names and dates of plans, copies, issuers and agencies are as printed and agree."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.agency_names import resolved_name
from pipelines.document.titles import title_in_english
from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import Row, View
from pipelines.text.numerals import chinese_number

DATE = re.compile(
    r"([\d〇零○一二三四五六七八九]{4})年([\d一二三四五六七八九十]{1,2})月([\d一二三四五六七八九十]{1,3})日"
)


@rule("places")
def of_its_place(view: View, table: str) -> Iterator[Found]:
    """What a row says of its place is what the table of places says: name, code, province and level."""
    places = view.one("places")
    for row, each in enumerate(view.rows(table)):
        place = places.get(each["place"])
        if place is None:
            continue
        wanted = {"division_code": place["division_code"]}
        if table == "plans":
            own = each["place"] if place["level"] != "national" else None
            province = place["province"] or own
            wanted |= {"place_en": place["label_en"], "province": province, "level": place["level"]}
        elif not str(each["agency_id"]).startswith(f"{each['place']}/"):
            yield row, "agency_id", f"expected an id that begins with {each['place']}/"
        for column, value in wanted.items():
            if each[column] != value:
                yield row, column, f"its place has {value}"


@rule("documents", "repairs", "issuers", "clauses")
def as_printed(view: View, table: str) -> Iterator[Found]:
    """The title of a plan opens its text; its number and its date stand in one of its copies; its base copy is its own."""
    copies, clauses = view.by("documents", "plan_id"), view.by("clauses", "plan_id")
    bases = view.by("documents", "document_id")  # one file may hold several plans
    sources = view.package.seeds.sources if view.package.seeds is not None else {}
    for row, each in enumerate(view.rows(table)):
        own = [*copies[each["plan_id"]], *bases[each["base_document_id"]]]
        texts = [re.sub(r"\s", "", view.text(copy["document_id"])) for copy in own]
        curated = [sources.get(copy["document_id"], {}) for copy in own]
        base = {copy["document_id"] for copy in own if copy["is_base"]}
        if base != {each["base_document_id"]}:
            yield row, "base_document_id", f"the base copies are {', '.join(map(str, base)) or 'none'}"
        if not clauses[each["plan_id"]]:
            yield row, "plan_id", "it has no clause"
        for column, is_printed in (
            ("title", _words_printed),
            ("document_number", _words_printed),
            ("issued_on", _date_printed),
        ):
            given = any(source.get(column) for source in curated)
            if (
                each[column] is not None
                and not given
                and not any(is_printed(each[column], text) for text in texts)
            ):
                yield row, column, "no copy of the plan prints it"


def _words_printed(words: object, text: str) -> bool:
    return re.sub(r"\s", "", str(words)) in text


def _date_printed(issued_on: object, text: str) -> bool:
    """Whether a text prints a date, in digits or in Chinese.

    >>> from datetime import date
    >>> _date_printed(date(2023, 5, 11), "武汉市农业农村局\\n2023年5月11日"), _date_printed(date(2023, 5, 11), "二〇二三年五月十一日")
    (True, True)
    """
    for match in DATE.finditer(text):
        parts = [
            int(each) if each.isdigit() else chinese_number(each.replace("○", "〇"))
            for each in match.groups()
        ]
        if parts == [getattr(issued_on, name) for name in ("year", "month", "day")]:
            return True
    return False


@rule(needs=["seeds"])
def as_in_sources(view: View, table: str) -> Iterator[Found]:
    """A document is what sources.csv says of it, and its seed is the file whose size and checksum stand here."""
    seeds = view.package.seeds
    assert seeds is not None
    for row, each in enumerate(view.rows(table)):
        document = str(each["document_id"])
        wanted: dict[str, object] = {
            column: seeds.sources.get(document, {}).get(column) or None
            for column in ("plan_id", "path", "edition", "note")
        }
        wanted |= {"sha256": seeds.digests.get(document), "size_bytes": seeds.sizes.get(document)}
        wanted["characters"] = len(seeds.texts.get(document, ""))
        for column, value in wanted.items():
            if each[column] != value:
                yield row, column, f"sources.csv and the seed have {value}"


@rule("issuers", "responsibilities", "places", needs=["vocabulary"])
def as_in_the_vocabulary(view: View, table: str) -> Iterator[Found]:
    """An agency is named in the plans; its function and English name are those of the vocabulary, behind its place."""
    assert view.vocabulary is not None
    known: dict[str, set[tuple[str, str]]] = {}
    for name in view.vocabulary.agency_names:
        known.setdefault(name.slug, set()).add((name.function_id, name.name_en))
    printed = {
        agency: {str(each["as_written"]) for each in (*issued, *answers)}
        for agency in view.column(table, "agency_id")
        for issued, answers in [
            (view.by("issuers", "agency_id")[agency], view.by("responsibilities", "agency_id")[agency])
        ]
    }
    labels = {place.label_en for place in view.vocabulary.places} | {""}
    for row, each in enumerate(view.rows(table)):
        entries = known.get(str(each["agency_id"]).partition("/")[2])
        names = {english for function, english in entries or () if function == each["function_id"]}
        if not printed[each["agency_id"]]:
            yield row, "agency_id", "no plan names it"
        elif each["name_basis"] == "stated" and each["name"] not in printed[each["agency_id"]]:
            yield row, "name_basis", "no plan prints the name in full"
        elif entries and not names:
            yield row, "function_id", f"expected {' or '.join(sorted(function for function, _ in entries))}"
        elif entries and not any(
            each["name_en"].endswith(name) and each["name_en"].removesuffix(name).strip() in labels
            for name in names
        ):
            yield row, "name_en", f"expected {' or '.join(sorted(names))}, behind the name of a place"


@rule(needs=["vocabulary"])
def english_title(view: View, table: str) -> Iterator[Found]:
    """The English title is what the vocabularies make of the title and its place."""
    assert view.vocabulary is not None
    places = {place.place_id: place for place in view.vocabulary.places}
    for row, each in enumerate(view.rows(table)):
        wanted = title_in_english(each["title"] or "", places.get(each["place"]), view.vocabulary)
        if each["title_en"] != wanted:
            yield row, "title_en", f"the vocabularies make of the title “{wanted}”"


@rule("agencies", needs=["vocabulary"])
def agency_named(view: View, table: str) -> Iterator[Found]:
    """The name as printed is one that the vocabulary has for this agency, where it has it at all."""
    assert view.vocabulary is not None
    slugs: dict[str, str] = {}
    agencies = view.one("agencies")
    for row, (name, agency) in enumerate(
        zip(view.column(table, "as_written"), view.column(table, "agency_id"), strict=True)
    ):
        if agencies.get(agency, {}).get("short_name") == f"各{name}":
            continue  # 市、区机管局: those of all districts
        if name not in slugs:
            entry = resolved_name(name or "", view.vocabulary).entry
            slugs[name] = entry.slug if entry is not None else ""
        if slugs[name] and slugs[name] != str(agency).partition("/")[2]:
            yield row, "agency_id", f"the name as printed is that of {slugs[name]}"


def _reach(places: Mapping[Any, Row], place_id: object) -> str:
    """The part of a place's code that all places in it share: 42 of 湖北省, 4201 of 武汉市, none of China."""
    return re.sub(r"(?:00)+$", "", str(places.get(place_id, {}).get("division_code") or ""))


@rule("agencies", "plans", "places", "clauses", "issuers")
def agency_of_plan(view: View, table: str) -> Iterator[Found]:
    """An agency is of a place of the plan, of one above it or in it, or of the central government.

    The plan's places are its own and those of issuers that print their place: 四川省人民政府 beside 重庆市人民政府.
    """
    agencies, plans, places = view.one("agencies"), view.one("plans"), view.one("places")
    own = {plan_id: {_reach(places, plan.get("place"))} for plan_id, plan in plans.items()}
    for each in view.rows("issuers"):
        place = agencies.get(each["agency_id"], {}).get("place")
        if str(each["as_written"]).startswith(str(places.get(place, {}).get("label"))):
            own.setdefault(each["plan_id"], set()).add(_reach(places, place))
    for row, each in enumerate(view.rows(table)):
        agency, plan = agencies.get(each["agency_id"], {}), plans.get(each["plan_id"], {})
        place = agency.get("place")
        here = _reach(places, place)
        is_own = any(
            here.startswith(reach) or reach.startswith(here) for reach in own.get(each["plan_id"], ())
        )
        if not is_own and agency.get("level") != "central":
            yield row, "agency_id", f"it is of {place}, the plan of {plan.get('place')}"
