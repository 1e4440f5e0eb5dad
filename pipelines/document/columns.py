"""The heading of a table laid flat into lines: where it ends, and which columns it names.

A heading is a run of whole lines that the words of headings make up without a rest, however they are broken over lines:

    >>> from pipelines.vocabulary import load_vocabulary
    >>> words = heading_words(load_vocabulary())
    >>> lines = ["指标", "类别", "序", "号", "指标名称", "2020 年", "(现状)", "2025 年", "（目标）", "属 性", "环境"]
    >>> end, columns = heading(lines, 0, words)
    >>> lines[end], [(column.kind, column.year, column.is_aim) for column in columns if column.is_value]
    ('环境', [('value', 2020, False), ('value', 2025, True)])
    >>> heading(["单位2020 年", "2025年工作要点"], 0, words) is None
    True
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipelines.text.numerals import chinese_number
from pipelines.vocabulary import Vocabulary
from pipelines.vocabulary.patterns import any_of

LONGEST_HEADING = 30  # lines
LONGEST_LINE = 60  # characters
LOOK_AHEAD = 4  # lines that a word of a heading may be broken over
YEAR = r"[至到]?20\d\d年?(?:底|末|度)?"
PERIOD = r"“?十[三四五六]五”?(?:期[间末]?|时期|末)?"
VALUE_KINDS = ("state", "aim", "cumulated", "growth", "outlook", "done")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. A value column may name a year, or the period that ends with it, and what stands in it.

    `[start, end)` is the place of its word or year in the heading, with blanks taken out; in a Table that in the text.
    """

    kind: str
    year: int | None = None
    status: str = ""
    start: int = 0
    end: int = 0
    is_period: bool = False

    @property
    def is_value(self) -> bool:
        return self.kind == "value"

    @property
    def is_aim(self) -> bool:
        """Whether what stands in it is to be reached, as far as the heading says so."""
        return self.status == "aim"


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """The words of headings, compiled: whole headings, the single words, and what a word may begin with."""

    whole: re.Pattern[str]
    word: re.Pattern[str]
    beginnings: frozenset[str]
    kind_of: Mapping[str, str]


@lru_cache(maxsize=4)
def heading_words(vocabulary: Vocabulary) -> HeadingWords:
    """The words of headings of a vocabulary."""
    rows = (row for row in vocabulary.table_words if not row.kind.endswith(("_value", "_end", "note")))
    kind_of = {squeezed(row.word): row.kind for row in rows}
    words = any_of(kind_of)
    pattern = rf"(?P<open>（)?(?:(?P<year>{YEAR})|(?P<period>{PERIOD})|(?P<word>{words}))(?(open)）)|[/、]"
    plain = rf"(?:（(?:{YEAR}|{PERIOD}|{words})）|{YEAR}|{PERIOD}|{words}|[/、])"
    texts = [*kind_of, "20", "202", "2020", "2025", "“十四", "“十", "十四", "（"]
    beginnings = {word[:length] for word in texts for length in range(1, len(word) + 1)}
    return HeadingWords(re.compile(rf"{plain}+"), re.compile(pattern), frozenset(beginnings), kind_of)


def squeezed(string: str) -> str:
    """A string without blanks, its brackets in full width."""
    return "".join(string.split()).replace("(", "（").replace(")", "）")


def heading_words_on(line: str) -> str:
    """A line of a heading without blanks; one that is but the number of a note says nothing."""
    plain = squeezed(line)
    return "" if len(plain) == 1 and plain.isdigit() else plain


def words_of(string: str, words: HeadingWords) -> list[tuple[int, int]]:
    """The ranges of the words that make up a heading without blanks."""
    return [match.span() for match in words.word.finditer(string)]


def heading(lines: Sequence[str], first: int, words: HeadingWords) -> tuple[int, list[Column]] | None:
    """Where the heading that begins at a line ends (the line after it), and its columns; None if none begins there."""
    opening = squeezed(lines[first]) if len(lines[first]) <= LONGEST_LINE else ""
    if not opening or (opening not in words.beginnings and not words.whole.match(opening)):
        return None
    string, end, tried = "", None, 0
    for index in range(first, min(first + LONGEST_HEADING, len(lines))):
        own = heading_words_on(lines[index])
        string += own
        tried += 1
        if own and words.whole.fullmatch(string):
            end, tried, whole = index + 1, 0, string
        elif tried >= LOOK_AHEAD:
            break
    if end is None:
        return None
    columns = _columns(whole, words)
    values = [column for column in columns if column.is_value]
    kinds = {column.kind for column in columns}
    is_indicator = kinds & {"indicator", "group"} and any(column.year or column.is_aim for column in values)
    is_task = "task" in kinds and kinds & {"shared", "lead", "support", "deadline"}
    is_table = is_indicator or is_task
    return (end, columns) if is_table and not columns[0].is_value else None


def _columns(string: str, words: HeadingWords) -> list[Column]:
    """The columns of a heading whose words stand in `string`."""
    columns: list[Column] = []
    after_slash = False  # 2020年现状/十三五期间完成情况 is one column
    for match in words.word.finditer(string):
        year, kind = _year(match), words.kind_of.get(match["word"] or "", "")
        if match[0] in "/、":
            after_slash = True
        elif after_slash and (year is not None or kind in VALUE_KINDS):
            after_slash = year is not None
        elif year is not None:
            last = columns[-1] if columns else None
            is_period = match["period"] is not None
            column = Column("value", year, "", match.start(), match.end(), is_period)
            # 目标值（2025年）, but 现状值 2025年目标
            if last is not None and last.is_value and last.year is None and match["open"]:
                columns[-1] = replace(column, status=last.status)
            else:
                columns.append(column)
        elif kind in VALUE_KINDS:
            last = columns[-1] if columns else None
            dated = last is not None and last.year is not None and not last.status
            if last is not None and dated and (last.is_period or kind not in ("cumulated", "growth")):
                columns[-1] = replace(last, status=kind)
            elif last is None or last.status != kind:
                columns.append(Column("value", None, kind, *match.span()))
        elif kind:
            columns.append(Column(kind, start=match.start(), end=match.end()))
    return _without_upper(columns)


def _year(match: re.Match[str]) -> int | None:
    if match["year"]:
        return int(match["year"].lstrip("至到")[:4])
    if match["period"]:
        tens = match["period"].lstrip("“")[:2]
        return 1955 + 5 * (chinese_number(tens) or 0)
    return None


def _without_upper(columns: list[Column]) -> list[Column]:
    """Without the words that stand over several columns: 规划目标 over 2025年目标值 and 五年累计."""
    kept = []
    for index, column in enumerate(columns):
        later = [other for other in columns[index + 1 :] if other.is_value and (other.year or other.status)]
        is_upper = column.is_value and column.year is None and column.is_aim and len(later) > 1
        if not is_upper:
            kept.append(column)
    return kept
