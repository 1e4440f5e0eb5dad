"""Finds targets, measures, numbers and names that are cut off, or run on, where the text leaves no doubt."""

import re
from collections.abc import Iterator

from pipelines.document.styles import styles_of
from pipelines.guard.checks.cells import HAN
from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import View
from pipelines.vocabulary import Vocabulary

ASIDE = re.compile(r"“[^“”]*”|（[^（）]*）|《[^《》]*》|〈[^〈〉]*〉|‘[^‘’]*’|【[^【】]*】|〔[^〔〕]*〕")
SENTENCE_END = re.compile(r"[。；！？]")
MARK = "。，、；：！？（）〔〕【】［］“”‘’《》—\n"
# What a sentence begins behind: a mark, the beginning of a line, a bullet.
SENTENCE_BEGINS = re.compile(r"(?:^|[。；！？\n）】〕］—：])[-–—•·▪●◆■ ]*$")
# A cut inside a number: 1|3%, 2.|8亿, 8|.5, 二|十
PARTED_NUMBER = re.compile(r"\d\.?\|\d|\d\|\.\d|[〇零一二三四五六七八九十百]\|[〇零一二三四五六七八九十百]")
# 2.2019年: the number of an item stands right before it.
LABEL_BEFORE = re.compile(r"(?:^|\n)\d{1,2}[.．](?:20\d\d.*)?$")
# What may go on behind a quote: a mark, or the next of what is listed (7个和森林村庄70个)
BEHIND_QUOTE = re.compile(rf"$|[{re.escape(MARK)}]|(?:和|及|与|并|或|以及)[^，。；]*\d|或")
SCOPE = re.compile(r"(?:全|我|本)(?:自治区|市|省|区(?!域)|县|州|盟)")


def outside_asides(text: str) -> str:
    """A text without what stands in quotation marks, brackets and titles.

    >>> outside_asides("推广“替、引；扩”措施（含《办法》）")
    '推广措施'
    """
    while text != (text := ASIDE.sub("", text)):
        pass
    return text


@rule("clauses", "repairs", needs=["vocabulary"])
def whole_sentence(view: View, table: str) -> Iterator[Found]:
    """A measure is one whole sentence: it stands between marks that end sentences, and holds none of its own."""
    assert view.vocabulary is not None
    styles = styles_of(view.vocabulary)
    for row, (text, (before, after)) in enumerate(
        zip(view.column(table, "text"), view.beside(table), strict=True)
    ):
        if match := SENTENCE_END.search(outside_asides(text or "")):
            yield row, "text", f"it holds the sentence mark {match[0]}"
        elif after[:1] not in ("", *"。；！？\n（【〔［"):
            yield row, "text", f"behind it stands “{after[:10]}”"
        elif not SENTENCE_BEGINS.search(before):
            line = before.rpartition("\n")[2]
            label = styles.label(line + (text or "")[:2])
            if label is None or label.end < len(line):
                yield row, "text", f"before it stands “{before[-10:]}”"


@rule("clauses", "repairs")
def whole_quote(view: View, table: str) -> Iterator[Found]:
    """A quote of a sentence ends where its part of the sentence ends, at a mark; a milestone begins at one too, and holds no 。 and no ；."""
    columns = (view.column(table, name) for name in ("quote", "kind", "located_in"))
    for row, (quote, kind, place, (before, after)) in enumerate(
        zip(*columns, view.beside(table), strict=True)
    ):
        if place == "table":  # whose marks are the borders of its cells
            continue
        if not BEHIND_QUOTE.match(after):
            yield row, "quote", f"behind it the text goes on with “{after[:10]}”"
        elif kind == "milestone" and before[-1:] not in ("", *MARK):
            yield row, "quote", f"before it stands “{before[-10:]}”"
        elif kind == "milestone" and (match := re.search("[。；]", outside_asides(quote or ""))):
            yield row, "quote", f"it holds the mark {match[0]}"


@rule("clauses", "repairs", needs=["vocabulary"])
def opens_whole(view: View, table: str) -> Iterator[Found]:
    """The quote of a number opens with the action: 完成 before 植树造林10万亩 is part of what is promised."""
    assert view.vocabulary is not None
    verb, opening = _action_verbs(view.vocabulary)
    columns = zip(view.column(table, "kind"), view.column(table, "quote"), view.beside(table), strict=True)
    for row, (kind, quote, (before, _)) in enumerate(columns):
        if kind == "quantified" and (match := verb.search(before)) and not opening.match(quote or ""):
            yield row, "quote", f"before it stands “{match[1]}”"


def _action_verbs(vocabulary: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A verb that opens what is counted (建设, 完成), behind a mark and adverbs at the end of a text; and at its beginning."""
    manner = {row.word for row in vocabulary.modifiers if row.kind in ("adverb", "past", "lead", "scope")}
    manner |= {row.word for row in vocabulary.strengths}
    verbs = {each.verb for each in vocabulary.verbs if each.is_counting} - manner
    either = (sorted(map(re.escape, words), key=len, reverse=True) for words in (manner, verbs))
    adverb, verb = map("|".join, either)
    return re.compile(f"(?:(?<=[。，；：\n])|^)(?:{adverb})*({verb})$"), re.compile(verb)


@rule("clauses", "repairs", needs=["vocabulary"])
def indicator_whole(view: View, table: str) -> Iterator[Found]:
    """An indicator is printed in its sentence, opens with no scope and does not end with what says how it moves."""
    assert view.vocabulary is not None
    relations = tuple(each for each in view.vocabulary.relations if len(each) > 1)
    columns = (view.column(table, name) for name in ("indicator", "quote", "located_in"))
    for row, (indicator, quote, place, (before, _)) in enumerate(
        zip(*columns, view.beside(table), strict=True)
    ):
        if not indicator:
            continue
        sentence = re.split(r"[。\n]", before)[-1] + (quote or "")
        if not in_pieces(indicator, sentence):
            yield row, "indicator", "its sentence does not print it"
        elif (
            (match := SCOPE.match(indicator))
            and len(indicator) > match.end()
            and (quote or "").startswith(match[0])
        ):
            yield row, "indicator", f"it opens with the scope {match[0]}"
        elif place != "table" and (end := next(filter(indicator.endswith, relations), "")) not in (
            "",
            indicator,
        ):
            yield row, "indicator", f"it ends with {end}"


def in_pieces(words: str, text: str) -> bool:
    """Whether a text prints words, in their order, in pieces of two characters or more.

    >>> in_pieces("三大粮食作物农药利用率", "三大粮食作物化肥、农药利用率均达到43%"), in_pieces("利率", "利用率")
    (True, False)
    """
    place = 0
    while words:
        size = next((size for size in range(len(words), 0, -1) if text.find(words[:size], place) >= 0), 0)
        if size < min(2, len(words)):
            return False
        place = text.find(words[:size], place) + size
        words = words[size:]
    return True


@rule("clauses", "repairs")
def whole_number(view: View, table: str) -> Iterator[Found]:
    """A number is no part of a longer run of digits, nor of a longer Chinese numeral."""
    columns = zip(view.column(table, "as_written"), view.beside(table), strict=True)
    for row, (words, (before, after)) in enumerate(columns):
        whole = f"{before[-2:]}|{words}|{after[:2]}"
        if PARTED_NUMBER.search(whole) and not LABEL_BEFORE.search(before + (words or "")):
            yield row, "as_written", f"it stands between “{before[-4:]}” and “{after[:4]}”"


@rule(needs=["vocabulary"])
def whole_name(view: View, table: str) -> Iterator[Found]:
    """The name of an agency has no mark in it that parts names, and no gap left to fill."""
    for column in [
        each for each in ("name", "short_name", "as_written") if each in view.package.frames[table]
    ]:
        for row, cell in enumerate(view.column(table, column)):
            if match := re.search(r"[*=+，。；：]|^[、和及与]|、$", outside_asides(cell or "")):
                yield row, column, f"{match[0]!r} is not part of a name"
            elif not re.search(f"[{HAN}]", cell or ""):
                yield row, column, "it holds no Chinese character"
