"""Checks the codes, values and dates of rows against their own printed words, by plain look-up."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.guard.checks.provenance import WORDS
from pipelines.guard.checks.rule import Found, rule
from pipelines.guard.checks.view import Row, Span, View
from pipelines.linking.citation_words import citation_words
from pipelines.linking.indicators import named
from pipelines.reading.dates import MONTH, PERIOD_NAME, period_of
from pipelines.text.numerals import MULTIPLIERS, chinese_number
from pipelines.vocabulary import Vocabulary, load_vocabulary

DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
UPPER = re.compile(rf"(?P<own>{'|'.join(MULTIPLIERS)})[^\d]{{0,6}}[-—–－﹣−~～至到]\d[\d.,]*")
YEAR, IN_MONTH = re.compile(r"20\d\d"), re.compile(rf"(?<!\d)({MONTH})月")
PART_END = re.compile(r"[。；，\n]")
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


@rule("blocks", "clauses", "repairs")
def words_printed(view: View, table: str) -> Iterator[Found]:
    """The words that gave a value stand in the row's own words; those of a target also before them in its sentence."""
    names = [str(each) for each in view.package.frames[table].columns]
    evidence = [each for each in names if each.endswith("_as_written")]
    evidence += [each for each in ("hedge", "scope", "verb", "title", "indicator_words") if each in names]
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
    """The words of each row, with those before them in a target's sentence; the clause of a citation; for who is responsible,
    its bracket or table."""
    if table == "responsibilities":
        return _said_of_roles(view)
    if table == "clauses":
        headings = ("chapter_title", "section_title", "title", "text")
        return [
            "\n".join(filter(None, row))
            for row in zip(*(view.column(table, name) for name in headings), strict=True)
        ]
    words = [cell or "" for cell in view.column(table, WORDS[table])]
    if table == "citations":
        homes = view.one("clauses")
        return [str((homes.get(each) or {}).get("text")) for each in view.column(table, "clause_id")]
    if table != "targets":
        return words
    before = (re.split(r"[。\n]", before)[-1] for before, _ in view.beside(table))
    return [sentence + quote for sentence, quote in zip(before, words, strict=True)]


def _said_of_roles(view: View) -> list[str]:
    """What can give each role: the bracket, the table with its heading, or a legend of the clause or an earlier one."""
    legend = (view.vocabulary or load_vocabulary()).duties.order
    legends = {document: list(legend.finditer(text)) for document, text in view.package.texts.items()}
    found = []
    for row in view.rows("responsibilities"):
        home = view.home(row) or {}
        lines = str(home.get("responsibility_text")).split("\n")
        document, _, end = view.clause_spans.get(home.get("clause_id")) or ("", 0, 0)
        of, first, last = view.table_around(row) or (document, 0, 0)
        said = [line for line in lines if str(row["as_written"]) in line]
        said += [match[0] for match in legends.get(document, ()) if match.end() <= end]
        found.append("\n".join([*said, view.text(of)[first:last]]))
    return found


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

    rest, cited = vocabulary.sectors_in_turn[-1].sector_id, citation_words(vocabulary)
    return {
        "targets": (
            ("strength", "strength_as_written", of(vocabulary.strength_of), ("firm",)),
            ("comparator", "comparator_as_written", of(vocabulary.comparator_of), ("=",)),
            ("change", "change_as_written", of(vocabulary.change_of), ("level",)),
        ),
        "clauses": (
            ("role", "role_as_written", role, ("task", "context")),
            ("sector_id", "sector_as_written", sector, (rest,)),
        ),
        "citations": (
            ("relation", "relation_as_written", of(cited.relations_of), ("mentions",)),
            (
                "kind",
                "kind_as_written",
                of({word: {code} for word, code in cited.endings.items()}),
                ("standard",),
            ),
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


@rule(needs=["vocabulary"])
def indicator_named(view: View, table: str) -> Iterator[Found]:
    """The indicator of a target is the one that its words as printed name, with its unit and its kind of change."""
    assert view.vocabulary is not None
    for row, each in enumerate(view.rows(table)):
        if each["kind"] != "quantified" or (each["unit"] or "") not in {"", *view.vocabulary.unit_ids}:
            continue
        found = named(str(each["indicator"]), each["unit"] or "", str(each["change"]), view.vocabulary)
        own = (found.indicator_id, found.words) if found else (None, None)
        if own != (each["indicator_id"], each["indicator_words"]):
            yield row, "indicator_id", f"“{each['indicator']}” names {own[0] or 'no indicator'} by {own[1]}"


@rule("clauses", "deadlines", "numbers", "repairs", needs=["vocabulary"])
def words_used(view: View, table: str) -> Iterator[Found]:
    """A word at the number of a target (以上, 下降) gave its code, and so did 力争 before its quote or its time: none is left over."""
    assert view.vocabulary is not None
    ahead, behind = words_at_numbers(view.vocabulary)
    strength = re.compile("|".join(map(re.escape, view.vocabulary.strength_of)))
    times = view.one("deadlines")
    hedges = {row.word: {row.word} for row in view.vocabulary.hedges}
    told = (*codes(view.vocabulary)[table], ("hedge", "hedge", lambda words: hedges.get(words, ()), ()))
    numbers: dict[Any, list[tuple[Row, tuple[str, str]]]] = defaultdict(list)
    for number, sides in zip(view.rows("numbers"), view.beside("numbers"), strict=True):
        numbers[number["clause_id"], number["as_written"]].append((number, sides))
    for row, (each, (before, _)) in enumerate(zip(view.rows(table), view.beside(table), strict=True)):
        if each["located_in"] == "table" or each["kind"] != "quantified":
            continue
        words = [
            word
            for number, sides in numbers[each["clause_id"], each["value_as_written"]]
            if each["source_start"] <= number["source_start"] < each["source_end"]
            for word in at_number(*sides, ahead, behind)
        ]
        time = str(times.get(each["deadline_id"], {}).get("as_written"))
        words += strength.findall(PART_END.split(before.removesuffix(f"{time}，"))[-1])
        for word in words:
            code, evidence, meaning, plain = next(column for column in told if column[2](word))
            given = each[evidence] or ""
            if word not in given and not (given and {*meaning(word)} & {each[code], *plain}):
                yield row, evidence, f"“{word}” stands at the number and gave no code"


def words_at_numbers(vocabulary: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words that may stand before a number, at the end of a text, and those behind it, at the beginning of one."""
    sides: dict[bool, set[str]] = {True: set(), False: set()}
    for row in vocabulary.comparators:
        sides[row.stands == "behind"].add(row.word)
    for words in (vocabulary.changes, vocabulary.strengths, vocabulary.hedges):
        sides[False] |= {row.word for row in words}
    ahead, behind = (
        "|".join(sorted(map(re.escape, sides[side]), key=len, reverse=True)) for side in (False, True)
    )
    return re.compile(f"(?:{ahead})$"), re.compile(behind)


def at_number(before: str, after: str, ahead: re.Pattern[str], behind: re.Pattern[str]) -> Iterator[str]:
    """The words that stand directly before a number, the nearest first, and the one behind it.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> list(at_number("回收率力争达到", "以上，实现", *words_at_numbers(load_vocabulary())))
    ['达到', '力争', '以上']
    """
    while match := ahead.search(before):
        yield match[0]
        before = before[: match.start()]
    if match := behind.match(after):
        yield match[0]


@rule("blocks", "clauses", "repairs", needs=["vocabulary"])
def value_of_words(view: View, table: str) -> Iterator[Found]:
    """A value is its printed digits times the 万 or 亿 behind them; a unit is one that the vocabulary has for the words."""
    assert view.vocabulary is not None
    units = view.vocabulary.unit_of
    heads = _heads_of_tables(view, table)
    for row, each in enumerate(view.rows(table)):
        words, quote = each["value_as_written"], each["quote"] or ""
        if words is None or each["value"] is None:
            continue
        readings, beside = list(quantities(words)), heads[row] + quote
        if each["located_in"] == "table":  # whose row or heading may print the scale: 万千瓦
            readings += [
                (value * scale, rest)
                for value, rest in readings
                for word, scale in MULTIPLIERS.items()
                if word in beside
            ]
        if not any(close(value, each["value"]) for value, _ in readings):
            yield row, "value", f"the words say {words}"
            continue
        rests = {rest for value, rest in readings if close(value, each["value"])}
        known = {units[rest].unit_id for rest in rests if rest in units}
        if not known and "" in rests:  # in a table the unit stands elsewhere
            known = {unit.unit_id for printed, unit in units.items() if printed in beside}
        if each["unit"] is not None and each["unit"] not in known:
            yield row, "unit", f"the words say {' or '.join(sorted(known)) or words}"


def _heads_of_tables(view: View, table: str) -> list[str]:
    """For each row that stands in a table: what stands over the first row there, with the line before the table; else nothing."""
    tables = [view.table_around(each) for each in view.rows(table)]
    first: dict[Span | None, int] = {}
    for around, span in zip(tables, view.spans(table), strict=True):
        first[around] = min(first.get(around, span[1]), span[1]) if span is not None else 0
    return [
        view.text(around[0])[view.text(around[0]).rfind("\n", 0, max(0, around[1] - 1)) + 1 : first[around]]
        if around
        else ""
        for around in tables
    ]


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
    period = PERIOD_NAME.search(words)
    if period and value == period_of(period["tens"])[1]:
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
    >>> list(quantities("5千亿元")), list(quantities("3十万元"))
    ([(500000000000.0, '元')], [(300000.0, '元')])
    """
    for match in DIGITS.finditer(words):
        number, behind = Decimal(match[0].replace(",", "")), words[match.end() :].lstrip("多余")
        own = ""
        if upper := UPPER.match(behind):  # of a range, whose unit and scale stand behind its upper number
            own, behind = upper["own"], behind[upper.end() :]
        scale = next(word for word in MULTIPLIERS if behind.startswith(word))
        yield float(number * MULTIPLIERS[own or scale]), behind.removeprefix(scale).lstrip("多余")
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
    years, months = YEAR.findall(words), IN_MONTH.findall(words)
    period = PERIOD_NAME.search(words)
    if end is None:
        return "a time has its last day"
    if years and end.year != int(years[-1]):
        return f"the words end in {years[-1]}"
    if not years and period and end.year != period_of(period["tens"])[1]:
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
