"""Finds the passages of a paragraph that say who is responsible."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.agency_names import is_known, resolved_name
from pipelines.document.words import line_words
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.duties import CLOSERS as INNER_CLOSERS
from pipelines.vocabulary.duties import OPENERS as INNER_OPENERS

# What a responsibility bracket may be printed with.
OPENERS, CLOSERS = "（【〔［[", "）】〕］]"
BRACKET_MARK = re.compile(f"[{re.escape(OPENERS + CLOSERS)}]")
# No bracket of a plan is longer.
LONGEST = 2000
# What a whole sentence ends with, before a bracket or a label of its own.
SENTENCE_ENDS = "。；！？”）】〕］ \n"
SENTENCE_STOP = re.compile(r"。|(?<![：:、，；])\n")
# The names of a bare list, and what ends it: 市财政局、市科技局等部门
NAME_MARK = re.compile(r"[、，；。]|(?:以及|和|与|及)(?=[各市省县区])")
# What a name of a list is followed by: 市发改委（牵头）
NOTE = re.compile(r"[（〔][^（）〔〕]*[）〕]$")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A passage that says who is responsible: it opens at `opening`, says it in `[start, end)`, is over at `closing`."""

    opening: int
    start: int
    end: int
    closing: int


def brackets(string: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Bracket]:
    """The responsibility brackets of a paragraph `string[start:end]`, in order, and its labels without a bracket.

    They end the paragraph, or stand between its sentences: 编制清单。（市生态环境局负责）推进改造。责任单位：市经信局
    """
    found = sorted(
        [*_bracketed(string, start, end, vocabulary), *_labelled(string, start, end, vocabulary)],
        key=lambda bracket: bracket.opening,
    )
    place = start
    for bracket in found:
        if bracket.opening >= place:
            place = bracket.closing
            while place < end and string[place] in "。 ":
                place += 1
            yield Bracket(bracket.opening, bracket.start, bracket.end, place)


def bracket_in_heading(heading: str, vocabulary: Vocabulary) -> Bracket | None:
    """The responsibility bracket that ends a heading: （二）优化产业布局（市发展改革局负责）."""
    length = len(heading)
    for opening, closing in _pairs(heading, 1, length):
        if closing == length and is_responsibility(heading[opening + 1 : -1], True, vocabulary):
            return Bracket(opening, opening + 1, closing - 1, closing)
    return None


def is_duty_line(string: str, vocabulary: Vocabulary) -> bool:
    """Whether a line opens with a label, and one of its labels is of those responsible: 责任单位：市生态环境局."""
    words = vocabulary.duties
    return words.label.match(string) is not None and any(
        words.labelled(match["label"]) for match in words.label.finditer(string)
    )


def is_responsibility(inner: str, stands_apart: bool, vocabulary: Vocabulary) -> bool:
    """Whether the inside of a bracket says who is responsible.

    It opens with a label (责任单位：), or names somebody and what he does (市财政局按职责分工负责), or is a bare list of agencies
    after a full stop, one of them known. （以下简称“三线一单”） and （含运渣车） are none.
    """
    if is_duty_line(inner, vocabulary):
        return True
    if vocabulary.duties.explanation.match(inner):
        return False
    names = [name for name in NAME_MARK.split(inner) if name]
    if vocabulary.duties.predicate_at_end.search(inner):
        return any(_is_named(name, vocabulary, stands_apart=stands_apart) for name in names)
    names = [NOTE.sub("", name) for name in names if not vocabulary.duties.names_nobody(name)]
    end_of_list = line_words(vocabulary).end_of_list
    return (
        stands_apart
        and all(_is_agency(name, vocabulary) or vocabulary.is_group(name) for name in names)
        and any(
            resolved_name(end_of_list.sub("", name) or name, vocabulary).entry is not None for name in names
        )
    )


def _is_agency(name: str, vocabulary: Vocabulary) -> bool:
    bare = line_words(vocabulary).end_of_list.sub("", name)
    return len(name) > 2 and (name.endswith(vocabulary.suffixes) or bare.endswith(vocabulary.suffixes))


def _is_named(statement: str, vocabulary: Vocabulary, *, stands_apart: bool) -> bool:
    """Whether a statement names an agency or a group before its predicate: 各区人民政府落实.

    Inside a sentence it must be one that the vocabulary knows: not 管理主体（业主或物业公司配合执行）.
    """
    name = statement[: predicate_place(statement, vocabulary)].rstrip(CLOSERS)
    bare = name.removeprefix("由")
    is_told = stands_apart or is_known(bare, vocabulary)
    return vocabulary.is_group(bare) or (is_told and _is_agency(name, vocabulary))


def predicate_place(string: str, vocabulary: Vocabulary) -> int:
    """Where the predicate begins: the first word of one outside brackets that is no part of a name.

    市协同办 and 社会组织 are names.
    """
    words = line_words(vocabulary)
    for match in vocabulary.duties.predicate.finditer(string):
        before = string[: match.start()]
        inside = sum(map(before.count, INNER_OPENERS)) > sum(map(before.count, INNER_CLOSERS))
        ends_name = string.endswith(vocabulary.suffixes, 0, match.end())
        if not inside and not ends_name and not words.name_goes_on.search(string, match.end()):
            return match.start()
    return len(string)


def _bracketed(string: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Bracket]:
    """Brackets with marks: labelled ones anywhere, others at the end of a sentence or right behind it."""
    for opening, closing in _pairs(string, start, end):
        inner = string[opening + 1 : closing - 1]
        follows = opening == start or string[opening - 1] in SENTENCE_ENDS
        ends = closing == end or string[closing] in "。；\n "
        if is_duty_line(inner, vocabulary) or (
            (follows or ends) and is_responsibility(inner, follows, vocabulary)
        ):
            yield Bracket(opening, opening + 1, closing - 1, closing)


def _pairs(string: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each outermost bracket opens and has closed; one that never closes hides none behind it."""
    opening, depth = -1, 0
    for match in BRACKET_MARK.finditer(string, start, end):
        place = match.start()
        if match[0] in OPENERS:
            # Behind a full stop none can be open any more: 建设（一期工程。（市财政局负责）
            if depth == 0 or place - opening > LONGEST or string[place - 1 : place] == "。":
                opening, depth = place, 0
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield opening, place + 1


def _labelled(string: str, start: int, end: int, vocabulary: Vocabulary) -> Iterator[Bracket]:
    """Labels without a bracket that open a sentence, with those that follow them: …。牵头单位：市财政局。配合单位：市科技局。"""
    if not any(string.find(colon, start, end) >= 0 for colon in "：:"):
        return
    label = vocabulary.duties.label
    closing = start
    for match in label.finditer(string, start, end):
        opening = match.start()
        if opening < closing or not match["colon"] or not is_duty_line(match[0], vocabulary):
            continue
        if opening > start and string[opening - 1] not in SENTENCE_ENDS + OPENERS:
            continue
        closing = _end_of_sentence(string, opening, end)
        while (after := label.match(string, closing, end)) is not None:
            closing = _end_of_sentence(string, after.start(), end)
        yield Bracket(opening, opening, len(string[:closing].rstrip("。 \n")), closing)


def _end_of_sentence(string: str, start: int, end: int) -> int:
    """Behind the next 。 or the end of the line, which is none behind ：、，；: a list goes on in the next."""
    match = SENTENCE_STOP.search(string, start, end)
    return match.end() if match else end
