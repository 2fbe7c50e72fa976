"""Statistics in which simulated homes and real ones are compared, by windows of four weeks."""

from typing import Final

import numpy as np

from custom_components.shems.core.units import Floats

DAYS: Final = 28
HOURS: Final = 24
_PARTS: Final = {
    "night, 0 to 6 h": (0, 6),
    "morning, 6 to 10 h": (6, 10),
    "day, 10 to 16 h": (10, 16),
    "evening, 16 to 22 h": (16, 22),
}
_LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_LAGS_H: Final = (1, 2, 3, 24, 168)
_FREE: Final = 5
_STILL: Final = 1e-12
"""A variance that is none."""
_MORNING: Final = 8.0
"""From when on arrivals are told in their order: nobody comes home to charge at 8 h."""


def load_statistics(load_kw: Floats, weekday: Floats) -> dict[str, Floats]:
    """Return statistics of windows, (n,) each.

    Args:
        load_kw: mean powers of local hours, (n, 672), NaN where unknown.
        weekday: of the first day, (n,), 0 is Monday.
    """
    mean = np.nanmean(load_kw, axis=1)
    days = load_kw.reshape(len(load_kw), DAYS, HOURS)
    shape = np.nanmean(days, axis=1)
    statistics = {"mean power, kW": mean}
    for name, (first, last) in _PARTS.items():
        statistics[f"daily shape: share of the {name}"] = shape[:, first:last].sum(axis=1) / (
            shape.sum(axis=1)
        )
    statistics["daily shape: highest hour over mean"] = shape.max(axis=1) / mean
    order = np.sort(load_kw, axis=1)
    known = np.isfinite(load_kw).sum(axis=1)
    for level in _LEVELS:
        at = np.round(level * (known - 1)).astype(int)
        statistics[f"load duration: {level:.0%} quantile over mean"] = (
            order[np.arange(len(order)), at] / mean
        )
    centred = load_kw - mean[:, np.newaxis]
    for lag in _LAGS_H:
        together = np.nanmean(centred[:, lag:] * centred[:, :-lag], axis=1)
        statistics[f"autocorrelation after {lag} h"] = together / np.nanvar(load_kw, axis=1)
    ramps = np.sort(np.abs(np.diff(load_kw, axis=1)), axis=1)
    pairs = np.isfinite(ramps).sum(axis=1)
    for level in (0.5, 0.9, 0.99):
        at = np.round(level * (pairs - 1)).astype(int)
        statistics[f"ramps: {level:.0%} quantile over mean"] = (
            ramps[np.arange(len(ramps)), at] / mean
        )
    energy = np.nanmean(days, axis=2)
    statistics["daily energy: coefficient of variation"] = np.nanstd(energy, axis=1) / mean
    aside = energy - mean[:, np.newaxis]
    statistics["daily energy: autocorrelation after a day"] = np.nanmean(
        aside[:, 1:] * aside[:, :-1], axis=1
    ) / np.maximum(np.nanvar(energy, axis=1), _STILL)
    free = (weekday[:, np.newaxis] + np.arange(DAYS)) % 7 >= _FREE
    statistics["weekend energy over that of working days"] = np.nanmean(
        np.where(free, energy, np.nan), axis=1
    ) / np.nanmean(np.where(free, np.nan, energy), axis=1)
    return statistics


def solar_statistics(solar_kw: Floats) -> dict[str, Floats]:
    """Return statistics of windows of solar power, (n, 672) by local hours, (m,) each.

    Powers count as shares of the window's highest, so that sizes do not matter; windows in
    the polar night do not count.
    """
    solar_kw = solar_kw[np.nanmax(solar_kw, axis=1) > 0]
    days = solar_kw.reshape(len(solar_kw), DAYS, HOURS)
    order = np.sort(solar_kw, axis=1)
    known = np.isfinite(solar_kw).sum(axis=1)
    rows = np.arange(len(order))
    highest = order[rows, np.round(0.998 * (known - 1)).astype(int)]
    share = solar_kw / highest[:, np.newaxis]
    daily = np.nanmean(days, axis=2) / highest[:, np.newaxis]
    best = np.nanmax(daily, axis=1)
    shape = np.nanmean(days, axis=1)
    hour = np.arange(HOURS) + 0.5
    middle = (shape * hour).sum(axis=1) / shape.sum(axis=1)
    width = np.sqrt((shape * (hour - middle[:, np.newaxis]) ** 2).sum(axis=1) / shape.sum(axis=1))
    centred = share - np.nanmean(share, axis=1, keepdims=True)
    spread = np.nanvar(share, axis=1)
    statistics = {
        "mean over highest power": np.nanmean(share, axis=1),
        "daily shape: standard deviation around its middle, h": width,
        "days below a quarter of the best day": np.nanmean(daily < best[:, np.newaxis] / 4, axis=1),
        "days above three quarters of the best day": np.nanmean(
            daily > 0.75 * best[:, np.newaxis], axis=1
        ),
        "daily energy: coefficient of variation": np.nanstd(daily, axis=1)
        / np.nanmean(daily, axis=1),
    }
    for lag in (1, 24):
        together = np.nanmean(centred[:, lag:] * centred[:, :-lag], axis=1)
        statistics[f"autocorrelation after {lag} h"] = together / spread
    ramps = np.sort(np.abs(np.diff(share, axis=1)), axis=1)
    pairs = np.isfinite(ramps).sum(axis=1)
    for level in (0.9, 0.99):
        at = np.round(level * (pairs - 1)).astype(int)
        statistics[f"ramps: {level:.0%} quantile over highest power"] = ramps[rows, at]
    return statistics


def charge_statistics(
    arrival_h: Floats, stay_h: Floats, energy_kwh: Floats, days: float
) -> dict[str, float]:
    """Return statistics of one driver's charges, (M,) each, on so many days."""
    middle = float(np.median(np.mod(arrival_h - _MORNING, HOURS))) + _MORNING
    off = np.mod(arrival_h - middle + HOURS / 2, HOURS) - HOURS / 2
    return {
        "energy of a charge, kWh": float(energy_kwh.mean()),
        "energy of a charge: coefficient of variation": float(energy_kwh.std() / energy_kwh.mean()),
        "hour of arrival, median": middle % HOURS,
        "hour of arrival: half of the charges within, h": float(2.0 * np.median(np.abs(off))),
        "stay, median, h": float(np.median(stay_h)),
        "charges a week": 7.0 * len(energy_kwh) / days,
    }
