"""The parts of docs/method that are made of the forms of sentences and of the rules of numbers: `python -m pipelines.describe.method`.

They stand behind the line MADE of their page; a test says when they are behind the code.
"""

from pipelines.describe.render import cell
from pipelines.home import ROOT
from pipelines.reading.forms import FORMS
from pipelines.reading.forms.form import Example
from pipelines.vocabulary import load_vocabulary

METHOD = ROOT / "docs" / "method"
MADE = "<!-- made by python -m pipelines.describe.method -->\n"


def forms() -> str:
    """Each form of sentence with its description, its examples and its counter-examples, in the order of the forms."""
    parts = [
        (
            "\n## Forms\n\nA number is read by the first of these forms that fits it; its name stands in the column `rule`. "
            "Of two forms that could both read a number, the later names the earlier, with a line that it would read "
            "otherwise.\n"
        )
    ]
    for form in FORMS:
        said = " ".join((form.__doc__ or "").split())
        parts.append(f"\n### {form.NAME}\n\n{said}\n\n| text | read as |\n|---|---|\n")
        parts += [f"| {cell(_text(each))} | {cell(_read(each))} |\n" for each in form.EXAMPLES]
        parts += [f"| {cell(text)} | not by this form: {rule} |\n" for text, rule in form.COUNTER_EXAMPLES]
        follows: dict[str, str] = getattr(form, "FOLLOWS", {})
        if follows:
            decided = "; ".join(f"`{first}` ({line})" for first, line in follows.items())
            parts.append(f"\nTried behind {decided}.\n")
    return "".join(parts)


def rules() -> str:
    """The rules that say what a number is that commits to nothing, in the order in which they are tried."""
    head = "\n## Rules\n\nA number that commits to nothing is what the first of these rows of `number_rules.csv` says.\n\n"
    rows = [
        f"| {row.rule} | {row.disposition} | {row.of} | {cell(row.example)} |\n"
        for row in load_vocabulary().number_rules
    ]
    return head + "| rule | disposition | of numbers | example |\n|---|---|---|---|\n" + "".join(rows)


PAGES = {"targets.md": forms, "numbers.md": rules}


def made(page: str) -> str:
    """A page as it should stand: what people wrote, and behind it what is made."""
    written = (METHOD / page).read_text(encoding="utf-8").partition(MADE)[0]
    return f"{written.rstrip()}\n\n{MADE}{PAGES[page]()}"


def _text(example: Example | str) -> str:
    return example if isinstance(example, str) else example.text


def _read(example: Example | str) -> str:
    if isinstance(example, str):
        return "no commitment"
    sign, value = {"=": ""}.get(example.comparator, f"{example.comparator} "), f"{example.value:,g}"
    return f"{example.indicator}: {sign}{value} {example.unit}, {example.change}"


if __name__ == "__main__":
    for name in PAGES:
        (METHOD / name).write_text(made(name), encoding="utf-8")
