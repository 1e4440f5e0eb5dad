"""The rows of schemas/vocabularies: a class for each file, a field for each of its columns, in their order.

Rows of a file are told apart by its first column, or by as many of the first as KEY says. A field's type says what its
cells may hold: one of the codes of a Literal, a number, words parted by |, or a regular expression. `note` and
`example` are for readers.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from pipelines.vocabulary.patterns import any_of

Level = Literal["national", "central", "provincial", "municipal", "county"]
RoleCode = Literal["context", "objective", "principle", "task", "assurance"]
Bindingness = Literal["prohibit", "require", "promote", "encourage", "explore"]
ChangeCode = Literal["level", "increase", "decrease", "add"]


@dataclass(frozen=True)
class Row:
    """A row of a vocabulary."""

    KEY: ClassVar[int] = 1


@dataclass(frozen=True)
class Function(Row):
    """What a department does, with its national counterpart."""

    function_id: str
    label: str
    label_en: str
    national_counterpart: str
    national_counterpart_en: str
    label_short: str
    label_short_en: str


@dataclass(frozen=True)
class AgencyName(Row):
    """A way in which plans print an agency, without place and level, and the formal name it stands for."""

    as_printed: str
    full_name: str
    slug: str
    function_id: str
    name_en: str
    level: Level | Literal[""]


@dataclass(frozen=True)
class AgencyPart(Row):
    """A part of which names of agencies are made: a field (生态环境), a qualifier (管理) or an ending (局)."""

    KEY = 2
    part: str
    kind: Literal["field", "qualifier", "ending"]
    function_id: str
    name_en: str


@dataclass(frozen=True)
class AgencySuffix(Row):
    """How the name of an agency may end, and the function that the ending alone gives."""

    suffix: str
    function_id: str
    note: str


@dataclass(frozen=True)
class Unit(Row):
    """A unit of measurement or a measure word."""

    unit_id: str
    label: str
    label_en: str
    dimension: str
    ucum: str
    factor: float | None
    variants: tuple[str, ...]


@dataclass(frozen=True)
class Sector(Row):
    """A sector, with the words in a clause's title that place it there."""

    sector_id: str
    label: str
    label_en: str
    eea_pam: str
    ipcc: str
    keywords: tuple[str, ...]
    priority: int

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the keywords."""
        return re.compile(any_of(self.keywords))


@dataclass(frozen=True)
class Place(Row):
    """A province, prefecture, city, county or district, or China."""

    place_id: str
    label: str
    label_en: str
    division_code: str
    province: str
    level: Level
    short: str

    @property
    def is_of_city(self) -> bool:
        """Whether it is a county or district of a city, not one directly under a province (济源市, code 419001)."""
        return self.level == "county" and self.division_code[2:4] != "90"

    def is_in(self, other: "Place") -> bool:
        """Whether it is another place or lies in it: 繁昌区 in 芜湖市 and in 安徽省."""
        code = self.division_code
        outer = {"national": "", "provincial": code[:2], "municipal": code[:4]}.get(other.level, code)
        return other.division_code.startswith(outer) and (outer != code or self == other)


@dataclass(frozen=True)
class Role(Row):
    """A pattern in the title of a clause or chapter that tells the role of the text below it."""

    KEY = 2
    place: Literal["title", "chapter"]
    pattern: re.Pattern[str]
    role: RoleCode
    note: str


@dataclass(frozen=True)
class Zone(Row):
    """A zone that has no code of its own, or a word that stands for the country, with the place it is of."""

    zone: str
    place_id: str
    note: str


@dataclass(frozen=True)
class NumberMark(Row):
    """The character with which document numbers of a province begin: 苏政发〔2022〕31号."""

    mark: str
    place_id: str
    example: str


@dataclass(frozen=True)
class SelfReference(Row):
    """A word by which a plan speaks of its own place (全市), with the levels that it may then be of."""

    word: str
    levels: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Genre(Row):
    """A kind of document."""

    genre: str
    label: str
    label_en: str


@dataclass(frozen=True)
class TitleEnding(Row):
    """What titles end with, in English, and the genre that it tells."""

    ending: str
    title_en: str
    genre: str


@dataclass(frozen=True)
class TitleSubject(Row):
    """What plans are about, as titles print it, in English."""

    subject: str
    subject_en: str


@dataclass(frozen=True)
class Chrome(Row):
    """A line of a web page's furniture."""

    pattern: re.Pattern[str]
    note: str


@dataclass(frozen=True)
class Glyph(Row):
    """A character (U+1001B0) that fonts and conversions leave in texts, and the one that is printed in its place."""

    character: str
    after: str
    note: str


@dataclass(frozen=True)
class OutlineStyle(Row):
    """A style of numbering: its label with # for the number, how that is written, and what a heading in it opens."""

    style: str
    pattern: str
    numerals: Literal["chinese", "any", "roman", "arabic", "dotted", "circled", "formal", "letter"]
    opens: Literal["chapter", "clause", "item"]
    example: str
    note: str


@dataclass(frozen=True)
class Verb(Row):
    """A verb that opens measures, and how binding it is; empty where it only opens what is counted (新改扩建泊位12个).

    object_kept: whether an indicator keeps it (抚育森林), empty where it opens nothing that is counted.
    acts: where else it acts. inside: behind who or where (农村地区新建充电桩1000个). behind: behind what it is done to
    (货车淘汰1万辆). newly: in an indicator, whose amount it makes one to be done (岸电泊位新改建规模). attains: behind those who
    are counted (1500家企业完成…). apart: with a number inside its object (建设环湖4个收集点). limits: what it governs is a ceiling (严控新增产能).
    """

    verb: str
    bindingness: Bindingness | Literal[""]
    object_kept: Literal["yes", "no", ""]
    acts: tuple[str, ...]
    note: str

    @property
    def is_counting(self) -> bool:
        """Whether it opens what is counted: 建设充电桩3万台."""
        return bool(self.object_kept)


@dataclass(frozen=True)
class Comparator(Row):
    """A word that bounds a number: directly before it, ahead of the verb before it (至少建成1个), behind its unit, or
    between the two numbers of a range, of which the lower is >= and the upper <=. better is <= of a concentration, else >=."""

    KEY = 2
    word: str
    stands: Literal["before", "ahead", "behind", "between"]
    comparator: Literal[">=", "<=", "~", "range", "better"]
    example: str


@dataclass(frozen=True)
class Change(Row):
    """A word between an indicator and its number that says what the number does to it."""

    word: str
    change: ChangeCode
    example: str


@dataclass(frozen=True)
class Strength(Row):
    """A word that makes a commitment one to be striven for."""

    word: str
    strength: Literal["strive"]
    example: str


@dataclass(frozen=True)
class Hedge(Row):
    """A word that softens a number or an action and does not bound it."""

    word: str
    example: str


@dataclass(frozen=True)
class Modifier(Row):
    """A word round a number or before a verb that changes how it is read; the codebook says what each kind does."""

    KEY = 2
    word: str
    kind: Literal[
        "raise", "scope", "distribute", "pair", "past", "lead", "tail", "adverb", "opening", "preposition",
        "adjunct_end", "compound", "aside", "state", "count", "compared", "comparing", "compared_with", "means", "of_those", "condition", "estimate", "in_all",
    ]  # fmt: skip
    note: str


@dataclass(frozen=True)
class Noun(Row):
    """A noun that a form of sentence turns on; the codebook says what each kind does."""

    KEY = 2
    word: str
    kind: Literal[
        "project", "plan", "task", "remaining", "limit", "standard", "goal", "counter", "place", "place_end", "article",
        "part", "parameter", "duration", "grant", "carried",
        "metric_head", "metric_action", "metric_amount", "total", "summed", "stage", "works", "congress",
    ]  # fmt: skip
    example: str


@dataclass(frozen=True)
class NumberRule(Row):
    """What a number is that commits to nothing, by what stands before and behind it; the first row that fits decides.

    of: which numbers it is about (empty for any): none (without a unit), unit, ratio, time, counter (a word of counting
    behind it), scaled (万 without a unit), bounded (以上), listed (in a list of agencies), context (in a clause of context), open (beside words that no
    form has read).
    """

    KEY = 5
    rule: str
    disposition: str
    of: Literal[
        "", "none", "unit", "ratio", "time", "counter", "scaled", "bounded", "listed", "context", "open"
    ]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    example: str


@dataclass(frozen=True)
class UnreadForm(Row):
    """A form in which a text states a number or a date and that no rule reads: what every passage of it has in it, found
    sooner than the passage, and the pattern of the passage."""

    what: str
    hint: re.Pattern[str]
    pattern: re.Pattern[str]
    example: str


@dataclass(frozen=True)
class Metric(Row):
    """What an indicator may end with: a ratio, an amount, or an amount of something done (减排量)."""

    ending: str
    kind: Literal["ratio", "amount", "done"]
    note: str


@dataclass(frozen=True)
class Time(Row):
    """A word round a time expression or a milestone."""

    KEY = 2
    word: str
    kind: Literal[
        "comparison", "companion", "basis", "baseline", "grounds", "start", "name", "edition", "title_end", "annual", "general", "since", "from",
        "until", "done", "describes", "situation", "attribute", "goal", "cited", "towards", "foundation", "ahead", "urged", "up_to", "recurrent",
        "relative", "label", "term", "action_verb", "completion", "purpose", "manner", "attributive", "object", "degree",
        "due", "month_part", "year_end", "mid_year", "first_half", "second_half", "within_year", "whole_year",
        "period", "period_opening", "period_middle", "period_end", "period_since",
    ]  # fmt: skip
    note: str


@dataclass(frozen=True)
class LineWord(Row):
    """A word by which a line round the title, the text and the foot of a plan is known.

    carries: by which a notice passes a plan on (关于印发…的通知). behind_issuers: behind the lines of its issuers. opens_title,
    opens_sentence: what opens one. letterhead, order, remark: no title (…文件, …令, （此件…）). announces: before 如下. copied, foot: at the
    beginning of a line of the foot. contact: before a colon in one. seal: in a bracket in one. organ: at the end of the name of who signs.
    asks: behind 请 in a covering letter. subject: before what is issued (关于…). before_place: before the place in a title. number_label:
    before the number. adopted: behind the date on which an assembly adopted it.
    """

    KEY = 2
    word: str
    kind: Literal[
        "carries", "behind_issuers", "opens_title", "opens_sentence", "letterhead", "order", "remark", "announces", "copied",
        "foot", "contact", "seal", "organ", "asks", "subject", "before_place", "number_label", "adopted",
    ]  # fmt: skip
    example: str


@dataclass(frozen=True)
class TableWord(Row):
    """A word of the headings, cells and notes of tables."""

    KEY = 2
    word: str
    kind: Literal[
        "ordinal", "group", "indicator", "unit", "attribute", "remark", "state", "aim", "cumulated", "growth", "outlook",
        "done", "task", "shared", "lead", "support", "deadline", "attribute_value", "aim_value", "aim_end", "move_end", "deadline_value",
        "caption_end", "class_end", "note",
    ]  # fmt: skip
    note: str
