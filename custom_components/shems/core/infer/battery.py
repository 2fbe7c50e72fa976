"""A battery's capacity, round trip, idle draw and standby, from its powers and its charge."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ..units import Floats
from ..world.population.batteries import PER_DAY, Batteries, asked_of, run
from ..world.population.climate import wander
from ..world.population.meters import Meters, averaged, coverage, delayed, masked
from .battery_check import changes_of, check_of, predicted_of
from .battery_features import features_of
from .block import Check, Drawn
from .prior import Parameter, Prior

DAYS: Final = 28
LATER_DAYS: Final = 14
_BLOCK: Final = 4
"""Where this block's seeds are apart from others'."""
_PER_HOUR: Final = PER_DAY // 24

_PRIOR: Final = Prior(
    (
        # From a single module to the largest that homes have.
        Parameter("capacity_kwh", "kWh", 1.0, 60.0, log=True),
        # From lead and old inverters to the best of those that are coupled at DC.
        Parameter("round_trip", "", 0.6, 1.0),
        Parameter("idle_kw", "kW", 0.0, 0.12, natural=(True, False)),
        Parameter("standby_kw", "kW", 0.0, 0.08, natural=(True, False)),
    )
)

_DIGITS: Final = (0.001, 0.005, 0.01)
_DIGIT_SHARE: Final = (0.2, 0.1, 0.7)
_GAIN_SD: Final = 0.007
"""By which the meters of charge and discharge differ, beyond the 1 % that they share."""
_BOW_SD: Final = 0.02
"""By how much the charge that is shown is off in the middle of its range: cells' voltages tell
little there."""
_DRIFT_MOST: Final = 0.015
_DRIFT_KEEP: Final = 0.97


@dataclass(frozen=True)
class BatteryHistory:
    """Hourly means of batteries, (n, T) each and (n, T') of later ones; NaN where missing.

    Attributes:
        charge_kw, discharge_kw: AC power, both positive.
        soc: state of charge, a share.
        later_charge_kw, later_discharge_kw, later_soc: of the days after; (n, 0) without.
    """

    charge_kw: Floats
    discharge_kw: Floats
    soc: Floats
    later_charge_kw: Floats
    later_discharge_kw: Floats
    later_soc: Floats

    @property
    def held_out(self) -> Floats:
        """By how much the charge changed in each six hours of the later days."""
        return changes_of(self.later_soc)


class BatteryBlock:
    """What a battery holds and loses."""

    name = "battery"
    prior = _PRIOR
    twists: tuple[str, ...] = ("time_shift", "unmetered_charge", "module_lost")

    def simulate(self, seed: int, count: int, *, twist: str | None = None) -> Drawn[BatteryHistory]:
        """Return homes with batteries: 28 days that are seen and the 14 after.

        Twists: the charge's clock is an hour late; modules charge the cells directly, past
        the meter; half of the cells are lost between the first and the second week's end.
        """
        rng = np.random.default_rng([seed, _BLOCK])
        theta = _PRIOR.draw(rng, count)
        batteries = _drawn(rng, theta)
        days = DAYS + LATER_DAYS
        asked = asked_of(rng, count, days, batteries.capacity_kwh)
        start = rng.random(count)
        charge, discharge, share = _used(batteries, asked, start)
        if twist == "module_lost":
            half = replace(batteries, capacity_kwh=batteries.capacity_kwh / 2)
            lost = rng.integers(DAYS * PER_DAY // 4, DAYS * PER_DAY // 2, (count, 1))
            after = np.arange(asked.shape[1]) >= lost
            other = _used(half, asked, start)
            charge, discharge, share = (
                np.where(after, new, old)
                for new, old in zip(other, (charge, discharge, share), strict=True)
            )
        if twist == "unmetered_charge":
            hour = np.arange(asked.shape[1]) % PER_DAY / _PER_HOUR
            hidden = rng.uniform(0.25, 0.6, (count, 1))
            charge = charge * np.where((hour >= 9) & (hour < 16), 1 - hidden, 1.0)
        shown = _shown(rng, share, 4.0 * (twist == "time_shift"))
        meters = Meters.draw(rng, count)
        read = [
            meters.read(rng, power * (1 + _GAIN_SD * rng.standard_normal((count, 1))), 0.25, 4)
            for power in (charge, discharge)
        ]
        seen = coverage(rng, count, DAYS, 24)
        edge = DAYS * 24
        return Drawn(
            theta,
            BatteryHistory(
                *(masked(each[:, :edge], seen) for each in (*read, shown)),
                *(each[:, edge:] for each in (*read, shown)),
            ),
        )

    def features(self, observed: BatteryHistory) -> Floats:
        """Return regressions of charge on energy over several spans."""
        return features_of(observed.charge_kw, observed.discharge_kw, observed.soc)

    def check(self, observed: BatteryHistory, draws: Floats) -> Check:
        """Compare changes of the charge with those that the powers explain."""
        return check_of(observed.charge_kw, observed.discharge_kw, observed.soc, draws)

    def predict(self, observed: BatteryHistory, draws: Floats) -> Floats:
        """Return changes of the charge in six hours, (n, S, T' / 6), as the later powers make."""
        return predicted_of(
            (observed.charge_kw, observed.discharge_kw, observed.soc),
            (observed.later_charge_kw, observed.later_discharge_kw, observed.later_soc),
            draws,
        )


def _drawn(rng: np.random.Generator, theta: Floats) -> Batteries:
    """Return batteries with these parameters and limits as they are sold."""
    count = len(theta)
    power = theta[:, 0] * np.exp(rng.uniform(np.log(0.15), np.log(1.0), count))
    kept = rng.random((2, count)) < 0.5
    return Batteries(
        capacity_kwh=theta[:, 0],
        round_trip=theta[:, 1],
        idle_kw=theta[:, 2],
        standby_kw=theta[:, 3],
        charge_kw=np.minimum(power * rng.uniform(0.7, 1.0, count), 15.0),
        discharge_kw=np.minimum(power, 15.0),
        least_share=np.where(kept[0], rng.uniform(0.0, 0.25, count), 0.0),
        most_share=np.where(kept[1], rng.uniform(0.8, 1.0, count), 1.0),
        deaf_kw=rng.uniform(0.0, 0.1, count),
    )


def _used(batteries: Batteries, asked: Floats, start: Floats) -> tuple[Floats, Floats, Floats]:
    """Return charge and discharge in kW and the state of charge, (n, T)."""
    charge, discharge, stored = run(batteries, asked, start)
    return charge, discharge, stored / batteries.capacity_kwh[:, np.newaxis]


def _shown(rng: np.random.Generator, share: Floats, late: float) -> Floats:
    """Return the hourly means that a sensor of the charge shows."""
    count = len(share)
    bow = 4 * _BOW_SD * rng.standard_normal((count, 1)) * share * (1 - share)
    size = rng.uniform(0.0, _DRIFT_MOST, (count, 1))
    drift = size * wander(rng, count, share.shape[1], _DRIFT_KEEP)
    told = delayed(share + bow + drift, rng.uniform(0.0, 0.5, count) + late)
    digit = rng.choice(_DIGITS, count, p=_DIGIT_SHARE)[:, np.newaxis]
    return averaged(np.clip(np.round(told / digit) * digit, 0.0, 1.0), _PER_HOUR)
