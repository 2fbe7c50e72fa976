"""A home with devices: from arguments to what each manager made of it."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from custom_components.shems.core.horizon import DAY_S, FINE_S, QUARTER_S
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.replay.course import join
from custom_components.shems.core.replay.household import Household, ticks_of
from custom_components.shems.core.replay.run import HISTORY_DAYS, Run
from custom_components.shems.core.replay.use.appliance import MachineUse
from custom_components.shems.core.replay.use.heating import RoomsUse
from custom_components.shems.core.replay.use.use import Use
from custom_components.shems.core.replay.use.vehicle import CarUse
from custom_components.shems.core.replay.use.water import TankUse
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError
from custom_components.shems.core.world.household import Household as World
from custom_components.shems.core.world.living import living

from .equipment import CAR, HEAT_PUMP, TANK, joined, read_sessions
from .seeded import MODULE_KW, ZONE, Seeded, appliances, seeded, sessions
from .sheet import numbers_of, read_sheet, times_of

SEEDED: Final = "seeded"
"""What `--ev` means without a file: the days of a seeded home."""
DEFAULT_DAYS: Final = 14
"""One of the protocol's windows: half a minute of computing for each day and manager at worst."""
AHEAD_DAYS: Final = 3
"""Days after the last one scored, for who looks ahead: SHEMS does not know that a run ends."""
FIRST: Final = datetime(2025, 2, 10)  # noqa: DTZ001  # it is read on the home's wall clock
"""Heating and sun both count then."""


def with_devices(given: argparse.Namespace) -> bool:
    """Return whether anything asks for more than one battery."""
    options = (given.ev, given.heat_pump, given.appliances, given.peak_tariff, given.inside)
    return any(each not in {None, False} for each in options)


def seeded_home(given: argparse.Namespace) -> Seeded:
    """Return the seeded home of the arguments, with its history."""
    start = (given.start or FIRST).replace(tzinfo=ZoneInfo(ZONE))
    begin = start.timestamp() - HISTORY_DAYS * DAY_S
    step_s = given.substep or float(FINE_S)
    if not 0 < step_s <= QUARTER_S or QUARTER_S % step_s:
        raise InputError("substep_does_not_divide", substep_s=step_s, step_s=float(QUARTER_S))
    return seeded(given.seed, begin, HISTORY_DAYS + given.days + AHEAD_DAYS, step_s)


def household(
    given: argparse.Namespace, run: Run, home: Seeded | None, price_zone: str
) -> tuple[Household, list[str]]:
    """Return the home with the devices that were asked for, and what to say about them.

    Args:
        given: the arguments.
        run: battery, load, sun and market.
        home: where they came from, None where they were measured.
        price_zone: on whose wall clock a weather file is read, as the prices are.

    Raises:
        InputError: a file is bad, or does not meet the home.
    """
    ticks = ticks_of(run)
    span = float(ticks.start[0]), float(ticks.start[-1]) + ticks.step_s
    world = home.world if home else World(given.seed, zone=run.course.zone)
    module_kw = _module_kw(run, home)
    uses: list[Use] = []
    notes: list[str] = []
    outdoor = foreseen = None
    if given.ev is not None:
        car, said = _car(given, run, world, span)
        uses.append(car)
        notes += said
    if given.heat_pump:
        days = home.days if home else living(world, ticks.start)
        outdoor, foreseen = days.outdoor_c, days.outdoor_forecast_c
        if given.weather is not None:
            outdoor, foreseen = _weather(given.weather, run, price_zone), None
        sun = np.repeat(run.solar_kw, run.parts) / (module_kw or 1.0)
        uses += [RoomsUse(HEAT_PUMP, outdoor, sun), TankUse(TANK, outdoor, days.drawn_kw)]
        if home is None:
            notes.append("Whatever heats or cools in the measured load is there besides.")
    if given.appliances:
        asked = appliances(world, *span)
        uses += [MachineUse(device, requests) for device, requests in asked]
    if home is None and (given.appliances or (given.heat_pump and given.weather is None)):
        notes.append(f"People and weather that were not measured are those of seed {given.seed}.")
    peaks = () if given.peak_tariff is None else (PeakTariff(given.peak_tariff),)
    return Household(run, tuple(uses), module_kw, outdoor, foreseen, peaks), notes


def _module_kw(run: Run, home: Seeded | None) -> float | None:
    """Return what the modules give in full sun: of measured ones, the most that they ever gave."""
    if run.course.solar_kw is None:
        return None
    most = MODULE_KW if home else float(np.nanmax(run.solar_kw))
    return most if most > 0 else None


def _car(
    given: argparse.Namespace, run: Run, world: World, span: tuple[float, float]
) -> tuple[CarUse, list[str]]:
    if given.ev == SEEDED:
        return CarUse(CAR, sessions(world, *span)), []
    start = run.course.start
    told = read_sessions(Path(given.ev), given.ev_user, given.ev_tz)
    period = float(start[run.first]), float(start[run.last - 1])
    stays, weeks = joined(told, run.course.zone, period)
    return CarUse(CAR, stays), [f"Charging sessions are moved by {weeks} weeks."]


def _weather(path: Path, run: Run, price_zone: str) -> Floats:
    """Return the temperature in every step of execution, read on the clock of the prices.

    Raises:
        InputError: it does not cover what is scored.
    """
    sheet = read_sheet(path)
    times, step = times_of(sheet)
    told = Series(times, times + step, numbers_of(sheet, "temperature_c"))
    found = join(run.course, told, price_zone, run.market.shift_weeks).price
    found = found[-len(run.course.start) :]
    if not np.isfinite(found[run.steps]).all():
        raise InputError("weather_too_short", file=sheet.file)
    known = np.flatnonzero(np.isfinite(found))
    at = run.course.start
    filled: Floats = np.interp(ticks_of(run).start, at[known], found[known])
    return filled
