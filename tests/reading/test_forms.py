"""The forms of sentences: each reads its examples and leaves its counter-examples to others, in an order that decides."""

import pytest

from pipelines.reading.forms import FORMS
from pipelines.reading.forms.form import Example, Form
from pipelines.vocabulary import load_vocabulary
from tests.samples import facts_of

READS = [(form, example) for form in FORMS for example in form.EXAMPLES if isinstance(example, Example)]
NAMES = [(form.NAME, example) for form in FORMS for example in form.EXAMPLES if isinstance(example, str)]
LEAVES = [counter for form in FORMS for counter in form.COUNTER_EXAMPLES]


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
    assert facts_of(text).commitments == ()
    assert last_rule(text) == name


@pytest.mark.parametrize(("text", "rule"), LEAVES)
def test_a_form_leaves_its_counter_examples(text: str, rule: str) -> None:
    assert last_rule(text) == rule


def test_names_are_those_of_the_modules_and_every_form_has_examples() -> None:
    for form in FORMS:
        assert form.NAME.replace("-", "_") == form.__name__.rsplit(".", 1)[-1]  # type: ignore[attr-defined]
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
