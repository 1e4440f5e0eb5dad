"""Puts cells of the tables into the words that a reader of English and a reader of Chinese see."""

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple


class Words(NamedTuple):
    """The same thing said in English and in Chinese."""

    en: str
    zh: str


COMPARATORS = {
    ">=": Words("at least ", "不低于"),
    "<=": Words("at most ", "不超过"),
    "~": Words("about ", "约"),
    "=": Words("", ""),
}
CHANGES = {
    "level": Words("", ""),
    "increase": Words("up by ", "提高"),
    "decrease": Words("down by ", "下降"),
    "add": Words("add ", "新增或完成"),
}
# The same where 力争 governs the commitment.
STRIVEN = {
    "level": Words("strive for ", "力争"),
    "increase": Words("strive to go up by ", "力争提高"),
    "decrease": Words("strive to go down by ", "力争下降"),
    "add": Words("strive to add ", "力争新增或完成"),
}
# 左右, 上下 and 约 are said by the comparator ~.
HEDGES = {
    "基本": "basically ",
    "大致": "roughly ",
    "近": "nearly ",
    "原则上": "in principle ",
}
LARGE = ((1_000_000_000, "billion"), (1_000_000, "million"))
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
NO_DATE = Words("no date stated", "未写明时间")
SAME_IN_PLURAL = {"mu", "percent", "aircraft"}


def amount(target: Mapping[str, Any], units: Mapping[str, Mapping[str, Any]]) -> Words:
    """What a quantified target states; both empty for a milestone.

    >>> percent = {"percent": {"label": "%", "label_en": "percent"}}
    >>> amount({"value": 15.0, "value_as_written": "15%", "unit": "percent", "comparator": ">=",
    ...     "change": "decrease", "baseline_year": 2020}, percent)
    Words(en='down by at least 15% from 2020', zh='较2020年下降不低于15%')
    >>> amount({"value": 70.0, "value_as_written": "70%", "unit": "percent", "comparator": ">=", "change": "level",
    ...     "baseline_year": None, "strength": "strive", "hedge": "基本"}, percent)
    Words(en='strive for basically at least 70%', zh='力争基本不低于70%')
    """
    if target["value"] is None:
        return Words("", "")
    comparator = COMPARATORS.get(target["comparator"] or "=", Words("", ""))
    change = changed(target)
    hedge = hedged(target)
    base = target["baseline_year"]
    unit = units.get(target["unit"] or "", {})
    promised = quantity(target["value"], unit.get("label_en", ""), unit.get("dimension", ""))
    return Words(
        f"{change.en}{hedge.en}{comparator.en}{promised}{f' from {base}' if base else ''}",
        f"{_against(change.zh, base)}{hedge.zh}{comparator.zh}{target['value_as_written']}",
    )


def _against(change: str, base: int | None) -> str:
    """
    >>> _against("下降", 2020), _against("力争下降", 2020), _against("力争", None)
    ('较2020年下降', '力争较2020年下降', '力争')
    """
    if not base:
        return change
    opening = "力争" if change.startswith("力争") else ""
    return f"{opening}较{base}年{change.removeprefix('力争')}"


def changed(target: Mapping[str, Any]) -> Words:
    """What opens the statement of an amount: how it is to change, and whether that is only striven for."""
    kinds = STRIVEN if target.get("strength") == "strive" else CHANGES
    return kinds.get(target["change"] or "level", Words("", ""))


def hedged(target: Mapping[str, Any]) -> Words:
    """The hedge of an amount; nothing where the comparator says it already. One unknown here stands as printed.

    >>> hedged({"hedge": "基本", "comparator": "="}), hedged({"hedge": "左右", "comparator": "~"})
    (Words(en='basically ', zh='基本'), Words(en='', zh=''))
    """
    hedge = target.get("hedge") or ""
    if not hedge or (target["comparator"] == "~" and hedge not in HEDGES):
        return Words("", "")
    return Words(HEDGES.get(hedge, f"“{hedge}” "), hedge)


def quantity(value: float, unit: str, dimension: str = "") -> str:
    """A number with its unit, in English, which has no measure words: 3万台 are 30,000.

    >>> quantity(30, "percent"), quantity(4e9, "cubic metre"), quantity(40000, "mu (1/15 hectare)")
    ('30%', '4 billion cubic metres', '40,000 mu')
    >>> quantity(30000, "machine", "count"), quantity(600, "tonne per day"), quantity(18.5, "percent")
    ('30,000', '600 tonnes per day', '18.5%')
    >>> quantity(200, "pig equivalent", "count")
    '200 pig equivalents'
    """
    is_measure_word = dimension == "count" and "equivalent" not in unit
    name = "" if is_measure_word else unit.partition(" (")[0]
    for size, word in LARGE:
        if value >= size:
            number = f"{value / size:,.4g} {word}"
            break
    else:
        number = f"{value:,.10g}"
    return f"{number}%" if name == "percent" else f"{number} {_plural(name, value)}".rstrip()


def _plural(unit: str, value: float) -> str:
    first, per, rest = unit.partition(" per ")
    ending = "" if value == 1 or not first or first in SAME_IN_PLURAL else "s"
    return f"{first}{ending}{per}{rest}"


def long_date(day: datetime.date) -> Words:
    """
    >>> long_date(datetime.date(2023, 5, 11))
    Words(en='11 May 2023', zh='2023年5月11日')
    """
    return Words(f"{day.day} {MONTHS[day.month - 1]} {day.year}", f"{day.year}年{day.month}月{day.day}日")


def by_date(day: datetime.date) -> Words:
    """The last day of a commitment, said as briefly as it allows.

    >>> by_date(datetime.date(2025, 12, 31)), by_date(datetime.date(2024, 6, 30)).en
    (Words(en='end of 2025', zh='2025年底'), '30 June 2024')
    """
    if (day.month, day.day) == (12, 31):
        return Words(f"end of {day.year}", f"{day.year}年底")
    return long_date(day)


def governed_by(row: Mapping[str, Any]) -> Words:
    """By when a target is due, or in which period: 2021–2025 of “十四五”期间; nothing where the plan states no date.

    >>> first, last = datetime.date(2021, 1, 1), datetime.date(2025, 12, 31)
    >>> governed_by({"period_start": first, "deadline": last}), governed_by({"period_start": None, "deadline": last}).en
    (Words(en='2021–2025', zh='2021–2025年'), 'end of 2025')
    """
    start, end = row["period_start"], row["deadline"]
    if end is None:
        return NO_DATE
    if start is None:
        return by_date(end)
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        years = str(end.year) if start.year == end.year else f"{start.year}–{end.year}"
        return Words(years, f"{years}年")
    first, last = by_date(start), by_date(end)
    return Words(f"{first.en} to {last.en}", f"{first.zh}至{last.zh}")


def size(count: int) -> str:
    """
    >>> size(812), size(143_696), size(2_400_000)
    ('812 B', '144 kB', '2.4 MB')
    """
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def without_level(place: str) -> str:
    """A place as people call it, without its level.

    >>> without_level("武汉市"), without_level("市中区")
    ('武汉', '市中区')
    """
    return place.removesuffix("市") if len(place) > 2 else place


def outward(address: str | None) -> str | None:
    """An address that a page may link to; None for one that a browser would not fetch.

    >>> outward("https://example.org/a"), outward("javascript:alert(1)"), outward(None)
    ('https://example.org/a', None, None)
    """
    return address if (address or "").startswith(("https://", "http://")) else None
