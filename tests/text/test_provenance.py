"""Text keeps the place of every character through any repairs: what it says it came from, it came from."""

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.text.provenance import Edit, Text, ordered, repaired

CHARACTERS = "推动东北全面振兴，。（）(),“”25%. \n？?𠀀é\u200b\ue000"
RAW = st.text(st.sampled_from(CHARACTERS), min_size=1, max_size=40)
FLOWS = {"动": "動", "东": "東", ",": "，", "(": "（", ")": "）", "5": "五"}


@dataclass(frozen=True)
class Repairs:
    """A text, what three random repairs made of it, and their edits."""

    raw: str
    text: Text
    edits: list[Edit]


@st.composite
def spans(draw: st.DrawFn, length: int) -> list[tuple[int, int]]:
    """Ranges of a text, in order and apart; some may touch, some be empty."""
    bounds = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    return list(zip(bounds[::2], bounds[1::2], strict=False))


@st.composite
def repairs(draw: st.DrawFn, with_replacements: bool = True) -> Repairs:
    raw = draw(RAW)
    text, edits = Text.of(raw), list[Edit]()
    kinds = ["without", "recast", "replace"] if with_replacements else ["without", "recast"]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=6)):
        made: list[Edit] = []
        if kind == "without":
            text, made = text.without(draw(spans(len(text))), raw, "markup", "a mark of a web page")
        elif kind == "recast":
            changed = draw(st.dictionaries(st.sampled_from(list(FLOWS)), st.just("字")))
            table = {ord(old): new for old, new in (FLOWS | changed).items()}
            string = text.string.translate(table)
            text, made = text.recast(string, raw, "width", "a mark of the other width")
        elif len(text):
            first = draw(st.integers(0, len(text) - 1))
            last = draw(st.integers(first + 1, len(text)))
            text, made = text.replace(
                first, last, draw(st.sampled_from(["", "东", "東,", "“十"])), raw, "lost", "Lost"
            )
        edits += made
    return Repairs(raw, text, edits)


def applied(edits: list[Edit]) -> list[tuple[int, int, str]]:
    return [(edit.start, edit.end, edit.after) for edit in edits]


@given(repairs())
def test_the_edits_alone_turn_the_seed_into_the_text(made: Repairs) -> None:
    edits = ordered(made.edits, made.text, made.raw)
    assert repaired(made.raw, 0, len(made.raw), applied(edits)) == made.text.string


@given(repairs())
def test_edits_are_in_order_and_apart_and_say_what_the_seed_has(made: Repairs) -> None:
    edits = ordered(made.edits, made.text, made.raw)
    assert all(one.end <= two.start for one, two in pairwise(edits))
    assert all(0 <= edit.start < edit.end <= len(made.raw) for edit in edits)
    assert all(edit.before == made.raw[edit.start : edit.end] for edit in edits)


@given(repairs())
def test_places_run_forward_and_stay_inside_the_seed(made: Repairs) -> None:
    starts, ends = made.text.starts.tolist(), made.text.ends.tolist()
    assert len(starts) == len(ends) == len(made.text.string)
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(made.raw) for start, end in zip(starts, ends, strict=True))


@given(repairs(with_replacements=False), st.data())
def test_every_passage_gives_itself_back_from_the_seed(made: Repairs, data: st.DataObject) -> None:
    """However a text is cut, no edit straddles the cut: this is what the guards prove for each row."""
    first = data.draw(st.integers(0, len(made.text)))
    last = data.draw(st.integers(first, len(made.text)))
    passage = made.text[first:last]
    assert passage.string == made.text.string[first:last]
    if passage.string:
        edits = ordered(made.edits, made.text, made.raw)
        assert repaired(made.raw, *passage.span, applied(edits)) == passage.string


@given(repairs(), st.data())
def test_a_passage_that_no_hand_repair_straddles_gives_itself_back(
    made: Repairs, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(made.text)))
    last = data.draw(st.integers(first, len(made.text)))
    edits = ordered(made.edits, made.text, made.raw)
    if first == last:
        return
    start, end = made.text[first:last].span
    shares = (first > 0 and made.text.starts[first - 1] == start) or (
        last < len(made.text) and made.text.ends[last] == end
    )
    if shares or any(edit.start < place < edit.end for edit in edits for place in (start, end)):
        return
    assert repaired(made.raw, start, end, applied(edits)) == made.text.string[first:last]


@given(RAW)
@example("  到2025年 \n")
@example(" \n ")
def test_strip_is_that_of_strings(raw: str) -> None:
    stripped = Text.of(raw).strip()
    assert stripped.string == raw.strip(" \n")
    if stripped.string:
        start, end = stripped.span
        assert raw[start:end] == stripped.string


def test_a_bracket_and_the_comma_after_it_are_two_edits() -> None:
    """A sentence ends between them, so one row for both would lie neither inside the sentence nor outside."""
    raw = "推进项目建设(一期),到2025年"
    text, edits = Text.of(raw).recast("推进项目建设（一期），到2025年", raw, "width", "half-width mark")
    sentence = text[:10]
    assert sentence.string == "推进项目建设（一期）"
    assert repaired(raw, *sentence.span, applied(ordered(edits, text, raw))) == sentence.string


def test_a_hand_repair_that_is_simplified_later_is_one_row() -> None:
    raw = "推動?|北全面振興"
    text, first = Text.of(raw).replace(2, 4, "東", raw, "lost", "Lost character restored")
    text, second = text.recast("推动东北全面振兴", raw, "script", "Traditional character")
    rows = [(edit.before, edit.after, edit.rule) for edit in ordered(first + second, text, raw)]
    assert rows == [("動", "动", "script"), ("?|", "东", "lost"), ("興", "兴", "script")]


def test_what_is_dropped_with_repaired_characters_in_it_is_one_row() -> None:
    raw = "来源:沈陽市生态环境局\n一、总体要求"
    text, first = Text.of(raw).recast(
        "来源：沈阳市生态环境局\n一、总体要求", raw, "script", "Traditional character"
    )
    text, second = text.without([(0, 11)], raw, "chrome", "Line of a web page")
    assert [(edit.before, edit.after, edit.rule) for edit in ordered(first + second, text, raw)] == [
        ("来源:沈陽市生态环境局", "", "chrome")
    ]


def test_an_empty_text_has_no_place() -> None:
    with pytest.raises(ValueError, match="no place in the seed"):
        _ = Text.of("到2025年")[2:2].span


def test_a_recast_keeps_the_length() -> None:
    with pytest.raises(ValueError, match="recast from 6 to 5 characters"):
        Text.of("到2025年").recast("2025年", "到2025年", "width", "none")


def test_a_replacement_stands_for_something() -> None:
    with pytest.raises(ValueError, match="at least one character"):
        Text.of("到2025年").replace(2, 2, "前", "到2025年", "misprint", "none")


@pytest.mark.parametrize(
    ("start", "end", "text"), [(0, 12, "全市2023年底"), (2, 12, "2023年底"), (3, 9, "*2023*"), (4, 8, "2023")]
)
def test_edits_apply_only_where_they_lie_inside(start: int, end: int, text: str) -> None:
    raw = "全市**2023**年底"
    assert repaired(raw, start, end, [(2, 4, ""), (8, 10, "")]) == text


def test_places_are_thirty_two_bits_wide() -> None:
    """Eight bytes a character: a text of ten million stays under a hundred megabytes."""
    text = Text.of("节" * 1000)
    assert text.starts.nbytes + text.ends.nbytes == 8000
