"""Prices of the day after tomorrow, at 13:15, when tomorrow's are known."""

from datetime import datetime
from typing import Any, Final

import numpy as np

from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.levels import COUNT
from custom_components.shems.core.forecast.market import learn_market, market_outlook
from custom_components.shems.core.horizon import Horizon
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Bools, Floats, InputError

from .baselines import DRESSED_DAYS, NEIGHBOUR_H, quantiles_of
from .evaluate import Scores, ratio
from .inputs import before
from .metrics import marks, score
from .origins import Ints, date_of, number_of, steps
from .verdict import OURS, Verdict, within

COPY: Final = "copy_of_tomorrow"
_LEAST_DAYS: Final = 14
"""Days of prices before the first forecast that is scored."""


def scored_prices(
    market: Series, zone: str, start: datetime | None, count: int | None
) -> dict[str, Any]:
    """Return the scores of day D+2 at 13:15 of D by calendar year, for JSON and tables.

    Raises:
        InputError: there are too few days of prices.
    """
    days = Days(zone, float(np.median(np.diff(market.start))))
    first = days.day(float(market.start[0]))
    price = days.matrix(market, first, days.day(float(market.end[-1]) - 1) - first + 1)
    rows = _rows(price, first, start, count)
    ours = _ours(market, days, first, rows, price.shape)
    points = _points(price)
    quantiles = {name: _dressed(price, point, days) for name, point in points.items()}
    found = {name: marks(quantiles[name], price, point) for name, point in points.items()}
    found[OURS] = marks(ours, price)
    mask = np.logical_and.reduce([np.isfinite(each["crps"]) for each in found.values()])
    mask &= np.isin(np.arange(len(price)), rows)[:, np.newaxis]
    if not mask.any():
        raise InputError("nothing_to_score")
    year = np.array([date_of(first + row).year for row in range(len(price))])

    def scores(where: Bools) -> Scores:
        return {name: score(each, mask & where[:, np.newaxis]) for name, each in found.items()}

    years = {str(each): scores(year == each) for each in np.unique(year[mask.any(axis=1)])}
    ratios = {name: ratio(each, OURS, COPY, "mae") for name, each in years.items()}
    return {
        "quantity": "price",
        "unit": "currency/kWh",
        "zone": zone,
        "step_s": days.step_s,
        "first_day": str(date_of(first)),
        "days": len(price),
        "models": list(found),
        "all": scores(year > 0),
        "years": years,
        "mae_ratio": ratios,
        "verdict": [each.as_dict() for each in _verdicts(ratios)],
    }


def _rows(price: Floats, first: int, start: datetime | None, count: int | None) -> Ints:
    """Return the days to forecast, as rows of the prices."""
    least = _LEAST_DAYS + 2
    if len(price) <= least:
        raise InputError("prices_too_few", days=len(price), least=least + 1)
    begin = least
    if start is not None:
        begin = number_of(start) - first
        if not least <= begin < len(price):
            raise InputError(
                "start_outside",
                start=f"{start:%Y-%m-%d}",
                first=str(date_of(first + least)),
                last=str(date_of(first + len(price) - 1)),
            )
    return np.arange(begin, len(price) if count is None else min(begin + count, len(price)))


def _ours(market: Series, days: Days, first: int, rows: Ints, shape: tuple[int, ...]) -> Floats:
    """Return SHEMS' distributions by day and slot, (D, S, L), NaN where not forecast."""
    quantiles = np.full((*shape, COUNT), np.nan)
    model = None
    for row in rows:
        begin, end = days.midnight(first + int(row)), days.midnight(first + int(row) + 1)
        known = before(market, begin)
        model = learn_market(model, known, days.zone, known_until=begin)
        horizon = Horizon.uniform(begin, days.step_s, round((end - begin) / days.step_s))
        outlook = market_outlook(model, known, horizon, known_until=begin)
        slot = np.round(days.position(horizon.start)).astype(np.intp) % days.slots
        quantiles[row, slot] = outlook.quantiles.T
    return quantiles


def _points(price: Floats) -> dict[str, Floats]:
    """Return what anyone would guess of each day from the days before it, (D, S)."""
    unknown = np.full((7, price.shape[1]), np.nan)
    padded = np.concatenate([unknown, price])
    lagged = np.stack([padded[7 - lag : len(padded) - lag] for lag in range(1, 8)])
    known = np.isfinite(lagged)
    number = known.sum(axis=0)
    total = np.where(known, lagged, 0.0).sum(axis=0)
    mean = np.divide(total, number, out=np.full(price.shape, np.nan), where=number > 0)
    return {COPY: lagged[0], "last_week": lagged[6], "seven_day_mean": mean}


def _dressed(price: Floats, point: Floats, days: Days) -> Floats:
    """Return points (D, S) as distributions by the residuals of 60 days, an hour around."""
    near = steps(NEIGHBOUR_H, days)
    residual = np.pad(price - point, ((0, 0), (near, near)), constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(residual, 2 * near + 1, axis=1)
    quantiles = np.full((*price.shape, COUNT), np.nan)
    for row in range(1, len(price)):
        pool = windows[max(0, row - DRESSED_DAYS) : row]
        pool = np.moveaxis(pool, 1, 0).reshape(price.shape[1], -1)
        quantiles[row] = point[row][:, np.newaxis] + quantiles_of(pool)
    return quantiles


def _verdicts(ratios: dict[str, float | None]) -> list[Verdict]:
    known = [value for value in ratios.values() if value is not None]
    return [
        within("mean of the years' MAE over copying D+1", float(np.mean(known)), 0.88),
        within("highest of the years' MAE over copying D+1", max(known), 0.95),
    ]
