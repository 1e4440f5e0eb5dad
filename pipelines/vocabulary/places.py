"""The rows of places.csv and zones.csv, and the place that a string begins with."""

from dataclasses import dataclass
from functools import cached_property

from pipelines.vocabulary.rows import Place, Zone


@dataclass(frozen=True, eq=False)
class Places:
    """Places and zones, as a vocabulary holds them, and what is looked up in them."""

    places: tuple[Place, ...]
    zones: tuple[Zone, ...]

    @cached_property
    def place_of(self) -> dict[str, Place]:
        """Places by full and by short name; where a short name is also a province's, the city has it (吉林)."""
        known = [place for place in self.places if not place.is_of_city]
        ordered = sorted(known, key=lambda place: (place.level != "provincial", place.place_id))
        return {place.short: place for place in ordered if len(place.short) > 1} | {
            place.label: place for place in ordered
        }

    @cached_property
    def counties_of(self) -> dict[str, tuple[Place, ...]]:
        """The counties and districts of cities by their names, of which several may have one (鼓楼区)."""
        found: dict[str, tuple[Place, ...]] = {}
        for place in self.places:
            if place.is_of_city:
                found[place.label] = (*found.get(place.label, ()), place)
        return found

    @cached_property
    def place_of_zone(self) -> dict[str, Place]:
        """Zones and words for the country, the longest first, with the place that each is of."""
        places = {place.place_id: place for place in self.places}
        return {
            row.zone: places[row.place_id]
            for row in sorted(self.zones, key=lambda row: (-len(row.zone), row.zone))
        }

    @property
    def country(self) -> Place:
        """China: the place of what is of the whole country."""
        return next(place for place in self.places if place.level == "national")

    def place_named(self, string: str) -> Place | None:
        """The province, city or county directly under a province whose name a string begins with, the longest such name.

        A title may also begin with the place's short name, or with its province's: 湖北省武汉市….
        """
        return self._named(string)[0]

    def place_at(self, string: str, home: Place | None = None) -> Place | None:
        """The place that a string begins with, down to the county: 芜湖市繁昌区…, 徐汇区…, 两江新区….

        A county's name that several counties have is that of the one in `home`, or of none.
        """
        for zone, at in self.place_of_zone.items():
            if string.startswith(zone):
                return at
        place, length = self._named(string)
        rest = string[length:]
        for end in range(min(len(rest), 16), 2 if place is None else 1, -1):
            counties = self.counties_of.get(rest[:end], ())
            inner = [county for county in counties if county.is_in(place or home or county)]
            if len(inner) == 1:
                return inner[0]
        return place

    def _named(self, string: str) -> tuple[Place | None, int]:
        """The place down to the city that a string begins with, and how many of its characters name it."""
        for length in range(min(len(string), 16), 1, -1):
            if (place := self.place_of.get(string[:length])) is None:
                continue
            city, more = self._named(string[length:]) if place.level == "provincial" else (None, 0)
            if city is not None and city.province == place.place_id:
                return city, length + more
            return place, length
        return None, 0

    def place_coded(self, division_code: str) -> Place | None:
        """The place of a GB/T 2260 code."""
        return self._places_by_code.get(division_code)

    @cached_property
    def _places_by_code(self) -> dict[str, Place]:
        return {place.division_code: place for place in reversed(self.places)}
