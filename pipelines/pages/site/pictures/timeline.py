"""Every deadline of every plan: a dot at its last day, or a column for each year where the dots would be a wall."""

import datetime
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

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
    line,
    text,
)
from pipelines.pages.site.pictures.picture import Picture
from pipelines.pages.wording import Words, by_date

# How many plans and dots the picture has room for, how high a column is, and how wide the name of a year.
MOST_PLANS, MOST_DOTS = 12, 600
COLUMN, YEAR_WIDE, YEAR_NARROW = 260, 44, 30


def timeline(package: Contents) -> Picture:
    """Every deadline of every plan at its last day; by year, all plans together, where they are many."""
    days: dict[str, dict[datetime.date, list[Row]]] = {plan: defaultdict(list) for plan in package.plans}
    for deadline in package.tables["deadlines"]:
        days[deadline["plan_id"]][deadline["end_date"]].append(deadline)
    every = Counter(row["end_date"] for row in package.tables["deadlines"])
    total = sum(every.values())
    many = len(days) > MOST_PLANS or total > MOST_DOTS
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
    one = (
        Words(
            f"Each column is a year, with the last days of all {len(days)} plans together; the table holds each plan. "
            "Filled: by then. Pale: ",
            f"每根柱为一年，合计全部 {len(days)} 份方案的末日，各方案见表。深色表示在此之前完成；浅色",
        )
        if many
        else Words(
            "Each dot is one expression in a plan that says by when something is to be done, at its last day. "
            "Filled: by then. Hollow: ",
            "每个圆点是方案中一处关于完成时间的表述，置于其末日。实心表示在此之前完成；空心",
        )
    )
    note = Words(
        f"{one.en}in the course of a period that ends then, such as the years of the 14th Five-Year Plan. "
        "Whether it was done is not recorded here.",
        f"{one.zh}表示在止于该日的时段内完成，如“十四五”期间。是否完成，本数据未作记录。",
    )
    rows = tuple(
        (package.called(plan), end.isoformat(), sum(r["kind"] == "by" for r in found), len(found))
        for plan, by_day in days.items()
        for end, found in sorted(by_day.items())
    )
    return Picture(
        "timeline",
        title,
        note,
        lambda code, width: (
            _draw_years(package.tables["deadlines"], title, code, width)
            if many
            else _draw_timeline(package, days, title, code, width)
        ),
        ("city", "end_date", "by", "all"),
        (
            Words("Plan", "方案"),
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
        label = clipped(getattr(package.called(plan), code), 17, width - 50 if narrow else left - 40)
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
    named = math.ceil((YEAR_NARROW if narrow else YEAR_WIDE) / year)
    for each in range(first, last + 1):
        x = at(datetime.date(each, 12, 31))
        grid.append(line(x, top, x, y))
        if (last - each) % named == 0:
            grid.append(text(x - year / 2, 18, str(each), fill=MUTED, anchor="middle", size=12))
    return drawing(width, y + 12, getattr(title, code), grid + pieces)


def _draw_years(deadlines: Sequence[Row], title: Words, code: str, width: int) -> Markup:
    """A column for each year: what is due by then below, what is due in the course of a period above."""
    ends = Counter((row["end_date"].year, row["kind"] == "by") for row in deadlines)
    years = [year for year, _ in ends]
    first, last = min(years, default=2025), max(years, default=2025)
    wide = width / (last - first + 1)
    scale = COLUMN / max((ends[year, True] + ends[year, False] for year in years), default=1)
    named = math.ceil(YEAR_WIDE / wide)
    floor = COLUMN + 24.0
    pieces = [line(0, floor, width, floor)]
    for year in range(first, last + 1):
        x, y = (year - first) * wide, floor
        for by in (True, False):
            height = ends[year, by] * scale
            y -= height
            if height:
                pieces.append(box(x + 1, y, wide - 2, height, fill=ACCENT if by else PALE))
        count = str(ends[year, True] + ends[year, False])
        if y < floor and breadth(count, 12) <= wide:
            pieces.append(text(x + wide / 2, y - 5, count, size=12, anchor="middle"))
        if (last - year) % named == 0:
            middle = min(max(x + wide / 2, 14), width - 14)
            pieces.append(text(middle, floor + 17, str(year), fill=MUTED, anchor="middle", size=12))
    return drawing(width, floor + 24, getattr(title, code), pieces)
