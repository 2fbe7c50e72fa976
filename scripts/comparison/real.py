"""Real homes, cut into windows of four weeks by their own clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.tariff import offsets_s
from custom_components.shems.core.units import Floats, InputError

from ..simulation.files import power_of
from ..simulation.sheet import fields_of, numbers_of, read_sheet, time_of, times_of
from .measures import DAYS, HOURS

_KNOWN: Final = 0.8
"""Share of a window's hours that must be known."""
_THURSDAY: Final = 3
"""1 January 1970 was one."""


@dataclass(frozen=True)
class Source:
    """A file of a real home.

    Attributes:
        name: in tables.
        file: below the data folder.
        zone: IANA name.
        latitude: degrees; roughly, where the place is not told.
        column: of the solar power, empty where there is none.
        load: whether it tells the load.
        internal: for validation inside a project only, so not in anything that is published.
    """

    name: str
    file: str
    zone: str
    latitude: float
    column: str = ""
    load: bool = True
    internal: bool = False


_CALIFORNIA: Final = ("America/Los_Angeles", 34.1, "pv_kw")
SOURCES: Final = (
    *(
        Source(f"Fontana {number}", f"fontana/home_{number:02}.csv.gz", *_CALIFORNIA)
        for number in (1, 2, 4, 8)
    ),
    Source("EMHASS", "emhass_home/home.csv.gz", "Europe/Paris", 46.0, "pv_kw"),
    Source("HUE 1", "hue/home_01.csv.gz", "America/Vancouver", 49.2),
    *(
        Source(
            f"SGSC {name[-4:]}",
            f"sgsc/home_{name}.csv.gz",
            "Australia/Sydney",
            -33.9,
            internal=True,
        )
        for name in ("10006414", "10017936", "10018064")
    ),
    *(
        Source(
            f"Norway {site}",
            f"pv_nwp_norway/site_{site}_pv_history.csv.gz",
            "Europe/Oslo",
            63.4,
            "pv_norm",
            load=False,
            internal=True,
        )
        for site in "AB"
    ),
)
SESSIONS: Final = "ev_norway/trondheim_sessions.csv.gz"
_SESSIONS_ZONE: Final = "Europe/Oslo"
_FEWEST: Final = 20
"""Charges that a driver must have to be compared."""


@dataclass(frozen=True)
class Windows:
    """Four-week windows of one home.

    Attributes:
        name: of the home.
        latitude: degrees.
        power_kw: (n, 672) by local hours, NaN where unknown.
        weekday: (n,) of the first day, 0 is Monday.
        start: (n,) when the windows begin, epoch seconds.
    """

    name: str
    latitude: float
    power_kw: Floats
    weekday: Floats
    start: Floats


def read_windows(data: Path, quantity: str, *, internal: bool) -> Iterator[Windows]:
    """Yield every home of which a quantity is told, `load` or `solar`.

    Raises:
        InputError: a file is missing or bad.
    """
    for source in SOURCES:
        told = source.load if quantity == "load" else bool(source.column)
        if told and (internal or not source.internal):
            yield _windows(data, source, "load_kw" if quantity == "load" else source.column)


def _windows(data: Path, source: Source, column: str) -> Windows:
    sheet = read_sheet(data / source.file)
    times, step = times_of(sheet)
    power = power_of(sheet, column)
    wall = (times + step / 2 + offsets_s(times, source.zone)) // HOUR_S
    first = int(-(-wall[0] // HOURS))
    count = int((wall[-1] + 1) // HOURS - first) // DAYS
    if count < 1:
        raise InputError("file_too_short", file=sheet.file, rows=len(times))
    length = count * DAYS * HOURS
    at = (wall - first * HOURS).astype(np.int64)
    known = np.isfinite(power) & (at >= 0) & (at < length)
    total = np.bincount(at[known], power[known], length)
    number = np.bincount(at[known], minlength=length)
    # An hour that is half known is told by that half.
    hours = np.where(number > 0, total / np.maximum(number, 1), np.nan)
    table = hours.reshape(count, DAYS * HOURS)
    kept = np.isfinite(table).mean(axis=1) >= _KNOWN
    days = first + DAYS * np.flatnonzero(kept)
    return Windows(
        source.name,
        source.latitude,
        table[kept],
        np.asarray((days + _THURSDAY) % 7, dtype=np.float64),
        np.asarray(days * HOURS * HOUR_S, dtype=np.float64),
    )


@dataclass(frozen=True)
class Charges:
    """Charges of one driver, (M,) each: hours of the local day, hours, kWh, and days in all."""

    arrival_h: Floats
    stay_h: Floats
    energy_kwh: Floats
    days: float


def read_charges(data: Path) -> Iterator[Charges]:
    """Yield the charges of every private driver with enough of them.

    Raises:
        InputError: the file is missing or bad.
    """
    sheet = read_sheet(data / SESSIONS)
    users = np.array(fields_of(sheet, "user_id"))
    private = np.array(fields_of(sheet, "user_type")) == "private"
    begin, end = (
        np.array([time_of(sheet, row, text) if text else np.nan for row, text in enumerate(fields)])
        for fields in (fields_of(sheet, "plug_in_time"), fields_of(sheet, "plug_out_time"))
    )
    energy = numbers_of(sheet, "energy_kwh")
    good = private & np.isfinite(end) & (energy > 0)
    for user in np.unique(users[good]).tolist():
        mine = good & (users == user)
        if mine.sum() >= _FEWEST:
            local = begin[mine] + offsets_s(begin[mine], _SESSIONS_ZONE)
            yield Charges(
                np.mod(local / HOUR_S, HOURS),
                (end[mine] - begin[mine]) / HOUR_S,
                energy[mine],
                float(np.ptp(begin[mine])) / (HOURS * HOUR_S) + 1.0,
            )
