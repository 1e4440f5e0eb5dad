"""Says of each paragraph of a plan what it is, and what its heading is called."""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from pipelines.document.brackets import brackets, is_duty_line
from pipelines.document.lines import ANNEX_MARK, SHORT_LINE, WHOLE_LINES
from pipelines.document.nesting import MARKER, nest
from pipelines.document.passage import Passage
from pipelines.document.styles import Styles
from pipelines.document.words import line_words
from pipelines.vocabulary import Vocabulary

DIGIT = re.compile(r"\d")
MARK = re.compile("[。；，：！？]")
LONGEST_CELL = 20  # characters
FEWEST_CELLS = 6
LONGEST_SLOGAN = 24  # characters
FEWEST_ALIKE = 3
BOX = re.compile(
    r"专 ?栏 {0,2}(?:\d{1,2}(?:[-—]\d{1,2})?|[一二三四五六七八九十]{1,3})?(?= |[:：“《.．、]|[\u4e00-\u9fff]|$)[:：.．、 ]*"
)
# A heading without a label
PREFACE = re.compile(r"前 *言|序 *言|引 *言|绪 *论|结 *语|附 *则")
NOTE = re.compile(r"(?:备?注|说明) ?[：:]|\* ?注")
FIRST_SENTENCE = re.compile(r" ?([^。：:]{2,40})[。：:]")
TITLE_IN_BRACKETS = re.compile(r" ?[（【〔]([^（）【】〔〕]{2,20})[）】〕]")


def read_headings(string: str, passages: Sequence[Passage], styles: Styles, vocabulary: Vocabulary) -> None:
    """Fills in kind, title, level and parent of the passages of one plan, in their order."""
    for index, passage in enumerate(passages):
        if passage.kind == "paragraph":
            following = passages[index + 1] if index + 1 < len(passages) else None
            _classify(string, passage, following, vocabulary)
    if passages and passages[0].kind == "annex":
        # the mark of the plan itself, which a letter carries
        passages[0].kind, passages[0].level = "front", 1
    for before, members in _lists(passages):
        _make_alike(string, before, members, vocabulary)
    nest(string, passages, styles)


def _lists(passages: Sequence[Passage]) -> list[tuple[Passage, list[Passage]]]:
    """The lists of a plan: the passage that stands before each, and its members, numbered on in one style.

    A list ends where a style that stands above it goes on.
    """
    found: list[tuple[Passage, list[Passage]]] = []
    going: dict[str, list[Passage]] = {}
    for before, passage in pairwise(passages):
        name = passage.style
        if not name or passage.kind not in ("heading", "item"):
            continue
        if passage.opens != "item":
            going = {name: going[name]} if name in going and name == "bracket" else {}
        if name not in going or passage.number != going[name][-1].number + 1:
            going[name] = []
            found.append((before, going[name]))
        going[name].append(passage)
    return found


def _make_alike(string: str, before: Passage, members: Sequence[Passage], vocabulary: Vocabulary) -> None:
    """Makes all members of a list headings, or all of them items.

    Clauses that end in ；, or that stand behind the ： of an article and have no short sentence for a heading, are items to
    the last. Items that all begin with a short sentence, `1．因地制宜，突出重点。以…`, have it for their heading, and so has the one
    among headings whose sentence has a number in it: （1）协同开展PM2.5和O3污染防治。
    """
    bodies = [
        item_body(string, one.text_start, one.end, vocabulary, LONGEST_SLOGAN, commas=1) for one in members
    ]
    headed = sum(body > one.text_start for body, one in zip(bodies, members, strict=True))
    style = members[0].style
    if style == "bracket":
        listed = sum(string[one.end - 1] in "；;" for one in members)
        is_opened = (
            before.style == "article" and string[before.end - 1] in "：:" and headed * 2 < len(members)
        )
        if listed * 2 >= len(members) or is_opened:
            for one in members:
                one.kind, one.title = "item", None
    elif style == "point" and len(members) == headed >= FEWEST_ALIKE:
        for one, body in zip(members, bodies, strict=True):
            one.kind, one.title, one.body = "heading", _trimmed(string, one.text_start, body), body
    elif sum(one.kind == "item" for one in members) * 3 <= len(members):
        for one in members:
            stop = string.find("。", one.text_start, one.end)
            is_short = one.text_start < stop < min(one.end - 1, one.text_start + SHORT_LINE)
            if one.kind == "item" and is_short and not MARK.search(string, one.text_start, stop):
                one.kind, one.title, one.body = (
                    "heading",
                    _trimmed(string, one.text_start, stop + 1),
                    stop + 1,
                )


def with_figures(string: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages with each run of short lines full of numbers, the cells of a table that is laid flat, as one."""
    found: list[Passage] = []
    for is_cell, group in groupby(passages, key=lambda passage: _is_cell(string, passage)):
        run = list(group)
        numbers = sum(DIGIT.search(string, one.start, one.end) is not None for one in run)
        if is_cell and len(run) >= FEWEST_CELLS and numbers * 3 >= len(run):
            run = [Passage("table", run[0].start, run[-1].end)]
        found += run
    return found


def _is_cell(string: str, passage: Passage) -> bool:
    start, end = passage.start, passage.end
    is_short = passage.kind == "paragraph" and passage.label is None and end - start <= LONGEST_CELL
    is_known = (
        MARK.search(string, start, end)
        or BOX.match(string, start, end)
        or PREFACE.fullmatch(string, start, end)
    )
    return is_short and not is_known


def _classify(string: str, passage: Passage, following: Passage | None, vocabulary: Vocabulary) -> None:
    start, end = passage.start, passage.end
    if passage.label is None:
        if (
            end - start <= WHOLE_LINES
            and "。" not in string[start:end]
            and (box := BOX.match(string, start, end))
        ):
            passage.kind, passage.title, passage.body = "box", (box.end(), end), end
        elif ANNEX_MARK.fullmatch(string, start, end):
            passage.kind, passage.title, passage.body = "annex", (end, end), end
        elif line_words(vocabulary).foot.match(string, start, end) and not MARK.search(
            string, start, end - 1
        ):
            passage.kind = "foot"
        elif PREFACE.fullmatch(string, start, end):
            passage.kind, passage.title, passage.body = "heading", (start, end), end
        elif is_duty_line(string[start : start + SHORT_LINE], vocabulary) or (
            (bracket := next(brackets(string, start, end, vocabulary), None)) and bracket.opening == start
        ):
            passage.kind = "duty"
        elif NOTE.match(string, start, end):
            passage.kind = "note"
        elif MARKER.match(string, start, end):
            passage.kind = "item"
        return
    title = _title(string, passage, following, vocabulary)
    if title is None:
        passage.kind = "item"
        return
    passage.kind, passage.title, passage.body = "heading", _trimmed(string, *title), title[1]
    if passage.style == "article" and string[title[1] : title[1] + 1] not in ("）", "】", "〕"):
        passage.body = title[0]  # what it is called by is the beginning of its text
    while passage.body < end and string[passage.body] in "。：: ）】〕":
        passage.body += 1


def _title(
    string: str, passage: Passage, following: Passage | None, vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """The words of a heading without its label; None for a paragraph that has a number and no heading.

    A chapter or clause is one whatever it says; an item only by its looks: a short run up to 。 without a comma or a
    number, or a line of its own above a text.
    """
    begin, end = passage.text_start, passage.end
    if passage.style == "article":
        match = TITLE_IN_BRACKETS.match(string, begin, end) or FIRST_SENTENCE.match(string, begin, end)
        return match.span(1) if match else (begin, begin)
    stop = string.find("。", begin, end)
    if passage.opens != "item":
        if string[end - 1] in "；，" and (stop < 0 or passage.style == "bracket"):
            return None
        if stop < 0 and end - begin > WHOLE_LINES and passage.style != "comma":
            return None
        return begin, stop if stop >= 0 else end
    is_short = end - begin <= SHORT_LINE
    if is_short and not MARK.search(string, begin, end):
        # A line of its own: a heading if a text stands under it, and not the next item.
        return None if following is None or following.style == passage.style else (begin, end)
    body = item_body(string, begin, end, vocabulary)
    if body > begin:
        return begin, body
    # 3.优化环境应急管理体制。 above a text of its own
    alone = is_short and stop == end - 1 and not MARK.search(string, begin, stop)
    above_text = following is not None and following.label is None and following.kind == "paragraph"
    return (begin, end) if alone and above_text and not DIGIT.search(string, begin, end) else None


def item_body(
    string: str, start: int, end: int, vocabulary: Vocabulary, longest: int = SHORT_LINE, commas: int = 0
) -> int:
    """Where the body of an item begins: after its heading, a short run up to 。 without a comma (or more of them) or a number.

    Where nothing but a bracket follows, the run is no heading but the one sentence of the item.
    """
    stop = string.find("。", start, end)
    heading = string[start : stop if stop >= 0 else end]
    if (
        len(heading) > longest
        or heading.count("，") > commas
        or DIGIT.search(heading)
        or not 0 <= stop < end - 1
    ):
        return start
    duties = list(brackets(string, stop + 1, end, vocabulary))
    last = duties[-1].opening if duties and duties[-1].closing == end else end
    has_body = string[stop + 1 : last].strip(" \n")
    return stop + 1 if has_body else start


def _trimmed(string: str, start: int, end: int) -> tuple[int, int]:
    while end > start and string[end - 1] in "。：: .":
        end -= 1
    while start < end and string[start] in " =+-@":
        start += 1
    return start, end
