"""The plans in, what their titles, copies, issuers and clauses say of them out."""

from collections import defaultdict

from pipelines.document.titles import title_in_english
from pipelines.guard.frames.headings import CHAPTER, less_front, squeezed_head
from pipelines.guard.frames.index import Added, Index
from pipelines.vocabulary import load_vocabulary


def columns(index: Index) -> Added:
    """What is added to the plans."""
    added: dict[str, list[object]] = defaultdict(list)
    words = load_vocabulary()
    clauses, issuers = index.by("clauses", "plan_id"), index.by("issuers", "plan_id")
    previous: object = None
    for row in index.rows("plans"):
        place = index.places.get(row["place"], {})
        documents = index.documents_of.get(row["plan_id"], [])
        kinds = set[object]().union(*(index.issues.get(each["document_id"], set()) for each in documents))
        base = index.documents.get(row["base_document_id"], {})
        own = {row["place"], row["province"]}
        labels = [
            (key, str(each["label"])) for key, each in index.places.items() if each["level"] != "county"
        ]
        title = str(row["title"] or "")
        added["_other_places"].append(
            tuple(label for key, label in labels if key not in own and label in title)
        )
        added["_place_en"].append(place.get("label_en"))
        added["_place_in_title"].append(None if row["level"] == "national" else place.get("label_en"))
        at = next((each for each in words.places if each.place_id == row["place"]), None)
        added["_title_en"].append(title_in_english(title, at, words))
        added["_division_code"].append(place.get("division_code"))
        added["_province"].append(place.get("province"))
        added["_level"].append(place.get("level"))
        added["_texts"].append(tuple(index.published(each["document_id"]) or "" for each in documents))
        first = clauses.get(row["plan_id"], [{}])[0]
        head = index.slice_of(base.get("document_id"), base.get("plan_start"), first.get("source_start"))
        added["_title_line"].append(squeezed_head(CHAPTER.sub("", less_front(head or ""))))
        added["_squeezed_title"].append(squeezed_head(str(row["title"] or "")))
        added["_no_number"].append("no-document-number" in kinds)
        added["_no_date"].append("no-date" in kinds)
        added["_no_issuers"].append("no-issuers" in kinds)
        added["_issued_year"].append(getattr(row["issued_on"], "year", None))
        added["_issuers"].append(len(issuers.get(row["plan_id"], [])))
        added["_clauses"].append(len(clauses.get(row["plan_id"], [])))
        added["_base_plan"].append(base.get("plan_id"))
        added["_base_is_base"].append(base.get("is_base"))
        added["_previous"].append(previous)
        previous = row["plan_id"]
    return added
