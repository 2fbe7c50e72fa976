"""Household and price files: CSV, plain or gzipped, with errors that name the place."""

import csv
import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from custom_components.shems.core.replay.course import Course
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError

_HOME_COLUMNS = ("load_kw", "pv_kw", "pv_forecast_kw")
_HIGHEST_KW = 1000.0
"""A household does not draw a megawatt: such a column is in watts."""


def read_home(path: Path, zone: str) -> Course:
    """Read a household.

    Raises:
        InputError: a column, step or time is missing or bad; it is named.
    """
    times, columns = _read(path, required=("load_kw",), optional=_HOME_COLUMNS[1:])
    if len(times) < 2:
        raise InputError("file_too_short", file=path.name, rows=len(times))
    step = float(np.diff(times).min())
    for name, values in columns.items():
        _plausible(path, name, values)
    return Course(
        times,
        step,
        columns["load_kw"],
        columns.get("pv_kw"),
        columns.get("pv_forecast_kw"),
        zone,
    )


def read_prices(path: Path) -> Series:
    """Read a price file: `time` and one price column, currency/kWh.

    Raises:
        InputError: a column, step or time is missing or bad; it is named.
    """
    times, columns = _read(path, required=(), optional=None)
    if len(columns) != 1:
        raise InputError(
            "file_needs_one_price_column", file=path.name, columns=" ".join(columns) or "none"
        )
    if len(times) < 2:
        raise InputError("file_too_short", file=path.name, rows=len(times))
    (name, values), step = next(iter(columns.items())), float(np.diff(times).min())
    if np.nanmedian(np.abs(values)) > 5:
        raise InputError("price_not_per_kwh", file=path.name, column=name)
    end = np.minimum(times + step, np.append(times[1:], np.inf))
    return Series(times, end, values)


def _read(
    path: Path, *, required: tuple[str, ...], optional: tuple[str, ...] | None
) -> tuple[Floats, dict[str, Floats]]:
    """Return times and columns; `optional` None takes every column there is."""
    try:
        rows = list(_rows(path))
    except FileNotFoundError:
        raise InputError("file_missing", file=str(path)) from None
    except OSError, UnicodeDecodeError, csv.Error:
        raise InputError("file_unreadable", file=path.name) from None
    header = rows[0] if rows else []
    if "time" not in header:
        raise InputError("column_missing", file=path.name, column="time")
    for name in required:
        if name not in header:
            raise InputError("column_missing", file=path.name, column=name)
    names = [
        name
        for name in header
        if name != "time" and (optional is None or name in required + optional)
    ]
    at = header.index("time")
    times = np.array([_time(path, line, row[at]) for line, row in enumerate(rows[1:], 2)])
    backward = np.flatnonzero(np.diff(times) <= 0)
    if len(backward):
        raise InputError("time_not_increasing", file=path.name, line=int(backward[0]) + 3)
    columns = {}
    for name in names:
        place = header.index(name)
        columns[name] = np.array(
            [_number(path, line, name, row[place]) for line, row in enumerate(rows[1:], 2)]
        )
    return times, columns


def _rows(path: Path) -> Iterator[list[str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        width = None
        for row in csv.reader(file):
            if not row:
                continue
            width = width or len(row)
            if len(row) != width:
                raise csv.Error
            yield row


def _time(path: Path, line: int, text: str) -> float:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise InputError("time_unreadable", file=path.name, line=line, value=text) from None
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()


def _number(path: Path, line: int, column: str, text: str) -> float:
    if not text.strip():
        return float("nan")
    try:
        return float(text)
    except ValueError:
        raise InputError(
            "number_unreadable", file=path.name, line=line, column=column, value=text
        ) from None


def _plausible(path: Path, name: str, values: Floats) -> None:
    known = values[np.isfinite(values)]
    if not len(known):
        raise InputError("column_empty", file=path.name, column=name)
    if float(known.max()) > _HIGHEST_KW:
        raise InputError("column_not_kw", file=path.name, column=name, highest=float(known.max()))
    if float(known.min()) < -0.05 * float(np.abs(known).max()):
        raise InputError("column_negative", file=path.name, column=name, lowest=float(known.min()))
