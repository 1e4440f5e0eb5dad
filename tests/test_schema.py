"""The public interface: which tables and columns there are, and what a row must be to get into one."""

import copy
import datetime
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipelines.errors import PipelineError
from pipelines.home import SCHEMAS
from pipelines.package.arrow import to_arrow
from pipelines.schema import load_schemas
from tests.package import rows

TARGETS = load_schemas()["targets"]

COLUMNS = {
    "plans": "plan_id title title_en place place_en division_code province level place_basis document_number issued_on base_document_id curated",
    "documents": "document_id plan_id path sha256 size_bytes characters script edition is_base plan_start plan_end genre source_url publisher retrieved_on original original_sha256 tool note",
    "issuers": "plan_id position agency_id as_written document_id source_start source_end",
    "blocks": "block_id document_id plan_id position parent_id kind level label title clause_id source_start source_end",
    "clauses": "clause_id plan_id document_id chapter_number chapter_title position section_title number title role role_as_written sector_id sector_as_written text responsibility_text responsibility_open_ended source_start source_end",
    "measures": "measure_id clause_id plan_id position item text verb bindingness bindingness_as_written source_start source_end",
    "targets": "target_id plan_id clause_id measure_id kind indicator indicator_id indicator_words scope value value_as_written unit comparator comparator_as_written change change_as_written baseline_year deadline_id period_start deadline deadline_basis located_in strength strength_as_written hedge attribute rule quote source_start source_end",
    "topics": "topic_id plan_id clause_id measure_id vocabulary code as_written source_start source_end",
    "deadlines": "deadline_id plan_id clause_id measure_id as_written start_date end_date kind precision located_in source_start source_end",
    "agencies": "agency_id name short_name name_en place division_code function_id level is_group name_basis",
    "responsibilities": "responsibility_id plan_id clause_id agency_id position item role role_as_written basis inherited_from as_written source_start source_end",
    "numbers": "number_id plan_id clause_id as_written value disposition rule target_id deadline_id source_start source_end",
    "repairs": "repair_id document_id source_start source_end before after rule reason",
    "comparisons": "target_id plan_id indicator_id change value unit qualifiers year comparison_group barriers",
    "variants": "variant_id plan_id base_document_id other_document_id clause_id kind base_text other_text before after base_start base_end other_start other_end",
    "citations": "citation_id plan_id clause_id measure_id as_written title full_title document_number kind kind_as_written issuer_as_written relation relation_as_written national_document_id cited_plan_id source_start source_end",
    "parallels": "parallel_id measure_id plan_id other_measure_id other_plan_id kind similarity share other_share shared_text source_start source_end other_source_start other_source_end",
    "issues": "issue_id severity document_id clause_id kind message source_start source_end",
    "targets_wide": "target_id plan_id plan_title plan_title_en place place_label place_en province_en level_en clause_id chapter_title chapter_title_en clause_title clause_title_en sector_id sector_en kind kind_en indicator indicator_id indicator_en qualifiers_en value unit unit_en comparator comparator_en change change_en baseline_year period_start deadline strength strength_en hedge lead_agencies lead_agencies_en named_agencies named_agencies_en supporting_agencies supporting_agencies_en functions_en quote document_id source_url source_start source_end",
    "measures_wide": "measure_id plan_id plan_title plan_title_en place place_label place_en province_en level_en clause_id chapter_title chapter_title_en clause_title clause_title_en sector_id sector_en text verb verb_en bindingness bindingness_en indicators_en instruments_en pollutants_en fuels_en technologies_en places_of_action_en lead_agencies lead_agencies_en named_agencies named_agencies_en supporting_agencies supporting_agencies_en functions_en keywords_en document_id source_url source_start source_end",
    "functions": "function_id label label_en national_counterpart national_counterpart_en",
    "units": "unit_id label label_en dimension ucum factor",
    "sectors": "sector_id label label_en eea_pam ipcc",
    "indicators": "indicator_id label label_en definition_en dimension unit_id better sector_id about parent sdg climate_watch national_lists",
    "topic_codes": "code vocabulary label label_en instrument_class eea_pam capmf formula definition_en",
    "places": "place_id label label_en division_code province level",
    "national_documents": "national_document_id title title_en kind document_number issued_on",
}


def test_tables_and_columns_stand_in_their_published_order() -> None:
    assert {name: " ".join(schema.columns) for name, schema in load_schemas().items()} == COLUMNS
    assert list(load_schemas()) == list(COLUMNS)


def test_every_reference_is_a_foreign_key() -> None:
    """A column named as the key of another table refers to it."""
    schemas = load_schemas()
    single = [
        (schema.primary_key[0], name) for name, schema in schemas.items() if len(schema.primary_key) == 1
    ]
    keys = dict(reversed(single))  # comparisons are of the table targets
    keys |= {
        "cited_plan_id": "plans",
        "other_document_id": "documents",
        "place": "places",
        "province": "places",
        "inherited_from": "clauses",
        "base_document_id": "documents",
        "other_plan_id": "plans",
        "other_measure_id": "measures",
    }
    for name, schema in schemas.items():
        expected = {(column, keys[column]) for column in schema.columns if keys.get(column, name) != name}
        expected |= {("unit", "units")} if name in ("targets", "comparisons", "targets_wide") else set()
        expected |= {("province", "places")} if name == "places" else set()
        expected |= {("parent_id", "blocks")} if name == "blocks" else set()
        expected |= {("parent", "indicators")} if name == "indicators" else set()
        assert {(key.fields[0], key.table) for key in schema.foreign_keys} == expected, name


@pytest.mark.parametrize("schema", load_schemas().values(), ids=lambda schema: schema.name)
def test_every_column_is_described_in_both_languages(schema: Any) -> None:
    for field in schema.fields:
        for text in (field.title, *(category.label for category in field.categories)):
            assert text.isascii(), text
        assert field.description[0].isascii()
        assert field.description.endswith(".")
        assert field.description_zh.endswith("。")
        for text in (
            field.title_zh,
            field.description_zh,
            *(category.label_zh for category in field.categories),
        ):
            assert any("\u4e00" <= character <= "\u9fff" for character in text) or text == "SHA-256", text
        if not field.required:
            assert "empty" in field.description.lower(), (
                f"{schema.name}.{field.name}: what does an empty cell mean?"
            )
            assert "空" in field.description_zh, f"{schema.name}.{field.name}"


def test_arrow_carries_types_and_descriptions() -> None:
    value = TARGETS.arrow.field("value")
    assert value.type == pa.float64()
    assert value.nullable
    assert value.metadata[b"title_zh"].decode() == "数值"
    assert TARGETS.arrow.field("deadline").type == pa.date32()
    assert not TARGETS.arrow.field("quote").nullable
    assert TARGETS.arrow.metadata[b"title"] == b"Targets"


def test_coal_target_of_wuhan() -> None:
    table = to_arrow(TARGETS, [rows.target()])
    assert table.schema.equals(TARGETS.arrow, check_metadata=True)
    (row,) = table.to_pylist()
    assert row["quote"] == "全市煤炭占能源消费总量的比重下降至30%以内"
    assert (row["value"], row["unit"], row["comparator"], row["change"]) == (30.0, "percent", "<=", "level")
    assert row["deadline"] == datetime.date(2025, 12, 31)


def test_rows_keep_their_order() -> None:
    ids = [f"wuhan-synergy/2.4/t{serial}" for serial in (2, 10, 1)]
    table = to_arrow(TARGETS, (rows.target(target_id=each) for each in ids))
    assert table.column("target_id").to_pylist() == ids


def test_no_rows_make_an_empty_table() -> None:
    assert to_arrow(TARGETS, []).num_rows == 0


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("quote", None, "a value, for the column is required"),
        ("quote", "", "text of at least one character"),
        ("quote", 30, "text"),
        ("quote", "煤炭\ud83d", "without lone surrogates"),
        ("comparator", "<", "one of >=, <=, =, ~"),
        ("kind", "Quantified", "one of quantified, milestone"),
        ("value", "30", "a number"),
        ("value", True, "a number"),
        ("value", float("nan"), "a finite number"),
        ("value", 2**53 + 1, "64 bits hold exactly"),
        ("value", 10**400, "64 bits hold exactly"),
        ("baseline_year", 2020.0, "an integer"),
        ("baseline_year", False, "an integer"),
        ("source_start", 2**63, "an integer of 64 bits"),
        ("deadline", "2025-12-31", "a datetime.date"),
        ("deadline", datetime.datetime(2025, 12, 31, tzinfo=datetime.UTC), "a datetime.date"),
    ],
)
def test_refused_cell(column: str, value: object, expected: str) -> None:
    with pytest.raises(PipelineError) as caught:
        to_arrow(TARGETS, [rows.target(), rows.target(**{column: value})])
    message = str(caught.value)
    assert f"table targets, row 2 with target_id 'wuhan-synergy/2.4/t1', column {column}" in message
    assert expected in caught.value.expected


def test_missing_and_extra_columns_are_refused() -> None:
    row = rows.target()
    row["deadline_date"] = row.pop("deadline")
    with pytest.raises(PipelineError, match="missing columns: deadline; extra ones: deadline_date"):
        to_arrow(TARGETS, [row])


def test_boolean_column_takes_no_number() -> None:
    agencies = load_schemas()["agencies"]
    (row,) = rows.rows(agencies)
    with pytest.raises(PipelineError, match="column is_group: found 0; expected True or False"):
        to_arrow(agencies, [row | {"is_group": 0}])


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda schema: schema.update(primaryKeys=["target_id"]), "the key primaryKeys"),
        (lambda schema: schema.update(primaryKey=["target"]), "a list of columns of the table"),
        (lambda schema: schema.update(primaryKey=["unit"]), "a key that may be empty"),
        (
            lambda schema: schema.update(missingValues=["", "NA"]),
            "only an empty cell says that nothing is stated",
        ),
        (lambda schema: schema.update(name="goals"), "targets, as the file is named"),
        (lambda schema: schema.update(title_zh=" "), "' ' as title_zh"),
        (lambda schema: schema["fields"][0].update(type="text"), "the type 'text'"),
        (lambda schema: schema["fields"][0].pop("description_zh"), "None as description_zh"),
        (lambda schema: schema["fields"][0]["constraints"].update(require=True), "the key require"),
        (
            lambda schema: schema["fields"][0]["constraints"].update(required="yes"),
            "the constraint required 'yes'",
        ),
        (lambda schema: schema["fields"][0]["constraints"].update(pattern="("), "the pattern \\("),
        (lambda schema: schema["fields"][0].update(trueValues=["true"]), "neither for another type"),
        (
            lambda schema: schema["fields"][4]["constraints"]["enum"].pop(),
            "an enum that differs from categories",
        ),
        (lambda schema: schema["fields"].append(schema["fields"][0]), "no name twice"),
        (lambda schema: schema["foreignKeys"][0].pop("reference"), "the reference None"),
        (
            lambda schema: schema["foreignKeys"][0]["reference"].update(resource="plan"),
            "a reference to plan_id of plan",
        ),
        (
            lambda schema: schema["foreignKeys"][0]["reference"].update(fields=["title"]),
            "a reference to title of plans",
        ),
    ],
)
def test_refused_schema(tmp_path: Path, change: Change, message: str) -> None:
    folder = shutil.copytree(SCHEMAS, tmp_path / "schemas")
    schema = copy.deepcopy(dict(TARGETS.descriptor))
    change(schema)
    (folder / "tables" / "targets.json").write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(PipelineError, match=message) as caught:
        load_schemas(folder)
    assert caught.value.file.endswith("targets.json")


def test_unlisted_and_absent_tables_are_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(SCHEMAS, tmp_path / "schemas")
    (folder / "tables" / "numbers.json").rename(folder / "tables" / "figures.json")
    with pytest.raises(PipelineError, match="the names of all files of tables/") as caught:
        load_schemas(folder)
    assert caught.value.file.endswith("package.json")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "a JSON file in UTF-8"),
        (b"[]", "a JSON object"),
        ('{"title": "方案"}'.encode("gb18030"), "a JSON file in UTF-8"),
        (b'{"name": "targets", "name": "goals"}', "a key twice among name, name"),
    ],
)
def test_unreadable_schema_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    folder = shutil.copytree(SCHEMAS, tmp_path / "schemas")
    (folder / "tables" / "targets.json").write_bytes(content)
    with pytest.raises(PipelineError, match=message):
        load_schemas(folder)
