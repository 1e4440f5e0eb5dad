"""The data dictionary in Markdown, in English and Chinese: every table with its keys, columns and codes."""

from collections.abc import Iterable, Mapping

from pipelines.describe.render import cell, render
from pipelines.schema import Field, TableSchema

TYPES = {
    "string": "text 文本",
    "integer": "integer 整数",
    "number": "number 数值",
    "boolean": "boolean 布尔",
    "date": "date 日期",
}


def data_dictionary(schemas: Mapping[str, TableSchema]) -> str:
    """The whole document: an overview of the tables, then each table."""
    return render(
        "data-dictionary.md",
        schemas=schemas,
        types=TYPES,
        names=_names,
        constraints=_constraints,
        plain=_plain,
    )


def _constraints(field: Field) -> str:
    stated = {
        "unique 唯一": field.unique,
        "one of the codes below 取值见下": bool(field.categories),
        f"≥ {field.minimum}": field.minimum is not None,
        f"≤ {field.maximum}": field.maximum is not None,
        f"`{field.pattern}`": field.pattern is not None,
    }
    return "<br>".join(text for text, is_stated in stated.items() if is_stated)


def _names(names: Iterable[str]) -> str:
    return " + ".join(f"`{name}`" for name in names)


def _plain(text: str) -> str:
    """A text that Markdown takes for no element of HTML, but for a line break.

    >>> _plain("data/text/<document_id>.txt"), _plain("`^a$`<br>b")
    ('data/text/&lt;document_id&gt;.txt', '`^a$`<br>b')
    """
    return cell(text).replace("<", "&lt;").replace(">", "&gt;").replace("&lt;br&gt;", "<br>")
