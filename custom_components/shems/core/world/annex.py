"""What a complete home has beside the usual one: second battery and car, cooling, more plugs."""

from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

import numpy as np

from ..assets.battery import Battery
from ..assets.performance import AIR_CONDITIONER
from ..units import PHASE_V, Floats
from .chance import smooth

COOLER_KW: Final = 0.9
POOL_PUMP_KW: Final = 0.75
SMALL_CAR_PHASES: Final = 1

_SWING_K: Final = 0.3
_FREEZER_KW: Final = 0.11
_FREEZER_CYCLE_S: Final = 4200.0
_FREEZER_DUTY: Final = 0.4
_EMPTIEST_KWH: Final = 2.0
"""An emptier car was charged on the road."""


def _battery() -> Battery:
    return Battery(
        "plug_battery",
        "Plug-in battery",
        capacity_kwh=2.0,
        charge_kw=0.8,
        discharge_kw=0.8,
        min_soc=0.1,
    )


def _car() -> Battery:
    return Battery(
        "small_car",
        "Small car",
        capacity_kwh=24.0,
        charge_kw=3.68,
        discharge_kw=0.0,
        charge_efficiency=0.88,
    )


@dataclass(frozen=True)
class Annex:
    """The parameters of its devices.

    Attributes:
        battery: behind a socket.
        car: the second car's battery, seen from its charger.
    """

    battery: Battery = field(default_factory=_battery)
    car: Battery = field(default_factory=_car)


@dataclass(frozen=True)
class AnnexControls:
    """What can be set on them; the defaults are a home without manager.

    Attributes:
        battery_remote, battery_kw: whether the plug-in battery follows a setpoint, and what it
            gives then; otherwise it takes and gives what the home's own battery leaves.
        car_enabled, car_amps: charging allowed, on its one phase.
        cooling, cool_c: whether the rooms are cooled, and to what.
        pump_on, freezer_on: their plugs.
        dimmed: whether the grid operator limits what the home may buy; no device heeds it.
    """

    battery_remote: bool = False
    battery_kw: float = 0.0
    car_enabled: bool = True
    car_amps: float = 16.0
    cooling: bool = False
    cool_c: float = 24.0
    pump_on: bool = False
    freezer_on: bool = True
    dimmed: bool = False


@dataclass(frozen=True)
class AnnexState:
    """What they remember.

    Attributes:
        battery_kwh, car_kwh: stored energy.
        car_away, car_plugged: where the second car is.
        cools: whether the air conditioner runs.
    """

    battery_kwh: float = 1.0
    car_kwh: float = 18.0
    car_away: bool = False
    car_plugged: bool = True
    cools: bool = False


class AnnexMoment(NamedTuple):
    """What surrounds them at one moment.

    Attributes:
        freezer_kw: its compressor.
        car_away, trip_kwh, car_plugs: the second car's day.
    """

    freezer_kw: float
    car_away: bool
    trip_kwh: float
    car_plugs: bool


class AnnexPowers(NamedTuple):
    """AC powers in kW; the battery's is positive at discharge, all others are taken."""

    battery: float = 0.0
    car: float = 0.0
    air_conditioner: float = 0.0
    pool_pump: float = 0.0
    freezer: float = 0.0

    @property
    def load(self) -> float:
        """What is taken, kW."""
        return self.car + self.air_conditioner + self.pool_pump + self.freezer


NOTHING: Final = AnnexPowers()


def freezer_kw(seed: int, times: Floats) -> Floats:
    """Return the freezer's compressor, kW, (N,)."""
    drift = 0.35 * smooth(seed, "freezer", times, 6 * 3600)
    phase = np.mod(times / _FREEZER_CYCLE_S + drift, 1.0)
    return np.where(phase < _FREEZER_DUTY, _FREEZER_KW, 0.0)


def drive(state: AnnexState, moment: AnnexMoment) -> AnnexState:
    """Return the state after people have come home with the second car, or left."""
    if moment.car_away == state.car_away:
        return state
    if moment.car_away:
        return replace(state, car_away=True, car_plugged=False)
    kwh = max(state.car_kwh - moment.trip_kwh, _EMPTIEST_KWH)
    return replace(state, car_away=False, car_kwh=kwh, car_plugged=moment.car_plugs)


def take(
    annex: Annex,
    state: AnnexState,
    controls: AnnexControls,
    moment: AnnexMoment,
    indoor_c: float,
    hours: float,
) -> tuple[AnnexState, AnnexPowers]:
    """Return what all but the battery take for the next `hours`, and how it was decided."""
    state = replace(state, cools=_cools(state, controls, indoor_c))
    return state, AnnexPowers(
        car=_car_kw(annex, state, controls, hours),
        air_conditioner=COOLER_KW if state.cools else 0.0,
        pool_pump=POOL_PUMP_KW if controls.pump_on else 0.0,
        freezer=moment.freezer_kw if controls.freezer_on else 0.0,
    )


def give(annex: Annex, state: AnnexState, wanted_kw: float, hours: float) -> float:
    """Return the power the plug-in battery can have for the next `hours`, + = discharge."""
    return annex.battery.step(state.battery_kwh, wanted_kw, hours)[1]


def pass_time(
    annex: Annex, state: AnnexState, powers: AnnexPowers, hours: float
) -> tuple[AnnexState, AnnexPowers]:
    """Return the state after `hours` of these powers, and the powers that could be had."""
    battery_kwh, battery = annex.battery.step(state.battery_kwh, powers.battery, hours)
    car_kwh, charged = annex.car.step(state.car_kwh, -powers.car, hours)
    after = replace(state, battery_kwh=battery_kwh, car_kwh=car_kwh)
    return after, powers._replace(battery=battery, car=-charged)


def cold_kw(powers: AnnexPowers, outdoor_c: float) -> float:
    """Return the heat that is taken out of the rooms."""
    return powers.air_conditioner * AIR_CONDITIONER.at(outdoor_c)


def _cools(state: AnnexState, controls: AnnexControls, indoor_c: float) -> bool:
    if not controls.cooling:
        return False
    return indoor_c > controls.cool_c + (-_SWING_K if state.cools else _SWING_K)


def _car_kw(annex: Annex, state: AnnexState, controls: AnnexControls, hours: float) -> float:
    if not controls.car_enabled or not state.car_plugged:
        return 0.0
    car = annex.car
    room = max(0.0, car.capacity_kwh - state.car_kwh) / (car.charge_efficiency * hours)
    return min(controls.car_amps * PHASE_V * SMALL_CAR_PHASES / 1000.0, car.charge_kw, room)
