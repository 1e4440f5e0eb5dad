"""Rows in; those whose codes, values and dates are not what their printed words say by plain look-up, out."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.guard.checks.provenance import WORDS
from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import View
from pipelines.text.numerals import chinese_number
from pipelines.vocabulary import Vocabulary

SCALES = {
    "": 1,
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
SCALE = re.compile(r"万亿|千万|百万|万|亿|千|百|")
UPPER = re.compile(rf"(?P<own>{SCALE.pattern})[^\d]{{0,6}}[-—–－﹣−~～至到]\d[\d.,]*")
PERIOD = re.compile(r"(二?十[一二三四五六七八九]?)五")
YEAR, MONTH = re.compile(r"20\d\d"), re.compile(r"(?<!\d)(1[0-2]|0?[1-9])月")
FILLER = re.compile(r"[、，]")


@rule()
def kind_whole(view: View, table: str) -> Iterator[Found]:
    """A quantified target has indicator, value, relation and kind of change; a milestone has none of them, and a time."""
    for row, each in enumerate(view.rows(table)):
        facts = ("indicator", "value", "value_as_written", "comparator", "change")
        if each["kind"] == "quantified":
            lacking = next((name for name in facts if each[name] in (None, "")), "")
            if lacking:
                yield row, lacking, "a quantified target has one"
        else:
            extra = next(
                (name for name in (*facts, "unit", "scope", "baseline_year") if each[name] is not None), ""
            )
            if extra or each["deadline"] is None:
                yield row, extra or "deadline", f"a milestone has {'none' if extra else 'a deadline'}"


@rule("clauses", "repairs")
def words_printed(view: View, table: str) -> Iterator[Found]:
    """The words that gave a value stand in the row's own words; those of a target also before them in its sentence."""
    names = [str(each) for each in view.package.frames[table].columns]
    evidence = [each for each in names if each.endswith("_as_written")]
    evidence += [each for each in ("hedge", "scope", "verb", "title") if each in names]
    texts = _texts_of_evidence(view, table)
    for column in evidence:
        for row, (cell, text) in enumerate(zip(view.column(table, column), texts, strict=True)):
            if (
                cell
                and cell not in text
                and (missing := [each for each in FILLER.split(cell) if each not in text])
            ):
                yield row, column, f"“{missing[0]}” does not stand in “{text[-60:]}”"


def _texts_of_evidence(view: View, table: str) -> list[str]:
    """The words of each row, with those before them in a target's sentence; for who is responsible, all up to its clause."""
    if table == "responsibilities":  # 列第一位的为牵头单位 may stand in an earlier clause
        homes = [view.clause_spans.get((view.home(each) or {}).get("clause_id")) for each in view.rows(table)]
        return [view.text(home[0])[: home[2]] if home is not None else "" for home in homes]
    if table == "clauses":
        headings = ("chapter_title", "section_title", "title", "text")
        return [
            "\n".join(filter(None, row))
            for row in zip(*(view.column(table, name) for name in headings), strict=True)
        ]
    words = [cell or "" for cell in view.column(table, WORDS[table])]
    if table != "targets":
        return words
    before = (re.split(r"[。\n]", before)[-1] for before, _ in view.beside(table))
    return [sentence + quote for sentence, quote in zip(before, words, strict=True)]


Meanings = Callable[[str], Collection[str]]


def codes(vocabulary: Vocabulary) -> Mapping[str, Sequence[tuple[str, str, Meanings, tuple[str, ...]]]]:
    """By table: the column of a code, that of the words which gave it, what words mean, and the codes without words."""

    def of(meanings: Mapping[str, Collection[str]]) -> Meanings:
        return lambda words: meanings.get(words, ())

    def role(words: str) -> Collection[str]:
        found = {row.role for row in vocabulary.roles if row.pattern.fullmatch(words)}
        return found | {"objective"} if "context" in found else found  # 总体要求 over 到2025年，…

    def sector(words: str) -> Collection[str]:
        return {row.sector_id for row in vocabulary.sectors if row.pattern.fullmatch(words)}

    rest = vocabulary.sectors_in_turn[-1].sector_id
    return {
        "targets": (
            ("comparator", "comparator_as_written", of(vocabulary.comparator_of), ("=",)),
            ("change", "change_as_written", of(vocabulary.change_of), ("level",)),
            ("strength", "strength_as_written", of(vocabulary.strength_of), ("firm",)),
        ),
        "clauses": (
            ("role", "role_as_written", role, ("task", "context")),
            ("sector_id", "sector_as_written", sector, (rest,)),
        ),
        "measures": (("bindingness", "bindingness_as_written", of(vocabulary.bindingness_of), ("require",)),),
        "responsibilities": (("role", "role_as_written", vocabulary.duties.roles, ("shared", "sole")),),
    }


@rule(needs=["vocabulary"])
def code_of_words(view: View, table: str) -> Iterator[Found]:
    """A code is what the vocabulary has for the words that the row quotes; without words it is the plain one."""
    assert view.vocabulary is not None
    for column, evidence, meaning, plain in codes(view.vocabulary)[table]:
        cells = zip(view.column(table, column), view.column(table, evidence), strict=True)
        for row, (code, words) in enumerate(cells):
            said = meaning(words) if words else plain
            if code is not None and code not in said:
                yield row, column, f"“{words or ''}” means {' or '.join(sorted(said)) or 'nothing'}"


@rule("clauses", "repairs", needs=["vocabulary"])
def value_of_words(view: View, table: str) -> Iterator[Found]:
    """A value is its printed digits times the 万 or 亿 behind them; a unit is one that the vocabulary has for the words."""
    assert view.vocabulary is not None
    units = view.vocabulary.unit_of
    texts = [before + after for before, after in view.beside(table)]
    for row, each in enumerate(view.rows(table)):
        words, quote = each["value_as_written"], each["quote"] or ""
        if words is None or each["value"] is None:
            continue
        readings = list(quantities(words))
        if each["located_in"] == "table":  # whose heading may print the scale: 万千瓦
            readings += [
                (value * scale, rest)
                for value, rest in readings
                for word, scale in SCALES.items()
                if word in texts[row] + quote
            ]
        if not any(close(value, each["value"]) for value, _ in readings):
            yield row, "value", f"the words say {words}"
            continue
        rests = {rest for value, rest in readings if close(value, each["value"])}
        known = {units[rest].unit_id for rest in rests if rest in units}
        if not known and "" in rests:  # in a table the unit stands elsewhere
            known = {unit.unit_id for printed, unit in units.items() if printed in texts[row] + quote}
        if each["unit"] is not None and each["unit"] not in known:
            yield row, "unit", f"the words say {' or '.join(sorted(known)) or words}"


@rule("clauses", "repairs")
def number_of_words(view: View, table: str) -> Iterator[Found]:
    """The value of a number is printed in its words, in digits or in Chinese; a target's and a deadline's is that of its row."""
    names = ("value", "as_written", "disposition")
    for row, (value, words, disposition) in enumerate(
        zip(*(view.column(table, name) for name in names), strict=True)
    ):
        known = value is None or disposition in ("target", "deadline")
        if not known and not says(words or "", value):
            yield row, "value", f"the words say {words}"


def says(words: str, value: float) -> bool:
    """Whether printed words say a value, of a range its lower bound.

    >>> says("40亿立方米", 4e9), says("100—150万平方米", 1e6), says("十四", 14), says("“十四五”期间", 2025)
    (True, True, True, True)
    >>> says("40亿立方米", 40), says("57%", 75)
    (False, False)
    """
    if any(close(number, value) for number, _ in quantities(words)):
        return True
    period = PERIOD.search(words)
    if period and (number_of := chinese_number(period[1])) and value == 2025 + 5 * (number_of - 14):
        return True
    return any(
        chinese_number(part) == value
        for part in re.findall("[〇零一二三四五六七八九十百千万亿两]+", words.replace("○", "〇"))
    )


def quantities(words: str) -> Iterator[tuple[float, str]]:
    """The values that printed digits can have, by the scale behind them, each with what is left of the words as its unit.

    >>> list(quantities("430万千瓦")), list(quantities("545千克标准煤"))
    ([(4300000.0, '千瓦')], [(545000.0, '克标准煤'), (545.0, '千克标准煤')])
    >>> list(quantities("10—15万亩"))
    [(100000.0, '亩'), (150000.0, '亩')]
    """
    for match in DIGITS.finditer(words):
        number, behind = Decimal(match[0].replace(",", "")), words[match.end() :].lstrip("多余")
        own = ""
        if upper := UPPER.match(behind):  # of a range, whose unit and scale stand behind its upper number
            own, behind = upper["own"], behind[upper.end() :]
        scale = SCALE.match(behind)[0]  # type: ignore[index]  # it matches nothing, too
        yield float(number * SCALES[own or scale]), behind.removeprefix(scale).lstrip("多余")
        if scale in ("千", "百"):  # 千瓦, 百分点
            yield float(number), behind


def close(one: float, other: float) -> bool:
    """Whether two numbers are the same but for their last bits."""
    return abs(one - other) <= 1e-9 * max(1.0, abs(one), abs(other))


@rule()
def date_of_words(view: View, table: str) -> Iterator[Found]:
    """A time ends in the last year and month that its words print, and starts before it ends."""
    for row, each in enumerate(view.rows(table)):
        if said := misdated(each["as_written"] or "", each["start_date"], each["end_date"]):
            yield row, "end_date", said


def misdated(words: str, start: Any, end: Any) -> str:
    """What the words of a time say against its dates.

    >>> from datetime import date
    >>> misdated("到2025年", None, date(2026, 12, 31)), misdated("2024年6月底前", None, date(2024, 6, 30))
    ('the words end in 2025', '')
    """
    years, months = YEAR.findall(words), MONTH.findall(words)
    period = PERIOD.search(words)
    if end is None:
        return "a time has its last day"
    if years and end.year != int(years[-1]):
        return f"the words end in {years[-1]}"
    if not years and period and end.year != 2025 + 5 * ((chinese_number(period[1]) or 0) - 14):
        return f"the words end with the period {period[0]}"
    if months and end.month != int(months[-1]):
        return f"the words end in month {months[-1]}"
    return f"it starts on {start}" if start is not None and start > end else ""


@rule("deadlines", "plans")
def deadline_of_time(view: View, table: str) -> Iterator[Found]:
    """The deadline of a target is the last day of its time, a row of deadlines, and lies behind its baseline.

    The time stands in the clause of the target, or opens the list of which the target is an item.
    """
    deadlines = view.one("deadlines")
    for row, each in enumerate(view.rows(table)):
        time = deadlines.get(each["deadline_id"])
        if time is not None and (each["deadline"], each["period_start"]) != (
            time["end_date"],
            time["start_date"],
        ):
            yield row, "deadline", f"its time, “{time['as_written']}”, ends on {time['end_date']}"
        elif (
            time is not None
            and time["clause_id"] != each["clause_id"]
            and each["deadline_basis"] != "paragraph"
        ):
            yield row, "deadline_id", f"its time stands in {time['clause_id']}"
        elif (each["deadline"] is None) != (each["deadline_basis"] is None):
            yield row, "deadline_basis", "a deadline, and nothing else, has a basis"
        elif time is None and each["deadline"] is not None and each["deadline_basis"] != "plan":
            yield row, "deadline_id", "a deadline that stands in the plan has its row"
        elif each["baseline_year"] and each["deadline"] and each["baseline_year"] >= each["deadline"].year:
            yield row, "baseline_year", f"the deadline is {each['deadline']}"
