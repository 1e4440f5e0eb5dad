"""Every number of a clause in, what each of them is out: no digit and no Chinese numeral is left unaccounted for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.document.clauses import Clause
from pipelines.reading.commitment import Commitment
from pipelines.reading.context import RATIOS
from pipelines.reading.moments import Moment
from pipelines.reading.quantities import Quantity, coverage
from pipelines.text.numerals import chinese_number

NUMERALS = "〇零一二三四五六七八九十百千万亿两"
PLAIN = re.compile(r"\d{1,15}(?:\.\d{1,9})?")
DIGIT = re.compile(r"\d")
NUMBER = re.compile(rf"\d[\d.,]*(?<![.,])|[{NUMERALS}]+")
# `〔2022〕42号`, `GB/T50378-2019`, `第5号令`
DOCUMENT = re.compile(
    r"[〔\[（(]20\d\d[〕\])）]\s?(?:第)?\d+\s?号|[A-Z]{2,4}(?:/[A-Z])?\s?\d[\d.]*(?:[-—]\d{4})?|第\d+号"
)
# 党的二十大, 十九届历次全会, 二中、三中全会: congresses and plenary sessions
CONGRESS = re.compile(
    rf"(?<=党的)[{NUMERALS}]+(?:大|届)|(?<![{NUMERALS}])[{NUMERALS}]+"
    rf"(?:届(?=历次|[{NUMERALS}]*中)|(?=中全会|中、)|大(?=精神|报告|以来|和[{NUMERALS}]))"
)
CONGRESS_HINT = re.compile(rf"[{NUMERALS}][大届中]")
COUNTED = "个大项类种条家座所处级期批轮次倍方步省市县区院站套台辆口宗份名位户组场部科点层维流"
COUNT_AFTER = re.compile(rf"(?:部门|方面|领域|行业|年|月|天|日|[{COUNTED}])")
# 专栏1, 附表2
BOX = re.compile(r"(?:专栏|附?表|附?图|附件) ?$")
DURATION = re.compile(r"年|个?月|天|日|小时|周")
DURATION_UNITS = frozenset({"year", "month", "day", "hour", "week"})
FREQUENCY_BEFORE = re.compile(r"每(?!小时)年?[^，。]{0,3}?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A number at `[start, end)` of the clause's text, its value if it has one, what it is and the rule that says so.

    For a target, `commitments` are the positions of those that it gives; for a deadline, `moment` is its time.
    """

    start: int
    end: int
    value: float | None
    disposition: str
    rule: str
    commitment: int | None = None
    moment: Moment | None = None


def ledger(
    clause: Clause,
    times: list[Moment],
    found: list[Quantity],
    committed: list[Commitment],
    others: dict[int, tuple[str, str]],
    left_over: frozenset[int],
    given: Sequence[Entry] = (),
) -> list[Entry]:
    """The entries of a clause, in order and apart; together they cover every numeral in it. given: those of its tables."""
    string = clause.text.string
    entries = [*given] + [
        Entry(time.start, time.end, float(time.year), time.role, "time", moment=_deadline(time))
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
            disposition, rule = others.get(start) or _plain(string, number, clause, left_over)
            wider = _with_letters(string, start, end) if disposition == "name" else (start, end)
            entry = Entry(*wider, number.value if wider == (start, end) else None, disposition, rule)
        entries.append(entry)
        covered[entry.start : entry.end] = b"\x01" * (entry.end - entry.start)
    return sorted(entries + _rest(string, covered), key=lambda entry: entry.start)


def _deadline(time: Moment) -> Moment | None:
    return time if time.role == "deadline" else None


def _documents(string: str, covered: bytearray, targets: bytearray) -> list[Entry]:
    """Document numbers (〔2022〕42号) and codes of standards; what is a target's number is none."""
    return [
        Entry(*match.span(), None, *(("document", "document") if "号" in match[0] else ("name", "standard")))
        for match in DOCUMENT.finditer(string)
        if 1 not in covered[match.start() : match.end()] and 1 not in targets[match.start() : match.end()]
    ]


def _rest(string: str, covered: bytearray) -> list[Entry]:
    """The entries of the numbers that no other entry covers."""
    congresses = []
    if CONGRESS_HINT.search(string):
        congresses = [match.span() for match in CONGRESS.finditer(string)]
    rest: list[Entry] = []
    for match in NUMBER.finditer(string):
        for start, end in _gaps(match.start(), match.end(), covered):
            entry = _left_over(string, start, end, congresses)
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


def _plain(string: str, number: Quantity, clause: Clause, left_over: frozenset[int]) -> tuple[str, str]:
    """What a number is that commits to nothing, and the rule that says so; undecided where none does."""
    behind = string[number.number_end : number.number_end + 6]
    if BOX.search(string, max(0, number.start - 4), number.start):
        return "ordinal", "box"
    if string[number.start - 1 : number.start] == "第" or _opens_item(string, number):
        return "ordinal", "item"
    if _is_name(string, number, clause):
        return "name", "letters"
    if FREQUENCY_BEFORE.search(string, max(0, number.start - 4), number.start):
        return "frequency", "every"
    if not number.unit and behind.startswith(("号", "版", "期", "代")):
        return "name", "edition"
    if number.unit in DURATION_UNITS or (not number.unit and DURATION.match(behind)):
        return "duration", "time-unit"
    if clause.role == "context":
        return "background", "context"
    if number.start in left_over:
        return "undecided", "left-over"
    if number.comparator or behind.startswith(("级", "的")):
        return "threshold", "bound"
    if number.unit in RATIOS:
        return "undecided", "none"
    return ("count", "counted") if number.unit or COUNT_AFTER.match(behind) else ("undecided", "none")


def _is_name(string: str, number: Quantity, clause: Clause) -> bool:
    """Whether a number is part of a name: letters or a quotation beside it, or in a list of agencies."""
    before, after = string[number.start - 1 : number.start], string[number.end : number.end + 1]
    latin = (before.isascii() and before.isalpha()) or (
        not number.unit and after.isascii() and (after.isalpha() or after == "+")
    )
    quoted = before in ("“", "‘", "+", "-") or after in ("”", "’")
    listed = any(part.start <= number.start < part.end for part in clause.brackets)
    return latin or quoted or listed


def _opens_item(string: str, number: Quantity) -> bool:
    start, mark = number.start, string[number.end : number.end + 1]
    if string[start - 1 : start] == "（" and mark == "）":
        return start == 1 or string[start - 2] in "。；：\n"  # （1）
    if mark not in ("．", ".", "、"):
        return False
    return start == 0 or string[start - 1] == "\n"


def _left_over(string: str, start: int, end: int, congresses: list[tuple[int, int]]) -> Entry:
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
    if written not in ("一", "万", "千", "百", "亿", "零") and (match := COUNT_AFTER.match(string, end)):
        kind = ("duration", "time-unit") if match[0] in ("年", "月", "天", "日") else ("count", "counted")
        return Entry(start, end, _float(value), *kind)
    return Entry(start, end, None, "word", "word")


def _with_letters(string: str, start: int, end: int) -> tuple[int, int]:
    """A number with the Latin letters that make a name of it.

    >>> text = "推动5G通信和PM2.5监测"
    >>> [text[slice(*_with_letters(text, start, end))] for start, end in ((2, 3), (9, 12))]
    ['5G', 'PM2.5']
    """
    while start > 0 and string[start - 1].isascii() and string[start - 1].isalpha():
        start -= 1
    while end < len(string) and string[end].isascii() and string[end].isalpha():
        end += 1
    return start, end


def _is_plain(written: str) -> bool:
    return bool(PLAIN.fullmatch(written))


def _float(value: float | int | None) -> float | None:
    return None if value is None else float(value)
