"""The repaired documents of a plan in, what the plan says of itself out: title, place, number, date, issuers."""

import re
from dataclasses import dataclass
from datetime import date

from pipelines.agency_names import PARTY
from pipelines.document.layout import lines_of
from pipelines.document.outline import Outline
from pipelines.errors import PipelineError
from pipelines.text.numerals import chinese_number
from pipelines.text.provenance import Text
from pipelines.text.repair import Repaired
from pipelines.vocabulary import Place, Vocabulary

# `渝环〔2023〕71号` at the beginning of a line, also after 原标题：; one inside 《》 or brackets is another's.
DOCUMENT_NUMBER = re.compile(
    r"(?m:^(?:原标题：|文号：|发文字号：|标题：)?\s?(?P<issuer>[\u4e00-\u9fff]{1,12})\s?[〔\[【（(](?P<year>20\d\d)[〕\]】）)]\s?(?:第)?(?P<number>\d{1,4})\s?号)"
)
ISSUE_DATE = re.compile(
    r"(?m:^(?P<year>20\d\d|二〇[一二三〇]{2})年(?P<month>[\d一二三四五六七八九十]{1,2})月(?P<day>[\d一二三四五六七八九十]{1,3})日$)"
)
# `（2022年3月17日）`, below a title
ROUND = str.maketrans("", "", " （）")
# `汕尾市人民政府关于印发…的通知`; not `重庆市生态环境局等部门关于印发`, which names one of several
HEADING = re.compile(r"(?m:^(?P<names>[^\n，。：《》等]{4,60}?)\n?关于(?:印发|发布))")
NAME = re.compile(r"[^\s、，]+")


@dataclass(frozen=True, slots=True)
class Issuer:
    """An agency of the signature block, and the document in which it signs."""

    text: Text
    document_id: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What a plan says of itself; number and date are empty if no copy of it prints one."""

    plan_id: str
    title: str
    title_en: str
    place: Place
    document_number: str
    issued_on: date | None
    base_document_id: str
    issuers: tuple[Issuer, ...]


def identity(documents: list[Repaired], outline: Outline, vocabulary: Vocabulary) -> Identity:
    """The identity of a plan, from its base document first and from its other copies for what that lacks.

    Raises PipelineError if neither the title nor sources.csv says which place the plan is of.
    """
    base = documents[0]
    row = base.source.row
    title = outline.title.string.replace("\n", "").replace(" ", "")
    place = vocabulary.place_named(title.removeprefix("关于").removeprefix("印发"))
    coded = vocabulary.place_coded(row.division_code) if row.division_code else None
    if coded is not None and place is not None and coded.place_id not in (place.place_id, place.province):
        raise PipelineError(
            file=row.path,
            place="title",
            found=f"“{title}”, which is of {place.label}, and division_code {row.division_code} of {coded.label}",
            expected="the code of the place that the title names",
            remedy=f"put {place.division_code} into sources.csv, or leave the cell empty",
        )
    place = place or coded
    if place is None:
        raise PipelineError(
            file=row.path,
            place="title",
            found=f"“{title}”, which begins with no known place",
            expected="a title that names the place of the plan, or its division_code in sources.csv",
            remedy="fill division_code, or add the place to the vocabulary places.csv",
        )
    number, issued_on = "", None
    issuers: tuple[Issuer, ...] = ()
    for document in documents:
        number = number or _document_number(document)
        issued_on = issued_on or _issue_date(document)
        issuers = issuers or _issuers(document, place, vocabulary)
    return Identity(
        plan_id=row.plan_id,
        title=title,
        title_en=_title_en(title, place, vocabulary),
        place=place,
        document_number=number,
        issued_on=issued_on,
        base_document_id=row.document_id,
        issuers=issuers,
    )


def _surroundings(document: Repaired) -> tuple[Text, Text, Text]:
    return document.head, document.front, document.foot


def _document_number(document: Repaired) -> str:
    for text in _surroundings(document):
        if match := DOCUMENT_NUMBER.search(text.string):
            return _number(match)
    return ""


def _number(match: re.Match[str]) -> str:
    return f"{match['issuer']}〔{match['year']}〕{match['number']}号"


def _issue_date(document: Repaired) -> date | None:
    for text in _surroundings(document):
        for match in ISSUE_DATE.finditer(text.string.translate(ROUND)):
            parts = [int(part) if part.isdigit() else chinese_number(part) or 0 for part in match.groups()]
            try:
                return date(*parts)
            except ValueError:
                continue
    return None


def _issuers(document: Repaired, place: Place, vocabulary: Vocabulary) -> tuple[Issuer, ...]:
    """The names of the signature block: the lines above the date that hold nothing but full names of agencies.

    It closes the covering letter, or, where there is none, the plan. Where nobody signs, the heading tells: the names
    before 关于印发, or alone on the lines above and below the title.
    """
    signed = (_signed(text, document, place, vocabulary) for text in _surroundings(document))
    return next(filter(None, signed), ()) or _in_heading(document, place, vocabulary)


def _in_heading(document: Repaired, place: Place, vocabulary: Vocabulary) -> tuple[Issuer, ...]:
    head = document.head
    above = lines_of(head.string)
    alone: list[Text] = []
    if document.plan.string.startswith("关于"):
        for line in reversed(above):
            if not (names := _full_names(head[line.start : line.end], place, vocabulary)):
                break
            alone = names + alone
    for line in lines_of(document.front.string):
        alone += _full_names(document.front[line.start : line.end], place, vocabulary)
    if not alone and (match := HEADING.search(head.string)):
        alone = _full_names(head[match.start("names") : match.end("names")], place, vocabulary)
    return tuple(Issuer(name, document.source.row.document_id) for name in alone)


def _full_names(line: Text, place: Place, vocabulary: Vocabulary) -> list[Text]:
    """The names in a line, if it holds nothing but full names of agencies."""
    names = [line[match.start() : match.end()] for match in NAME.finditer(line.string)]
    return names if all(_is_full_name(name.string, place, vocabulary) for name in names) else []


def _signed(text: Text, document: Repaired, place: Place, vocabulary: Vocabulary) -> tuple[Issuer, ...]:
    lines = lines_of(text.string)
    dated = [index for index, line in enumerate(lines) if ISSUE_DATE.match(line.string.translate(ROUND))]
    if not dated:
        return ()
    found: list[Issuer] = []
    for line in reversed(lines[: dated[-1]]):
        names = _full_names(text[line.start : line.end], place, vocabulary)
        if not names:
            break
        found = [Issuer(name, document.source.row.document_id) for name in names] + found
    return tuple(found)


def _is_full_name(name: str, place: Place, vocabulary: Vocabulary) -> bool:
    if not name.endswith(vocabulary.suffixes) or len(name) > 24:
        return False
    if place.level == "national":
        return name in vocabulary.name_of
    return (
        name.removeprefix(PARTY).startswith((place.label, place.short, "中国", "国家"))
        or vocabulary.place_named(name) is not None
    )


def _title_en(title: str, place: Place, vocabulary: Vocabulary) -> str:
    for ending, english in vocabulary.titles:
        if title.endswith(ending):
            return english if place.level == "national" else f"{english} of {place.label_en}"
    return f"Plan of {place.label_en}"
