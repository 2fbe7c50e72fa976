"""Real roofs: energy that came by issued weather, and clear days where there is no weather."""

import csv
import gzip
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.assets.plane import clear_sky
from custom_components.shems.core.assets.sun import position
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Posterior
from custom_components.shems.core.infer.solar import SolarBlock
from custom_components.shems.core.infer.solar_home import SolarHistory, infer_solar
from custom_components.shems.core.infer.solar_seen import SolarSeen
from custom_components.shems.core.units import Floats
from scripts.forecasting.verdict import Verdict as Judged
from scripts.forecasting.verdict import within

_NORWAY: Final = Path("pv_nwp_norway")
_TRONDHEIM: Final = (63.4, 10.4)
_FONTANA: Final = Path("fontana")
_FONTANA_AT: Final = (34.1, -117.4)
_HOMES: Final = {"01": 4.0, "02": 4.0, "04": 5.0, "08": 4.0}
"""Modules' power in kW, as the data set's schema has it."""
_SCALE_KW: Final = 10.0
"""What the Norwegian shares of full scale are multiplied with: the prior's are homes."""
_WINDOW_H: Final = 28 * 24
_FORTNIGHT_H: Final = 14 * 24
_SNOWY: Final = 0.2
"""Share of a fortnight's sunlit hours under snow from which it is told apart."""
_ENOUGH: Final = 0.8
_CLEAR: Final = 0.93
"""Share of the month's best power at an hour of the day that a clear hour reaches."""


@dataclass(frozen=True)
class Fortnight:
    """Energy of two weeks in hours without snow, kWh.

    Attributes:
        came: what was measured.
        low, high: the predictive 90 % band.
        snowy: whether snow lay in much of it.
        verdict: on the posterior before it.
    """

    came: float
    low: float
    high: float
    snowy: bool
    verdict: str

    @property
    def inside(self) -> bool:
        """Whether the band holds what came."""
        return self.low <= self.came <= self.high


def norway(network: Network, folder: Path) -> list[Judged]:
    """Judge the networks on roofs A and B of mid-Norway, with weather as issued the day before."""
    if not (folder / _NORWAY).is_dir():
        return []
    found = {site: fortnights(network, history_of(folder, site)) for site in "AB"}
    plain = [each for one in found.values() for each in one if not each.snowy]
    snowy = [each for one in found.values() for each in one if each.snowy]
    told = "; ".join(
        f"{site} {sum(each.inside for each in one if not each.snowy)} of "
        f"{sum(not each.snowy for each in one)}"
        for site, one in found.items()
    )
    told += f"; under snow {sum(each.inside for each in snowy)} of {len(snowy)}"
    share = float(np.mean([each.inside for each in plain]))
    asked = "solar, Norway: fortnights' energy within the 90 % band"
    return [within(asked, share, np.inf, least=_ENOUGH, note=f" ({told})")]


def history_of(folder: Path, site: str) -> SolarHistory:
    """Return a Norwegian roof with the weather that was issued for it."""
    rows = _rows(folder / _NORWAY / f"site_{site}_nwp.csv.gz")
    return SolarHistory(
        _times(rows),
        _SCALE_KW * _column(rows, "pv_norm"),
        _column(rows, "nwp_direct_w_m2") + _column(rows, "nwp_diffuse_w_m2"),
        _column(rows, "nwp_temperature_c"),
        _column(rows, "nwp_snow_depth_cm"),
        *_TRONDHEIM,
    )


def fortnights(network: Network, home: SolarHistory) -> list[Fortnight]:
    """Return every fortnight after the first four weeks, predicted from all that was before."""
    found = []
    for now in range(_WINDOW_H, len(home.times) - _FORTNIGHT_H + 1, _FORTNIGHT_H):
        posterior = infer_solar(_part(home, slice(0, now)), network, np.random.default_rng(1))
        found.append(_judged(home, now, posterior))
    return found


def _judged(home: SolarHistory, now: int, posterior: Posterior) -> Fortnight:
    around = slice(now - _WINDOW_H, now + _FORTNIGHT_H)
    later = home.power_kw[now : now + _FORTNIGHT_H]
    seen = SolarSeen(
        home.times[np.newaxis, around],
        np.array([home.latitude]),
        np.array([home.longitude]),
        home.power_kw[np.newaxis, now - _WINDOW_H : now],
        home.irradiance[np.newaxis, around],
        home.temperature_c[np.newaxis, around],
        home.snow_cm[np.newaxis, around],
        later[np.newaxis],
    )
    drawn = SolarBlock().predict(seen, posterior.draws[np.newaxis])[0]
    known = np.isfinite(drawn[0]) & np.isfinite(later)
    low, high = np.quantile(drawn[:, known].sum(axis=1), [0.05, 0.95])
    snowy = float(np.mean(seen.later.snowy)) > _SNOWY
    return Fortnight(
        float(later[known].sum()), float(low), float(high), snowy, posterior.verdict.value
    )


def fontana(network: Network, folder: Path) -> list[Judged]:
    """Judge the networks on Californian roofs, of which only the clear hours tell the weather.

    In an hour that reaches what the month's best had at that time, the sky is taken for
    clear; all others are left out. Their effective power must be one that the modules can
    have: 65 to 105 % of what the schema says.
    """
    if not (folder / _FONTANA).is_dir():
        return []
    right, told = [], []
    for name, peak in _HOMES.items():
        posterior = infer_solar(clear_hours(folder, name), network, np.random.default_rng(1))
        low, middle, high = np.quantile(posterior.draw_of("peak_power") / peak, [0.05, 0.5, 0.95])
        right.append(low < 1.05 and high > 0.65)
        told.append(f"{name}: {middle:.2f} ({low:.2f} to {high:.2f}), {posterior.verdict.value}")
    asked = "solar, Fontana: effective power by clear hours, share of homes"
    return [within(asked, float(np.mean(right)), np.inf, least=1.0, note=f" ({'; '.join(told)})")]


def clear_hours(folder: Path, name: str) -> SolarHistory:
    """Return a Californian roof's last year with the weather of its clear hours only."""
    rows = _rows(folder / _FONTANA / f"home_{name}.csv.gz")
    times, power = _times(rows), _column(rows, "pv_kw")
    days = len(times) // 24
    begin = len(times) - days * 24
    daily = power[begin:].reshape(days, 24)
    best = np.array(
        [np.nanmax(daily[max(0, day - 14) : day + 15], axis=0, initial=0.0) for day in range(days)]
    )
    clear = (daily >= _CLEAR * best).ravel()
    light = clear_sky(position(times[begin:] + HOUR_S / 2, *_FONTANA_AT), 380.0)
    return SolarHistory(
        times[begin:],
        power[begin:],
        np.where(clear, light.direct + light.diffuse, np.nan),
        np.full(days * 24, 20.0),
        np.zeros(days * 24),
        *_FONTANA_AT,
    )


def _part(home: SolarHistory, hours: slice) -> SolarHistory:
    return SolarHistory(
        home.times[hours],
        home.power_kw[hours],
        home.irradiance[hours],
        home.temperature_c[hours],
        home.snow_cm[hours],
        home.latitude,
        home.longitude,
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _times(rows: list[dict[str, str]]) -> Floats:
    return np.array([datetime.fromisoformat(row["time"]).timestamp() for row in rows])


def _column(rows: list[dict[str, str]], name: str) -> Floats:
    return np.array([float(row[name] or "nan") for row in rows])
