"""Where real homes lie within the range of simulated ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from custom_components.shems.core.units import Floats

from .measures import charge_statistics, load_statistics, solar_statistics
from .population import simulated_charges, simulated_load, simulated_solar
from .real import Windows, read_charges, read_windows

LEVELS: Final = (0.05, 0.5, 0.95)
_ROOFS: Final = 300


@dataclass(frozen=True)
class Section:
    """One comparison.

    Attributes:
        title: of what.
        ranges: by statistic, the simulator's quantiles at LEVELS.
        real: by home and statistic, the median of its windows or drivers.
        inside: likewise, the share of windows or drivers within the simulator's range.
        shapes: simulated mean days, (n, 24), and real ones by home, in shares of their mean;
            empty where there are none.
    """

    title: str
    ranges: dict[str, tuple[float, ...]]
    real: dict[str, dict[str, float]]
    inside: dict[str, dict[str, float]]
    simulated_shapes: Floats
    real_shapes: dict[str, Floats]

    def told(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "title": self.title,
            "simulated": {name: list(found) for name, found in self.ranges.items()},
            "real": self.real,
            "inside": self.inside,
        }

    @property
    def share(self) -> float:
        """Share of homes' statistics whose median lies within the simulator's range."""
        hits = [
            self.ranges[name][0] <= value <= self.ranges[name][-1]
            for found in self.real.values()
            for name, value in found.items()
        ]
        return float(np.mean(hits))


def compare(data: Path, seed: int, count: int, *, internal: bool) -> list[Section]:
    """Return all comparisons.

    Args:
        data: folder of the real homes.
        seed: of the simulated ones.
        count: how many of them.
        internal: whether sets for internal validation take part.

    Raises:
        InputError: a file is missing or bad.
    """
    homes = list(read_windows(data, "load", internal=internal))
    simulated, shapes = simulated_load(seed, count)
    load = {home.name: load_statistics(home.power_kw, home.weekday) for home in homes}
    sections = [_section("Load", simulated, load, shapes, homes)]
    for group in _by_latitude(list(read_windows(data, "solar", internal=internal))):
        starts = np.concatenate([home.start for home in group])
        latitude = group[0].latitude
        simulated, shapes = simulated_solar(seed, min(count, _ROOFS), latitude, starts)
        solar = {home.name: solar_statistics(home.power_kw) for home in group}
        title = f"Solar power at {latitude:.0f}° north"
        sections.append(_section(title, simulated, solar, shapes, group))
    drivers = [
        charge_statistics(each.arrival_h, each.stay_h, each.energy_kwh, each.days)
        for each in read_charges(data)
    ]
    found = {name: np.array([each[name] for each in drivers]) for name in drivers[0]}
    name = f"{len(drivers)} drivers in Trondheim"
    cars = simulated_charges(seed, max(count // 4, 1))
    sections.append(_section("Charging", cars, {name: found}, np.zeros((0, 24)), []))
    return sections


def _by_latitude(homes: Sequence[Windows]) -> list[list[Windows]]:
    groups: dict[float, list[Windows]] = {}
    for home in homes:
        groups.setdefault(home.latitude, []).append(home)
    return list(groups.values())


def _section(
    title: str,
    simulated: dict[str, Floats],
    real: dict[str, dict[str, Floats]],
    shapes: Floats,
    homes: Sequence[Windows],
) -> Section:
    ranges = {
        name: tuple(float(each) for each in np.nanquantile(values, LEVELS))
        for name, values in simulated.items()
    }

    def within(name: str, values: Floats) -> float:
        low, _, high = ranges[name]
        return float(np.mean((values >= low) & (values <= high)))

    return Section(
        title,
        ranges,
        {
            home: {name: float(np.nanmedian(values)) for name, values in found.items()}
            for home, found in real.items()
        },
        {
            home: {name: within(name, values) for name, values in found.items()}
            for home, found in real.items()
        },
        _shares(shapes),
        {
            home.name: _shares(np.nanmean(home.power_kw.reshape(-1, 24), axis=0)[np.newaxis])[0]
            for home in homes
        },
    )


def _shares(shapes: Floats) -> Floats:
    """Return mean days, (n, 24), in shares of their mean."""
    mean: Floats = shapes.mean(axis=1, keepdims=True)
    shares: Floats = shapes / np.where(mean > 0, mean, 1.0)
    return shares
