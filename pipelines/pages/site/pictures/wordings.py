"""How strongly the measures of each sector are worded."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from pipelines.pages.contents import Contents
from pipelines.pages.site.pictures.drawing import (
    INK,
    MUTED,
    box,
    breadth,
    drawing,
    line,
    text,
)
from pipelines.pages.site.pictures.picture import Picture
from pipelines.pages.wording import Words

# From the strongest wording to the weakest; the stronger, the darker.
WORDINGS = ("prohibit", "require", "promote", "encourage", "explore")
BINDING = ("prohibit", "require")
WORDING_COLOURS: Mapping[str, str] = {
    "prohibit": "#7c2d2a",
    "require": "#b5654a",
    "promote": "#548a8f",
    "encourage": "#8ab0b2",
    "explore": "#c6dad9",
}


def wordings(package: Contents) -> Picture:
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
        "line, the darker the stronger. The figure at the right is the number of measures. Rules read the wording from the verb of each "
        "sentence; they do not judge what a measure achieves.",
        "各领域措施按措辞力度所占的比例，约束性措辞在竖线左侧，颜色越深力度越强；右端数字为措施条数。力度由规则据句中动词判定，不评价措施的效果。",
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
    start = y + 40
    top = start + 8
    for percent in range(-100, 101, 25):
        x = zero + percent / 100 * scale
        if left <= x <= width - right + 1:
            words = f"{abs(percent)}%" if percent else "0"
            edge = "start" if x < left + 14 else "middle"
            pieces += [
                text(x, start, words, size=11, fill=MUTED, anchor=edge),
                line(x, start + 4, x, top + len(sectors) * high),
            ]
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
    return drawing(width, bottom + 4, getattr(title, code), pieces)
