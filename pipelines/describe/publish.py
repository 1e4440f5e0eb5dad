"""Writes the files by which the dataset is found and cited, and checks them against the project's facts."""

import html
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF
from rich.console import Console
from rich.markup import escape
from ruamel.yaml import YAML

from pipelines.describe.cards import dataset_card, datasette_json
from pipelines.describe.citation import citation_cff, zenodo_json
from pipelines.describe.croissant import croissant
from pipelines.describe.dcat import dcat
from pipelines.describe.facts import Facts, Licence, described, read_facts
from pipelines.describe.jsonld import jsonld
from pipelines.package.dataset import read_dataset
from pipelines.package.descriptor import descriptor_bytes
from pipelines.package.files import DESCRIPTOR

COMMITTED = ("CITATION.cff", ".zenodo.json")
CARD = "dist/dataset-card.md"
DIST = ("dist/dataset.jsonld", "dist/croissant.json", "dist/dcat.ttl", CARD, "dist/datasette.json")
REMEDY = "run make metadata"
REBUILD = "run make build"

_console = Console(highlight=False)


@dataclass(frozen=True)
class Statement:
    """What a file says of the dataset that all of them must say alike; the licence as its SPDX identifier.

    `released` is the day of the release, such as 2026-11-21; None while none is decided.
    """

    title: str
    description: str
    version: str
    licence: str
    creators: tuple[str, ...]
    keywords: tuple[str, ...]
    released: str | None


def metadata_files(facts: Facts) -> dict[str, str]:
    """The text of every file of metadata, by its path from the root of the project."""
    return {
        "CITATION.cff": citation_cff(facts),
        ".zenodo.json": zenodo_json(facts),
        "dist/dataset.jsonld": jsonld(facts),
        "dist/croissant.json": croissant(facts),
        "dist/dcat.ttl": dcat(facts),
        CARD: dataset_card(facts),
        "dist/datasette.json": datasette_json(facts),
    }


def print_metadata(root: Path) -> bool:
    """Writes the files of metadata of the project in `root` and says which changed; False if a fault is left.

    What can be left is a datapackage.json that is not that of schemas/ and data/. Raises PipelineError as
    `read_facts` does.
    """
    for path, text in metadata_files(read_facts(root)).items():
        state = "written" if write_if_changed(root / path, text) else "unchanged"
        _console.print(f"{path:<22} {state}")
    faults = check_metadata(root, release=True)
    for fault in faults:
        _console.print(f"[bold red]fault[/] {escape(fault)}", soft_wrap=True)
    return not faults


def check_metadata(root: Path, *, release: bool = False) -> list[str]:
    """Every way in which the metadata of the project in `root` has fallen behind it or contradicts itself.

    CITATION.cff and .zenodo.json are always held against the project; the files in dist/, which are made for a
    release and grow old with the next build, only if `release` is true. Raises PipelineError as `read_facts` does.
    """
    facts = read_facts(root)
    expected = metadata_files(facts)
    wanted = (*COMMITTED, *(DIST if release else ()))
    faults = []
    for path in wanted:
        if not (root / path).exists():
            faults.append(f"{path}: found no such file; expected one. To mend it: {REMEDY}.")
        elif (root / path).read_bytes() != expected[path].encode("utf-8"):
            faults.append(
                f"{path}: found other text than schemas/ and data/ give; expected theirs. To mend it: {REMEDY}."
            )
    faults += _descriptor_faults(root)
    # Each form is read back by a reader of its own format: that all were made from one place is no proof.
    stated = {
        **_of_descriptor(root),
        "CITATION.cff": _of_citation(expected["CITATION.cff"]),
        ".zenodo.json": _of_zenodo(expected[".zenodo.json"], facts),
        "dist/dataset.jsonld": _of_jsonld(expected["dist/dataset.jsonld"], facts),
        "dist/croissant.json": _of_jsonld(expected["dist/croissant.json"], facts),
        "dist/dcat.ttl": _of_dcat(expected["dist/dcat.ttl"], facts),
        CARD: _of_card(expected[CARD], facts),
    }
    return faults + contradictions(stated, facts)


def contradictions(stated: Mapping[str, Statement], facts: Facts) -> list[str]:
    """Every statement of a file, by its path, that differs from the facts."""
    true = asdict(_of_facts(facts))
    return [
        f"{path}, {key}: found {value!r}; expected {true[key]!r}. To mend it: correct schemas/package.json, "
        f"then run make build and make metadata."
        for path, statement in stated.items()
        for key, value in asdict(statement).items()
        if value != true[key]
    ]


def write_if_changed(path: Path, text: str) -> bool:
    """Writes a text, in UTF-8 and with its own line ends, unless the file holds it already; whether it wrote."""
    content = text.encode("utf-8")
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def _descriptor_faults(root: Path) -> list[str]:
    if (root / DESCRIPTOR).read_bytes() == descriptor_bytes(described(read_dataset(root), root / "schemas")):
        return []
    return [
        f"{DESCRIPTOR}: found other text than schemas/ and data/ give; expected theirs. To mend it: {REBUILD}."
    ]


def _of_facts(facts: Facts) -> Statement:
    return Statement(
        title=facts.title,
        description=facts.description,
        version=facts.version,
        licence=facts.licence.name,
        creators=facts.creators,
        keywords=facts.keywords,
        released=facts.released,
    )


def _of_descriptor(root: Path) -> dict[str, Statement]:
    """What datapackage.json says, by its path; nothing if it cannot be read, which is a fault of its own."""
    try:
        return {DESCRIPTOR: _of_datapackage(json.loads((root / DESCRIPTOR).read_bytes()))}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _of_datapackage(package: Mapping[str, Any]) -> Statement:
    return Statement(
        title=package["title"],
        description=package["description"],
        version=package["version"],
        licence=" and ".join(each["name"] for each in package["licenses"]),
        creators=tuple(each["title"] for each in package["contributors"] if "creator" in each["roles"]),
        keywords=tuple(package["keywords"]),
        released=str(package["created"]).partition("T")[0] if "created" in package else None,
    )


def _of_citation(text: str) -> Statement:
    citation: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return Statement(
        title=citation["title"],
        description=citation["abstract"],
        version=citation["version"],
        licence=citation["license"],
        creators=tuple(author["name"] for author in citation["authors"]),
        keywords=tuple(citation["keywords"]),
        released=citation.get("date-released"),
    )


def _of_zenodo(text: str, facts: Facts) -> Statement:
    record = json.loads(text)
    return Statement(
        title=record["title"],
        description=html.unescape(record["description"]),
        version=record["version"],
        licence=_licence(record["license"], facts.licence),
        creators=tuple(creator["name"] for creator in record["creators"]),
        keywords=tuple(record["keywords"]),
        released=record.get("publication_date"),
    )


def _of_jsonld(text: str, facts: Facts) -> Statement:
    """What a schema.org Dataset says, and a Croissant description, where a text stands by its language."""
    dataset = json.loads(text)
    title, description = (
        value["en"] if isinstance(value := dataset[key], dict) else value for key in ("name", "description")
    )
    return Statement(
        title=title,
        description=description,
        version=dataset["version"],
        licence=_licence(dataset["license"], facts.licence),
        creators=tuple(creator["name"] for creator in dataset["creator"]),
        keywords=tuple(dataset["keywords"]),
        released=dataset.get("datePublished"),
    )


def _of_dcat(text: str, facts: Facts) -> Statement:
    graph = Graph().parse(data=text, format="turtle", publicID="file:///")
    dataset = graph.value(predicate=RDF.type, object=DCAT.Dataset)

    def english(predicate: Any) -> str:
        return next(
            str(value)
            for value in graph.objects(dataset, predicate)
            if isinstance(value, Literal) and value.language == "en"
        )

    # A graph has no order: the words are put into that of the text.
    keywords = [str(value) for value in graph.objects(dataset, DCAT.keyword)]
    creators = [str(graph.value(creator, FOAF.name)) for creator in graph.objects(dataset, DCTERMS.creator)]
    return Statement(
        title=english(DCTERMS.title),
        description=english(DCTERMS.description),
        version=str(graph.value(dataset, URIRef(f"{DCAT}version"))),
        licence=_licence(str(graph.value(dataset, DCTERMS.license)), facts.licence),
        creators=tuple(sorted(creators, key=lambda each: text.index(json.dumps(each, ensure_ascii=False)))),
        keywords=tuple(
            sorted(keywords, key=lambda each: text.index(f"{json.dumps(each, ensure_ascii=False)}@"))
        ),
        released=str(issued) if (issued := graph.value(dataset, DCTERMS.issued)) is not None else None,
    )


def _of_card(text: str, facts: Facts) -> Statement:
    _, front, page = text.split("---\n", 2)
    card: dict[str, Any] = YAML(typ="safe", pure=True).load(front)
    return Statement(
        title=card["pretty_name"],
        description=page.strip().split("\n\n")[1],
        version=card["version"],
        licence=_licence(card["license"], facts.licence),
        creators=tuple(card["authors"]),
        keywords=tuple(card["tags"]),
        released=str(card["date"]) if "date" in card else None,
    )


def _licence(stated: str, licence: Licence) -> str:
    """The SPDX identifier of the licence where a file names it by its address or in small letters.

    >>> cc_by = Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/", "Attribution 4.0")
    >>> _licence(cc_by.path, cc_by), _licence("cc-by-4.0", cc_by), _licence("cc-by-3.0", cc_by)
    ('CC-BY-4.0', 'CC-BY-4.0', 'cc-by-3.0')
    """
    return licence.name if stated in (licence.path, licence.name.lower()) else stated
