"""What is scored and what may be known of it at any time."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np

from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.forecast.history import History, Weather
from custom_components.shems.core.series import Series
from custom_components.shems.core.units import Floats, InputError

from ..simulation.files import power_of
from ..simulation.sheet import Sheet, fields_of, numbers_of, read_sheet, time_of, times_of

_SOLAR: Final = ("pv_kw", "pv_norm")
"""Power in kW, or as a share of the highest: the shape is what is scored."""
_WEATHER: Final = {
    "temperature_c": ("nwp_temperature_c", 1.0),
    "cloud": ("nwp_cloud_pct", 0.01),
    "direct_w_m2": ("nwp_direct_w_m2", 1.0),
    "diffuse_w_m2": ("nwp_diffuse_w_m2", 1.0),
    "snow_cm": ("nwp_snow_depth_cm", 1.0),
}
ELEVATION: Final = "sun_elevation_deg"


@dataclass(frozen=True)
class Issued:
    """Weather forecasts, each known from the time it was issued.

    Attributes:
        at: (N,) when each row was issued, in order.
        start, end: (N,) what it is about.
        columns: (N,) by the name it has in `Weather`, in its unit there.
        elevation: degrees, by the start of a row, where the file tells.
    """

    at: Floats
    start: Floats
    end: Floats
    columns: dict[str, Floats]
    elevation: Series = field(default_factory=Series.empty)

    def series(self, name: str) -> Series:
        """Return a column, whenever it was issued."""
        return Series(self.start, self.end, self.columns[name])

    def known(self, now: float) -> Weather:
        """Return the weather as it was forecast until now."""
        count = int(np.searchsorted(self.at, now, side="right"))
        rows = slice(0, count)
        return Weather(
            **{
                name: Series(self.start[rows], self.end[rows], value[rows])
                for name, value in self.columns.items()
            }
        )


@dataclass(frozen=True)
class Home:
    """A home's measurements.

    Attributes:
        days: its wall clock, in slots of the file's own step.
        history: everything, past and to come: only `until` says what may be known.
        issued: weather forecasts, or None.
        site: latitude and longitude, or None where unknown.
    """

    days: Days
    history: History
    issued: Issued | None = None
    site: tuple[float, float] | None = None

    def until(self, now: float, *, ahead: bool = True) -> History:
        """Return what is known at a time: nothing measured or issued later.

        Args:
            now: epoch seconds.
            ahead: leave the provider's solar forecast as it is beyond `now`: its issue time
                is unknown, so that is a claim about the provider, not a fact.
        """
        held = self.history
        return replace(
            held,
            load=before(held.load, now),
            solar=before(held.solar, now),
            given=held.given if ahead else before(held.given, now),
            weather=held.weather if self.issued is None else self.issued.known(now),
        )


def before(series: Series, now: float) -> Series:
    """Return what of a series had ended at a time."""
    count = int(np.searchsorted(series.end, now + 1e-6, side="right"))
    return Series(series.start[:count], series.end[:count], series.value[:count])


def read(
    paths: list[Path],
    quantity: str,
    zone: str,
    *,
    weather: bool = False,
    site: tuple[float, float] | None = None,
) -> Home:
    """Read a home from its files, the earlier first.

    Args:
        paths: what there is; where two know a time, the later file's word counts.
        quantity: `load` or `pv`, which must be there.
        zone: of the home's wall clock.
        weather: whether the last file has weather forecasts.
        site: latitude and longitude, where known.

    Raises:
        InputError: a file, column, step or time is missing or bad; it is named.
    """
    sheets = [read_sheet(path) for path in paths]
    widths = [times_of(sheet)[1] for sheet in sheets]
    for sheet, width in zip(sheets, widths, strict=True):
        if abs(width - widths[0]) > 1e-3:
            raise InputError(
                "steps_differ",
                file=sheet.file,
                step_minutes=width / 60,
                other=sheets[0].file,
                other_minutes=widths[0] / 60,
            )
    solar = _joined(_power(sheet, name) for sheet in sheets for name in _SOLAR)
    load = _joined(_power(sheet, "load_kw") for sheet in sheets)
    given = _joined(_power(sheet, "pv_forecast_kw") for sheet in sheets)
    wanted, columns = (load, "load_kw") if quantity == "load" else (solar, "pv_kw or pv_norm")
    if not len(wanted):
        raise InputError("column_missing", file=sheets[-1].file, column=columns)
    known = History(load=load, solar=solar, given=given)
    issued = _issued(sheets[-1]) if weather else None
    return Home(Days(zone, widths[0]), known, issued, site)


def _power(sheet: Sheet, name: str) -> Series:
    if name not in sheet.header:
        return Series.empty()
    times, step = times_of(sheet)
    return Series(times, times + step, np.maximum(power_of(sheet, name), 0.0))


def _joined(parts: Iterable[Series]) -> Series:
    """Return series as one; where two know a time, the later file's word counts."""
    known = [part for part in parts if len(part)]
    if len(known) < 2:
        return known[0] if known else Series.empty()
    return Series.of(
        (start, end, value)
        for part in known
        for start, end, value in zip(part.start, part.end, part.value, strict=True)
        if np.isfinite(value)
    )


def _issued(sheet: Sheet) -> Issued:
    times, step = times_of(sheet)
    named = {name: held for name, held in _WEATHER.items() if held[0] in sheet.header}
    if not named:
        raise InputError("nwp_without_weather", file=sheet.file)
    texts = fields_of(sheet, "issue_time")
    at = np.array([time_of(sheet, row, text) if text else np.nan for row, text in enumerate(texts)])
    rows = np.flatnonzero(np.isfinite(at))
    if not len(rows):
        raise InputError("column_empty", file=sheet.file, column="issue_time")
    late = np.flatnonzero(np.diff(at[rows]) < 0)
    if len(late):
        raise InputError("issues_out_of_order", **sheet.place(int(rows[late[0] + 1])))
    columns = {
        name: (numbers_of(sheet, column) * factor)[rows] for name, (column, factor) in named.items()
    }
    elevation = Series.empty()
    if ELEVATION in sheet.header:
        elevation = Series(times, times + step, numbers_of(sheet, ELEVATION))
    return Issued(at[rows], times[rows], times[rows] + step, columns, elevation)
