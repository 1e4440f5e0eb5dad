"""Templates of generated documents, filled in: Markdown whose cells no text can break."""

from pathlib import Path

import jinja2


def render(template: str, **context: object) -> str:
    """A file of templates/ beside this one, with what it asks for; a name that is not there is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(cell=cell)
    return environment.get_template(template).render(**context)


def cell(value: object) -> str:
    r"""A cell of a Markdown table: a bar or a line break would end it, and None is empty.

    >>> cell("a|b\nc"), cell(None), cell(3)
    ('a\\|b c', '', '3')
    """
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
