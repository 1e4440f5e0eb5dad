"""The data dictionary says of each column what its schema says."""

from pipelines.describe.dictionary import data_dictionary
from pipelines.schema import load_schemas

DOCUMENT = data_dictionary(load_schemas())


def test_every_table_and_column_is_there() -> None:
    for schema in load_schemas().values():
        section = DOCUMENT.split(f"\n## {schema.name}\n")[1].split("\n## ")[0]
        assert f"**{schema.title} {schema.title_zh}.** " in section
        listed = [
            line.split("`")[1]
            for line in section.splitlines()
            if line.startswith("| `") and line.count(" | ") == 4
        ]
        assert listed == list(schema.columns)


def test_value_of_a_target() -> None:
    assert (
        "| `value` | number 数值 |  |  | **Value 数值.** The number in base units, 万 and 亿 applied: "
        "40亿立方米 is 4000000000; a percentage is given in percent (30% is 30). Empty for milestones."
        "<br>以基本单位表示的数值，“万”“亿”已折算：40亿立方米为 4000000000；百分数以百分点计（30% 为 30）。里程碑为空。 |"
    ) in DOCUMENT


def test_codes_are_explained() -> None:
    assert "Codes of `strength` 代码:\n" in DOCUMENT
    assert "| `strive` | To be striven for | 力争实现 |" in DOCUMENT


def test_keys_link_to_their_tables() -> None:
    assert "- Primary key 主键: `plan_id` + `position`" in DOCUMENT
    assert "- Foreign key 外键: `inherited_from` → [clauses](#clauses) `clause_id`" in DOCUMENT


def test_markdown_is_not_broken() -> None:
    for line in DOCUMENT.splitlines():
        assert line == line.rstrip()
        if line.startswith("| `"):
            assert line.endswith(" |")
    assert "<document_id>" not in DOCUMENT
    assert DOCUMENT.endswith("|\n")
