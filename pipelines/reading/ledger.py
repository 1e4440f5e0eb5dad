"""Says what every number of a clause is: no digit and no Chinese numeral is left unaccounted for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.document.clauses import Clause
from pipelines.reading.commitment import Commitment
from pipelines.reading.context import RATIOS
from pipelines.reading.grammar import NUMERALS, Grammar
from pipelines.reading.quantities import Quantity, coverage
from pipelines.reading.time_expressions import TimeExpression
from pipelines.text.numerals import chinese_number

PLAIN = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
DIGIT = re.compile(r"\d")
# What makes one label of several numbers: 5.2[.1]
DOTTED = re.compile(r"(?:\.\d{1,3}(?!\d))+")
REACH = 40  # characters before and behind a number that say what it is
NUMBER = re.compile(rf"\d[\d.,]*(?<![.,])|[{NUMERALS}]+")
# `〔2022〕42号`, `GB/T50378-2019`, `第5号令`
DOCUMENT = re.compile(
    r"[〔\[（(]20\d\d[〕\])）]\s?(?:第)?\d+\s?号|[A-Z]{2,4}(?:/[A-Z])?\s?\d[\d.]*(?:[-—]\d{4})?|第\d+号"
)
CONGRESS_HINT = re.compile(rf"[{NUMERALS}][大届中]")
# `1,234.5`, a number in a cell
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A number at `[start, end)` of the clause's text, its value if it has one, what it is and the rule that says so.

    For a target, `commitments` are the positions of those that it gives; for a deadline, `time` is its time.
    """

    start: int
    end: int
    value: float | None
    disposition: str
    rule: str
    commitment: int | None = None
    time: TimeExpression | None = None


def ledger(
    clause: Clause,
    times: list[TimeExpression],
    found: list[Quantity],
    committed: list[Commitment],
    others: dict[int, tuple[str, str]],
    left_over: frozenset[int],
    words: Grammar,
    given: Sequence[Entry] = (),
) -> list[Entry]:
    """The entries of a clause, in order and apart; together they cover every numeral in it. given: those of its tables."""
    string = clause.text.string
    entries = [*given] + [
        Entry(
            time.start,
            time.end,
            float(time.year) if time.names_year else None,
            time.role,
            "time",
            time=_deadline(time),
        )
        for time in times
    ]
    of_target: dict[Quantity, int] = {}
    for index, commitment in enumerate(committed):
        of_target.setdefault(commitment.quantity, index)
    covered = coverage(len(string), [(entry.start, entry.end) for entry in entries])
    if DIGIT.search(string):
        targets = coverage(len(string), [(number.start, number.end) for number in of_target])
        documents = _documents(string, covered, targets)
        entries += documents
        for entry in documents:
            covered[entry.start : entry.end] = b"\x01" * (entry.end - entry.start)
    for number in found:
        start, end = number.start, number.start + len(number.written)
        if 1 in covered[start:end]:
            continue
        if number in of_target:
            index = of_target[number]
            entry = Entry(start, end, number.value, "target", committed[index].rule, commitment=index)
        else:
            disposition, rule = others.get(start) or _plain(
                string, number, clause, words, is_open=start in left_over
            )
            wider = _with_letters(string, start, end) if disposition == "name" else (start, end)
            if disposition == "ordinal" and (rest := DOTTED.match(string, end)) is not None:
                wider = (start, rest.end())
            entry = Entry(*wider, number.value if wider == (start, end) else None, disposition, rule)
        entries.append(entry)
        covered[entry.start : entry.end] = b"\x01" * (entry.end - entry.start)
    return sorted(entries + _rest(string, covered, words), key=lambda entry: entry.start)


def figures(clause: Clause) -> list[Entry]:
    """The numbers in tables laid flat whose rows no rule reads: figures that no sentence states."""
    string = clause.text.string
    return [
        Entry(*match.span(), float(match[0].replace(",", "")), "figure", "cell")
        for part in clause.figures
        for match in FIGURE.finditer(string, part.start, part.end)
    ]


def _deadline(time: TimeExpression) -> TimeExpression | None:
    return time if time.role == "deadline" else None


def _documents(string: str, covered: bytearray, targets: bytearray) -> list[Entry]:
    """Document numbers (〔2022〕42号) and codes of standards; what is a target's number is none."""
    return [
        Entry(*match.span(), None, *(("document", "document") if "号" in match[0] else ("name", "standard")))
        for match in DOCUMENT.finditer(string)
        if 1 not in covered[match.start() : match.end()] and 1 not in targets[match.start() : match.end()]
    ]


def _rest(string: str, covered: bytearray, words: Grammar) -> list[Entry]:
    """The entries of the numbers that no other entry covers."""
    congresses = []
    if CONGRESS_HINT.search(string):
        congresses = [match.span() for match in words.congress.finditer(string)]
    rest: list[Entry] = []
    for match in NUMBER.finditer(string):
        for start, end in _gaps(match.start(), match.end(), covered):
            entry = _numeral(string, start, end, congresses, words)
            if not rest or entry.start >= rest[-1].end:
                rest.append(entry)
    return rest


def _gaps(start: int, end: int, covered: bytearray) -> list[tuple[int, int]]:
    """What of `[start, end)` no entry covers.

    >>> _gaps(0, 6, bytearray([0, 0, 1, 1, 0, 0]))
    [(0, 2), (4, 6)]
    """
    gaps = []
    while (start := covered.find(0, start, end)) >= 0:
        stop = covered.find(1, start, end)
        gaps.append((start, end if stop < 0 else stop))
        if stop < 0:
            break
        start = stop
    return gaps


def _plain(
    string: str, number: Quantity, clause: Clause, words: Grammar, *, is_open: bool
) -> tuple[str, str]:
    """What a number is that commits to nothing, and the rule that says so; undecided where none does."""
    before = string[max(0, number.start - REACH) : number.start]
    behind = string[number.number_end : number.number_end + REACH]
    for row in words.vocabulary.number_rules:
        if (
            _is_of(row.of, number, behind, clause, words, is_open=is_open)
            and row.before.search(before)
            and row.behind.search(behind)
        ):
            return row.disposition, row.rule
    return "undecided", "none"


def _is_of(of: str, number: Quantity, behind: str, clause: Clause, words: Grammar, *, is_open: bool) -> bool:
    """Whether a number is one of those that a row is about."""
    match of:
        case "none":
            return not number.unit
        case "unit":
            return bool(number.unit) and number.unit not in RATIOS
        case "ratio":
            return number.unit in RATIOS
        case "time":
            return words.vocabulary.unit_ids[number.unit].dimension == "time" if number.unit else False
        case "counter":
            return not number.unit and bool(words.counter.match(behind))
        case "scaled":
            return not number.unit and not number.written[-1].isdigit()
        case "bounded":
            return bool(number.comparator)
        case "listed":
            return any(part.start <= number.start < part.end for part in clause.brackets)
        case "context":
            return clause.role == "context"
        case "open":
            return is_open
    return True


def _numeral(string: str, start: int, end: int, congresses: list[tuple[int, int]], words: Grammar) -> Entry:
    """A number that is neither a time nor a quantity: a numeral, a name, or part of a word."""
    written = string[start:end]
    value = float(written.rstrip(".,").replace(",", "")) if _is_plain(written) else chinese_number(written)
    before, after = string[max(0, start - 1) : start], string[end : end + 2]
    if any(first <= start < last for first, last in congresses):
        return Entry(start, end, _float(value), "name", "congress")
    if written[0].isdigit():
        if (start == 0 or before == "\n") and after[:1] in ("．", ".", "、"):
            return Entry(start, end, _float(value), "ordinal", "item")
        start, end = _with_letters(string, start, end)
        return Entry(start, end, None if written != string[start:end] else _float(value), "name", "letters")
    if before == "第" or (before == "（" and after[:1] == "）"):
        return Entry(start, end, _float(value), "ordinal", "item")
    if written not in ("一", "万", "千", "百", "亿", "零") and (match := words.counter.match(string, end)):
        kind = ("duration", "time-unit") if match[0] in ("年", "月", "天", "日") else ("count", "counted")
        return Entry(start, end, _float(value), *kind)
    return Entry(start, end, None, "word", "word")


def _with_letters(string: str, start: int, end: int) -> tuple[int, int]:
    """A number with the Latin letters that make a name of it; those between two numbers go with the first.

    >>> text = "推动5G通信和PM2.5监测，排污口7D14"
    >>> [text[slice(*_with_letters(text, start, end))] for start, end in ((2, 3), (9, 12), (18, 19), (20, 22))]
    ['5G', 'PM2.5', '7D', '14']
    """
    first = start
    while first > 0 and string[first - 1].isascii() and string[first - 1].isalpha():
        first -= 1
    start = start if string[first - 1 : first].isdigit() else first
    while end < len(string) and string[end].isascii() and string[end].isalpha():
        end += 1
    return start, end


def _is_plain(written: str) -> bool:
    return bool(PLAIN.fullmatch(written))


def _float(value: float | int | None) -> float | None:
    return None if value is None else float(value)
