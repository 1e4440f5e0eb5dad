"""Rows in; those whose codes, values and dates are not what their printed words say by plain look-up, out."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import View
from pipelines.text.numerals import chinese_number

SCALES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12}
DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
SCALED = re.compile(r"[多余]?(万亿|千万|百万|万|亿|千|)")
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
            extra = next((name for name in (*facts, "unit", "scope", "baseline_year") if each[name] is not None), "")
            if extra or each["deadline"] is None:
                yield row, extra or "deadline", f"a milestone has {'none' if extra else 'a deadline'}"


@rule()
def words_printed(view: View, table: str) -> Iterator[Found]:
    """The words that gave a value stand in the row's own words."""
    where = {"targets": "quote", "measures": "text", "clauses": "text"}.get(table, "as_written")
    names = [str(each) for each in view.package.frames[table].columns]
    evidence = [each for each in names if each.endswith("_as_written")]
    evidence += [each for each in ("hedge", "scope", "verb", "title") if each in names]
    texts = view.column(table, where)
    for column in evidence:
        for row, (cell, text) in enumerate(zip(view.column(table, column), texts, strict=True)):
            missing = next((each for each in FILLER.split(cell or "") if each not in (text or "")), "")
            if missing and (cell or "") not in (text or ""):
                yield row, column, f"“{missing}” does not stand in “{(text or '')[:60]}”"


@rule("clauses", "repairs", needs=["vocabulary"])
def value_of_words(view: View, table: str) -> Iterator[Found]:
    """A value is its printed digits times the 万 or 亿 behind them; a unit is one that the vocabulary has for the words."""
    assert view.vocabulary is not None
    units = view.vocabulary.unit_of
    for row, each in enumerate(view.rows(table)):
        words, quote = each["value_as_written"], each["quote"] or ""
        if words is None or each["value"] is None:
            continue
        digits = DIGITS.match(words)
        if digits is None or not says(words, each["value"], quote):
            yield row, "value", f"the words say {words}"
            continue
        rests = {words[digits.end() :], words[digits.end() :].lstrip("多余千百万亿").lstrip("多余")}
        known = {units[rest].unit_id for rest in rests if rest in units}
        if not known and not any(rests):  # the lower bound of a range, whose unit stands behind the upper one
            known = {unit.unit_id for printed, unit in units.items() if printed in quote}
        if each["unit"] is not None and each["unit"] not in known:
            yield row, "unit", f"the words say {' or '.join(sorted(known)) or words}"


@rule()
def number_of_words(view: View, table: str) -> Iterator[Found]:
    """The value of a number is printed in its words, in digits, in Chinese, or as the period that ends in its year."""
    for row, (value, words) in enumerate(
        zip(view.column(table, "value"), view.column(table, "as_written"), strict=True)
    ):
        if value is not None and not says(words or "", value, words or ""):
            yield row, "value", f"the words say {words}"


def says(words: str, value: float, beside: str) -> bool:
    """Whether printed words say a value; the scale of a range's lower bound stands `beside` it, behind the upper one.

    >>> says("40亿立方米", 4e9, ""), says("100", 1e6, "面积100—150万平方米"), says("十四", 14, ""), says("“十四五”期间", 2025, "")
    (True, True, True, True)
    >>> says("40亿立方米", 4e8, ""), says("57%", 75, "提高至57%")
    (False, False)
    """
    for match in DIGITS.finditer(words):
        number = Decimal(match[0].replace(",", ""))
        scaled = SCALED.match(words, match.end())
        scales = {1, SCALES[scaled[1] if scaled else ""]}
        if words == match[0] and (upper := re.search(rf"{re.escape(words)}[-—–~～至到]\d[\d.]*(万|亿|千)", beside)):
            scales.add(SCALES[upper[1]])
        if any(abs(float(number * scale) - value) <= 1e-9 * max(1.0, abs(value)) for scale in scales):
            return True
    period = PERIOD.search(words)
    if period and (number_of := chinese_number(period[1])) and value == 2025 + 5 * (number_of - 14):
        return True
    return any(chinese_number(part) == value for part in re.findall("[〇零一二三四五六七八九十百千万亿两]+", words))


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
    """The deadline of a target is the last day of its time, a row of deadlines of its clause, and lies behind its baseline."""
    deadlines = view.one("deadlines")
    for row, each in enumerate(view.rows(table)):
        time = deadlines.get(each["deadline_id"])
        if time is not None and (each["deadline"], each["period_start"]) != (time["end_date"], time["start_date"]):
            yield row, "deadline", f"its time, “{time['as_written']}”, ends on {time['end_date']}"
        elif time is not None and time["clause_id"] != each["clause_id"]:
            yield row, "deadline_id", f"its time stands in {time['clause_id']}"
        elif time is None and each["deadline"] is not None and each.get("deadline_basis") != "plan":
            yield row, "deadline_id", "a deadline that stands in the plan has its row"
        elif each["baseline_year"] and each["deadline"] and each["baseline_year"] >= each["deadline"].year:
            yield row, "baseline_year", f"the deadline is {each['deadline']}"


@rule(needs=["vocabulary"])
def bindingness_of_verb(view: View, table: str) -> Iterator[Found]:
    """How binding a measure is follows from its verb by the vocabulary; without a verb it requires."""
    assert view.vocabulary is not None
    for row, (verb, bindingness) in enumerate(
        zip(view.column(table, "verb"), view.column(table, "bindingness"), strict=True)
    ):
        known = view.vocabulary.verb_of.get(verb)
        wanted = "require" if verb is None else known.bindingness if known else "a verb of verbs.csv"
        if bindingness != wanted:
            yield row, "bindingness", f"{verb or 'no verb'} means {wanted}"
