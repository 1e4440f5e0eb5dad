"""Reads what a plan says of itself from its documents: title, genre, place, number, date, issuers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.document.document import PlanText
from pipelines.document.lines import ANNEX_MARK, lines_of
from pipelines.document.titles import (
    BLANKS,
    LONGEST,
    bare,
    carried,
    genre_of,
    title_at,
    title_in_english,
    unbracketed,
)
from pipelines.document.words import DATE, DOCUMENT_NUMBER, line_words
from pipelines.errors import PipelineError
from pipelines.reading.dates import year_of
from pipelines.reading.issuers import PRINTED, Issuer, first, issuers_of
from pipelines.reading.places import Located, locate
from pipelines.seeds.sources import SourceRow
from pipelines.text.numerals import chinese_number
from pipelines.text.provenance import Text
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.rows import Place

SENTENCE_END = re.compile("[。；！？]")
# `关于印发…的通知 津住建科〔2020〕46号`
BEHIND_TITLE = re.compile(rf"(?<=通知) {DOCUMENT_NUMBER.pattern}$")
LETTER = 1500  # characters that a covering letter may have
TAIL = 400  # characters at the end of a notice in which its signature may stand
OPENING = 200  # characters below a title in which stands when a law was adopted
MOST_LINES = 400  # before a plan's title in which others are looked for


@dataclass(frozen=True, slots=True)
class Identity:
    """What a plan says of itself.

    Number and date are empty if no copy of it prints one, the place is None if nothing tells it; `place_basis`
    says where it was found, `curated` which of title, number and date sources.csv gives otherwise than the text,
    `number_from` which other copy prints the number that the base document lacks.
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
    number_from: str


def identity(documents: list[PlanText], vocabulary: Vocabulary) -> Identity:
    """The identity of a plan, from its base document first and from its other copies for what that lacks.

    What sources.csv gives for the base document comes before all. Raises PipelineError where its division_code is
    not that of the place which the title names.
    """
    base = documents[0]
    row = base.source.row
    own = _squeezed(base.title)
    headings = [base.title, *_headings(base, vocabulary)]
    issuers = issuers_of(base, _surroundings(base, vocabulary), headings, vocabulary) or first(
        issuers_of(document, _surroundings(document, vocabulary), _headings(document, vocabulary), vocabulary)
        for document in documents[1:]
    )
    surroundings = [text for document in documents for text in _surroundings(document, vocabulary)]
    issued_on = first(_issue_date(text, vocabulary) for text in surroundings) or _adopted(
        base.plan[:OPENING], vocabulary
    )
    number, number_from = _number_of(documents, vocabulary)
    printed = {
        "title": carried(own, vocabulary) or bare(own),
        "document_number": number,
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
        number_from="" if "document_number" in given else number_from,
    )


def _number_of(documents: Sequence[PlanText], vocabulary: Vocabulary) -> tuple[str, str]:
    """The number of a plan, and the copy that prints it where the base document does not."""
    for place, document in enumerate(documents):
        if number := first(
            _document_number(text, vocabulary) for text in _surroundings(document, vocabulary)
        ):
            return number, document.source.row.document_id if place else ""
    return "", ""


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


def _squeezed(title: Text) -> str:
    """A title on one line without blanks; where a text has none, and its first line is taken, that line's first sentence."""
    string = BLANKS.sub("", title.string)
    return string if len(string) <= LONGEST else SENTENCE_END.split(string[:LONGEST], maxsplit=1)[0]


def _surroundings(document: PlanText, vocabulary: Vocabulary) -> Iterator[Text]:
    """What stands round a plan's text: letter, front matter, foot; of a notice that carries a plan its letter within; of an
    annex what it is annexed to."""
    yield document.head
    yield document.front
    if carried(_squeezed(document.title), vocabulary) is not None:
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
        index = title.last + 1


def _document_number(text: Text, vocabulary: Vocabulary) -> str:
    """The number that stands on a line of its own, behind a label, or behind the title of a notice."""
    # 生态环境部令（第19号）, 国家发展和改革委员会公告（2022年第4号）, （2021年12月11日生态环境部令第24号公布
    order = (
        rf"(?:^|\n|（20\d\d年\d{{1,2}}月\d{{1,2}}日)(?P<issuer>[\u4e00-\u9fff]{{2,24}}{line_words(vocabulary).of('order')})"
        r"\n?（?(?P<year>20\d\d年)?第(?P<number>\d+)号(?:）?(?:\n|$)|公布)"
    )
    if match := re.search(order, text.string.replace(" ", "")):
        return f"{match['issuer']}{match['year'] or ''}第{match['number']}号"
    for line in lines_of(text.string):
        string, labelled = re.subn(f"^{line_words(vocabulary).of('number_label')}：", "", line.string.strip())
        inner = string[1:-1] if string.startswith("（") and string.endswith("）") else string
        match = DOCUMENT_NUMBER.match(inner)
        if match is None or not (labelled or match.end() == len(inner.rstrip())):
            match = BEHIND_TITLE.search(string)
        if match is not None:
            return f"{match['issuer']}〔{match['year']}〕{match['number']}号"
    return ""


def _issue_date(text: Text, vocabulary: Vocabulary) -> date | None:
    """The date that stands alone on a line, else that on which an assembly adopted the plan, else that of printing."""
    alone = (_date_alone(line.string) for line in lines_of(text.string))
    printed = map(_date, PRINTED.finditer(BLANKS.sub("", text.string)))
    return first(alone) or _adopted(text, vocabulary) or first(printed)


def _adopted(text: Text, vocabulary: Vocabulary) -> date | None:
    """The date on which an assembly adopted a law or decision, in the brackets below its title: （2021年…第十次全体会议通过）."""
    adopted = rf"（{DATE.pattern}[^（）《》]{{2,60}}{line_words(vocabulary).of('adopted')}"
    return first(map(_date, re.finditer(adopted, BLANKS.sub("", text.string))))


def _date_alone(line: str) -> date | None:
    match = DATE.fullmatch(unbracketed(line))
    return _date(match) if match else None


def _date(match: re.Match[str]) -> date | None:
    """The date of a match of DATE; None for one without a day, or that no calendar has.

    >>> _date(DATE.match("二〇二二年六月十一日")), _date(DATE.match("2022年6月"))
    (datetime.date(2022, 6, 11), None)
    """
    month, day = (
        int(part) if part.isdigit() else chinese_number(part) or 0
        for part in (match["month"], match["day"] or "0")
    )
    try:
        return date(year_of(match["year"]) or 0, month, day)
    except ValueError:
        return None
