"""Seeded homes, loads, sun and prices to plan for."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.tariff import Prices, energy_cost
from custom_components.shems.core.units import Floats

BEGIN: Final = 1_772_452_800.0
"""2 March 2026, noon UTC: cars come home in the evening, heat is needed at night."""
STORE: Final = "battery"
LIMIT_KW: Final = 17.0
_QUARTER_S: Final = 900.0
_QUARTERS: Final = 192


@dataclass(frozen=True)
class Weathers:
    """What a home meets on a horizon, (K,) each.

    Attributes:
        load_kw, solar_kw: of the home without its devices.
        buy, sell: currency/kWh.
        outdoor_c: air temperature.
    """

    load_kw: Floats
    solar_kw: Floats
    buy: Floats
    sell: Floats
    outdoor_c: Floats


@dataclass(frozen=True)
class Battery15:
    """A battery, a roof and a load for 48 hours in quarters.

    Attributes:
        hours, load_kw, solar_kw, buy, sell: (K,).
        energy_kwh: stored at the beginning.
        worth: of a kWh stored at the end.
        limit_kw: of the connection, both ways.
    """

    name: str
    battery: Battery
    horizon: Horizon
    load_kw: Floats
    solar_kw: Floats
    buy: Floats
    sell: Floats
    energy_kwh: float
    worth: float
    limit_kw: float = LIMIT_KW

    @property
    def hours(self) -> Floats:
        """Widths of the steps, (K,)."""
        return self.horizon.hours

    @property
    def home(self) -> Home:
        """The same as SHEMS knows it."""
        roof = Solar("roof", "Roof", peak_kw=8.0, curtailable=True)
        limits = Connection(self.limit_kw, self.limit_kw)
        return Home(connection=limits, solar=(roof,), batteries=(self.battery,))

    @property
    def beliefs(self) -> Beliefs:
        """What is expected, without any doubt."""
        return Beliefs(
            self.horizon,
            Outlook.certain(self.load_kw, "exact"),
            Outlook.certain(self.solar_kw, "exact"),
            Prices(self.buy, self.sell, np.ones(len(self.horizon), dtype=np.bool_)),
        )

    def cost(self, power_kw: Floats) -> float:
        """Return what a course of battery powers (K,) costs, played through its physics."""
        energy, had = self.energy_kwh, np.empty_like(power_kw)
        for step, (power, hours) in enumerate(zip(power_kw, self.hours, strict=True)):
            energy, had[step] = self.battery.step(energy, float(power), float(hours))
        grid = self.load_kw - self.solar_kw - had
        # Feed-in that costs money, or is too much, is throttled.
        unwanted = np.where(self.sell < 0, np.maximum(-grid, 0.0), 0.0)
        grid += np.minimum(np.maximum(unwanted, -grid - self.limit_kw), self.solar_kw)
        wear = self.battery.wear_per_kwh * float(np.maximum(had, 0.0) @ self.hours)
        prices = self.beliefs.prices
        return energy_cost(grid, self.hours, prices) + wear - self.worth * energy


def battery_problems() -> tuple[Battery15, ...]:
    """Return the three problems: dynamic prices, negative ones, and flat ones."""
    horizon = Horizon.uniform(BEGIN, _QUARTER_S, _QUARTERS)
    battery = Battery(STORE, "Battery", 10.0, 5.0, 5.0, wear_per_kwh=0.01)
    problems = []
    for seed, name in enumerate(("dynamic", "negative", "flat")):
        met = weathers(seed, horizon)
        buy, sell = met.buy, met.sell
        if name == "negative":
            spot = buy - 0.3 * np.exp(-(((hour_of_day(horizon) - 13) / 3) ** 2))
            buy, sell = spot, spot - 0.08
        elif name == "flat":
            buy, sell = np.full(len(horizon), 0.32), np.full(len(horizon), 0.08)
        problems.append(
            Battery15(
                name,
                battery,
                horizon,
                met.load_kw,
                met.solar_kw,
                buy,
                sell,
                energy_kwh=4.0,
                worth=max(battery.discharge_efficiency * float(np.median(buy)), 0.0),
            )
        )
    return tuple(problems)


def hour_of_day(horizon: Horizon) -> Floats:
    """Return the hour in the middle of each step, (K,)."""
    middle = (horizon.start + horizon.end) / 2
    hour: Floats = middle % DAY_S / HOUR_S
    return hour


def weathers(seed: int, horizon: Horizon) -> Weathers:
    """Return two spring days with an evening peak, clouds and a market."""
    noise = np.random.default_rng(seed)
    hour, count = hour_of_day(horizon), len(horizon)
    shape = 0.25 + 0.9 * _bell(hour, 19.0, 2.0) + 0.5 * _bell(hour, 7.5, 1.2)
    load = shape * noise.gamma(4.0, 0.25, count)
    clear = np.maximum(np.sin((hour - 6.5) / 11.5 * np.pi), 0.0) ** 1.3
    cloud = np.clip(0.75 + np.cumsum(noise.normal(0, 0.05, count)), 0.1, 1.0)
    market = (
        0.10
        + 0.06 * _bell(hour, 19.0, 1.8)
        + 0.04 * _bell(hour, 8.0, 1.5)
        - 0.07 * _bell(hour, 13.0, 2.5)
        + 0.02 * np.repeat(noise.normal(0, 1.0, count), 4)[:count]
    )
    outdoor = 5.0 + 4.0 * np.cos((hour - 15.0) / 24 * 2 * np.pi) + noise.normal(0, 2.0)
    return Weathers(load, 6.0 * clear * cloud, market + 0.16, market - 0.01, outdoor)


def _bell(hour: Floats, middle: float, width: float) -> Floats:
    bell: Floats = np.exp(-(((hour - middle) / width) ** 2))
    return bell
