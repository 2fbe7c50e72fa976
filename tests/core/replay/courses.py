"""Short runs that the tests of the closed loop share."""

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.replay.course import Course, join
from custom_components.shems.core.replay.run import (
    HISTORY_DAYS,
    Run,
    protocol_battery,
    protocol_tariff,
)
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats

ZONE = "Europe/Berlin"
HOUR = 3600.0


def at(text: str, zone: str = ZONE) -> float:
    """Return the epoch seconds of a local time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def run_of(
    load: npt.ArrayLike,
    solar: npt.ArrayLike | None = None,
    price: npt.ArrayLike = 0.1,
    *,
    begin: str = "2024-05-01",
    step_s: float = HOUR,
    tariff: str = "spot",
    parts: int = 1,
    first: int = 0,
    last: int | None = None,
    battery: Battery | None = None,
    forecast: Floats | None = None,
) -> Run:
    """Return a run of a home given step by step; prices are on the same clock."""
    load_kw = np.array(load, dtype=np.float64)
    start = at(begin) + step_s * np.arange(len(load_kw))
    solar_kw = None if solar is None else np.broadcast_to(np.array(solar, float), load_kw.shape)
    course = Course(start, step_s, load_kw, solar_kw, forecast, ZONE)
    prices = np.broadcast_to(np.array(price, dtype=np.float64), load_kw.shape)
    return Run(
        course,
        join(course, Series(start, start + step_s, prices), ZONE, 0),
        protocol_tariff(tariff, ZONE, "EUR"),
        battery or protocol_battery(),
        parts,
        first,
        len(load_kw) if last is None else last,
    )


def noisy(
    seed: int,
    days: int = 2,
    *,
    step_s: float = HOUR,
    tariff: str = "spot",
    parts: int = 1,
    battery: Battery | None = None,
) -> Run:
    """Return a run full of surprises after its history.

    Loads beyond the connection, sun beyond the export limit, prices far below zero.
    """
    noise = np.random.default_rng(seed)
    count = round((HISTORY_DAYS + days) * 24 * HOUR / step_s)
    hour = np.arange(count) * step_s / HOUR % 24
    load = noise.gamma(1.2, 1.0, count) * noise.choice([1, 8])
    bell = np.maximum(np.sin((hour - 6) / 12 * np.pi), 0.0)
    solar = bell * noise.uniform(0, 1, count) * noise.choice([6, 20])
    price = np.round(noise.normal(0.05, 0.15, count), 2)
    return run_of(
        load,
        None if seed % 4 == 0 else solar,
        price,
        step_s=step_s,
        tariff=tariff,
        parts=parts,
        first=round(HISTORY_DAYS * 24 * HOUR / step_s),
        battery=battery,
    )
