"""The forms of sentences: each reads its examples and leaves its counter-examples to others, in an order that decides."""

from itertools import pairwise

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


# For neighbours in the order, a line that reads otherwise with the two exchanged.
DECIDES = {
    ("ratio-of-two", "starts-from"): "三次产业结构由8.9:44.9调整为7.3:39.1",
    ("starts-from", "delimits"): "在治理水土流失面积24万公顷的基础上",
    ("delimits", "past"): "已拆除10蒸吨以下燃煤锅炉",
    ("past", "share-of-whole"): "火电已占全市煤炭消耗总量的75%",
    ("related", "after-metric"): "绿色建筑占新建建筑比例从“十三五”初期的53%增长到“十三五”末的98%",
    ("after-metric", "after-object"): "新增110千伏及以上变电容量3244万千伏安",
    ("after-object", "before-object"): "完成农用地土壤4268个点位采样检测任务",
    ("enumerated", "continued"): "建设口袋公园5个，其中绿道20公里",
    ("continued", "dated"): "到2025年，培育节水型企业2000家，节水标杆园区10个",
}


@pytest.mark.parametrize(("one", "other"), list(pairwise(form.NAME for form in FORMS)))
def test_what_the_order_of_two_neighbours_decides(
    one: str, other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exchanged, they read a line otherwise; where none is given, no line of the examples fits both."""
    names = [form.NAME for form in FORMS]
    place = names.index(one)
    exchanged = (*FORMS[:place], FORMS[place + 1], FORMS[place], *FORMS[place + 2 :])
    text = DECIDES.get((one, other))
    lines = [text] if text else [*(example.text for _, example in READS), *(line for line, _ in LEAVES)]
    as_declared = [facts_of(line) for line in lines]
    monkeypatch.setattr("pipelines.reading.forms.FORMS", exchanged)
    assert (as_declared != [facts_of(line) for line in lines]) == bool(text)
