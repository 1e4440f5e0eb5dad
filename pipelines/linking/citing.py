"""Reads the documents that a text cites: titles and numbers, who issued them, and how they are cited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipelines.linking.citation_words import TITLE, CitationWords

CLOSING = re.compile(r"[^（）《》\n]{0,60}[）)]")
ANNEX = re.compile(r"（见?附[件录表]?\s?\d*[^（）]{0,8}）")
BRACKET = re.compile(r"（[^（）]*）|\([^()]*\)")
PART = re.compile(r"[，。；：！？（\n]")
# Behind a title: （国发〔2021〕4号）（以下简称《指导意见》）, （国发〔2021〕4号，以下简称“指导意见”）
SHORT_FORM = re.compile(
    r"(?:[（(][^（）《》]{0,40}[）)])?(?:[（(][^（）《》\n]{0,40}[，,、；]\s?|[（(，,])(?:以下)?(?:统|简)?称[为：:]?[《“](?P<short>[^《》“”\n]{1,30})[》”]"
)
CALLED = re.compile(r"[简统]?称[为：:]?$")
BARE_PREFIX = re.compile(r"DBJ?\s?\d+")
# Between two titles of one list: 》、《, 》；\n（2）《, 》等文件和《
SEPARATORS = re.compile(r"[、，；;：和及与以等\s\d.）)—•-]*")
GAP = 30  # characters between two titles that one verb governs


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that a text cites, at `[start, end)` of it.

    `title` stands in 《》, `number` is its own number or that of a standard; either may be empty. `short_form` is the name
    that it bears from here on. Its kind is `none` where its title says that it is no document.
    """

    start: int
    end: int
    title: str
    number: str
    is_standard: bool = False
    short_form: str = ""
    issuer: str = ""
    relation: str = "mentions"
    relation_as_written: str = ""
    kind: str = ""
    kind_as_written: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a document or of a standard, at `[start, end)` of a text."""

    start: int
    end: int
    is_standard: bool


def read_citations(text: str, words: CitationWords) -> list[Citation]:
    """The documents that a text cites, in its order.

    >>> from pipelines.linking.citation_words import citation_words
    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = citation_words(load_vocabulary())
    >>> text = "为落实国务院《2030年前碳达峰行动方案》（国发〔2021〕23号）和《甘肃省碳达峰实施方案》，修订《甘肃省节约能源条例》。"
    >>> for one in read_citations(text, words):
    ...     print(one.title, one.number, one.issuer, one.relation, one.relation_as_written, one.kind)
    2030年前碳达峰行动方案 国发〔2021〕23号 国务院 implements 落实 plan
    甘肃省碳达峰实施方案   implements 落实 plan
    甘肃省节约能源条例   revises 修订 regulation
    """
    found: list[Citation] = []
    listed: list[bool] = []
    for one in _named(text, words):
        last = found[-1] if found else None
        before = BRACKET.sub("", text[last.end if last else 0 : one.start]).rstrip("（(")
        issuer, rest = _issuer(before, words)
        word = _governing(before, rest, words)
        is_listed = last is not None and not word and _is_listed(rest)
        if last is not None and is_listed:
            word, issuer = last.relation_as_written, issuer or _shared_issuer(last, one, rest, words)
        kind, ending = words.kind_of(one.title)
        if kind in ("", "list") and ANNEX.match(text, one.end):
            kind = "none"
        found.append(
            replace(
                one,
                issuer=issuer or words.issuer_of(one.title),
                relation_as_written=word,
                kind="standard" if one.is_standard else kind,
                kind_as_written="" if one.is_standard and kind != "standard" else ending,
            )
        )
        listed.append(is_listed)
    return _related(text, found, listed, words)


def _related(text: str, found: list[Citation], listed: list[bool], words: CitationWords) -> list[Citation]:
    """The citations with their relations: by the word before them, else by the one behind the last of their list."""
    related: list[Citation] = []
    behind = ""
    for place in reversed(range(len(found))):
        one = found[place]
        word = one.relation_as_written
        if place + 1 == len(found) or not listed[place + 1]:
            rest = text[one.end : found[place + 1].start if place + 1 < len(found) else len(text)]
            match = words.behind.match(PART.split(BRACKET.sub("", rest), maxsplit=1)[0])
            behind = match["word"] if match else ""
        code = words.relations.get(word, "mentions")
        if code == "mentions" and behind:
            code, word = words.relations_behind[behind], behind
        related.append(replace(one, relation=code, relation_as_written=word))
    return related[::-1]


def _governing(before: str, rest: str, words: CitationWords) -> str:
    """The last verb in the part of the sentence before a citation; empty where none governs it.

    按 and 见 govern only what stands right behind them and behind the issuer.
    """
    matches = list(words.relation.finditer(PART.split(before)[-1]))
    return matches[-1][0] if matches else next((word for word in words.beside if rest.endswith(word)), "")


def _is_listed(rest: str) -> bool:
    """Whether what stands between two citations leaves them in one list."""
    return SEPARATORS.fullmatch(rest) is not None or (len(rest) <= GAP and not PART.search(rest))


def _issuer(before: str, words: CitationWords) -> tuple[str, str]:
    """Who issued a document by what stands before it, and what is left of that.

    Of a verb without 的 or 了 he is the subject only where nothing else stands before him: 省政府印发《…》, not 配合省政府制定《…》.
    """
    stem = words.issuing.sub("", before)
    issuer = words.agencies_at_end(stem)
    is_subject = (
        len(stem) == len(before) or before.endswith(("的", "了", "版")) or PART.split(stem)[-1] == issuer
    )
    return (issuer, stem.removesuffix(issuer)) if issuer and is_subject else ("", before)


def _shared_issuer(last: Citation, one: Citation, rest: str, words: CitationWords) -> str:
    """The issuer of the title before, if a title beside it has none and names no place: 国家发展改革委《…》《…》."""
    is_own = words.issuer_of(one.title) or words.is_of_place(one.title)
    return "" if is_own or not SEPARATORS.fullmatch(rest) or words.issuer_of(last.title) else last.issuer


def _named(text: str, words: CitationWords) -> Iterator[Citation]:
    """The titles and numbers in a text, those together that stand together."""
    titles = [
        match
        for match in TITLE.finditer(text)
        if not CALLED.search(text[max(0, match.start() - 6) : match.start()])
    ]
    spans = [match.span() for match in TITLE.finditer(text)]
    numbers = [
        each for each in _numbers(text, words) if not any(start <= each.start < end for start, end in spans)
    ]
    starts, ends = {each.start: each for each in numbers}, {each.end: each for each in numbers}
    taken: set[Number] = set()
    named = []
    for match in titles:
        title, start, end = match["title"].strip(), match.start(), match.end()
        between = words.between.match(text, end)
        number = starts.get(between.end()) if between else None
        if number is not None and between is not None:
            closing = CLOSING.match(text, number.end) if between["bracket"] else None
            end = closing.end() if closing else number.end
        elif (
            number := ends.get(start - (text[start - 1 : start] == " "))
        ) is not None and number not in taken:
            start = number.start
        short = SHORT_FORM.match(text, match.end())
        called = short["short"] if short else ""
        if number is not None:
            taken.add(number)
            printed, is_standard = text[number.start : number.end], number.is_standard
        else:
            inner = next(_numbers(title, words), None)
            printed = title[inner.start : inner.end] if inner else ""
            is_standard = inner is not None and inner.is_standard
        named.append(Citation(start, end, title, printed, is_standard, called))
    named += [
        Citation(each.start, each.end, "", text[each.start : each.end], each.is_standard)
        for each in numbers
        if each not in taken
    ]
    yield from sorted(named, key=lambda one: one.start)


def _numbers(text: str, words: CitationWords) -> Iterator[Number]:
    for match in words.number.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        organ = words.agencies_at_end(before) if match["order"] else words.code_at_end(before)
        if organ or match["order"]:
            yield Number(match.start() - len(organ), match.end(), False)
    for match in words.standard.finditer(text):
        if not BARE_PREFIX.fullmatch(match[0]):
            yield Number(match.start(), match.end(), True)
