"""Makes units of two units: 片/月, 元/平方公里, 吨/公顷 where no row has it."""

from collections.abc import Iterable
from dataclasses import replace

from pipelines.vocabulary.rows import Unit

# What is printed behind the stroke, and the unit that it stands for
PER = {
    "年": "year",
    "月": "month",
    "日": "day",
    "天": "day",
    "小时": "hour",
    "平方公里": "square-kilometre",
    "公顷": "hectare",
}
# The dimensions of what is made, spent or counted in a time or on an area
COMPOSED = ("count", "money", "mass", "volume", "area", "length", "energy")


def units_by_print(units: Iterable[Unit]) -> dict[str, Unit]:
    """Units by how they are printed: the rows, and what is composed of them where no row is printed so.

    >>> from pipelines.vocabulary import load_vocabulary
    >>> found = units_by_print(load_vocabulary().units)
    >>> found["元/平方公里"].unit_id, found["元/平方公里"].dimension, found["吨/日"].unit_id
    ('yuan-per-square-kilometre', 'money per area', 'tonne-per-day')
    """
    rows = {printed: unit for unit in units for printed in (unit.label, *unit.variants)}
    by_id = {unit.unit_id: unit for unit in rows.values()}
    composed = {
        f"{printed}/{behind}": by_id.get(f"{unit.unit_id}-per-{per}") or _composed(unit, by_id[per], behind)
        for printed, unit in rows.items()
        if unit.dimension in COMPOSED
        for behind, per in PER.items()
    }
    return composed | rows


def _composed(unit: Unit, per: Unit, behind: str) -> Unit:
    dimension = (
        f"{unit.dimension} flow" if per.dimension == "time" else f"{unit.dimension} per {per.dimension}"
    )
    return replace(
        unit,
        unit_id=f"{unit.unit_id}-per-{per.unit_id}",
        label=f"{unit.label}/{behind}",
        label_en=f"{unit.label_en} per {per.label_en}",
        dimension=dimension,
        ucum=f"{unit.ucum}/{per.ucum}" if unit.ucum and per.ucum else "",
        factor=unit.factor / per.factor if unit.factor and per.factor else None,
        variants=(),
    )
