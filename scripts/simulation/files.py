"""Household and price files."""

from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.replay.course import Course
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError

from .sheet import Sheet, numbers_of, read_sheet, times_of

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
    sheet = read_sheet(path)
    times, step = times_of(sheet)
    load = power_of(sheet, "load_kw")
    solar, forecast = (
        power_of(sheet, name) if name in sheet.header else None
        for name in ("pv_kw", "pv_forecast_kw")
    )
    return Course(times, step, load, solar, forecast, zone)


def read_prices(path: Path) -> Series:
    """Read a price file: `time` and one price column, currency/kWh.

    Raises:
        InputError: a column, step or time is missing or bad; it is named.
    """
    sheet = read_sheet(path)
    times, step = times_of(sheet)
    names = [name for name in sheet.header if name != "time"]
    if len(names) != 1:
        raise InputError(
            "file_needs_one_price_column",
            file=sheet.file,
            count=len(names),
            columns=", ".join(names) or "none",
        )
    values = numbers_of(sheet, names[0])
    typical = float(np.nanmedian(np.abs(values)))
    if typical > _TYPICAL_PRICE:
        raise InputError("price_not_per_kwh", file=sheet.file, column=names[0], value=typical)
    return Series(times, times + step, values)


def power_of(sheet: Sheet, name: str) -> Floats:
    """Return a column of powers that a household may have.

    Raises:
        InputError: a number is too high or negative; its line is named.
    """
    values = numbers_of(sheet, name)
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
