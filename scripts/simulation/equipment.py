"""The devices that a home is given: car, heat pump with its tank, appliances."""

from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.assets.heating import Heating
from custom_components.shems.core.assets.performance import WATER_PUMP
from custom_components.shems.core.assets.switching import Switching
from custom_components.shems.core.assets.tank import Tank
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water
from custom_components.shems.core.forecast.vehicle import Session
from custom_components.shems.core.replay.course import WEEK_S, YEAR_WEEKS, utc, wall_clock
from custom_components.shems.core.units import Floats, InputError

from .sheet import fields_of, numbers_of, read_sheet, time_of

CAR: Final = Vehicle("car", "Car", 60.0, 11.0, least_kw=4.14, limit_soc=0.8)
"""Three phases from 6 to 16 A; it wants to be at 80 % whenever it leaves."""
HEAT_PUMP: Final = Heating(
    "heat_pump", "Heat pump", 2.4, 0.45, switching=Switching(least_on_h=0.5, least_off_h=0.25)
)
TANK: Final = Water(
    "tank", "Hot water", 1.2, tank=Tank(300.0), performance=WATER_PUMP, low_c=40.0, high_c=55.0
)
"""Below 40 °C a shower is cold."""
_LEAST_STAY_S: Final = 15 * 60.0
_YEARS: Final = 60


def read_sessions(path: Path, user: str | None, zone: str) -> tuple[Session, ...]:
    """Read the charging sessions of one user; by default of who has the most.

    Times become those of the wall clock in their zone, as if they were UTC. Stays without an
    end, without energy or of less than a quarter of an hour are left out, and what overlaps
    the one before.

    Raises:
        InputError: a column is missing or bad, or the user has no sessions.
    """
    sheet = read_sheet(path)
    users = fields_of(sheet, "user_id") if "user_id" in sheet.header else [""] * len(sheet.rows)
    energy = numbers_of(sheet, "energy_kwh")
    begin, end = fields_of(sheet, "plug_in_time"), fields_of(sheet, "plug_out_time")
    if user is None:
        user = max(sorted(set(users)), key=users.count, default="")
    found = [
        Session(time_of(sheet, row, begin[row]), time_of(sheet, row, end[row]), float(energy[row]))
        for row, name in enumerate(users)
        if name == user and begin[row] and end[row] and energy[row] > 0
    ]
    kept: list[Session] = []
    for each in sorted(found, key=lambda session: session.plug_in):
        apart = not kept or each.plug_in >= kept[-1].plug_out
        if apart and each.plug_out - each.plug_in >= _LEAST_STAY_S:
            kept.append(each)
    if not kept:
        raise InputError("sessions_missing", file=sheet.file, user=user)
    edges = np.array([(each.plug_in, each.plug_out) for each in kept])
    wall = wall_clock(edges.ravel(), zone).reshape(-1, 2)
    return tuple(
        Session(came, left, each.energy_kwh)
        for (came, left), each in zip(wall.tolist(), kept, strict=True)
    )


def joined(
    sessions: tuple[Session, ...], zone: str, period: tuple[float, float]
) -> tuple[tuple[Session, ...], int]:
    """Return sessions moved by whole 52-week years so that most lie in a period; and weeks.

    Args:
        sessions: on their own wall clock.
        zone: the home's, on whose wall clock they are read.
        period: begin and end of what is scored, epoch seconds.

    Raises:
        InputError: none lies in it, wherever they are moved.
    """
    wall = np.array([(each.plug_in, each.plug_out) for each in sessions])
    begin, end = wall_clock(np.array(period), zone).tolist()

    def inside(weeks: int) -> int:
        at = wall[:, 0] + weeks * WEEK_S
        return int(((at >= begin) & (at < end)).sum())

    shifts = sorted((YEAR_WEEKS * n for n in range(-_YEARS, _YEARS + 1)), key=abs)
    weeks = max(shifts, key=inside)
    if not inside(weeks):
        raise InputError("sessions_do_not_meet_home")
    times: Floats = utc((wall + weeks * WEEK_S).ravel(), zone).reshape(-1, 2)
    return (
        tuple(
            Session(came, left, each.energy_kwh)
            for (came, left), each in zip(times.tolist(), sessions, strict=True)
        ),
        weeks,
    )
