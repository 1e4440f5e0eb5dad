"""Which functions of departments are named for which sectors, and in how many plans."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from markupsafe import Markup

from pipelines.pages.contents import Contents
from pipelines.pages.site.pictures.drawing import (
    INK,
    PAPER,
    RULE,
    box,
    breadth,
    dot,
    drawing,
    folded,
    text,
)
from pipelines.pages.site.pictures.picture import Picture
from pipelines.pages.wording import Words
from pipelines.vocabulary import load_vocabulary

# How many functions a wide and a narrow screen have room for.
SHOWN_WIDE, SHOWN_NARROW = 16, 8
SHADES = ("#e3ebe9", "#bcd1d0", "#8ab0b2", "#4f878d", "#1c5a63")


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
    return drawing(width, head + len(sectors) * high + 6, getattr(title, code), pieces)


def _short_label(package: Contents, function: str) -> Words:
    """What a function is called at the head of a column."""
    full = package.labels["functions"][function]
    return _short_labels().get(function, Words(full.en.replace(" and ", " & "), full.zh))


@cache
def _short_labels() -> Mapping[str, Words]:
    rows = (row for row in load_vocabulary().functions if row.label_short)
    return {row.function_id: Words(row.label_short_en, row.label_short) for row in rows}


def _sector_order(package: Contents) -> list[str]:
    """Sectors in the order in which the plans come to them, on average."""
    places: dict[str, list[float]] = defaultdict(list)
    for plan in package.plans:
        clauses = package.where("clauses", plan_id=plan)
        for index, clause in enumerate(clauses):
            places[clause["sector_id"]].append(index / len(clauses))
    return sorted(places, key=lambda sector: (sum(places[sector]) / len(places[sector]), sector))
