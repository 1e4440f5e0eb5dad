"""The table schemas in, the data dictionary in Markdown out, in English and Chinese."""

from collections.abc import Iterator, Mapping

from pipelines.schema import Field, TableSchema

TYPES = {
    "string": "text 文本",
    "integer": "integer 整数",
    "number": "number 数值",
    "boolean": "boolean 布尔",
    "date": "date 日期",
}


def data_dictionary(schemas: Mapping[str, TableSchema]) -> str:
    """The whole document: an overview of the tables, then each table with its keys, columns and codes."""
    return "\n".join(_lines(schemas)) + "\n"


def _lines(schemas: Mapping[str, TableSchema]) -> Iterator[str]:
    yield from (
        "# Data dictionary 数据字典",
        "",
        "Generated from `schemas/tables` by `make build`; edit those files, not this one.",
        "本文由 `make build` 据 `schemas/tables` 生成，请勿直接修改。",
        "",
        "Each table is published as `data/<table>.csv` and `data/<table>.parquet`: same columns, same rows.",
        "各表以 CSV 和 Parquet 两种格式发布，列与行相同。",
        "",
        "- An empty cell says that the plan states none; what was not decided is a row of [issues](#issues).",
        "  空单元格表示方案未写明；未能判定之处见 [issues](#issues) 表。",
        "- CSV: UTF-8, LF, `true` and `false`, dates as `2025-12-31`.",
        "  CSV 为 UTF-8 编码，LF 换行，布尔值为 `true`、`false`，日期如 `2025-12-31`。",
        "",
        "| Table 表 | Title | 标题 | Columns 列数 |",
        "|---|---|---|---:|",
    )
    for schema in schemas.values():
        link = f"[{schema.name}](#{schema.name})"
        yield f"| {link} | {schema.title} | {schema.title_zh} | {len(schema.fields)} |"
    for schema in schemas.values():
        yield from _table(schema)


def _table(schema: TableSchema) -> Iterator[str]:
    yield from (
        "",
        f"## {schema.name}",
        "",
        f"**{schema.title} {schema.title_zh}.** {_cell(schema.description)}",
    )
    yield from (_cell(schema.description_zh), "", f"- Primary key 主键: {_names(schema.primary_key)}")
    for key in schema.foreign_keys:
        target = f"[{key.table}](#{key.table})"
        yield f"- Foreign key 外键: {_names(key.fields)} → {target} {_names(key.reference_fields)}"
    yield from (
        "",
        "| Column 列 | Type 类型 | Required 必填 | Constraints 约束 | Meaning 含义 |",
        "|---|---|:-:|---|---|",
    )
    for field in schema.fields:
        required = "yes 是" if field.required else ""
        meaning = f"**{field.title} {field.title_zh}.** {field.description}<br>{field.description_zh}"
        cells = (f"`{field.name}`", TYPES[field.type], required, _constraints(field), meaning)
        yield f"| {' | '.join(_cell(cell) for cell in cells)} |"
    for field in schema.fields:
        if field.categories:
            yield from (
                "",
                f"Codes of `{field.name}` 代码:",
                "",
                "| Code 代码 | Meaning | 含义 |",
                "|---|---|---|",
            )
            for category in field.categories:
                yield f"| `{category.value}` | {_cell(category.label)} | {_cell(category.label_zh)} |"


def _constraints(field: Field) -> str:
    parts = []
    if field.unique:
        parts.append("unique 唯一")
    if field.categories:
        parts.append("one of the codes below 取值见下")
    if field.minimum is not None:
        parts.append(f"≥ {field.minimum}")
    if field.maximum is not None:
        parts.append(f"≤ {field.maximum}")
    if field.pattern is not None:
        parts.append(f"`{field.pattern}`")
    return "<br>".join(parts)


def _names(names: tuple[str, ...]) -> str:
    return " + ".join(f"`{name}`" for name in names)


def _cell(text: str) -> str:
    r"""A cell of a Markdown table: a bar or a line break would end it.

    >>> _cell("a|b\nc"), _cell("data/text/<document_id>.txt"), _cell("`^a$`<br>b")
    ('a\\|b c', 'data/text/&lt;document_id&gt;.txt', '`^a$`<br>b')
    """
    escaped = text.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("&lt;br&gt;", "<br>")
