"""Household and price files: CSV, plain or gzipped, with errors that name the place."""

import csv
import gzip
import math
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.replay.course import Course
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError

_HIGHEST_KW: Final = 500.0
_TYPICAL_KW: Final = 20.0
"""No household draws half a megawatt, nor usually 20 kW: such a column is in watts."""
_TYPICAL_PRICE: Final = 5.0
"""No currency in use here has a usual price per kWh above it: such a column is per MWh."""
_NEGATIVE_SHARE: Final = 0.05
"""Meters drift around zero; more of the highest power is a wrong sign."""


def read_home(path: Path, zone: str) -> Course:
    """Read a household.

    Raises:
        InputError: a column, step or time is missing or bad; it is named.
    """
    sheet = _read(path)
    times, step = _times(sheet)
    load = _power(sheet, "load_kw")
    solar, forecast = (
        _power(sheet, name) if name in sheet.header else None
        for name in ("pv_kw", "pv_forecast_kw")
    )
    return Course(times, step, load, solar, forecast, zone)


def read_prices(path: Path) -> Series:
    """Read a price file: `time` and one price column, currency/kWh.

    Raises:
        InputError: a column, step or time is missing or bad; it is named.
    """
    sheet = _read(path)
    times, step = _times(sheet)
    names = [name for name in sheet.header if name != "time"]
    if len(names) != 1:
        raise InputError(
            "file_needs_one_price_column",
            file=sheet.file,
            count=len(names),
            columns=", ".join(names) or "none",
        )
    values = _numbers(sheet, names[0])
    typical = float(np.nanmedian(np.abs(values)))
    if typical > _TYPICAL_PRICE:
        raise InputError("price_not_per_kwh", file=sheet.file, column=names[0], value=typical)
    return Series(times, times + step, values)


@dataclass(frozen=True)
class _Sheet:
    """A file's fields and the lines they stand on."""

    file: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]

    def place(self, row: int) -> dict[str, str | int]:
        """Return what names a row in a message."""
        return {"file": self.file, "line": self.lines[row]}


def _read(path: Path) -> _Sheet:
    opener = gzip.open if path.suffix == ".gz" else open
    rows, lines = [], []
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            for row in reader:
                if row:
                    rows.append(row)
                    lines.append(reader.line_num)
    except FileNotFoundError:
        raise InputError("file_missing", file=str(path)) from None
    except OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error:
        raise InputError("file_unreadable", file=path.name) from None
    header = [name.strip() for name in rows[0]] if rows else []
    sheet = _Sheet(path.name, header, rows[1:], lines[1:])
    for name in header:
        if header.count(name) > 1:
            raise InputError("column_twice", file=path.name, column=name)
    for number, row in enumerate(sheet.rows):
        if len(row) != len(header):
            raise InputError(
                "row_width", **sheet.place(number), fields=len(row), expected=len(header)
            )
    return sheet


def _fields(sheet: _Sheet, name: str) -> list[str]:
    if name not in sheet.header:
        raise InputError("column_missing", file=sheet.file, column=name)
    at = sheet.header.index(name)
    return [row[at].strip() for row in sheet.rows]


def _times(sheet: _Sheet) -> tuple[Floats, float]:
    """Return the times and their step, of at most an hour and the same everywhere."""
    fields = _fields(sheet, "time")
    if len(fields) < 2:
        raise InputError("file_too_short", file=sheet.file, rows=len(fields))
    times = np.array([_time(sheet, row, text) for row, text in enumerate(fields)])
    widths = np.diff(times)
    for row in np.flatnonzero(widths <= 0).tolist():
        raise InputError("time_not_increasing", **sheet.place(row + 1))
    step = float(np.median(widths))
    for row in np.flatnonzero(np.abs(widths - step) > 1e-3).tolist():
        raise InputError(
            "step_irregular",
            **sheet.place(row + 1),
            minutes=float(widths[row]) / 60,
            step_minutes=step / 60,
        )
    if step > HOUR_S:
        raise InputError("step_too_long", file=sheet.file, step_minutes=step / 60)
    return times, step


def _time(sheet: _Sheet, row: int, text: str) -> float:
    try:
        time = datetime.fromisoformat(text)
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
    except ValueError, OverflowError:
        raise InputError("time_unreadable", **sheet.place(row), value=text) from None


def _numbers(sheet: _Sheet, name: str) -> Floats:
    """Return a column, NaN where a field is empty."""
    numbers = []
    for row, text in enumerate(_fields(sheet, name)):
        try:
            number = float(text) if text else math.nan
        except ValueError:
            number = math.inf
        if math.isinf(number):
            raise InputError("number_unreadable", **sheet.place(row), column=name, value=text)
        numbers.append(number)
    values = np.array(numbers)
    if np.isnan(values).all():
        raise InputError("column_empty", file=sheet.file, column=name)
    return values


def _power(sheet: _Sheet, name: str) -> Floats:
    """Return a column of powers that a household may have."""
    values = _numbers(sheet, name)
    size = np.nan_to_num(np.abs(values))
    high, low = int(np.argmax(size)), int(np.nanargmin(values))
    if values[low] < -_NEGATIVE_SHARE * size[high]:
        raise InputError(
            "column_negative", **sheet.place(low), column=name, value=float(values[low])
        )
    if size[high] > _HIGHEST_KW or (size.any() and np.median(size[size > 0]) > _TYPICAL_KW):
        raise InputError(
            "column_not_kw", **sheet.place(high), column=name, value=float(values[high])
        )
    return values
