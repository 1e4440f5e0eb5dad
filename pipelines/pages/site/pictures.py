"""The package in; the pictures of the site, drawn for a wide and for a narrow screen, with their data, out."""

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from pipelines.package.dataset import Row
from pipelines.pages.contents import Contents
from pipelines.pages.site.drawing import (
    ACCENT,
    INK,
    MUTED,
    PAPER,
    RULE,
    box,
    breadth,
    dot,
    drawing,
    folded,
    line,
    text,
)
from pipelines.pages.site.lookups import read_lookup
from pipelines.pages.wording import Words, amount, by_date, governed_by, hedged

WIDE, NARROW = 1120, 358

# From the strongest wording to the weakest.
WORDINGS = ("prohibit", "require", "promote", "encourage", "explore")
BINDING = ("prohibit", "require")
WORDING_COLOURS: Mapping[str, str] = {
    "prohibit": "#7c2d2a",
    "require": "#b5654a",
    "promote": "#8fb0b0",
    "encourage": "#5b8d94",
    "explore": "#1c5a63",
}
# How many functions a wide and a narrow screen have room for.
SHOWN_WIDE, SHOWN_NARROW = 16, 8
SHADES = ("#e3ebe9", "#bcd1d0", "#8ab0b2", "#4f878d", "#1c5a63")


@dataclass(frozen=True)
class Picture:
    """One picture: what it shows, said in a sentence; how to read it; drawings; the rows behind it.

    `columns` are the headings of `rows` in both languages, None for one that stands in the CSV file only;
    `names` are those of the CSV file. A cell in two languages is Words; the CSV gives it two columns, the
    second ending in _zh.
    """

    name: str
    title: Words
    note: Words
    draw: Callable[[str, int], Markup]
    names: tuple[str, ...]
    columns: tuple[Words | None, ...]
    rows: tuple[tuple[Words | str | int | float, ...], ...]


def pictures(package: Contents) -> tuple[Picture, ...]:
    """All pictures, in the order in which the page shows them."""
    return (timeline(package), comparison(package), agencies(package), wording(package))


# --- deadlines by city ---


def timeline(package: Contents) -> Picture:
    """Every deadline of every plan as a dot at its last day."""
    days: dict[str, dict[datetime.date, list[Row]]] = {plan: defaultdict(list) for plan in package.plans}
    for deadline in package.tables["deadlines"]:
        days[deadline["plan_id"]][deadline["end_date"]].append(deadline)
    every = Counter(row["end_date"] for row in package.tables["deadlines"])
    total = sum(every.values())
    day, most = max(
        every.items(), key=lambda item: (item[1], item[0]), default=(datetime.date(2025, 12, 31), 0)
    )
    when = by_date(day)
    title = Words(
        f"{most} of the {total} deadlines fall at the {when.en}"
        if when.en.startswith("end")
        else f"{most} of the {total} deadlines fall on {when.en}",
        f"{total} 项期限中有 {most} 项落在{when.zh}",
    )
    note = Words(
        "Each dot is one expression in a plan that says by when something is to be done, at its last day. "
        "Filled: by then. Hollow: in the course of a period that ends then, such as the years of the 14th "
        "Five-Year Plan. Whether it was done is not recorded here.",
        "每个圆点是方案中一处关于完成时间的表述，置于其末日。实心表示在此之前完成；空心表示在止于该日的时段内完成，"
        "如“十四五”期间。是否完成，本数据未作记录。",
    )
    rows = tuple(
        (package.place(plan), end.isoformat(), sum(r["kind"] == "by" for r in found), len(found))
        for plan, by_day in days.items()
        for end, found in sorted(by_day.items())
    )
    return Picture(
        "timeline",
        title,
        note,
        lambda code, width: _draw_timeline(package, days, title, code, width),
        ("city", "end_date", "by", "all"),
        (
            Words("City", "城市"),
            Words("Last day", "末日"),
            Words("By then", "在此之前"),
            Words("All", "合计"),
        ),
        rows,
    )


def _draw_timeline(
    package: Contents,
    days: Mapping[str, Mapping[datetime.date, Sequence[Row]]],
    title: Words,
    code: str,
    width: int,
) -> Markup:
    narrow = width < 600
    left = 0 if narrow else 150
    ends = [day for by_day in days.values() for day in by_day]
    first = min((day.year for day in ends), default=2024)
    last = max((day.year for day in ends), default=2026)
    step, radius = (8.6, 3.4) if narrow else (15, 5.6)
    year = (width - left - 14) / (last - first + 1)

    def at(day: datetime.date) -> float:
        length = datetime.date(day.year + 1, 1, 1) - datetime.date(day.year, 1, 1)
        passed = (day - datetime.date(day.year, 1, 1) + datetime.timedelta(days=1)) / length
        return left + (day.year - first + passed) * year

    across = max(1, int((year - 6) // step))
    pieces: list[Markup] = []
    y = 26.0
    top = y + 6
    for plan, by_day in days.items():
        deep = max((-(-len(found) // across) for found in by_day.values()), default=1)
        label = getattr(package.place(plan), code)
        total = sum(map(len, by_day.values()))
        if narrow:
            y += 26
            pieces += [text(0, y - 2, label, size=14, weight=600)]
            pieces += [text(breadth(label, 17) + 14, y - 2, str(total), fill=MUTED, size=12)]
        floor = y + 10 + deep * step + (0 if narrow else 14)
        if not narrow:
            pieces += [text(0, floor - 8, label, size=16, weight=600)]
            pieces += [text(left - 16, floor - 8, str(total), fill=MUTED, anchor="end")]
        pieces.append(line(left, floor, width, floor))
        for end, found in sorted(by_day.items()):
            for index, row in enumerate(sorted(found, key=lambda each: each["kind"] != "by")):
                x = at(end) - step / 2 - (index // deep) * step - 1
                height = floor - step / 2 - 3 - (index % deep) * step
                by = row["kind"] == "by"
                pieces.append(
                    dot(
                        x,
                        height,
                        radius - (0 if by else 0.7),
                        fill=ACCENT if by else PAPER,
                        stroke=ACCENT,
                        width=1.4,
                    )
                )
        y = floor
    grid = []
    for each in range(first, last + 1):
        x = at(datetime.date(each, 12, 31))
        middle = x - year / 2
        grid.append(line(x, top, x, y))
        label = str(each) if not narrow or year > 30 else f"’{each % 100:02d}"
        grid.append(text(middle, 18, label, fill=MUTED, anchor="middle", size=12))
    return drawing(width, y + 12, getattr(title, code), grid + pieces, _class(width))


# --- the same quantity across cities ---


@dataclass(frozen=True)
class Shared:
    """A quantity that two plans or more state as a percentage, and each target that states it."""

    label: Words
    change: str
    targets: tuple[tuple[Row, Words], ...]


def comparison(package: Contents) -> Picture:
    """What two or more plans promise for one and the same quantity."""
    groups = shared_quantities(package)
    drawn = [group for group in groups if all(row["unit"] == "percent" for row, _ in group.targets)]
    others = len(groups) - len(drawn)
    title = Words(
        f"{len(drawn)} percentages that more than one city promised",
        f"不止一座城市作出承诺的 {len(drawn)} 项百分比指标",
    )
    note = Words(
        "Only what plans word alike, or so alike that the difference can be said beside it, is put together. "
        "Every line runs from 0 to 100%. A hollow dot marks a promise that the plan itself softens: “strive for” "
        f"(力争) or “basically” (基本). {_more(others)} A city without a line states no number for it, which does "
        "not say that it does nothing.",
        "仅并列措辞相同、或差异可在旁注明的指标。每条横线均为 0 至 100%。空心圆点表示方案以“力争”“基本”等词限定的承诺。"
        + (f"另有 {others} 项非百分比指标，只列于表中。" if others else "")
        + "未出现的城市没有写明数值，并不表示没有行动。",
    )
    rows = tuple(
        (
            group.label,
            package.place(row["plan_id"]),
            amount(row, package.units),
            governed_by(row),
            remark,
            row["strength"],
            row["hedge"] or "",
            row["value"],
            row["unit"],
            row["change"],
            row["baseline_year"] or "",
            row["deadline"].isoformat() if row["deadline"] else "",
            row["indicator"],
            row["quote"],
            row["target_id"],
        )
        for group in groups
        for row, remark in group.targets
    )
    columns = {
        "quantity": Words("Quantity", "指标"),
        "city": Words("City", "城市"),
        "promise": Words("Promise", "承诺"),
        "by": Words("Deadline", "期限"),
        "remark": Words("Counted", "口径"),
        "strength": None,
        "hedge": None,
        "value": None,
        "unit": None,
        "change": None,
        "baseline_year": None,
        "deadline": None,
        "as_printed": None,
        "quote": Words("As printed", "原文"),
        "target_id": Words("Row", "行"),
    }
    return Picture(
        "comparison",
        title,
        note,
        lambda code, width: _draw_comparison(package, drawn, title, code, width),
        tuple(columns),
        tuple(columns.values()),
        rows,
    )


def _more(others: int) -> str:
    """
    >>> _more(1), _more(3)
    ('One more, in another unit, stands in the table only.', '3 more, in other units, stand in the table only.')
    """
    if others == 1:
        return "One more, in another unit, stands in the table only."
    return f"{others} more, in other units, stand in the table only." if others else ""


def shared_quantities(package: Contents) -> list[Shared]:
    """Quantified targets of at least two plans, grouped by indicator; the most widely shared come first.

    Indicators are the same where indicator_id says so, or the words as printed, or comparisons.csv.
    """
    known = _comparisons()
    names = {row["indicator_id"]: row for row in package.tables.get("indicators", ())}
    groups: dict[tuple[str, str], list[tuple[Row, Words]]] = defaultdict(list)
    labels: dict[str, Words] = {}
    for row in package.where("targets", kind="quantified"):
        judged = known.get(row["indicator"], {})
        named = names.get(row["indicator_id"]) or {}
        key = row["indicator_id"] or judged.get("group") or row["indicator"]
        labels.setdefault(
            key,
            Words(
                named.get("label_en") or judged.get("label_en") or row["indicator"],
                named.get("label") or judged.get("label") or row["indicator"],
            ),
        )
        groups[key, row["change"]].append((row, Words(judged.get("note_en", ""), judged.get("note", ""))))
    shared = [
        Shared(labels[key], change, tuple(sorted(found, key=lambda each: -each[0]["value"])))
        for (key, change), found in groups.items()
        if len({row["plan_id"] for row, _ in found}) > 1 and len({row["unit"] for row, _ in found}) == 1
    ]
    return sorted(shared, key=lambda group: (group.change != "level", -len(group.targets), group.label.zh))


@cache
def _comparisons() -> Mapping[str, Mapping[str, str]]:
    """The judgements of which printed indicators are the same quantity, by the indicator as printed."""
    return {row["indicator"]: row for row in read_lookup("comparisons")}


def _draw_comparison(
    package: Contents, groups: Sequence[Shared], title: Words, code: str, width: int
) -> Markup:
    columns, gap = (1, 0) if width < 600 else (2, 72)
    room = (width - gap * (columns - 1)) / columns
    pieces: list[Markup] = []
    tops = [20.0] * columns
    for column in range(columns):
        start = column * (room + gap) + CITY
        for end, words, anchor in ((start, "0", "start"), (start + _track(room), "100%", "end")):
            pieces.append(text(end, 11, words, size=11, fill=MUTED, anchor=anchor))
    for group in groups:
        column = tops.index(min(tops))
        drawn, tops[column] = _draw_shared(package, group, code, column * (room + gap), tops[column], room)
        pieces += drawn
    return drawing(width, max(max(tops) - 14, 10), getattr(title, code), pieces, _class(width))


CHANGED: Mapping[str, Words] = {
    "level": Words("", ""),
    "decrease": Words(", cut by", "，下降"),
    "increase": Words(", raised by", "，提高"),
    "add": Words(", added", "，新增"),
}
SIGNS: Mapping[str, str] = {">=": "≥ ", "<=": "≤ ", "~": "≈ "}
# How wide the name of the city and the figure at the right may be.
CITY, FIGURE = 82, 132


def _track(room: float) -> float:
    return room - CITY - FIGURE


def _draw_shared(
    package: Contents, group: Shared, code: str, x: float, y: float, room: float
) -> tuple[list[Markup], float]:
    """One quantity with a line from 0 to 100 % for each promise, and where the next one may begin."""
    pieces = []
    for words in folded(getattr(group.label, code) + getattr(CHANGED[group.change], code), 15.5, room):
        y += 19
        pieces.append(text(x, y, words, size=14.5, weight=600))
    for row, remark in group.targets:
        y += 25
        start, end = x + CITY, x + CITY + _track(room) * min(row["value"] / 100, 1)
        softened = _softened(row)
        figure = f"{SIGNS.get(row['comparator'], '')}{row['value']:g}%"
        pieces += [
            text(x, y, getattr(package.place(row["plan_id"]), code), size=13),
            line(start, y - 4.5, start + _track(room), y - 4.5),
            line(start, y - 4.5, end, y - 4.5, stroke=ACCENT, width=3),
            dot(end, y - 4.5, 4.6, fill=PAPER if softened.en else ACCENT, stroke=ACCENT, width=2),
            text(x + room, y, figure, size=14, anchor="end", weight=600),
        ]
        words, small = getattr(softened, code), getattr(remarks(row, remark), code)
        taken = breadth(figure, 16.5) + 10
        if taken + breadth(words, 12.5) <= FIGURE:
            pieces.append(text(x + room - taken, y, words, size=12.5, anchor="end"))
        else:
            small = f"{words} · {small}"
        for words in folded(small, 11, room - CITY):
            y += 14
            pieces.append(text(start, y, words, size=11, fill=MUTED))
    return pieces, y + 24


def _softened(row: Row) -> Words:
    """How a plan itself softens a promise: strive for, 力争; basically, 基本."""
    strive = Words("strive for ", "力争") if row["strength"] == "strive" else Words("", "")
    hedge = hedged(row)
    return Words(f"{strive.en}{hedge.en}".rstrip(), f"{strive.zh}{hedge.zh}")


def remarks(row: Row, remark: Words) -> Words:
    """What stands in small print below a promise: its deadline, what it is measured from, what it counts."""
    parts = [governed_by(row)]
    if row["baseline_year"]:
        parts.append(Words(f"from {row['baseline_year']}", f"较{row['baseline_year']}年"))
    elif row["change"] in ("decrease", "increase"):
        parts.append(Words("no baseline year stated", "未写明基准年"))
    parts.append(remark)
    return Words(*(" · ".join(filter(None, words)) for words in zip(*parts, strict=True)))


# --- who carries what ---


def agencies(package: Contents) -> Picture:
    """In how many plans an agency with a function is named for a clause of a sector."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    clauses: Counter[tuple[str, str]] = Counter()
    for row in package.where("responsibilities", basis="stated"):
        function = package.agencies[row["agency_id"]]["function_id"]
        sector = package.clauses[row["clause_id"]]["sector_id"]
        if function:
            named[function, sector].add(row["plan_id"])
            clauses[function, sector] += 1
    sectors = [sector for sector in _sector_order(package) if any(key[1] == sector for key in named)]
    breadths = Counter(function for function, sector in named for _ in named[function, sector])
    functions = sorted(breadths, key=lambda function: (-breadths[function], function))
    plans = len(package.plans)
    top = package.labels["functions"][functions[0]] if functions else Words("", "")
    reach = len({sector for function, sector in named if functions and function == functions[0]})
    title = Words(
        f"{top.en} is named in {reach} of {len(sectors)} sectors",
        f"“{top.zh}”部门出现在 {len(sectors)} 个领域中的 {reach} 个",
    )
    note = Words(
        f"The number in a square says in how many of the {plans} plans a department with that function is named "
        "in the responsibility bracket of a clause of that sector. What one clause lays on all later ones is left "
        f"out. The {SHOWN_WIDE} most widely named functions are shown, {SHOWN_NARROW} on a narrow screen; the table holds all.",
        f"方格中的数字表示 {plans} 份方案中有几份在该领域条款的责任括注中点名该职能的部门；"
        f"“以下均需负责”之类的统一规定未计入。图中只列出现最多的 {SHOWN_WIDE} 项职能（窄屏 {SHOWN_NARROW} 项），全部见表。",
    )
    rows = tuple(
        (
            package.labels["sectors"][sector],
            package.labels["functions"][function],
            len(named[function, sector]),
            clauses[function, sector],
        )
        for sector in sectors
        for function in functions
        if (function, sector) in named
    )
    return Picture(
        "agencies",
        title,
        note,
        lambda code, width: _draw_agencies(package, sectors, functions, named, title, code, width),
        ("sector", "function", "plans", "responsibilities"),
        (
            Words("Sector", "领域"),
            Words("Function", "职能"),
            Words("Plans", "方案数"),
            Words("Times named", "点名次数"),
        ),
        rows,
    )


def _draw_agencies(
    package: Contents,
    sectors: Sequence[str],
    functions: Sequence[str],
    named: Mapping[tuple[str, str], set[str]],
    title: Words,
    code: str,
    width: int,
) -> Markup:
    narrow = width < 600
    left, size = (132, 11.5) if narrow else (320, 13.5)
    functions = functions[: SHOWN_NARROW if narrow else SHOWN_WIDE]
    # Upright, a label needs no room to its right.
    turn, right = (-90, 0) if narrow else (-54, 96)
    cell = (width - left - right) / max(len(functions), 1)
    heads = [getattr(_short_label(package, function), code) for function in functions]
    rise = math.sin(math.radians(-turn))
    head = max((breadth(words, size) for words in heads), default=0) * rise * 1.1 + 22
    high = 40 if narrow else 30
    pieces = []
    for index, words in enumerate(heads):
        x = left + cell * (index + 0.5)
        if narrow and code == "zh":  # upright, one character below the other
            pieces += [
                text(x, head - 8 - place * size * 1.1, character, size=size, anchor="middle")
                for place, character in enumerate(reversed(words))
            ]
        else:
            pieces.append(text(x + 4, head - 8, words, size=size, turn=turn))
    for row, sector in enumerate(sectors):
        y = head + row * high
        lines = folded(getattr(package.labels["sectors"][sector], code), size, left - 12)
        start = y + high / 2 + 4.5 - (len(lines) - 1) * (size + 1) / 2
        pieces += [text(0, start + n * (size + 1), words, size=size) for n, words in enumerate(lines)]
        for column, function in enumerate(functions):
            count = len(named.get((function, sector), ()))
            x = left + column * cell
            if not count:
                pieces.append(dot(x + cell / 2, y + high / 2, 1.2, fill=RULE))
                continue
            shade = SHADES[-(-count * len(SHADES) // len(package.plans)) - 1]
            pieces.append(box(x + 1, y + 1, cell - 2, high - 2, fill=shade))
            pale = PAPER if shade in SHADES[-2:] else INK
            if shade == SHADES[-2]:
                pale = "#ffffff"
            pieces.append(
                text(
                    x + cell / 2,
                    y + high / 2 + 4.5,
                    str(count),
                    size=12.5,
                    anchor="middle",
                    fill=pale,
                    weight=600,
                )
            )
    return drawing(width, head + len(sectors) * high + 6, getattr(title, code), pieces, _class(width))


def _short_label(package: Contents, function: str) -> Words:
    """What a function is called at the head of a column."""
    full = package.labels["functions"][function]
    return _short_labels().get(function, Words(full.en.replace(" and ", " & "), full.zh))


@cache
def _short_labels() -> Mapping[str, Words]:
    return {row["function_id"]: Words(row["label_en"], row["label"]) for row in read_lookup("short_labels")}


# --- strength of wording ---


def wording(package: Contents) -> Picture:
    """Of the measures of each sector, how many prohibit, require, promote, encourage or explore."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in package.tables["measures"]:
        counts[package.clauses[row["clause_id"]]["sector_id"]][row["bindingness"]] += 1

    def binding(sector: str) -> float:
        return sum(counts[sector][each] for each in BINDING) / sum(counts[sector].values())

    sectors = sorted(counts, key=lambda sector: (-binding(sector), sector))
    total = len(package.tables["measures"])
    strong = sum(counts[sector][each] for sector in counts for each in BINDING)
    title = Words(
        f"{strong} of {total} measures prohibit or require; the rest promote, encourage or explore",
        f"{total} 条措施中 {strong} 条为禁止或要求，其余为推进、鼓励或探索",
    )
    note = Words(
        "The share of each sector's measures by the strength of their wording, the binding ones to the left of the "
        "line. The figure at the right is the number of measures. Rules read the wording from the verb of each "
        "sentence; they do not judge what a measure achieves.",
        "各领域措施按措辞力度所占的比例，约束性措辞在竖线左侧；右端数字为措施条数。力度由规则据句中动词判定，不评价措施的效果。",
    )
    names = package.codes("measures", "bindingness")
    rows: tuple[tuple[Words | int, ...], ...] = tuple(
        (
            package.labels["sectors"][sector],
            *(counts[sector][each] for each in WORDINGS),
            sum(counts[sector].values()),
        )
        for sector in sectors
    )
    return Picture(
        "wording",
        title,
        note,
        lambda code, width: _draw_wording(package, sectors, counts, title, code, width),
        ("sector", *WORDINGS, "all"),
        (Words("Sector", "领域"), *(names[each] for each in WORDINGS), Words("All", "合计")),
        rows,
    )


SHORT_WORDINGS: Mapping[str, Words] = {
    "prohibit": Words("prohibit", "禁止"),
    "require": Words("require", "要求"),
    "promote": Words("promote", "推进"),
    "encourage": Words("encourage", "鼓励"),
    "explore": Words("explore", "探索"),
}


def _draw_wording(
    package: Contents,
    sectors: Sequence[str],
    counts: Mapping[str, Counter[str]],
    title: Words,
    code: str,
    width: int,
) -> Markup:
    narrow = width < 600
    left, right = (0, 30) if narrow else (320, 44)
    high, thick = (46, 15) if narrow else (30, 18)
    shares = {
        sector: {each: counts[sector][each] / sum(counts[sector].values()) for each in WORDINGS}
        for sector in sectors
    }
    most_left = max((sum(shares[s][each] for each in BINDING) for s in sectors), default=0.5)
    most_right = max((1 - sum(shares[s][each] for each in BINDING) for s in sectors), default=0.5)
    scale = (width - left - right) / (most_left + most_right)
    zero = left + most_left * scale
    pieces, x, y = [], float(left), 4.0
    for each in WORDINGS:
        word = getattr(SHORT_WORDINGS[each], code)
        if x + 17 + breadth(word, 12.5) > width:
            x, y = left, y + 20
        pieces += [box(x, y, 12, 12, fill=WORDING_COLOURS[each]), text(x + 17, y + 10.5, word, size=12.5)]
        x += 17 + breadth(word, 12.5) + (18 if narrow else 24)
    start = y + 22
    top = start + 8
    for index, sector in enumerate(sectors):
        y = top + index * high
        label = getattr(package.labels["sectors"][sector], code)
        bar = y + (22 if narrow else 6)
        pieces.append(text(0, y + (16 if narrow else 19), label, size=13))
        pieces.append(
            text(width, bar + thick - 4, str(sum(counts[sector].values())), size=12, fill=MUTED, anchor="end")
        )
        x = zero - sum(shares[sector][each] for each in BINDING) * scale
        for each in WORDINGS:
            long = shares[sector][each] * scale
            pieces.append(box(x, bar, long - 1, thick, fill=WORDING_COLOURS[each]))
            x += long
        if narrow:  # a line from top to bottom would run through the labels
            pieces.append(line(zero - 0.5, bar - 3, zero - 0.5, bar + thick + 3, stroke=INK))
    bottom = top + len(sectors) * high + 4
    if not narrow:
        pieces.append(line(zero - 0.5, start, zero - 0.5, bottom, stroke=INK))
    return drawing(width, bottom + 4, getattr(title, code), pieces, _class(width))


def _sector_order(package: Contents) -> list[str]:
    """Sectors in the order in which the plans come to them, on average."""
    places: dict[str, list[float]] = defaultdict(list)
    for plan in package.plans:
        clauses = package.where("clauses", plan_id=plan)
        for index, clause in enumerate(clauses):
            places[clause["sector_id"]].append(index / len(clauses))
    return sorted(places, key=lambda sector: (sum(places[sector]) / len(places[sector]), sector))


def _class(width: int) -> str:
    return "wide" if width > 600 else "narrow"
