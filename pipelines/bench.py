"""Measures and prints how fast the project's own seeds and hostile texts are read, built and validated."""

import gc
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.package.build import document_plans
from pipelines.reading.plan import read_plan
from pipelines.seeds.sources import Source, SourceRow, read_errata, read_source, read_sources
from pipelines.vocabulary import Vocabulary, load_vocabulary

TIMES = 10
# What is promised: characters a second on one core, time of a text ten times as long, seconds, megabytes.
SPEED, RATIO, BUILD_SECONDS, BUILD_MEGABYTES, VALIDATE_SECONDS = 1_000_000, 12.0, 3.0, 400, 15.0
SHORTEST_RUN = 0.3  # seconds that a measurement takes in all
HOSTILE_CHARACTERS = 10_000
CHAPTER = re.compile(r"(?m:^)([一二三四五六七八九十]{1,3})[、．.](?=\S)")
INHERITED = re.compile(r"[，,]以下[^。]{0,80}?不再列出")
NUMERALS = "零一二三四五六七八九"
FRAME = """武汉市减污降碳协同增效实施方案

一、重点任务

（一）推进工业领域协同增效。实施{}绿色制造工程。（市经信局负责）

（二）推进交通运输协同增效。推广节能设备。（市交通运输局负责）
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a text took, and one ten times as long; in seconds."""

    name: str
    characters: int
    seconds: float
    longer_characters: int
    longer_seconds: float

    @property
    def per_second(self) -> float:
        """Characters read a second."""
        return self.characters / self.seconds

    @property
    def ratio(self) -> float:
        """The time of a text exactly ten times as long, to that of the text."""
        return self.longer_seconds / self.seconds * TIMES * self.characters / self.longer_characters


def print_bench(root: Path) -> None:
    """Prints three tables: from raw text to facts, hostile texts, and the commands, each with what is promised."""
    console = Console(highlight=False)
    vocabulary = load_vocabulary()
    console.print(_speeds("From raw text to facts, one core", _of_seeds(root / "seeds", vocabulary), SPEED))
    console.print(_speeds("Hostile texts", _of_hostile_texts(vocabulary)))
    console.print(_commands(root))


def _speeds(title: str, speeds: Iterator[Speed], promised: float | None = None) -> Table:
    """One row for each text, and what is promised of all of them together."""
    rows = list(speeds)
    total = sum(speed.characters for speed in rows) / sum(speed.seconds for speed in rows)
    worst = max(speed.ratio for speed in rows)
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, show_footer=True)
    table.add_column("text", footer="in all")
    table.add_column("characters", justify="right")
    table.add_column("ms", justify="right")
    shown = f"{total:,.0f}"
    table.add_column(
        "a second", justify="right", footer=shown if promised is None else _judged(shown, total >= promised)
    )
    table.add_column("10 × as long", justify="right", footer=_judged(f"{worst:.1f} ×", worst <= RATIO))
    for speed in rows:
        table.add_row(
            speed.name,
            f"{speed.characters:,}",
            f"{speed.seconds * 1000:.1f}",
            f"{speed.per_second:,.0f}",
            _judged(f"{speed.ratio:.1f} ×", speed.ratio <= RATIO),
        )
    at_least = "" if promised is None else f"{promised:,.0f} a second at least, "
    table.caption = f"promised: {at_least}{RATIO:g} times the time at most for a text ten times as long"
    table.caption_justify = "left"
    return table


def _of_seeds(folder: Path, vocabulary: Vocabulary) -> Iterator[Speed]:
    sources = read_sources(folder)
    errata = read_errata(folder, sources)
    for row in sources:
        source = read_source(folder, row, errata[row.document_id])
        longer = Source(row, lengthened(source, vocabulary), 0, ())
        yield Speed(
            row.document_id,
            len(source.raw),
            _seconds(partial(_facts, source, vocabulary)),
            len(longer.raw),
            _seconds(partial(_facts, longer, vocabulary)),
        )


def _of_hostile_texts(vocabulary: Vocabulary) -> Iterator[Speed]:
    for name in hostile_passages(1):
        short, long = (
            source_of(FRAME.format(hostile_passages(count)[name]))
            for count in (HOSTILE_CHARACTERS, HOSTILE_CHARACTERS * TIMES)
        )
        yield Speed(
            name,
            len(short.raw),
            _seconds(partial(_facts, short, vocabulary)),
            len(long.raw),
            _seconds(partial(_facts, long, vocabulary)),
        )


def hostile_passages(characters: int) -> dict[str, str]:
    """Passages of about so many characters on which a careless pattern takes a square of the time."""

    def run(part: str) -> str:
        return part * (characters // len(part) + 1)

    half = characters // 2
    return {
        "nested brackets": "（" * half + "节能" + "）" * half,
        "brackets never closed": run("（"),
        "brackets never opened": run("）"),
        "nested half-width brackets": "(" * half + "节能" + ")" * half,
        "quotes never closed": run("“"),
        "straight quotes": run('节"'),
        "digits": run("1"),
        "Chinese numerals": run("一"),
        "numbers with units": run("30万亩"),
        "numbers in brackets": run("（到2025年达到30%）"),
        "years": run("到2025年"),
        "years and commas": run("到2025年，"),
        "years, targets and commas": run("到2025年下降30%，"),
        "milestones without a full stop": run("到2025年形成格局，"),
        "targets without a full stop": run("煤炭消费比重下降至30%，"),
        "no punctuation": run("推进节能降碳"),
        "commas": run("推进节能，"),
        "blanks": run(" "),
        "half-width marks after blanks": run("a , "),
        "lines of one character": run("节\n"),
        "lines that open a bracket": run("（节能\n"),
        "chapters": run("\n一、节能\n"),
        "clauses": run("\n（一）节能。降碳。\n"),
        "items": run("\n1．节能。降碳。\n"),
        "agencies": "。（" + run("市财政局、") + "市发改委负责）\n",
        "agencies joined": "。（" + run("市财政局和") + "市发改委负责）\n",
        "statements": "。（" + run("市财政局牵头，") + "市发改委配合）\n",
        "pinyin": run("沈陽(yáng)"),
        "titles opened": run("《节能"),
        "page breaks": run("推进节能降碳工作，\n\n"),
    }


def lengthened(source: Source, vocabulary: Vocabulary) -> str:
    """The raw text of a seed with its chapters ten times over, numbered on.

    What assigns a duty to all later clauses is said once, as a plan of that length would.
    """
    plan = document_plans(source, vocabulary, Path())[0]
    raw, start, end = source.raw, *plan.plan.span
    body = plan.text[plan.title_end : plan.end]
    chapters = [match for match in CHAPTER.finditer(body.string) if match.start() > 0]
    places = [body[match.start() :].span[0] for match in chapters]
    pieces = [raw[start : places[0]]]
    for copy in range(TIMES):
        for index, place in enumerate(places):
            stop = places[index + 1] if index + 1 < len(places) else end
            text = raw[place:stop] if copy == 0 else INHERITED.sub("", raw[place:stop])
            heading = CHAPTER.match(text)
            number = copy * len(places) + index + 1
            pieces.append(numeral(number) + text[heading.end(1) if heading else 0 :] + "\n")
    return raw[:start] + "".join(pieces)


def numeral(number: int) -> str:
    """A number below 100 in Chinese.

    >>> [numeral(number) for number in (7, 10, 14, 20, 28)]
    ['七', '十', '十四', '二十', '二十八']
    """
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else NUMERALS[tens]) + "十" if tens else ""
    return ten + (NUMERALS[ones] if ones else "")


def source_of(raw: str) -> Source:
    """A text as the source of a plan of its own."""
    row = SourceRow("text", "text", "text.txt", "0" * 64, "420100", "official", True, "")
    return Source(row, raw, len(raw.encode()), ())


def _facts(source: Source, vocabulary: Vocabulary) -> None:
    for text in document_plans(source, vocabulary, Path()):
        read_plan([text], vocabulary)


def _seconds(work: Callable[[], None]) -> float:
    """The shortest of several runs, in seconds of one core: what else the machine does only makes it longer.

    Without the collector of garbage, as in timeit: when it sets in depends on what was read before.
    """
    best, spent = float("inf"), 0.0
    while spent < SHORTEST_RUN:
        gc.collect()
        gc.disable()
        begun = time.process_time()
        work()
        taken = time.process_time() - begun
        gc.enable()
        best, spent = min(best, taken), spent + max(taken, 1e-6)
    return best


def _commands(root: Path) -> Table:
    """What the build and the validation take as a user starts them, imports and all."""
    table = Table(title="Commands, imports and all", title_justify="left", box=None, pad_edge=False)
    for heading in ("command", "seconds", "promised", "MB", "promised"):
        table.add_column(heading, justify="left" if heading == "command" else "right")
    with tempfile.TemporaryDirectory() as out:
        seconds, megabytes = _run(root, "build", "--seeds", str(root / "seeds"), "--out", out, "--strict")
        table.add_row(
            "build of the seeds",
            _judged(f"{seconds:.1f}", seconds <= BUILD_SECONDS),
            f"{BUILD_SECONDS:g}",
            _judged(f"{megabytes:.0f}", megabytes <= BUILD_MEGABYTES),
            f"{BUILD_MEGABYTES}",
        )
        seconds, megabytes = _run(root, "validate", out)
        table.add_row(
            "validate",
            _judged(f"{seconds:.1f}", seconds <= VALIDATE_SECONDS),
            f"{VALIDATE_SECONDS:g}",
            f"{megabytes:.0f}",
            "",
        )
    return table


def _run(root: Path, *arguments: str) -> tuple[float, float]:
    """Seconds on the clock and peak megabytes of a command, which has to succeed."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines", *arguments], cwd=root, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, arguments)
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def _judged(shown: str, is_kept: bool) -> str:
    return f"[green]{shown}[/]" if is_kept else f"[bold red]{shown} ![/]"
