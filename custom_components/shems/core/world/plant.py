"""The devices of a simulated household, moved through time.

`settle` says what every device draws from now on, `advance` lets that run for a while. The
past of a home is the two in a loop; the live home calls them whenever something happens.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple

from ..units import PHASE_V
from .annex import (
    NOTHING,
    AnnexControls,
    AnnexPowers,
    AnnexState,
    cold_kw,
    drive,
    give,
    pass_time,
    take,
)
from .appliance import PROGRAMMES
from .house import Heat
from .household import CAR_PHASES, Household, Moment
from .people import LAMP_KW

DEHUMIDIFIER_KW: Final = 0.35
"""In the cellar, on a plug that nobody turns on."""


class BatteryMode(StrEnum):
    """What the battery's inverter is told."""

    AUTOMATIC = "automatic"
    """Its own control: absorb surplus and cover the load."""
    CHARGE = "charge"
    DISCHARGE = "discharge"
    HOLD = "hold"
    ABSORB = "absorb"
    COVER = "cover"


class HeatingMode(StrEnum):
    """What the heat pump is told for the rooms."""

    AUTO = "auto"
    """The household's own times."""
    HEAT = "heat"
    OFF = "off"


class CarPresence(StrEnum):
    """Where the car is."""

    AUTOMATIC = "automatic"
    """It comes and goes with the people."""
    HOME = "home"
    AWAY = "away"


@dataclass(frozen=True)
class Controls:
    """What can be set on the devices; the defaults are a home without manager.

    Attributes:
        battery_mode, battery_kw: the inverter's mode, and the power of charge and discharge.
        solar_limit_kw: None where the inverter is not throttled.
        car_enabled, car_amps, car_target: charging allowed, per phase, fraction.
        car_presence: where the car is.
        heating, target_c: the heat pump's mode, and the temperature of `heat`.
        water_c: temperature of the hot water, None for the heat pump's own limits.
        remote: whether each of PROGRAMMES, once loaded, waits for a start from afar.
        lamps: brightness set by hand, None while people do as they like.
        refrigerator_on, dehumidifier_on: their plugs.
        annex: the same for what a complete home has more.
    """

    battery_mode: BatteryMode = BatteryMode.AUTOMATIC
    battery_kw: float = 5.0
    solar_limit_kw: float | None = None
    car_enabled: bool = True
    car_amps: float = 16.0
    car_target: float = 0.8
    car_presence: CarPresence = CarPresence.AUTOMATIC
    heating: HeatingMode = HeatingMode.AUTO
    target_c: float = 20.5
    water_c: float | None = None
    remote: tuple[bool, bool] = (False, False)
    lamps: tuple[float | None, float | None, float | None] = (None, None, None)
    refrigerator_on: bool = True
    dehumidifier_on: bool = False
    annex: AnnexControls = field(default_factory=AnnexControls)

    def wish_c(self, household: Household, hour: float) -> float | None:
        """Return the room temperature asked for, None where heating is off."""
        if self.heating is HeatingMode.OFF:
            return None
        return household.house.wish_c(hour) if self.heating is HeatingMode.AUTO else self.target_c


_MILD = Heat(20.3, 19.5, 50.0, heating=False, boiling=False)


@dataclass(frozen=True)
class State:
    """What the devices remember.

    Attributes:
        battery_kwh, car_kwh: stored energy.
        car_away, car_plugged: where the car is.
        heat: the house.
        progress: hours into each of PROGRAMMES, None while it rests.
        loaded: whether each of them waits for its start.
        annex: the same for what a complete home has more.
    """

    battery_kwh: float = 5.0
    car_kwh: float = 38.0
    car_away: bool = False
    car_plugged: bool = True
    heat: Heat = _MILD
    progress: tuple[float | None, float | None] = (None, None)
    loaded: tuple[bool, bool] = (False, False)
    annex: AnnexState = field(default_factory=AnnexState)


class Powers(NamedTuple):
    """AC powers in kW; hot water is a part of the heat pump's.

    load = grid + battery + solar + the battery of the annex, whose consumers are in the load.
    """

    grid: float
    battery: float
    solar: float
    load: float
    base: float
    cooking: float
    refrigerator: float
    lamps: tuple[float, float, float]
    dishwasher: float
    washing_machine: float
    car: float
    heat_pump: float
    hot_water: float = 0.0
    dehumidifier: float = 0.0
    annex: AnnexPowers = NOTHING


def settle(
    household: Household,
    state: State,
    controls: Controls,
    moment: Moment,
    hours: float,
    held: Powers | None = None,
) -> tuple[State, Powers]:
    """Return what every device draws for the next `hours`, and the state it decided from.

    With `held`, battery and solar keep the powers given there: the inverter has not looked
    at the meter again.
    """
    state = _people(state, controls, moment)
    heat, heat_pump = household.house.decide(
        state.heat,
        controls.wish_c(household, moment.hour),
        moment.outdoor_c,
        controls.water_c,
    )
    if heat is not state.heat:
        state = replace(state, heat=heat)
    shine = tuple(
        own if hand is None else hand
        for own, hand in zip(moment.lamps, controls.lamps, strict=True)
    )
    lamps = tuple(level * power for level, power in zip(shine, LAMP_KW, strict=True))
    machines = tuple(
        0.0 if begin is None else programme.mean_kw(begin, begin + hours)
        for programme, begin in zip(PROGRAMMES, state.progress, strict=True)
    )
    car = _car_kw(household, state, controls, hours)
    refrigerator = moment.fridge_kw if controls.refrigerator_on else 0.0
    load = moment.base_kw + moment.cooking_kw + refrigerator + sum(lamps)
    dehumidifier = DEHUMIDIFIER_KW if controls.dehumidifier_on else 0.0
    load += sum(machines) + car + heat_pump + dehumidifier
    state, annex = _annex(household, state, controls, moment, hours)
    load += annex.load
    if held is None:
        solar = moment.potential_kw
        if controls.solar_limit_kw is not None:
            solar = min(solar, controls.solar_limit_kw)
        battery, other = _batteries(household, state, controls, load - solar, hours)
    else:
        solar, battery, other = held.solar, held.battery, held.annex.battery
    return state, Powers(
        grid=load - solar - battery - other,
        battery=battery,
        solar=solar,
        load=load,
        base=moment.base_kw,
        cooking=moment.cooking_kw,
        refrigerator=refrigerator,
        lamps=(lamps[0], lamps[1], lamps[2]),
        dishwasher=machines[0],
        washing_machine=machines[1],
        car=car,
        heat_pump=heat_pump,
        hot_water=heat_pump if heat.boiling else 0.0,
        dehumidifier=dehumidifier,
        annex=annex if household.annex is None else annex._replace(battery=other),
    )


def advance(
    household: Household, state: State, powers: Powers, moment: Moment, hours: float
) -> tuple[State, Powers]:
    """Return the state after `hours` of these powers, and the powers that could be had."""
    battery_kwh, battery = household.battery.step(state.battery_kwh, powers.battery, hours)
    car_kwh, charged = household.car.step(state.car_kwh, -powers.car, hours)
    annex, had = state.annex, powers.annex
    if household.annex is not None:
        annex, had = pass_time(household.annex, annex, had, hours)
    load = powers.load - powers.car - charged - powers.annex.load + had.load
    indoor = powers.load - powers.car - powers.heat_pump - powers.annex.load
    heat = household.house.step(
        state.heat,
        powers.heat_pump,
        moment.outdoor_c,
        moment.sun_kwm2,
        0.12 + 0.6 * indoor - cold_kw(had, moment.outdoor_c),
        moment.drawn_kw,
        hours,
    )
    progress = tuple(
        None if begin is None or begin + hours >= programme.hours else begin + hours
        for programme, begin in zip(PROGRAMMES, state.progress, strict=True)
    )
    after = State(
        battery_kwh,
        car_kwh,
        state.car_away,
        state.car_plugged,
        heat,
        (progress[0], progress[1]),
        state.loaded,
        annex,
    )
    grid = load - powers.solar - battery - had.battery
    return after, powers._replace(grid=grid, battery=battery, load=load, car=-charged, annex=had)


def _annex(
    household: Household, state: State, controls: Controls, moment: Moment, hours: float
) -> tuple[State, AnnexPowers]:
    """Return what the devices of a complete home take beside the usual ones."""
    if household.annex is None or moment.annex is None:
        return state, NOTHING
    annex, powers = take(
        household.annex,
        drive(state.annex, moment.annex),
        controls.annex,
        moment.annex,
        state.heat.indoor_c,
        hours,
    )
    return replace(state, annex=annex), powers


def _batteries(
    household: Household, state: State, controls: Controls, net_kw: float, hours: float
) -> tuple[float, float]:
    """Return the powers of the home's battery and of the annex's.

    The inverter sees at the meter what the other one was told; left alone, the other one
    takes and gives what the inverter leaves.
    """
    other, remote = 0.0, controls.annex.battery_remote
    if household.annex is not None and remote:
        other = give(household.annex, state.annex, controls.annex.battery_kw, hours)
    wanted = _battery_kw(controls, net_kw - other)
    battery = household.battery.step(state.battery_kwh, wanted, hours)[1]
    if household.annex is not None and not remote:
        other = give(household.annex, state.annex, net_kw - battery, hours)
    return battery, other


def _people(state: State, controls: Controls, moment: Moment) -> State:
    """Let the car come or go and the appliances be started."""
    away = moment.car_away
    if controls.car_presence is not CarPresence.AUTOMATIC:
        away = controls.car_presence is CarPresence.AWAY
    if away != state.car_away:
        kwh, plugged = state.car_kwh, False
        if not away:
            # An empty car was charged on the road.
            kwh = max(kwh - moment.trip_kwh, 4.0)
            plugged = moment.car_plugs or controls.car_presence is CarPresence.HOME
        state = replace(state, car_away=away, car_kwh=kwh, car_plugged=plugged)
    elif controls.car_presence is CarPresence.HOME and not state.car_plugged:
        state = replace(state, car_plugged=True)
    return _machines(state, controls, moment)


def _machines(state: State, controls: Controls, moment: Moment) -> State:
    """Let people load the machines, and start those that wait for nobody."""
    if not any(moment.starts) and not any(state.loaded):
        return state
    pairs = [
        (None, True)
        if remote and (start or loaded) and begin is None
        else (0.0 if (start or loaded) and begin is None else begin, False)
        for start, loaded, remote, begin in zip(
            moment.starts, state.loaded, controls.remote, state.progress, strict=True
        )
    ]
    (first, waits), (second, stays) = pairs
    return replace(state, progress=(first, second), loaded=(waits, stays))


def _car_kw(household: Household, state: State, controls: Controls, hours: float) -> float:
    car = household.car
    if not controls.car_enabled or not state.car_plugged:
        return 0.0
    room = max(0.0, controls.car_target * car.capacity_kwh - state.car_kwh)
    wanted = controls.car_amps * PHASE_V * CAR_PHASES / 1000.0
    return min(wanted, car.charge_kw, room / (car.charge_efficiency * hours))


def _battery_kw(controls: Controls, net_kw: float) -> float:
    """Return the AC power the mode asks for while the home needs `net_kw`, + = discharge."""
    match controls.battery_mode:
        case BatteryMode.CHARGE:
            return -controls.battery_kw
        case BatteryMode.DISCHARGE:
            return controls.battery_kw
        case BatteryMode.HOLD:
            return 0.0
        case BatteryMode.ABSORB:
            return min(net_kw, 0.0)
        case BatteryMode.COVER:
            return max(net_kw, 0.0)
    return net_kw
