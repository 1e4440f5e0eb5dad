"""Reads what a plan says of itself from its documents: title, genre, place, number, date, issuers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pipelines.agency_names import LEVEL_WORD, PARTY
from pipelines.document.document import PlanText
from pipelines.document.heads import ANNEX_MARK
from pipelines.document.lines import Line, lines_of
from pipelines.document.titles import (
    BLANKS,
    DATE,
    DOCUMENT_NUMBER,
    LONGEST,
    bare,
    carried,
    genre_of,
    is_beside_title,
    title_at,
    title_in_english,
)
from pipelines.errors import PipelineError
from pipelines.reading.places import Located, locate, place_of_agency
from pipelines.seeds.sources import SourceRow
from pipelines.text.numerals import chinese_number
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import Place

# `原标题：武环〔2023〕55号 市生态环境局…`, `发文字号：…`
NUMBER_LABEL = re.compile(r"^(?:原标题|标题|文号|发文字号|文件编号)：")
# `（2021年12月28日中国共产党成都市第十三届委员会第十次全体会议通过）`
ADOPTED = re.compile(rf"（{DATE.pattern}[^（）《》]{{2,60}}(?:会议通过|公布|发布)")
PRINTED = re.compile(rf"{DATE.pattern}印发")
# `生态环境部令\n（第19号）`, `国家发展和改革委员会公告（2022年第4号）`, `（2021年12月11日生态环境部令第24号公布`
ORDER = re.compile(
    r"(?:^|\n|（20\d\d年\d{1,2}月\d{1,2}日)(?P<issuer>[\u4e00-\u9fff]{2,24}(?:令|公告))"
    r"\n?（?(?P<year>20\d\d年)?第(?P<number>\d+)号(?:）?(?:\n|$)|公布)"
)
CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
SENTENCE_END = re.compile("[。；！？]")
# A name in a heading or a signature, between blanks and marks
NAME = re.compile(r"[^\s、，]+")
SEAL = re.compile(r"（.*代章）")
BEFORE_SUBJECT = re.compile(r"[^《〈]+?(?=\s*(?:关于|印发|转发|贯彻|出台))")
# `关于印发…的通知 津住建科〔2020〕46号`
BEHIND_TITLE = re.compile(rf"(?<=通知) {DOCUMENT_NUMBER.pattern}$")
SPREAD = re.compile(r"\s*(?:[\u4e00-\u9fff]\s+)+[\u4e00-\u9fff]\s*")
LIKE_NAME = re.compile(r"(?!各|有关|相关)[\u4e00-\u9fff]{3,30}")
CENTRE = "中央"
MOST_NAMES = 400  # characters of names without a mark between them
LONGEST_NAME = 30  # characters
LETTER = 1500  # characters that a covering letter may have
TAIL = 400  # characters at the end of a notice in which its signature may stand
OPENING = 200  # characters below a title in which stands when a law was adopted
MOST_LINES = 400  # before a plan's title in which others are looked for
T = TypeVar("T")
ONE_OF_SEVERAL = re.compile(r"等\d*[一二三四五六七八九十]*个?部门$|等$")


@dataclass(frozen=True, slots=True)
class Issuer:
    """An agency that issues a plan, and the document in which its name is printed."""

    text: Text
    document_id: str

    @property
    def name(self) -> str:
        """The name without the blanks that spread it over a line: 生 态 环 境 部."""
        return BLANKS.sub("", self.text.string)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a plan says of itself.

    Number and date are empty if no copy of it prints one, the place is None if nothing tells it; `place_basis`
    says where it was found, `curated` which of title, number and date sources.csv gives otherwise than the text.
    """

    plan_id: str
    title: str
    title_en: str
    genre: str
    place: Place | None
    place_basis: str
    document_number: str
    issued_on: date | None
    base_document_id: str
    issuers: tuple[Issuer, ...]
    curated: tuple[str, ...]


def identity(documents: list[PlanText], vocabulary: Vocabulary) -> Identity:
    """The identity of a plan, from its base document first and from its other copies for what that lacks.

    What sources.csv gives for the base document comes before all. Raises PipelineError where its division_code is
    not that of the place which the title names.
    """
    base = documents[0]
    row = base.source.row
    own = _squeezed(base.title)
    headings = [base.title, *_headings(base, vocabulary)]
    issuers = _issuers(base, headings, vocabulary) or _first(
        _issuers(document, _headings(document, vocabulary), vocabulary) for document in documents[1:]
    )
    surroundings = [text for document in documents for text in _surroundings(document)]
    issued_on = _first(map(_issue_date, surroundings)) or _adopted(base.plan[:OPENING])
    printed = {
        "title": carried(own) or bare(own),
        "document_number": _first(map(_document_number, surroundings)) or "",
        "issued_on": issued_on.isoformat() if issued_on else "",
    }
    given = {column: cell for column in printed if base.is_main and (cell := getattr(row, column))}
    said = printed | given
    found = locate(
        said["title"],
        [_squeezed(heading) for heading in headings],
        [issuer.name for issuer in issuers or ()],
        said["document_number"],
        base.text.string,
        vocabulary,
    )
    if base.is_main:
        found = _as_curated(row, said["title"], found, vocabulary)
    return Identity(
        plan_id=base.plan_id,
        title=said["title"],
        title_en=title_in_english(said["title"], found.place if found else None, vocabulary),
        genre=genre_of(said["title"], vocabulary),
        place=found.place if found else None,
        place_basis=found.basis if found else "",
        document_number=said["document_number"],
        issued_on=date.fromisoformat(said["issued_on"]) if said["issued_on"] else None,
        base_document_id=row.document_id,
        issuers=issuers or (),
        curated=tuple(column for column in given if given[column] != printed[column]),
    )


def _as_curated(row: SourceRow, title: str, found: Located | None, vocabulary: Vocabulary) -> Located | None:
    """The place found, or that of the division_code which sources.csv gives; a title outranks it, if that is inside."""
    coded = vocabulary.place_coded(row.division_code) if row.division_code else None
    if coded is None or (found is not None and found.place == coded):
        return found
    if found is None or found.basis != "title":
        return Located(coded, "curated")
    if found.place.is_in(coded):
        return found
    raise PipelineError(
        file=row.path,
        place="title",
        found=f"“{title}”, which is of {found.place.label}, and division_code {row.division_code} of {coded.label}",
        expected="the code of the place that the title names",
        remedy=f"put {found.place.division_code} into sources.csv, or leave the cell empty",
    )


def _first(found: Iterable[T | None]) -> T | None:
    """The first that is not empty."""
    return next(filter(None, found), None)


def _squeezed(title: Text) -> str:
    """A title on one line without blanks; where a text has none, and its first line is taken, that line's first sentence."""
    string = BLANKS.sub("", title.string)
    return string if len(string) <= LONGEST else SENTENCE_END.split(string[:LONGEST], maxsplit=1)[0]


def _surroundings(document: PlanText) -> Iterator[Text]:
    """What stands round a plan's text: letter, front matter, foot; of a notice that carries a plan its letter within; of an
    annex what it is annexed to."""
    yield document.head
    yield document.front
    if carried(_squeezed(document.title)) is not None:
        yield document.plan[:LETTER]
    yield document.foot
    yield document.plan[-TAIL:]
    if not document.is_main and _is_carried_along(document):
        yield document.text[: document.head_start]


def _is_carried_along(document: PlanText) -> bool:
    """Whether a plan behind another one in its file is an annex to it, or carried by the same letter."""
    above = document.head.string.rstrip().rpartition("\n")[2]
    letter = BLANKS.sub("", document.text[:LETTER].string)
    return ANNEX_MARK.fullmatch(above.strip()) is not None or f"《{_squeezed(document.title)}》" in letter


def _headings(document: PlanText, vocabulary: Vocabulary) -> Iterator[Text]:
    """The titles that stand before the plan's own, such as that of the notice which carries it."""
    lines = lines_of(document.head.string)[:MOST_LINES]
    index = 0
    while index < len(lines):
        title = title_at(lines, index, vocabulary)
        if title is None:
            index += 1
            continue
        yield document.head[title.start : title.end]
        index += sum(line.start < title.end for line in lines[index:])


def _document_number(text: Text) -> str:
    """The number that stands on a line of its own, behind a label, or behind the title of a notice."""
    if match := ORDER.search(text.string.replace(" ", "")):
        return f"{match['issuer']}{match['year'] or ''}第{match['number']}号"
    for line in lines_of(text.string):
        string, labelled = NUMBER_LABEL.subn("", line.string.strip())
        inner = string[1:-1] if string.startswith("（") and string.endswith("）") else string
        match = DOCUMENT_NUMBER.match(inner)
        if match is None or not (labelled or match.end() == len(inner.rstrip())):
            match = BEHIND_TITLE.search(string)
        if match is not None:
            return f"{match['issuer']}〔{match['year']}〕{match['number']}号"
    return ""


def _issue_date(text: Text) -> date | None:
    """The date that stands alone on a line, else that on which an assembly adopted the plan, else that of printing."""
    alone = (_date_alone(line.string) for line in lines_of(text.string))
    printed = map(_date, PRINTED.finditer(BLANKS.sub("", text.string)))
    return _first(alone) or _adopted(text) or _first(printed)


def _adopted(text: Text) -> date | None:
    """The date on which an assembly adopted a law or decision, in the brackets below its title."""
    return _first(map(_date, ADOPTED.finditer(BLANKS.sub("", text.string))))


def _date_alone(line: str) -> date | None:
    match = DATE.fullmatch(_inner(line))
    return _date(match) if match else None


def _inner(line: str) -> str:
    """A line without blanks and without the brackets round it."""
    return BLANKS.sub("", line).removeprefix("（").removesuffix("）")


def _date(match: re.Match[str]) -> date | None:
    """The date of a match of DATE; None for one without a day, or that no calendar has.

    >>> _date(DATE.match("二〇二二年六月十一日")), _date(DATE.match("2022年6月"))
    (datetime.date(2022, 6, 11), None)
    """
    year = int(match["year"].translate(CHINESE_DIGITS))
    month, day = (
        int(part) if part.isdigit() else chinese_number(part) or 0
        for part in (match["month"], match["day"] or "0")
    )
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _issuers(document: PlanText, headings: Iterable[Text], vocabulary: Vocabulary) -> tuple[Issuer, ...]:
    """The names of the signature block, which closes the covering letter or, where there is none, the plan.

    Where nobody signs, the headings tell: the names before 关于, or alone on the lines above and below the title.
    """
    names = (
        _first(_signed(text, vocabulary) for text in _surroundings(document))
        or _alone(document, vocabulary)
        or _first(_in_heading(heading, vocabulary) for heading in headings)
        or []
    )
    return tuple(Issuer(name, document.source.row.document_id) for name in names)


def _signed(text: Text, vocabulary: Vocabulary) -> list[Text]:
    """The names above the last date of a text, or in its last lines where it bears none.

    A line in the block that is like a name is one too, if another is known as such; page numbers and seals may stand
    between them.
    """
    lines = lines_of(text.string)
    ends = [index for index, line in enumerate(lines) if DATE.fullmatch(_inner(line.string))]
    if not ends and not any(PRINTED.search(BLANKS.sub("", line.string)) for line in lines):
        ends = [len(lines)]
    return _first(_names_above(text, lines[:end], vocabulary) for end in ends) or []


def _names_above(text: Text, lines: list[Line], vocabulary: Vocabulary) -> list[Text]:
    """The names on the last of some lines."""
    found: list[list[Text]] = []
    for line in reversed(lines):
        names = _words(text[line.start : line.end], vocabulary)
        if all(_is_like_name(name.string, vocabulary) for name in names):
            found.append(names)
        elif not (is_beside_title(BLANKS.sub("", line.string)) or SEAL.fullmatch(line.string)):
            break
    while found and not any(_is_name(name.string, vocabulary) for name in found[-1]):
        found.pop()
    return [name for names in reversed(found) for name in names]


def _alone(document: PlanText, vocabulary: Vocabulary) -> list[Text]:
    """The names alone on the lines above a title that begins with 关于, and on those below any title."""
    above: list[Text] = []
    if document.plan.string.startswith("关于"):
        for line in reversed(lines_of(document.head.string)):
            if not (names := _names(document.head[line.start : line.end], vocabulary)):
                break
            above = names + above
    below = lines_of(document.front.string)
    return above + [
        name for line in below for name in _names(document.front[line.start : line.end], vocabulary)
    ]


def _in_heading(heading: Text, vocabulary: Vocabulary) -> list[Text]:
    """The names before 关于 or 印发; none of them where they are one of several (重庆市生态环境局等部门关于…)."""
    match = BEFORE_SUBJECT.match(heading.string)
    if match is None or ONE_OF_SEVERAL.search(match[0]):
        return []
    return _names(heading[: match.end()], vocabulary)


def _names(line: Text, vocabulary: Vocabulary) -> list[Text]:
    """The names in a line, if it holds nothing but names of agencies."""
    names = _words(line, vocabulary)
    return names if all(_is_name(name.string, vocabulary) for name in names) else []


def _words(line: Text, vocabulary: Vocabulary) -> list[Text]:
    """The words of a line, which blanks or marks part, or the place that begins each of them.

    A name that is spread over its line (生 态 环 境 部) is one word.
    """
    if SPREAD.fullmatch(line.string):
        return [line.strip()]
    words = [line[match.start() : match.end()] for match in NAME.finditer(line.string)]
    return [part for word in words for part in _parted(word, vocabulary)]


def _parted(names: Text, vocabulary: Vocabulary) -> Iterator[Text]:
    """Names printed one behind the other, each with its own place: 中共杭州市委杭州市人民政府, 国家发展改革委国家能源局.

    国家税务总局台州市税务局 is one: what stands behind is of another level.
    """
    string = names.string
    for end in range(2, len(string) - 1 if len(string) <= MOST_NAMES else 0):
        if not string[:end].endswith((*vocabulary.suffixes, CENTRE)) or not _is_name(
            string[:end], vocabulary
        ):
            continue
        rest = list(_parted(names[end:], vocabulary))
        own, other = (place_of_agency(name.string, vocabulary) for name in (names[:end], rest[0]))
        both = string[:end].endswith("委") and rest[0].string in ("省政府", "市政府", "自治区政府")
        if both or (own is not None and other is not None and own.level == other.level):
            yield names[:end]
            yield from rest
            return
        if other is not None:
            break
    yield names


def _is_like_name(name: str, vocabulary: Vocabulary) -> bool:
    string = BLANKS.sub("", name)
    return LIKE_NAME.fullmatch(string) is not None and string.endswith(vocabulary.suffixes)


def _is_name(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a word names an agency by itself: with its place or level word, or as one of the country does."""
    name = BLANKS.sub("", name)
    own = name.removeprefix(PARTY)
    if len(name) > LONGEST_NAME or not name.endswith((*vocabulary.suffixes, CENTRE)):
        return False
    less = LEVEL_WORD.sub("", own, count=1) if LEVEL_WORD.match(own) else own
    place = place_of_agency(name, vocabulary)
    return less in vocabulary.name_of or (place is not None and own not in (place.label, place.short))
