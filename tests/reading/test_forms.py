"""The forms of sentences: each reads its examples and leaves its counter-examples to others, in an order that decides."""

import sys
from itertools import combinations
from pathlib import Path

import pytest

from pipelines.package.build import read_plans
from pipelines.reading import forms
from pipelines.reading.context import NumberContext
from pipelines.reading.forms import FORMS
from pipelines.reading.forms.form import Decision, Example, Form
from pipelines.vocabulary import load_vocabulary
from tests.samples import ROOT, facts_of

READS = [(form, example) for form in FORMS for example in form.EXAMPLES if isinstance(example, Example)]
NAMES = [(form.NAME, example) for form in FORMS for example in form.EXAMPLES if isinstance(example, str)]
LEAVES = sorted({counter for form in FORMS for counter in form.COUNTER_EXAMPLES})


def last_rule(text: str) -> str:
    """The rule that says what the last number of a line is."""
    return [
        entry for entry in facts_of(text).entries if entry.rule != "time" and text[entry.start].isdigit()
    ][-1].rule


@pytest.mark.parametrize(("form", "example"), READS)
def test_a_form_reads_its_examples(form: Form, example: Example) -> None:
    one = facts_of(example.text).commitments[-1]
    assert (one.rule, one.indicator, one.quantity.value, one.quantity.unit, one.comparator, one.change) == (
        form.NAME,
        example.indicator,
        example.value,
        example.unit,
        example.comparator,
        example.change,
    )


@pytest.mark.parametrize(("name", "text"), NAMES)
def test_a_form_that_commits_to_nothing_names_its_numbers(name: str, text: str) -> None:
    facts = facts_of(text)
    assert [entry for entry in facts.entries if entry.rule == name and entry.disposition == "target"] == []
    assert [one for one in facts.commitments if one.quantity.start >= facts.entries[-1].start] == []
    assert last_rule(text) == name


@pytest.mark.parametrize(("text", "rule"), LEAVES)
def test_a_form_leaves_its_counter_examples(text: str, rule: str) -> None:
    assert last_rule(text) == rule


def test_names_are_those_of_the_modules_and_every_form_has_examples() -> None:
    for form in FORMS:
        assert form.NAME.replace("-", "_") == vars(form)["__name__"].rsplit(".", 1)[-1]
        assert form.EXAMPLES
        assert form.COUNTER_EXAMPLES
    assert len({form.NAME for form in FORMS}) == len(FORMS)


@pytest.mark.parametrize("text", [example.text for _, example in READS])
def test_every_code_has_its_words(text: str) -> None:
    """A code other than the default has the words that gave it, and the vocabulary gives that code for them."""
    words = load_vocabulary()
    for one in facts_of(text).commitments:
        assert one.comparator in words.comparator_of.get(one.comparator_as_written, {"="})
        assert one.change in words.change_of.get(one.change_as_written, {"level"})
        assert one.comparator_as_written in text
        assert one.change_as_written in text


ORDERED = [
    (first, name, line)
    for form in FORMS
    for first, name, line in (
        *((first, form.NAME, line) for first, line in getattr(form, "FOLLOWS", {}).items()),
        *((form.NAME, then, line) for then, line in getattr(form, "PRECEDES", {}).items()),
    )
]


def fits(number: NumberContext, form: Form) -> bool:
    return form.read(number) not in (None, [])


@pytest.mark.parametrize(("first", "then", "line"), ORDERED)
def test_what_the_order_of_two_forms_decides(
    first: str, then: str, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the two exchanged, the line is read otherwise."""
    one, other = (next(form for form in FORMS if name == form.NAME) for name in (first, then))
    rest = [form for form in FORMS if form not in (one, other)]
    read = []
    for order in ((one, other, *rest), (other, one, *rest)):
        monkeypatch.setattr("pipelines.reading.forms.FORMS", order)
        read.append(facts_of(line))
    assert read[0] != read[1]


def test_forms_that_declare_no_order_read_no_number_two_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every line of this page and in the plans that are published, wherever two forms fit one number and differ, one is
    declared to come first."""
    behind: dict[str, set[str]] = {form.NAME: set() for form in FORMS}
    for form in reversed(FORMS):
        for first, then, _ in ORDERED:
            if first == form.NAME:
                behind[first] |= {then} | behind[then]
    free = set()

    def every_form(number: NumberContext) -> tuple[str, Decision]:
        found = [(form.NAME, form.read(number)) for form in FORMS if fits(number, form)]
        for (one, read), (other, differently) in combinations(found, 2):
            if read != differently and other not in behind[one]:
                free.add((one, other))
        return found[0] if found else ("", None)

    monkeypatch.setattr("pipelines.reading.commitments.read_number", every_form)
    lines = [*(example.text for _, example in READS), *(line for _, line in NAMES)]
    for line in (*lines, *(line for line, _ in LEAVES), *(line for *_, line in ORDERED)):
        facts_of(line)
    read_plans(ROOT / "seeds", load_vocabulary(), strict=True)
    assert free == set()


NEW_FORM = '''"""What is drawn by lot commits to nothing: 抽取20个."""

NAME = "drawn"
EXAMPLES = ("抽取样本20个",)
COUNTER_EXAMPLES = (("建设样本20个", "after-object"),)
PRECEDES = {"after-object": "抽取样本20个"}


def read(number):
    return "count" if number.left.startswith("抽取") else None
'''


def test_adding_a_form_adds_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "drawn.py").write_text(NEW_FORM, encoding="utf-8")
    monkeypatch.setattr(forms, "__path__", [*forms.__path__, str(tmp_path)])
    monkeypatch.setattr(forms, "FORMS", forms.collected())
    monkeypatch.delitem(sys.modules, "pipelines.reading.forms.drawn")
    names = [form.NAME for form in forms.FORMS]
    assert names.index("drawn") < names.index("after-object")
    assert last_rule("抽取样本20个") == "drawn"
    assert last_rule("建设样本20个") == "after-object"
