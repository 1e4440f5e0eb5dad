"""The agencies in, what their mentions, their places and the vocabulary say of them out."""

import re
from collections import defaultdict
from collections.abc import Mapping

from pipelines.guard.frames.index import Added, Index, Row
from pipelines.guard.lookups import BELOW

# 平阳县人民政府, which stands below the city of the plan; not 各区人民政府.
COUNTY_GOVERNMENT = re.compile(r"(?![各有相])\w{1,5}[市县区旗](?:人民)?政府")


def columns(index: Index) -> Added:
    """What is added to the agencies."""
    added: dict[str, list[object]] = defaultdict(list)
    named: dict[object, list[Row]] = defaultdict(list)
    for table in ("issuers", "responsibilities"):
        for row in index.rows(table):
            named[row["agency_id"]].append(row)
    previous: object = None
    for row in index.rows("agencies"):
        place = index.places.get(row["place"], {})
        mentions = named.get(row["agency_id"], [])
        printed = {str(each["as_written"]) for each in mentions}
        added["_mentions"].append(len(mentions))
        added["_place_en"].append(_named_place(index, row, place).get("label_en"))
        added["_division_code"].append(place.get("division_code"))
        known = index.agency_rows(str(row["short_name"] or ""), row)
        slug = str(row["agency_id"] or "").partition("/")[2]
        added["_levels"].append(_levels(row, place, known))
        named_so = [each for name in sorted(printed) for each in index.agency_rows(name, row)]
        # Branches of central bodies: 梧州银保监分局 is spelled out as 中国银行保险监督管理委员会*监管分局.
        of_slug = index.lookups.agency_rows_of(slug) if index.lookups is not None else ()
        spelled = [*known, *named_so, *(each for each in of_slug if "*" in each["full_name"])]
        added["_full_names"].append(tuple(sorted({each["full_name"].removeprefix("=") for each in spelled})))
        added["_endings"].append(index.lookups.agency_endings if index.lookups is not None else ())
        added["_known"].append(index.lookups.agency_kinds(slug) if index.lookups is not None else ())
        added["_printed"].append(tuple(sorted(printed)))
        province = {"place": place.get("province")}
        added["_labels"].append((*index.labels_of(row), *index.labels_of(province)))
        added["_previous"].append(previous)
        previous = row["agency_id"]
    return added


def _named_place(index: Index, row: Row, place: Row) -> Row:
    """The place that an agency is named after: its own, or the province where its name tells that alone."""
    name = str(row["name"] or "")
    province = index.places.get(place.get("province"), {})
    own = any(label in name for label in index.labels_of(row))
    of_province = any(label in name for label in index.labels_of({"place": place.get("province")}))
    return province if province and of_province and not own else place


def _levels(row: Row, place: Row, known: list[Mapping[str, str]]) -> tuple[str, ...]:
    """The levels that an agency can have: what the vocabulary says, else its place's, or the one below for groups."""
    own = str(place.get("level") or "")
    stated = {each["level"] for each in known} or {""}
    levels = {"central" if level == "national" else level for level in stated - {""}}
    if "" in stated:
        levels.add("central" if own == "national" else own)
        if row["is_group"] and row["function_id"] == "local-government":
            name = str(row["short_name"] or "")
            levels -= {own}
            if own != "provincial" or re.search("[市州盟]", name):
                levels.add(BELOW.get(own, own))
            if own == "provincial" and re.search("[区县旗]", name.replace("设区市", "")):
                levels.add("county")
    if COUNTY_GOVERNMENT.fullmatch(str(row["short_name"] or "")) and not known:
        return ("county",) if own in ("municipal", "county") else (BELOW.get(own, own),)
    return tuple(sorted(levels))


def add_agency(index: Index, added: dict[str, list[object]], row: Row, agency: Row) -> None:
    """What the agency table and the vocabulary say of a row that names an agency."""
    plan = index.plans.get(row["plan_id"], {})
    added["_agency_place"].append(agency.get("place"))
    added["_agency_level"].append(agency.get("level"))
    added["_agency_labels"].append(index.labels_of(agency))
    added["_agency_names"].append((agency.get("name"), agency.get("short_name")))
    rows = index.agency_rows(str(row["as_written"] or ""), plan)
    added["_slugs"].append(tuple(sorted({each["slug"] for each in rows})))
    added["_plan_places"].append(index.places_of_plan(plan))
