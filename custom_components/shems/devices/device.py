"""A device as it was configured: the data of its subentry and how its fields are read."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import time
from typing import Any, Final

from ..core.units import InputError

PERCENT: Final = 100.0


@dataclass(frozen=True)
class Range:
    """What a number entity takes.

    Attributes:
        unit: its unit, None where unknown.
        lowest, highest, step: in that unit; a step of 0 takes any value.
        options: of a select that stands in for a number; those that are numbers.
    """

    unit: str | None = None
    lowest: float = -math.inf
    highest: float = math.inf
    step: float = 0.0
    options: tuple[str, ...] = ()


def unknown_range(entity_id: str) -> Range:
    """Return the range of a number of which nothing is known."""
    return Range()


def unknown_level(entity_id: str) -> float | None:
    """Return what a sensor shows of which nothing is known."""
    return None


@dataclass(frozen=True)
class Device:
    """A configured device.

    Attributes:
        id: the id of its subentry, stable over renames.
        kind: one of `KINDS`.
        name: the subentry's title.
        data: the fields of its form, flat.
        simulated: whether it belongs to a simulated home.
        range_of: looks up what a number entity takes now; ranges change with a device's mode.
        level_of: looks up the number that an entity shows now, None where it shows none.
    """

    id: str
    kind: str
    name: str
    data: Mapping[str, Any]
    simulated: bool = False
    range_of: Callable[[str], Range] = field(default=unknown_range, compare=False, repr=False)
    level_of: Callable[[str], float | None] = field(
        default=unknown_level, compare=False, repr=False
    )

    def entity(self, key: str) -> str | None:
        """Return the entity in a field, None where it is empty."""
        value = self.data.get(key)
        return value if isinstance(value, str) and value else None

    def entities(self, key: str) -> tuple[str, ...]:
        """Return the entities in a field that takes one or several."""
        value = self.data.get(key)
        if isinstance(value, str):
            return (value,) if value else ()
        return tuple(value or ())

    def number(self, key: str, default: float) -> float:
        """Return a number in a field.

        Raises:
            InputError: it is no number.
        """
        value = self.data.get(key)
        if value is None:
            return default
        try:
            return float(value)
        except (TypeError, ValueError) as err:
            raise InputError("field_not_number", field=key, device=self.name) from err

    def fraction(self, key: str, default: float) -> float:
        """Return a field in percent as a fraction."""
        return self.number(key, default * PERCENT) / PERCENT

    def minutes(self, key: str, default: int) -> int:
        """Return a time of day in minutes after midnight.

        Raises:
            InputError: it is none.
        """
        value = self.data.get(key)
        if value is None:
            return default
        try:
            clock = time.fromisoformat(str(value))
        except ValueError as err:
            raise InputError("field_not_time", field=key, device=self.name) from err
        return clock.hour * 60 + clock.minute

    def limits(self, entity_id: str) -> Range:
        """Return what a number takes; where it has no unit, the form says which it is in."""
        found = self.range_of(entity_id)
        unit = found.unit or self.entity("number_unit")
        return found if unit == found.unit else replace(found, unit=unit)

    @property
    def phase(self) -> int | None:
        """Its only phase, from 0; None where it has all of them, or nobody said."""
        if "phase" not in self.data or self.number("phases", 1.0) != 1:
            return None
        return int(self.number("phase", 1.0)) - 1

    def rows(self, key: str) -> tuple[Device, ...]:
        """Return the rows of a table in a field, each to be read as a device of its own."""
        return tuple(replace(self, data=row) for row in self.data.get(key) or ())

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a yes or no."""
        return bool(self.data.get(key, default))
