"""What two plans or more promise for one and the same quantity."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from markupsafe import Markup

from pipelines.package.dataset import Row
from pipelines.pages.contents import Contents
from pipelines.pages.site.pictures.drawing import (
    ACCENT,
    MUTED,
    PALE,
    PAPER,
    box,
    breadth,
    clipped,
    dot,
    drawing,
    folded,
    line,
    text,
)
from pipelines.pages.site.pictures.picture import Picture
from pipelines.pages.wording import Words, amount, governed_by, hedged


@dataclass(frozen=True)
class Shared:
    """A quantity that two plans or more state as a percentage, and each target that states it."""

    label: Words
    change: str
    targets: tuple[tuple[Row, Words], ...]


# How many quantities, and how many promises of one, the picture has room for.
SHOWN_QUANTITIES, SHOWN_PROMISES = 24, 6
MOST_DRAWN = 100  # promises in all


def comparison(package: Contents) -> Picture:
    """What two or more plans promise for one and the same quantity."""
    groups = shared_quantities(package)
    drawn = [group for group in groups if all(row["unit"] == "percent" for row, _ in group.targets)]
    others = len(groups) - len(drawn)
    shown = [replace(group, targets=group.targets[:SHOWN_PROMISES]) for group in drawn[:SHOWN_QUANTITIES]]
    room = accumulate(len(group.targets) for group in shown)
    shown = [group for group, taken in zip(shown, room, strict=True) if taken <= MOST_DRAWN]
    cut = len(shown) < len(drawn) or any(len(group.targets) > SHOWN_PROMISES for group in drawn)
    title = Words(
        f"{len(drawn)} percentages that more than one city promised",
        f"不止一座城市作出承诺的 {len(drawn)} 项百分比指标",
    )
    note = Words(
        "Only what plans word alike, or so alike that the difference can be said beside it, is put together. "
        "Every line runs from 0 to 100%. A dot marks a figure to be reached, with all below it filled; an upright bar "
        "a ceiling (at most), with all that it allows filled pale. Hollow marks a promise that the plan itself softens: “strive for” "
        f"(力争) or “basically” (基本). {_more(others)} A city without a line states no number for it, which does "
        "not say that it does nothing."
        + (
            f" Drawn are the {len(shown)} quantities that most plans share, with at most {SHOWN_PROMISES} promises each; "
            "the table holds all."
            if cut
            else ""
        ),
        "仅并列措辞相同、或差异可在旁注明的指标。每条横线均为 0 至 100%。圆点为须达到的数值，竖条为上限（不超过），上限以内以浅色示之。"
        "空心表示方案以“力争”“基本”等词限定的承诺。"
        + (f"另有 {others} 项非百分比指标，只列于表中。" if others else "")
        + "未出现的城市没有写明数值，并不表示没有行动。"
        + (
            f"图中只列最多方案共有的 {len(shown)} 项指标，每项至多 {SHOWN_PROMISES} 项承诺，全部见表。"
            if cut
            else ""
        ),
    )
    rows = tuple(
        (
            group.label,
            package.called(row["plan_id"]),
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
        "city": Words("Plan", "方案"),
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
        lambda code, width: _draw_comparison(package, shown, title, code, width),
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

    Indicators are the same where the vocabulary says so, or the words as printed; what narrows one is its remark.
    """
    names = {
        row["indicator_id"]: Words(row["label_en"], row["label"]) for row in package.tables["indicators"]
    }
    told, compared = package.by_key("targets_wide"), package.by_key("comparisons")
    groups: dict[tuple[str, str], list[tuple[Row, Words]]] = defaultdict(list)
    for row in package.where("targets", kind="quantified"):
        target = row["target_id"]
        remark = Words(
            told.get(target, {}).get("qualifiers_en") or "", compared.get(target, {}).get("qualifiers") or ""
        )
        groups[row["indicator_id"] or row["indicator"], row["change"]].append((row, remark))
    shared = [
        Shared(
            names.get(key, Words(key, key)), change, tuple(sorted(found, key=lambda each: -each[0]["value"]))
        )
        for (key, change), found in groups.items()
        if len({row["plan_id"] for row, _ in found}) > 1 and len({row["unit"] for row, _ in found}) == 1
    ]
    return sorted(shared, key=lambda group: (group.change != "level", -len(group.targets), group.label.zh))


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
    return drawing(width, max(max(tops) - 14, 10), getattr(title, code), pieces)


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
        place = package.place(row["plan_id"])
        start, end = x + CITY, x + CITY + _track(room) * min(row["value"] / 100, 1)
        softened = _softened(row)
        figure = f"{SIGNS.get(row['comparator'], '')}{row['value']:g}%"
        pieces += [
            text(x, y, clipped(getattr(place, code), 13, CITY - 6), size=13),
            line(start, y - 4.5, start + _track(room), y - 4.5),
            *_promised(start, end, y - 4.5, is_ceiling=row["comparator"] == "<=", is_soft=bool(softened.en)),
            text(x + room, y, figure, size=14, anchor="end", weight=600),
        ]
        words, small = getattr(softened, code), getattr(remarks(row, remark), code)
        if (called := package.called(row["plan_id"])) != place:  # one of several plans of its place
            small = f"{clipped(getattr(called, code), 11, room - CITY - breadth(small, 11) - 14)} · {small}"
        taken = breadth(figure, 16.5) + 10
        if taken + breadth(words, 12.5) <= FIGURE:
            pieces.append(text(x + room - taken, y, words, size=12.5, anchor="end"))
        else:
            small = f"{words} · {small}"
        for words in folded(small, 11, room - CITY):
            y += 14
            pieces.append(text(start, y, words, size=11, fill=MUTED))
    return pieces, y + 24


def _promised(start: float, end: float, y: float, *, is_ceiling: bool, is_soft: bool) -> list[Markup]:
    """A promise on its line: up to a dot; a ceiling, up to an upright bar, pale, for less is meant."""
    fill = PAPER if is_soft else ACCENT
    if is_ceiling:
        return [
            line(start, y, end, y, stroke=PALE, width=7),
            box(end - 2.5, y - 8, 5, 16, fill=fill, stroke=ACCENT),
        ]
    return [
        line(start, y, end, y, stroke=ACCENT, width=3),
        dot(end, y, 4.6, fill=fill, stroke=ACCENT, width=2),
    ]


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
