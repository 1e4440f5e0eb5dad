"""A small package of real rows: what two clauses of the plan of Wuhan say, and what the vocabularies need for it."""

import datetime
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from pipelines.package.arrow import to_arrow
from pipelines.schema import TableSchema, load_schemas

Row = dict[str, Any]

DAY = datetime.date(2025, 12, 31)
COAL = "全市煤炭占能源消费总量的比重下降至30%以内"
GAS = "天然气用气量达到40亿立方米以上"
SENTENCE = f"到2025年，{COAL}，{GAS}。"
CLAUSE = f"（四）大力推进能源绿色低碳转型。{SENTENCE}（市发改委、市经信局等按职责分工负责）"


def tables() -> dict[str, pa.Table]:
    """Every table of the package as write_package wants it; those without rows are empty."""
    return {name: to_arrow(schema, rows(schema)) for name, schema in load_schemas().items()}


def texts() -> dict[str, str]:
    return {"wuhan-official": f"武汉市减污降碳协同增效实施方案\n{CLAUSE}\n"}


def rows(schema: TableSchema) -> list[Row]:
    """The rows given below, with None for what they leave out."""
    return [dict.fromkeys(schema.columns) | row for row in ROWS.get(schema.name, [])]


def target(**changes: Any) -> Row:
    """The coal target of Wuhan: 30 percent or less by the end of 2025."""
    return TARGET | changes


def range_of(words: str) -> Mapping[str, int]:
    start = texts()["wuhan-official"].index(words)
    return {"source_start": start, "source_end": start + len(words)}


TARGET: Row = {
    "target_id": "wuhan-synergy/2.4/t1",
    "plan_id": "wuhan-synergy",
    "clause_id": "wuhan-synergy/2.4",
    "measure_id": "wuhan-synergy/2.4/m1",
    "kind": "quantified",
    "indicator": "煤炭占能源消费总量的比重",
    "indicator_id": "coal-share",
    "indicator_words": "煤炭、比重",
    "scope": "全市",
    "value": 30,
    "value_as_written": "30%",
    "unit": "percent",
    "comparator": "<=",
    "comparator_as_written": "以内",
    "change": "level",
    "change_as_written": "下降至",
    "baseline_year": None,
    "deadline_id": "wuhan-synergy/2.4/d1",
    "period_start": None,
    "deadline": DAY,
    "deadline_basis": "sentence",
    "located_in": "text",
    "attribute": None,
    "strength": "firm",
    "strength_as_written": None,
    "rule": "reaches",
    "hedge": None,
    "quote": COAL,
    **range_of(COAL),
}

IN_CLAUSE: Row = {"plan_id": "wuhan-synergy", "clause_id": "wuhan-synergy/2.4"}
IN_MEASURE: Row = IN_CLAUSE | {"measure_id": "wuhan-synergy/2.4/m1"}

ROWS: dict[str, list[Row]] = {
    "plans": [
        {
            "plan_id": "wuhan-synergy",
            "title": "武汉市减污降碳协同增效实施方案",
            "title_en": "Implementation plan of Wuhan for synergy in reducing pollution and carbon",
            "place": "wuhan",
            "place_en": "Wuhan",
            "division_code": "420100",
            "province": "hubei",
            "level": "municipal",
            "document_number": "武环〔2023〕55号",
            "issued_on": datetime.date(2023, 5, 11),
            "base_document_id": "wuhan-official",
        }
    ],
    "documents": [
        {
            "document_id": "wuhan-official",
            "plan_id": "wuhan-synergy",
            "path": "wuhan-official.txt",
            "sha256": "0" * 64,
            "size_bytes": 400,
            "characters": 120,
            "script": "Hans",
            "edition": "official",
            "is_base": True,
            "plan_start": 0,
            "plan_end": 120,
            "genre": "plan",
        }
    ],
    "clauses": [
        {
            **IN_CLAUSE,
            "document_id": "wuhan-official",
            "chapter_number": 2,
            "chapter_title": "深入推进绿色低碳发展转型",
            "position": 4,
            "number": 4,
            "title": "大力推进能源绿色低碳转型",
            "role": "task",
            "sector_id": "energy",
            "text": CLAUSE,
            "responsibility_text": "市发改委、市经信局等按职责分工负责",
            "responsibility_open_ended": True,
            **range_of(CLAUSE),
        },
        {
            "clause_id": "wuhan-synergy/2.5",
            "plan_id": "wuhan-synergy",
            "document_id": "wuhan-official",
            "chapter_number": 2,
            "position": 5,
            "role": "context",
            "sector_id": "energy",
            "text": '第一段说“双碳”，\n第二段说"双碳",\u3000NA',
            "responsibility_open_ended": False,
            "source_start": 0,
            "source_end": 1,
        },
    ],
    "measures": [
        {
            **IN_MEASURE,
            "position": 1,
            "text": SENTENCE,
            "verb": "下降",
            "bindingness": "require",
            "bindingness_as_written": "下降",
            **range_of(SENTENCE),
        }
    ],
    "targets": [
        TARGET,
        TARGET
        | {
            "target_id": "wuhan-synergy/2.4/t2",
            "indicator": "天然气用气量",
            "scope": None,
            "value": 4_000_000_000,
            "value_as_written": "40亿立方米",
            "unit": "cubic-metre",
            "comparator": ">=",
            "comparator_as_written": "以上",
            "change_as_written": "达到",
            "quote": GAS,
            **range_of(GAS),
        },
    ],
    "topics": [
        {
            **IN_MEASURE,
            "topic_id": "wuhan-synergy/2.4/s1",
            "vocabulary": "fuel",
            "code": "coal",
            "as_written": "煤炭",
            **range_of("煤炭"),
        }
    ],
    "deadlines": [
        {
            **IN_MEASURE,
            "deadline_id": "wuhan-synergy/2.4/d1",
            "as_written": "到2025年",
            "end_date": DAY,
            "kind": "by",
            "precision": "year",
            "located_in": "text",
            **range_of("到2025年"),
        }
    ],
    "agencies": [
        {
            "agency_id": "wuhan/development-reform",
            "name": "武汉市发展和改革委员会",
            "short_name": "市发改委",
            "name_en": "Wuhan Development and Reform Commission",
            "place": "wuhan",
            "division_code": "420100",
            "function_id": "development-reform",
            "level": "municipal",
            "is_group": False,
            "name_basis": "stated",
        }
    ],
    "responsibilities": [
        {
            **IN_CLAUSE,
            "responsibility_id": "wuhan-synergy/2.4/r1",
            "agency_id": "wuhan/development-reform",
            "position": 1,
            "role": "shared",
            "basis": "stated",
            "as_written": "市发改委",
            **range_of("市发改委"),
        }
    ],
    "numbers": [
        {
            **IN_CLAUSE,
            "number_id": "wuhan-synergy/2.4/n1",
            "as_written": "30",
            "value": 30.0,
            "disposition": "target",
            "rule": "reaches",
            "target_id": "wuhan-synergy/2.4/t1",
            **range_of("30"),
        }
    ],
    "repairs": [
        {
            "repair_id": f"wuhan-official/f{serial}",
            "document_id": "wuhan-official",
            "source_start": serial,
            "source_end": serial + len(before),
            "before": before,
            "after": None,
            "rule": "blank",
            "reason": "A blank that the layout left behind",
        }
        for serial, before in enumerate(
            (" ", "\n", "\r\n", "\r", "\u00a0", "\u3000", "\x0c", "\u2028", "\x00"), start=1
        )
    ],
    "functions": [
        {"function_id": "development-reform", "label": "发展改革", "label_en": "Development and reform"}
    ],
    "units": [
        {
            "unit_id": "percent",
            "label": "%",
            "label_en": "percent",
            "dimension": "ratio",
            "ucum": "%",
            "factor": 0.01,
        },
        {
            "unit_id": "cubic-metre",
            "label": "立方米",
            "label_en": "cubic metre",
            "dimension": "volume",
            "ucum": "m3",
            "factor": 1,
        },
    ],
    "sectors": [
        {
            "sector_id": "energy",
            "label": "能源",
            "label_en": "Energy",
            "eea_pam": "Energy supply",
            "ipcc": "1.A.1",
        }
    ],
    "indicators": [
        {
            **dict.fromkeys(("about", "parent", "climate_watch", "national_lists")),
            "indicator_id": "coal-share",
            "label": "煤炭消费占比",
            "label_en": "Coal's share of energy",
            "definition_en": "Share of coal in the consumption of energy",
            "dimension": "ratio",
            "unit_id": "percent",
            "better": "lower",
            "sector_id": "energy",
            "sdg": "7.2.1",
        }
    ],
    "topic_codes": [
        {
            **dict.fromkeys(("instrument_class", "eea_pam", "capmf", "formula")),
            "code": "coal",
            "vocabulary": "fuel",
            "label": "煤炭",
            "label_en": "Coal",
            "definition_en": "Coal and what is burnt of it",
        }
    ],
    "places": [
        {
            "place_id": "hubei",
            "label": "湖北省",
            "label_en": "Hubei",
            "division_code": "420000",
            "province": "hubei",
            "level": "provincial",
        },
        {
            "place_id": "wuhan",
            "label": "武汉市",
            "label_en": "Wuhan",
            "division_code": "420100",
            "province": "hubei",
            "level": "municipal",
        },
    ],
}
