"""A clause in, everything that the tables hold of it out: measures, deadlines, targets, numbers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from pipelines.document.outline import Clause, Part
from pipelines.reading.commitments import LONGEST_RUN, Commitment, commitments
from pipelines.reading.grammar import Grammar, grammar
from pipelines.reading.ledger import Entry, ledger
from pipelines.reading.moments import YEARLESS, Moment, moments
from pipelines.reading.quantities import Quantity, quantities
from pipelines.reading.verbs import verb_of
from pipelines.vocabulary import Vocabulary

DIGIT = re.compile(r"\d")
BRACKET = re.compile(r"[（〈]")
SET_APART = re.compile(r"(?:相比|为基准|的?基础上)[^，]{0,4}，")
COMPLETION = re.compile(r"(?:基本|全面|初步)?(?:完成|实现|建成|形成|达到|消除)")
SEGMENT_END = re.compile(r"[，：]")
STRIVING = re.compile(r"力争|争取|努力|，")
WITHOUT_YEAR = re.compile(YEARLESS)
# 到2025年，主要目标如下： what opens a list, and how an item of it begins
OPENS_LIST = re.compile(r"[：:]\s*$")
LISTED = re.compile(r"\s*(?:\d{1,2}[．.、]|（\d{1,2}）|[①-⑳]|—|[一二三四五六七八九十]是)")
JOINED = re.compile(r"(?:、|和|及|以及|与)?")


@dataclass(frozen=True, slots=True)
class Measure:
    """A sentence of an acting clause: what is to be done, by which verb, how binding."""

    part: Part
    verb: str
    bindingness: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """A commitment without a number, `[start, end)` of the clause's text, the time that governs it, its hedges."""

    start: int
    end: int
    moment: Moment
    is_striven: bool
    hedge: str


@dataclass(frozen=True, slots=True)
class ClauseFacts:
    """What was read in a clause; the offsets in it are those of the clause's text."""

    measures: tuple[Measure, ...]
    deadlines: tuple[Moment, ...]
    commitments: tuple[Commitment, ...]
    milestones: tuple[Milestone, ...]
    entries: tuple[Entry, ...]


def read_clause(clause: Clause, vocabulary: Vocabulary, issued_on: date | None) -> ClauseFacts:
    """The facts of one clause. issued_on is the plan's date: what ends before it is no deadline."""
    words = grammar(vocabulary)
    string = clause.text.string
    is_background = clause.role in ("context", "principle")
    times = _outside(moments(string, issued_on, is_background), clause.brackets)
    deadlines = [time for time in times if time.role == "deadline"]
    found: list[Quantity] = []
    if DIGIT.search(string):
        taken = [(time.start, time.end) for time in times] + [
            (part.start, part.end) for part in clause.brackets
        ]
        found = quantities(string, words, taken)
    committed: list[Commitment] = []
    milestones: list[Milestone] = []
    others: dict[int, str] = {}
    if found or deadlines:
        opened: Moment | None = None
        before: Moment | None = None
        for sentence in _whole_sentences(clause):
            start, end = sentence[0].start, sentence[-1].end
            first = bisect_left(found, start, key=lambda number: number.start)
            after = bisect_left(found, end, key=lambda number: number.start)
            inside = [number for number in found[first:after] if not _is_name(string, number)]
            its_times = _between(times, start, end)
            its_deadlines = _between(deadlines, start, end)
            if OPENS_LIST.search(string, end - 1, end + 1):
                # 到2025年，格局基本形成。具体目标如下：
                opened = its_deadlines[-1] if its_deadlines else before
            before = its_deadlines[-1] if its_deadlines else None
            line = string.rfind("\n", 0, start) + 1 if opened is not None else 0
            listed = opened if not its_deadlines and LISTED.match(string, line) else None
            own: list[Commitment] = []
            if inside:
                reading = commitments(string, start, end, inside, times, words)
                others |= reading.others
                own = [
                    _since_baseline(commitment, its_times, string, start)
                    for commitment in _governed(
                        string, reading.commitments, its_deadlines, sentence, words, listed
                    )
                ]
                if is_background:
                    own = [commitment for commitment in own if commitment.moment is not None]
                committed += own
            if its_deadlines:
                milestones += _milestones(string, sentence, its_deadlines, own, words)
    entries = ledger(clause, times, found, committed, others)
    measures = tuple(_measure(part, string, words) for part in clause.sentences) if clause.is_acting else ()
    return ClauseFacts(measures, tuple(deadlines), tuple(committed), tuple(milestones), tuple(entries))


def _between(times: list[Moment], start: int, end: int) -> list[Moment]:
    """The times that begin in `[start, end)`; they are in order."""
    first = bisect_left(times, start, key=lambda time: time.start)
    return times[first : bisect_left(times, end, lo=first, key=lambda time: time.start)]


def _outside(times: list[Moment], brackets: tuple[Part, ...]) -> list[Moment]:
    """Time expressions inside a responsibility bracket say nothing of a commitment."""
    if not brackets:
        return times
    return [
        replace(time, role="name")
        if time.role == "deadline" and any(part.start <= time.start < part.end for part in brackets)
        else time
        for time in times
    ]


def _is_name(string: str, number: Quantity) -> bool:
    """Whether a number is part of a name: PM2.5 and 5G have letters beside it, “433” is quoted alone."""
    before, after = string[number.start - 1 : number.start], string[number.end : number.end + 1]
    if not number.unit and (after.isascii() and after.isalpha()):
        return True
    return before == "“" and after == "”"


def _whole_sentences(clause: Clause) -> list[list[Part]]:
    """The sentences of a clause as they stand between full stops: parts that ； alone divides stay together."""
    string = clause.text.string
    sentences: list[list[Part]] = []
    for part in clause.sentences:
        if sentences and string[sentences[-1][-1].end : sentences[-1][-1].end + 1] == "；":
            sentences[-1].append(part)
        else:
            sentences.append([part])
    return sentences


def _governed(
    string: str,
    found: Iterable[Commitment],
    deadlines: list[Moment],
    sentence: list[Part],
    words: Grammar,
    listed: Moment | None,
) -> list[Commitment]:
    """The commitments with the time that governs each: the nearest before it in its sentence, or that of its list."""
    governed = []
    start = sentence[0].start
    yearless = [match.start() for match in WITHOUT_YEAR.finditer(string, start, sentence[-1].end)]
    for commitment in found:
        moment = _governing(string, commitment.quantity.start, deadlines, start, yearless) or listed
        striven = commitment.is_striven or (moment is not None and _is_striven(string, moment, words))
        governed.append(replace(commitment, moment=moment, is_striven=striven))
    return _each_its_time(string, governed, deadlines)


def _governing(
    string: str, place: int, deadlines: list[Moment], start: int, yearless: list[int]
) -> Moment | None:
    """The nearest deadline before a place in its sentence; one inside a bracket does not reach beyond it.

    Behind a time without its year (`yearless`: where they begin) no earlier time governs.
    """
    for index in range(bisect_right(deadlines, place, key=lambda time: time.end) - 1, -1, -1):
        time = deadlines[index]
        if time.start < start:
            return None
        if bisect_left(yearless, time.end) < bisect_left(yearless, place):
            # 2024年6月底前…；年底前…: the later time names no year, and is an issue.
            return None
        if place < _reach(string, time, start):
            return time
    return None


def _each_its_time(string: str, governed: list[Commitment], deadlines: list[Moment]) -> list[Commitment]:
    """2025年和2030年…分别提升至15%、20%: as many times as numbers, each number its own."""
    together = {time: times for times in _joined(string, deadlines) if len(times) > 1 for time in times}
    result: list[Commitment] = []
    index = 0
    while index < len(governed):
        first = governed[index]
        end = index + 1
        while end < len(governed) and _same(first, governed[end]):
            end += 1
        group = governed[index:end]
        times = together.get(first.moment, []) if first.moment is not None else []
        if len(group) > 1 and len(times) == len(group) and not any(one.quantity.is_upper for one in group):
            group = [replace(one, moment=time) for one, time in zip(group, times, strict=True)]
        result += group
        index = end
    return result


def _same(one: Commitment, other: Commitment) -> bool:
    return (one.start, one.indicator, one.moment) == (other.start, other.indicator, other.moment)


def _since_baseline(commitment: Commitment, times: list[Moment], string: str, start: int) -> Commitment:
    """与2015年相比，到2025年，…下降40%: a baseline that stands apart holds for the changes behind it."""
    if commitment.baseline_year is not None or commitment.change not in ("increase", "decrease"):
        return commitment
    for time in times:
        apart = time.role == "baseline" and start <= time.start < commitment.start
        if apart and SET_APART.match(string, time.end):
            return replace(commitment, baseline_year=time.year)
    return commitment


def _reach(string: str, time: Moment, start: int) -> int:
    """How far a time expression governs: to the end of the bracket that it stands in, if it stands in one."""
    depth = 0
    if not BRACKET.search(string, max(start, time.start - LONGEST_RUN), time.start):
        return len(string)
    for place in range(time.start - 1, max(start, time.start - LONGEST_RUN) - 1, -1):
        if string[place] in "）〉":
            depth += 1
        elif string[place] in "（〈":
            if depth == 0:
                closing = string.find("）" if string[place] == "（" else "〉", time.end)
                return closing if closing >= 0 else len(string)
            depth -= 1
    return len(string)


def _is_striven(string: str, moment: Moment, words: Grammar) -> bool:
    return bool(words.strive.search(string, max(0, moment.start - 3), moment.start))


def _milestones(
    string: str, sentence: list[Part], deadlines: list[Moment], own: list[Commitment], words: Grammar
) -> list[Milestone]:
    """One milestone for each part between 。 and ； that a time governs and that commits to no number."""
    milestones: list[Milestone] = []
    carried: Moment | None = None
    committed = sorted(commitment.quantity.start for commitment in own)
    for rank, part in enumerate(sentence):
        if OPENS_LIST.search(string, part.end - 1, part.end + 1):
            continue
        marks = [match.end() for match in SEGMENT_END.finditer(string, part.start, part.end)]
        first = bisect_left(deadlines, part.start, key=lambda time: time.start)
        after = bisect_left(deadlines, part.end, key=lambda time: time.start)
        inside = [time for time in deadlines[first:after] if _reach(string, time, part.start) >= part.end]
        yearless = carried is not None and WITHOUT_YEAR.search(string, part.start, part.end)
        governing = inside or ([carried] if carried is not None and not yearless else [])
        groups = _joined(string, governing)
        for index, group in enumerate(groups):
            if inside:
                begin = _segment_begin(marks, part.start, group[0].start)
                if index and begin < groups[index - 1][-1].end:
                    begin = group[0].start
                last = groups[index + 1][0].start if index + 1 < len(groups) else part.end
                if index + 1 < len(groups):
                    # “十四五”时期…增长、“十五五”时期逐步减少: each time has the run up to the next.
                    beginning = _segment_begin(marks, group[-1].end, last)
                    last = beginning if beginning > group[-1].end else last
            else:
                begin, last = part.start, part.end
            first_number = max(begin, group[0].start) if inside else begin
            if bisect_left(committed, first_number) < bisect_left(committed, last):
                continue
            while last > begin and string[last - 1] in "，、：； ":
                last -= 1
            if last - max(begin, group[-1].end if inside else begin) < 2:
                continue
            # 到2030年，场内车辆装备等力争全面实现电动化: in the first run behind its time
            first = group[-1].end + (string[group[-1].end : group[-1].end + 1] == "，")
            stop = string.find("，", first, last)
            striven = any(_is_striven(string, time, words) for time in group) or bool(
                words.strive.search(string, first, last if stop < 0 else stop)
            )
            hedges = dict.fromkeys(
                match["hedge"] for match in words.hedged_verb.finditer(string, begin, last)
            )
            milestones += [Milestone(begin, last, time, striven, "、".join(hedges)) for time in group]
        if inside:
            opens = not STRIVING.sub("", string[part.start : inside[0].start])
            following = sentence[rank + 1] if rank + 1 < len(sentence) else None
            completes = following is not None and COMPLETION.match(string, following.start)
            carried = inside[-1] if opens or completes else None
    return milestones


def _joined(string: str, times: list[Moment]) -> list[list[Moment]]:
    """Times that govern together, as in 到2025年和2030年."""
    groups: list[list[Moment]] = []
    for time in times:
        if groups and JOINED.fullmatch(string[groups[-1][-1].end : time.start]):
            groups[-1].append(time)
        else:
            groups.append([time])
    return groups


def _segment_begin(marks: list[int], start: int, place: int) -> int:
    """Where the run between commas that holds a place begins; marks are where runs end, in order."""
    index = bisect_right(marks, place)
    return max(start, marks[index - 1]) if index else start


def _measure(part: Part, string: str, words: Grammar) -> Measure:
    """The measure of a sentence. A sentence without a verb of the vocabulary states what is to be: require."""
    verb = verb_of(string[part.start : part.end], words)
    return Measure(part, verb, words.verbs[verb].bindingness if verb else "require")
