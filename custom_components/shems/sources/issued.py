"""What providers have forecast: kept as it was issued, for Home Assistant keeps no forecasts.

Each value is the last one that was known before its local day began. A learner that compares
it with what then came meets in the past what it will be given for tomorrow.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from homeassistant.core import HomeAssistant

from ..core.forecast.days import Days
from ..core.horizon import DAY_S, HOUR_S
from ..core.series import Series
from ..core.units import Floats
from ..files import HomeFile

KEPT_S: Final = 368.0 * DAY_S
SAVED_S: Final = float(HOUR_S)
"""A quarter of a megabyte at most is written this often: a crash costs an hour of forecasts."""

type Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Track:
    """One quantity, step by step.

    Attributes:
        first: number of the first step since 1970.
        value: (N,) NaN where nothing is known.
        step_s: width of a step.
        origin: who issued it; another issuer's values are no past of this one's.
    """

    first: int
    value: Floats32
    step_s: float = HOUR_S
    origin: str = ""

    @property
    def start(self) -> Floats:
        """Starts of the steps, (N,)."""
        return (self.first + np.arange(len(self.value), dtype=np.float64)) * self.step_s

    @property
    def series(self) -> Series:
        """What is known."""
        known = np.isfinite(self.value)
        start = self.start[known]
        return Series(start, start + self.step_s, self.value[known].astype(np.float64))

    def with_values(self, series: Series, begin: float, now: float) -> Track:
        """Return the track with what a series knows from `begin` on, and without what is old."""
        last = series.last
        if last is None:
            return self
        step = self.step_s
        start = np.arange(-(-begin // step), last // step + 1, dtype=np.float64) * step
        found = series.between(start, start + step)
        known = np.isfinite(found)
        number = np.concatenate(
            [
                self.first + np.arange(len(self.value)),
                np.round(start[known] / step).astype(np.int64),
            ]
        )
        value = np.concatenate([self.value, found[known].astype(np.float32)])
        recent = number >= (now - KEPT_S) // step
        number, value = number[recent], value[recent]
        if not len(number):
            return self
        first = int(number.min())
        whole = np.full(int(number.max()) + 1 - first, np.nan, dtype=np.float32)
        whole[number - first] = value  # The later one holds.
        return Track(first, whole, step, self.origin)

    def to_json(self) -> dict[str, Any]:
        """Return what is written: a year of hours takes some 30 kB."""
        packed = zlib.compress(self.value.astype("<f4").tobytes())
        return {
            "first": self.first,
            "step_s": self.step_s,
            "origin": self.origin,
            "value": base64.b64encode(packed).decode("ascii"),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Track:
        """Return what was written.

        Raises:
            ValueError, KeyError, TypeError: it cannot be read.
        """
        try:
            raw = zlib.decompress(base64.b64decode(data["value"]))
        except (binascii.Error, zlib.error) as err:
            raise ValueError(str(err)) from err
        value = np.frombuffer(raw, dtype="<f4").astype(np.float32)
        return cls(int(data["first"]), value, float(data["step_s"]), str(data["origin"]))


class Issued:
    """The forecasts of one home as they were issued, and prices as they were published."""

    def __init__(self, hass: HomeAssistant, entry_id: str, zone: str) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._days = Days(zone, HOUR_S)
        self._file = HomeFile(hass, entry_id, "issued")
        self._tracks: dict[str, Track] = {}
        self._saved = -float("inf")
        self._changed = False

    async def async_load(self) -> None:
        """Read the file; what cannot be read is gathered anew."""
        tracks = await self._file.async_read(
            lambda data: {name: Track.from_json(each) for name, each in data["tracks"].items()}
        )
        self._tracks = tracks or {}

    def note(self, name: str, series: Series, now: float, *, origin: str = "") -> None:
        """Keep a forecast's values of the days that have not begun yet."""
        tomorrow = self._days.midnight(self._days.day(now) + 1)
        self._note(name, series, tomorrow, now, Track(0, _NONE, HOUR_S, origin))

    def note_published(
        self, name: str, series: Series, now: float, step_s: float, *, origin: str = ""
    ) -> None:
        """Keep what is certain once it is published, of whatever day.

        What a release before kept without its origin is taken for the same.
        """
        track = self._tracks.get(name)
        if track is not None and not track.origin:
            self._tracks[name] = replace(track, origin=origin)
        self._note(name, series, now - DAY_S, now, Track(0, _NONE, step_s, origin))

    def _note(self, name: str, series: Series, begin: float, now: float, new: Track) -> None:
        track = self._tracks.get(name, new)
        if (track.origin, track.step_s) != (new.origin, new.step_s):
            track = new
        self._tracks[name] = track.with_values(series, begin, now)
        self._changed = True

    def series(self, name: str, *, origin: str | None = None) -> Series:
        """Return everything that is kept of a quantity, where it is of an origin."""
        track = self._tracks.get(name)
        if track is None or (origin is not None and track.origin not in ("", origin)):
            return Series.empty()
        return track.series

    def planned(self, name: str, current: Series | None, now: float) -> Series:
        """Return a quantity as issued up to now, and as it is forecast now from then on."""
        return spliced(self.series(name), current, now // HOUR_S * HOUR_S)

    def learned(self, name: str, current: Series | None, now: float) -> Series:
        """Return a quantity as issued up to the end of today, and as forecast now after it.

        Where nothing was issued for today, the forecast of now stands in for the rest of it.
        """
        past = self.series(name)
        tomorrow = self._days.midnight(self._days.day(now) + 1)
        hour = now // HOUR_S * HOUR_S
        return spliced(past, current, tomorrow if past.at(hour) is not None else hour)

    async def async_save(self, now: float, *, at_once: bool = False) -> None:
        """Write the file when it is due."""
        if not self._changed or (now - self._saved < SAVED_S and not at_once):
            return
        self._saved, self._changed = now, False
        tracks = dict(self._tracks)
        data = await self._hass.async_add_executor_job(
            lambda: {"tracks": {name: each.to_json() for name, each in tracks.items()}}
        )
        await self._file.async_save(data)

    async def async_remove(self) -> None:
        """Delete the file."""
        await self._file.async_remove()


_NONE: Final[Floats32] = np.empty(0, dtype=np.float32)


def spliced(past: Series, current: Series | None, at: float) -> Series:
    """Return what ends before a time of one series and what begins after it of another.

    Without another the first goes on as long as it reaches.
    """
    if current is None or not len(current):
        return past
    before = past.end <= at + 1e-6
    after = current.start >= at - 1e-6
    return Series(
        np.concatenate([past.start[before], current.start[after]]),
        np.concatenate([past.end[before], current.end[after]]),
        np.concatenate([past.value[before], current.value[after]]),
    )
