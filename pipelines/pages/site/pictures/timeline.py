"""Every deadline of every plan, as a dot at its last day."""

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
    PAPER,
    breadth,
    dot,
    drawing,
    line,
    text,
)
from pipelines.pages.site.pictures.picture import Picture
from pipelines.pages.wording import Words, by_date

# How many plans the picture has room for, and how many pixels the name of a year needs.
SHOWN, YEAR_WIDE, YEAR_NARROW = 24, 44, 30


def timeline(package: Contents) -> Picture:
    """Every deadline of every plan as a dot at its last day."""
    days: dict[str, dict[datetime.date, list[Row]]] = {plan: defaultdict(list) for plan in package.plans}
    for deadline in package.tables["deadlines"]:
        days[deadline["plan_id"]][deadline["end_date"]].append(deadline)
    most_first = sorted(days, key=lambda plan: -sum(map(len, days[plan].values())))[:SHOWN]
    drawn = {plan: by_day for plan, by_day in days.items() if plan in most_first}
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
        "Five-Year Plan. Whether it was done is not recorded here."
        + (
            f" Shown are the {SHOWN} plans with most deadlines; the table holds all."
            if len(days) > SHOWN
            else ""
        ),
        "每个圆点是方案中一处关于完成时间的表述，置于其末日。实心表示在此之前完成；空心表示在止于该日的时段内完成，"
        "如“十四五”期间。是否完成，本数据未作记录。"
        + (f"图中只列期限最多的 {SHOWN} 份方案，全部见表。" if len(days) > SHOWN else ""),
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
        lambda code, width: _draw_timeline(package, drawn, title, code, width),
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
    named = math.ceil((YEAR_NARROW if narrow else YEAR_WIDE) / year)
    for each in range(first, last + 1):
        x = at(datetime.date(each, 12, 31))
        grid.append(line(x, top, x, y))
        if (last - each) % named == 0:
            grid.append(text(x - year / 2, 18, str(each), fill=MUTED, anchor="middle", size=12))
    return drawing(width, y + 12, getattr(title, code), grid + pieces)
