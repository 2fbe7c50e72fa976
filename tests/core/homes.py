"""Homes and beliefs that several tests share."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from hypothesis import strategies as st

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.connection import Connection
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.assets.solar import Solar
from custom_components.shems.core.forecast.beliefs import Beliefs, Outlook
from custom_components.shems.core.forecast.levels import LEVELS
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.observe.readings import BatteryReading, Readings, Trust, Value
from custom_components.shems.core.tariff import Prices
from custom_components.shems.core.units import Floats

NOW = 1_780_000_200.0  # 28 May 2026, 20:30 UTC.
BATTERY = Battery("store", "Store", 10.0, 5.0, 4.0, min_soc=0.1, wear_per_kwh=0.01)
ROOF = Solar("roof", "Roof", curtailable=True)
HOME = Home(batteries=(BATTERY,), solar=(ROOF,))

type Course = float | Sequence[float]


def hourly(count: int) -> Horizon:
    return Horizon.uniform(NOW, 3600.0, count)


def spread(value: Course, count: int) -> Floats:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (count,)).copy()


def certain(
    load: Course = 1.0,
    solar: Course = 0.0,
    buy: Course = 0.3,
    sell: Course = 0.05,
    *,
    horizon: Horizon,
) -> Beliefs:
    """Return beliefs without doubt."""
    count = len(horizon)
    prices = Prices(spread(buy, count), spread(sell, count), np.ones(count, dtype=np.bool_))
    return Beliefs(
        horizon,
        Outlook.certain(spread(load, count), "exact"),
        Outlook.certain(spread(solar, count), "exact"),
        prices,
    )


def uncertain(beliefs: Beliefs, factors: Sequence[float] = (0.6, 1.0, 1.4)) -> Beliefs:
    """Return beliefs in which the load may come at any of these multiples."""
    load = beliefs.load.mean
    paths = np.array([load * factor for factor in factors])
    quantiles = np.quantile(paths, LEVELS, axis=0)
    return replace(beliefs, load=Outlook(paths.mean(axis=0), quantiles, paths, "test"))


def value_of(value: float | None) -> Value:
    if value is None:
        return Value(None, None, Trust.MISSING)
    return Value(value, NOW, Trust.OK)


def readings(
    net_kw: float | None,
    soc: dict[str, float | None],
    power_kw: dict[str, float | None] | None = None,
    now: float = NOW,
) -> Readings:
    """Return the meters of a home whose batteries give `power_kw` at a net load."""
    power = {key: (power_kw or {}).get(key, 0.0) for key in soc}
    known = [each for each in power.values() if each is not None]
    grid = None if net_kw is None else net_kw - sum(known)
    return Readings(
        now,
        grid_kw=value_of(grid),
        batteries={
            key: BatteryReading(value_of(each), value_of(power[key])) for key, each in soc.items()
        },
    )


# Strategies. Numbers come from coarse grids: what fails is then easy to read, and ties,
# zeros and limits are met often.


@cache  # A test draws hundreds: a strategy made anew is also checked anew.
def on_grid(low: float, high: float, step: float) -> st.SearchStrategy[float]:
    return st.integers(round(low / step), round(high / step)).map(
        lambda count: round(count * step, 6)
    )


efficiencies = st.sampled_from([0.8, 0.9, 0.95, 1.0])


@st.composite
def batteries(draw: st.DrawFn, name: str = "store") -> Battery:
    low = draw(on_grid(0, 0.4, 0.1))
    return Battery(
        name,
        name.title(),
        draw(on_grid(1, 15, 1)),
        draw(on_grid(0, 6, 0.5)),
        draw(on_grid(0, 6, 0.5)),
        draw(efficiencies),
        draw(efficiencies),
        min_soc=low,
        max_soc=draw(on_grid(max(low, 0.5), 1, 0.1)),
        reserve_soc=draw(on_grid(0, 0.5, 0.1)),
        wear_per_kwh=draw(st.sampled_from([0.0, 0.01, 0.05])),
        may_charge_from_grid=draw(st.booleans()),
        may_discharge_to_grid=draw(st.booleans()),
    )


@st.composite
def cases(
    draw: st.DrawFn,
    *,
    most_batteries: int = 2,
    least_price: float = -0.3,
    wide: bool = False,
) -> tuple[Home, Beliefs, dict[str, float]]:
    """Draw a home, certain beliefs and what its batteries hold.

    Behind a wide connection neither load nor sun alone break a limit.
    """
    count = draw(st.integers(2, 16))
    powers = st.lists(on_grid(0, 8, 0.5), min_size=count, max_size=count)
    prices = st.lists(on_grid(least_price, 0.5, 0.05), min_size=count, max_size=count)
    stores = tuple(
        draw(batteries(name)) for name in ("one", "two")[: draw(st.integers(0, most_batteries))]
    )
    limits = st.sampled_from([9.0, 17.0] if wide else [2.0, 6.0, 17.0])
    home = Home(
        Connection(draw(limits), draw(limits)),
        (Solar("roof", "Roof", curtailable=draw(st.booleans())),),
        stores,
    )
    beliefs = certain(draw(powers), draw(powers), draw(prices), draw(prices), horizon=hourly(count))
    held = {
        each.id: draw(on_grid(0, 1, 0.1)) * (each.max_kwh - each.floor_kwh) + each.floor_kwh
        for each in stores
    }
    return home, beliefs, held
