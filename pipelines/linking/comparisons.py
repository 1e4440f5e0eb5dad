"""Sets the quantified targets of all plans side by side, by indicator: in one unit, in groups that compare.

One row a target, so that the table grows with the targets and not with their pairs: two targets compare directly where
their group is one; else `barriers` say what sets each apart from the largest group of the indicator.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipelines.linking.plans import PlanRows, Row
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """What two targets of an indicator must share to compare, each part named as the barrier that it makes."""

    change: str
    unit: str
    share: tuple[str, ...]
    scope: tuple[str, ...]
    baseline: str
    year: str

    def barriers(self, other: "Kind") -> list[str]:
        """The parts in which two kinds differ."""
        return [name for name in Kind.__slots__ if getattr(self, name) != getattr(other, name)]


def comparisons(plans: Sequence[PlanRows], vocabulary: Vocabulary) -> Iterator[Row]:
    """The comparisons of the targets of all plans."""
    return compared((row for plan in plans for row in plan.rows["targets"]), vocabulary)


def compared(targets: Iterable[Mapping[str, object]], vocabulary: Vocabulary) -> Iterator[Row]:
    """A row for each target that has an indicator, in the order of the targets.

    The groups of an indicator are numbered by the number of their targets, the largest first.
    """
    rows = [(row, *_measured(row, vocabulary)) for row in targets if row["indicator_id"] is not None]
    kinds: dict[str, Counter[Kind]] = defaultdict(Counter)
    for row, _, kind in rows:
        kinds[str(row["indicator_id"])][kind] += 1
    groups = {
        indicator: sorted(counted, key=lambda kind: (-counted[kind], kind))
        for indicator, counted in kinds.items()
    }
    numbers = {
        (indicator, kind): number
        for indicator, ranked in groups.items()
        for number, kind in enumerate(ranked, 1)
    }
    for row, value, kind in rows:
        indicator = str(row["indicator_id"])
        yield {
            "target_id": row["target_id"],
            "plan_id": row["plan_id"],
            "indicator_id": indicator,
            "change": kind.change,
            "value": value,
            "unit": kind.unit or None,
            "qualifiers": "、".join((*kind.share, *kind.scope)) or None,
            "year": int(kind.year) if kind.year else None,
            "comparison_group": f"{indicator}/{numbers[indicator, kind]}",
            "barriers": "|".join(kind.barriers(groups[indicator][0])) or None,
        }


def _measured(row: Mapping[str, object], vocabulary: Vocabulary) -> tuple[float, Kind]:
    """The value of a target in the unit that its indicator is compared in, and its kind."""
    indicator = vocabulary.indicator_ids[str(row["indicator_id"])]
    printed = str(row["indicator"])
    value, unit = float(str(row["value"])), str(row["unit"] or "")
    own, usual = vocabulary.unit_ids.get(unit), vocabulary.unit_ids.get(indicator.unit_id)
    brought = own and usual and own.dimension == usual.dimension and unit != "percentage-point"
    if own and usual and brought and own.factor and usual.factor:
        value, unit = float(f"{value * own.factor / usual.factor:.12g}"), usual.unit_id
    known = [indicator.label, *str(row["indicator_words"]).split("、")]
    qualifiers: dict[str, tuple[str, ...]] = {"share": (), "scope": ()}
    for each in vocabulary.comparison_words:
        if each.word in printed and not any(each.word in word for word in known):
            qualifiers[each.barrier] += (each.word,)
    return value, Kind(
        change=_change(row, own.dimension if own else "", indicator.dimension[0], vocabulary),
        unit=unit,
        baseline=str(row["baseline_year"] or ""),
        year=str(row["deadline"] or "")[:4],
        **qualifiers,
    )


def _change(row: Mapping[str, object], dimension: str, usual: str, vocabulary: Vocabulary) -> str:
    """What a number says of its indicator: its level, an amount added or by which it moves, or the rate at which it does.

    能耗降低率15% is printed as a level and says a rate.
    """
    change = str(row["change"])
    if change == "level" and dimension == "ratio" != usual:
        words = (each for each in vocabulary.changes if each.change in ("increase", "decrease"))
        change = next((each.change for each in words if each.word in str(row["indicator"])), change)
    return f"{change}-rate" if change in ("increase", "decrease") and row["unit"] == "percent" else change
