"""A test building with known heating: whether its loss is found, with an honest interval."""

import csv
import gzip
from datetime import datetime
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.infer.network import Network
from custom_components.shems.core.infer.posterior import Posterior, Verdict, entered
from custom_components.shems.core.infer.thermal import PRIOR, Thermal
from custom_components.shems.core.infer.thermal_home import STEADY, Heated, windows_of
from custom_components.shems.core.units import Floats
from scripts.forecasting.verdict import Verdict as Judged
from scripts.forecasting.verdict import within

_FILE: Final = Path("flexhouse_prbs", "prbs1.csv.gz")
_LONGITUDE: Final = 12.1
_LOSS: Final = (0.15, 0.25)
"""kW/K: energy balance of the means 0.17, hourly regression 0.19, Kalman filter 0.20."""
_WIDEST: Final = 3.0
"""Ratio of the 90 % interval's ends: one that is wider tells nothing that five days could."""
_DRAWS: Final = 4000
_HOUR_S: Final = 3600


def history(folder: Path) -> Heated | None:
    """Return the building's hours, None where the data are absent."""
    path = folder / _FILE
    if not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    times = np.array([datetime.fromisoformat(row["time"]).timestamp() for row in rows])
    hours = np.floor(times / _HOUR_S)
    each = np.arange(hours[0], hours[-1] + 1)

    def hourly(name: str) -> Floats:
        values = np.array([float(row[name] or "nan") for row in rows])
        return np.array([values[hours == hour].mean() for hour in each])

    return Heated(
        each * _HOUR_S,
        hourly("heating_kw"),
        hourly("temperature_indoor_c"),
        hourly("temperature_outdoor_c"),
        np.maximum(hourly("solar_kw_m2"), 0.0),
        _LONGITUDE,
        steady=True,
    )


def posterior(network: Network, seen: Heated) -> Posterior:
    """Return what is inferred, though its five days are less than a home must show."""
    rooms, when = windows_of(seen)
    random = np.random.default_rng(1)
    draws = network.sample(Thermal().features(rooms), random, _DRAWS)[0]
    found = Posterior("thermal", PRIOR.names, draws, Verdict.TRUSTED, (), when[0].window)
    return entered(found, PRIOR, {"cop_slope": STEADY}, random)


def check(network: Network, folder: Path) -> list[Judged]:
    """Judge the networks of the rooms on the building."""
    seen = history(folder)
    if seen is None:
        return []
    loss = posterior(network, seen).draw_of("loss")
    low, middle, high = np.quantile(loss, [0.05, 0.5, 0.95])
    told = f"90 % of the draws between {low:.3f} and {high:.3f}"
    return [
        within(
            "thermal, FlexHouse: loss, kW/K",
            float(middle),
            _LOSS[1],
            least=_LOSS[0],
            form=".3f",
            note=f" ({told})",
        ),
        within(
            "thermal, FlexHouse: interval, upper end over lower",
            float(high / low),
            _WIDEST,
            form=".2f",
        ),
        within("thermal, FlexHouse: interval's lower end, kW/K", float(low), 0.202, form=".3f"),
        within(
            "thermal, FlexHouse: interval's upper end",
            float(high),
            np.inf,
            least=0.168,
            form=".3f",
        ),
    ]
