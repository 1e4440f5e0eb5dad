"""One place says what the dataset is; each form in which others find it says the same, and its own tools read it."""

import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mlcroissant
import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS
from ruamel.yaml import YAML

from pipelines.describe.cards import dataset_card, datasette_json
from pipelines.describe.citation import bibtex, citation_cff, zenodo_json
from pipelines.describe.croissant import croissant
from pipelines.describe.dcat import dcat
from pipelines.describe.facts import Facts, read_facts
from pipelines.describe.jsonld import jsonld, put_into_page
from pipelines.describe.publish import (
    Statement,
    check_metadata,
    contradictions,
    metadata_files,
    print_metadata,
)
from pipelines.errors import PipelineError
from pipelines.package.dataset import read_dataset
from pipelines.schema import load_package
from tests.describe.project import ROOT, make_project, set_package, write_metadata

ADDRESS = re.compile(r"\b(?:https?|ftp|mailto|doi):[^\s\"<>)]*")
# Addresses of standards and of the licence: the project itself has none yet.
STANDARDS = (
    "https://creativecommons.org/licenses/",
    "https://schema.org/",
    "http://mlcommons.org/croissant/",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/",
    "http://xmlns.com/foaf/",
    "http://spdx.org/rdf/",
    "http://publications.europa.eu/resource/authority/",
    "https://www.iana.org/assignments/media-types/",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("metadata") / "project")


@pytest.fixture(scope="module")
def facts(project: Path) -> Facts:
    return read_facts(project)


@pytest.fixture
def undated(facts: Facts) -> Facts:
    """The facts while no day of release is decided."""
    return replace(facts, released=None)


@pytest.fixture
def changeable(tmp_path: Path) -> Path:
    folder = make_project(tmp_path / "project")
    write_metadata(folder)
    return folder


# What the facts are


def test_facts_come_from_the_package_the_tables_and_the_files(project: Path, facts: Facts) -> None:
    package = json.loads((project / "schemas/package.json").read_text(encoding="utf-8"))
    assert (facts.title, facts.version) == (package["title"], package["version"])
    assert facts.licence.name == "CC-BY-4.0"
    assert facts.creators == ("The china-synergy-plans contributors",)
    assert [place.label for place in facts.places] == ["武汉市"]
    assert (facts.places[0].division_code, facts.places[0].province_en) == ("420100", "Hubei")
    assert (str(facts.first_day), str(facts.last_day)) == ("2025-12-31", "2025-12-31")
    for file in facts.files:
        assert (project / file.path).stat().st_size == file.size_bytes


def test_every_file_of_the_package_is_distributed(project: Path, facts: Facts) -> None:
    lying = {str(path.relative_to(project)) for path in (project / "data").rglob("*") if path.is_file()}
    assert {file.path for file in facts.files} == lying


def test_missing_table_is_named(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    (folder / "data/targets.parquet").unlink()
    with pytest.raises(PipelineError, match=r"targets\.parquet cannot be read.*build it again"):
        read_facts(folder)


def test_package_without_a_creator_is_refused(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project", contributors=[{"title": "A reader", "roles": ["curator"]}])
    with pytest.raises(PipelineError, match="0 creators"):
        read_facts(folder)


# Nothing made up


def test_no_address_but_those_of_standards(facts: Facts) -> None:
    for path, text in metadata_files(facts).items():
        others = [each for each in ADDRESS.findall(text) if not each.startswith(STANDARDS)]
        assert others == [], path


def test_no_doi_orcid_mail_or_date_while_none_is_known(undated: Facts) -> None:
    for path, text in metadata_files(undated).items():
        assert (
            re.findall(r"10\.\d{4,}/|orcid|[\w.]+@[\w-]+\.[a-z]|date-released|publication_date", text) == []
        ), path
    assert "datePublished" not in json.loads(jsonld(undated))
    assert "year=" not in bibtex(undated)


def test_date_of_release_and_homepage_are_said_everywhere_once_known(facts: Facts) -> None:
    known = replace(facts, released="2027-03-01", homepage="https://data.example/plans")
    for path, text in metadata_files(known).items():
        assert "2027-03-01" in text, path
        assert ".zenodo.json" in path or "https://data.example/plans" in text, path
    assert "year={2027}" in bibtex(known)


def test_day_of_release_is_that_of_the_package(project: Path, facts: Facts) -> None:
    """Decided in schemas/package.json, never by a clock."""
    created = json.loads((project / "schemas/package.json").read_text(encoding="utf-8"))["created"]
    assert created == f"{facts.released}T00:00:00Z"
    assert json.loads((project / "datapackage.json").read_text(encoding="utf-8"))["created"] == created
    assert YAML(typ="safe", pure=True).load(citation_cff(facts))["date-released"] == facts.released
    assert json.loads(zenodo_json(facts))["publication_date"] == facts.released
    assert json.loads(jsonld(facts))["datePublished"] == facts.released
    described = json.loads(croissant(facts))
    assert described["datePublished"] == facts.released
    assert f"year={{{created[:4]}}}" in described["citeAs"]
    issued = _turtle(facts).value(predicate=DCTERMS.issued, subject=URIRef("file:///p/#dataset"))
    assert str(issued) == facts.released


# Each form


def test_citation_file() -> None:
    """Keys and their values as the Citation File Format 1.2.0 wants them."""
    citation = YAML(typ="safe", pure=True).load(citation_cff(read_facts(ROOT)))
    assert set(citation) <= {"cff-version", "message", "type", "title", "version", "abstract", "authors"} | {
        "license",
        "keywords",
        "date-released",
        "url",
    }
    assert (citation["cff-version"], citation["type"]) == ("1.2.0", "dataset")
    assert isinstance(citation["version"], str)
    assert citation["authors"] == [{"name": "The china-synergy-plans contributors"}]
    assert "减污降碳" in citation["keywords"]


@pytest.mark.parametrize(
    "title", ['所谓"双碳": yes', "- no", "#1", "a: b", "'", "\\", "null", "1.0", "{x}", "a\nb", "每年%"]
)
def test_citation_file_survives_any_title(facts: Facts, title: str) -> None:
    changed = replace(facts, title=title, keywords=(title, "no"), creators=(title,), version="1.0")
    citation = YAML(typ="safe", pure=True).load(citation_cff(changed))
    assert (citation["title"], citation["keywords"]) == (title, [title, "no"])
    assert citation["authors"] == [{"name": title}]
    assert citation["version"] == "1.0"


def test_zenodo_record(facts: Facts) -> None:
    record = json.loads(zenodo_json(facts))
    assert (record["upload_type"], record["access_right"]) == ("dataset", "open")
    assert record["license"] == "cc-by-4.0"
    assert record["locations"] == [{"place": "Wuhan 武汉市"}]
    assert facts.title_zh in record["notes"]
    marked = json.loads(zenodo_json(replace(facts, description="a < b & c")))
    assert marked["description"] == "a &lt; b &amp; c"
    assert html.unescape(marked["description"]) == "a < b & c"


def test_schema_org_dataset(facts: Facts) -> None:
    dataset = json.loads(jsonld(facts))
    assert (dataset["@context"], dataset["@type"]) == ("https://schema.org/", "Dataset")
    assert 50 <= len(dataset["description"]) <= 5000  # what dataset search engines take
    assert {"@language": "zh-Hans", "@value": facts.title_zh} in dataset["alternateName"]
    assert dataset["temporalCoverage"] == "2025-12-31/2025-12-31"
    assert dataset["spatialCoverage"][0]["identifier"]["value"] == "420100"
    assert dataset["isBasedOn"][0]["identifier"] == "武环〔2023〕55号"
    assert {"climate policy", "减污降碳"} <= set(dataset["keywords"])


def test_schema_org_measures_every_column(facts: Facts) -> None:
    measured = [variable["name"] for variable in json.loads(jsonld(facts))["variableMeasured"]]
    assert measured == [f"{schema.name}.{column}" for schema in facts.schemas for column in schema.columns]


def test_schema_org_downloads(facts: Facts) -> None:
    downloads = {each["contentUrl"]: each for each in json.loads(jsonld(facts, base="../"))["distribution"]}
    assert downloads["../data/targets.csv"]["encodingFormat"] == "text/csv"
    assert "../data/text/wuhan-official.txt" in downloads
    assert all(re.fullmatch("[0-9a-f]{64}", each["sha256"]) for each in downloads.values())


def test_description_in_a_page_counts_from_that_page(facts: Facts, tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    head = '<html><script type="application/ld+json">{}</script><script>x</script>'
    page.write_text(head, encoding="utf-8")
    put_into_page(page, jsonld(replace(facts, description="</script>\\1"), base="../"))
    text = page.read_text(encoding="utf-8")
    assert text.count("</script>") == 2
    assert text.endswith("</script><script>x</script>")
    dataset = json.loads(text.removeprefix(head.partition("{}")[0]).partition("</script>")[0])
    assert dataset["description"] == "</script>\\1"
    assert dataset["distribution"][0]["contentUrl"] == "../data/plans.csv"


def test_page_without_a_description(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html>", encoding="utf-8")
    with pytest.raises(PipelineError, match="no script of type"):
        put_into_page(tmp_path / "index.html", "{}")


def test_schema_org_is_json_ld(facts: Facts) -> None:
    # The context is put in place of its address: tests fetch nothing.
    dataset = json.loads(jsonld(facts)) | {"@context": {"@vocab": "https://schema.org/"}}
    graph = Graph().parse(data=json.dumps(dataset), format="json-ld")
    node = graph.value(predicate=RDF.type, object=URIRef("https://schema.org/Dataset"))
    assert graph.value(node, URIRef("https://schema.org/name")) == Literal(facts.title)
    assert len(list(graph.objects(node, URIRef("https://schema.org/distribution")))) == len(facts.files)


def test_schema_org_cannot_end_the_script_that_holds_it(facts: Facts) -> None:
    text = jsonld(replace(facts, description="</script><script>alert(1)</script>"))
    assert "</" not in text
    assert json.loads(text)["description"] == "</script><script>alert(1)</script>"


def test_croissant_is_valid_and_lacks_nothing(project: Path, facts: Facts) -> None:
    dataset = _croissant(project, facts)
    issues = dataset.metadata.ctx.issues
    assert (list(issues.errors), list(issues.warnings)) == ([], [])
    assert dataset.metadata.ctx.conforms_to.value == "http://mlcommons.org/croissant/1.1"


def test_croissant_lacks_the_date_while_none_is_known(project: Path, undated: Facts) -> None:
    issues = _croissant(project, undated).metadata.ctx.issues
    assert list(issues.errors) == []
    assert [re.findall(r'"https://schema.org/(\w+)" is recommended', each) for each in issues.warnings] == [
        ["datePublished"]
    ]


@pytest.mark.parametrize("table", ["targets", "places", "agencies", "deadlines", "repairs", "clauses"])
def test_croissant_reads_back_every_row(project: Path, facts: Facts, table: str) -> None:
    records = list(_croissant(project, facts).records(table))
    expected = read_dataset(project).tables[table].to_pylist()
    assert [
        {key.removeprefix(f"{table}/"): _plain(value) for key, value in record.items()} for record in records
    ] == expected


def test_croissant_explains_codes(project: Path, facts: Facts) -> None:
    codes = list(_croissant(project, facts).records("codes-targets-change"))
    assert codes[2] == {
        "codes-targets-change/code": "decrease",
        "codes-targets-change/label": "A fall by the amount",
        "codes-targets-change/label_zh": "减少量",
    }


def test_croissant_refuses_a_changed_file(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "project")
    dataset = _croissant(folder, read_facts(folder))
    (folder / "data/units.parquet").write_bytes((folder / "data/places.parquet").read_bytes())
    with pytest.raises(mlcroissant.GenerationError):
        list(dataset.records("units"))


def test_dcat_has_what_the_application_profile_wants(facts: Facts) -> None:
    graph = _turtle(facts)
    dataset = graph.value(predicate=RDF.type, object=DCAT.Dataset)
    for wanted in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.theme, DCAT.keyword):
        assert graph.value(dataset, wanted, any=True) is not None
    assert {literal.language for literal in _literals(graph.objects(dataset, DCTERMS.title))} == {
        "en",
        "zh-Hans",
    }
    distributions = list(graph.objects(dataset, DCAT.distribution))
    assert len(distributions) == len(facts.files)
    for each in distributions:
        for one in (DCAT.accessURL, DCAT.mediaType, DCAT.byteSize, DCTERMS.title):
            assert graph.value(each, one, any=True) is not None, (each, one)
    # Every node that is named is described.
    named = {each for each in graph.objects() if str(each).startswith("file:///p/#")}
    assert named <= set(graph.subjects())


def test_dcat_states_the_licence_of_tables_and_the_rights_of_texts(facts: Facts) -> None:
    graph = _turtle(facts)
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(URIRef("file:///p/#targets"), DCTERMS.license) == licence
    text = URIRef("file:///p/#text-wuhan-official")
    assert graph.value(text, DCTERMS.license) is None
    assert graph.value(text, DCTERMS.rights) is not None


@pytest.mark.parametrize("title", ['所谓"双碳"', "a\\b", "a\nb\tc", "\u0007", "<x> ."])
def test_dcat_survives_any_title(facts: Facts, title: str) -> None:
    graph = _turtle(replace(facts, title=title))
    assert (None, DCTERMS.title, Literal(title, "en")) in graph


# All of them together


def test_written_metadata_is_free_of_faults(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert print_metadata(project)
    assert "CITATION.cff           written" in capsys.readouterr().out
    assert print_metadata(project)
    assert "dist/dcat.ttl          unchanged" in capsys.readouterr().out
    assert check_metadata(project, release=True) == []


@pytest.mark.parametrize(
    "path", ["CITATION.cff", ".zenodo.json", "dist/dcat.ttl", "dist/dataset-card.md", "dist/datasette.json"]
)
def test_file_edited_by_hand_is_a_fault(changeable: Path, path: str) -> None:
    text = (changeable / path).read_text(encoding="utf-8")
    (changeable / path).write_text(text.replace(str(load_package()["version"]), "9.9.9"), encoding="utf-8")
    faults = check_metadata(changeable, release=True)
    assert len(faults) == 1
    assert faults[0].startswith(f"{path}: found other text than schemas/ and data/ give")


def test_missing_file_is_a_fault_and_of_dist_only_in_a_release(changeable: Path) -> None:
    for path in (".zenodo.json", "dist/croissant.json"):
        (changeable / path).unlink()
    assert [_file(fault) for fault in check_metadata(changeable)] == [".zenodo.json"]
    faults = check_metadata(changeable, release=True)
    assert [_file(fault) for fault in faults] == [".zenodo.json", "dist/croissant.json"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "Another title"),
        ("description", "Another description"),
        ("version", "0.1.1"),
        ("created", "2020-02-02T00:00:00Z"),
        ("keywords", ["China"]),
        (
            "licenses",
            [
                {
                    "name": "CC0-1.0",
                    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                    "title": "CC0",
                }
            ],
        ),
        ("contributors", [{"title": "Somebody else", "roles": ["creator"]}]),
    ],
)
def test_descriptor_that_says_otherwise_is_a_fault(changeable: Path, key: str, value: Any) -> None:
    path = changeable / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8")) | {key: value}
    path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    stated = {"licenses": "licence", "contributors": "creators", "created": "released"}.get(key, key)
    faults = check_metadata(changeable)
    assert any(fault.startswith(f"datapackage.json, {stated}: found ") for fault in faults)
    assert any(fault.startswith("datapackage.json: found other text") for fault in faults)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}"])
def test_unreadable_descriptor_is_a_fault(changeable: Path, content: bytes) -> None:
    (changeable / "datapackage.json").write_bytes(content)
    with pytest.raises(PipelineError, match=r"datapackage\.json: found no (descriptor|list of resources)"):
        check_metadata(changeable)


def test_changed_package_makes_every_file_stale(changeable: Path) -> None:
    set_package(changeable, title="Plans", keywords=["China", "减污降碳"])
    stale = {_file(fault) for fault in check_metadata(changeable, release=True)}
    assert stale == {*metadata_files(read_facts(changeable)), "datapackage.json"}


def test_changed_table_makes_the_lists_of_files_stale(changeable: Path) -> None:
    path = changeable / "data/units.csv"
    path.write_bytes(path.read_bytes() + b"x,x,x,x,,\n")
    stale = {_file(fault) for fault in check_metadata(changeable, release=True)}
    assert stale == {
        "dist/dataset.jsonld",
        "dist/croissant.json",
        "dist/dcat.ttl",
        "datapackage.json",
    }


def test_contradiction_names_file_key_and_both_values(facts: Facts) -> None:
    other = replace(stated(facts), version="9.9.9")
    (message,) = contradictions({"CITATION.cff": other}, facts)
    assert message.startswith(f"CITATION.cff, version: found '9.9.9'; expected '{facts.version}'.")


def test_contradiction_of_dates(facts: Facts) -> None:
    (message,) = contradictions({".zenodo.json": replace(stated(facts), released=None)}, facts)
    assert message.startswith(f".zenodo.json, released: found None; expected '{facts.released}'.")


def stated(facts: Facts) -> Statement:
    return Statement(
        facts.title,
        facts.description,
        facts.version,
        "CC-BY-4.0",
        facts.creators,
        facts.keywords,
        facts.released,
    )


def test_same_bytes_under_another_hash_seed_time_zone_and_locale(project: Path) -> None:
    script = (
        "import hashlib, sys; from pathlib import Path; from pipelines.describe.facts import read_facts; "
        "from pipelines.describe.publish import metadata_files; "
        "print(hashlib.sha256(repr(sorted(metadata_files(read_facts(Path(sys.argv[1]))).items())).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script, str(project)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C", "PYTHONUTF8": "0"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/Lima"))
    }
    assert len(seen) == 1


# The project itself


def test_metadata_of_the_project_is_up_to_date() -> None:
    assert check_metadata(ROOT) == []


def _file(fault: str) -> str:
    return re.split("[:,]", fault)[0]


def _croissant(project: Path, facts: Facts) -> mlcroissant.Dataset:
    path = project / "croissant.json"
    path.write_text(croissant(facts), encoding="utf-8")
    return mlcroissant.Dataset(jsonld=str(path))


def _turtle(facts: Facts) -> Graph:
    return Graph().parse(data=dcat(facts), format="turtle", publicID="file:///p/")


def _literals(nodes: Iterable[Any]) -> list[Literal]:
    return [node for node in nodes if isinstance(node, Literal)]


def _plain(value: Any) -> Any:
    """Texts and days as Python has them; Croissant gives bytes and timestamps."""
    if isinstance(value, bytes):
        return value.decode("utf-8")
    return value.date() if hasattr(value, "date") else value


def test_dataset_card_has_a_configuration_for_each_table(facts: Facts) -> None:
    front = dataset_card(facts).split("---\n", 2)[1]
    card = YAML(typ="safe", pure=True).load(front)
    configs = {each["config_name"]: each["data_files"] for each in card["configs"]}
    parquet = {file.path for file in facts.files if file.path.endswith(".parquet")}
    assert set(configs.values()) == parquet
    assert card["license"] == "cc-by-4.0"
    assert [each["config_name"] for each in card["configs"] if each.get("default")] == ["targets"]


def test_datasette_shows_what_each_column_means(facts: Facts) -> None:
    tables = json.loads(datasette_json(facts))["databases"][facts.name]["tables"]
    assert tables.keys() == {schema.name for schema in facts.schemas}
    assert {name: list(table["columns"]) for name, table in tables.items()} == {
        schema.name: list(schema.columns) for schema in facts.schemas
    }
