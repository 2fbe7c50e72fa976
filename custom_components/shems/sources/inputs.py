"""What forecasts are made from beside the meters: weather, providers, habits, and the past."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..core.assets.plane import Plane, Site
from ..core.forecast.days import Days
from ..core.forecast.history import Habits, History, Weather
from ..core.horizon import DAY_S, HOUR_S
from ..core.plan.result import Reason
from ..core.series import Series
from ..data import Lost, Stage
from ..occupancy import AWAY, GUESTS, Occupancy
from .carbon import carbon_forecast, carbon_now
from .configuration import Configuration
from .history import async_year
from .holidays import async_holidays
from .issued import Issued
from .presence import async_absences
from .solar import async_solar_forecast
from .solcast import spread
from .timetables import Timetables
from .weather import async_weather, weather_entity

READ_S: Final = 1800.0
"""Providers renew their forecasts every hour at most."""
RETRY_S: Final = 240.0
"""After a restart a provider may need some minutes: it is asked again with the next plan."""

FORECAST_HOLD_S: Final = float(DAY_S)
"""A forecast of yesterday for tomorrow is still better than none; after that it has ended, or
tells less than what was learned."""

_SOLAR: Final = ("given", "given_low", "given_high")
_QUANTITIES: Final = ("temperature_c", "cloud", "direct_w_m2", "diffuse_w_m2")
_BACK: Final = timedelta(days=370)
_AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True)
class Outside:
    """What a plan is told beside the meters; the past as it was issued, later as it is now.

    Attributes:
        given: a provider's solar forecast, kW; empty where there is none.
        given_low, given_high: what it expects to be exceeded with 90 % and 10 %, likewise.
        weather, habits: see there.
    """

    given: Series
    given_low: Series
    given_high: Series
    weather: Weather
    habits: Habits


class Inputs:
    """Reads and remembers what one home is told by others."""

    def __init__(self, hass: HomeAssistant, configuration: Configuration) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._configuration = configuration
        self._days = Days(configuration.zone, HOUR_S)
        self.occupancy = Occupancy(hass, configuration.entry_id)
        self.timetables = Timetables(hass, configuration)
        self.issued = Issued(hass, configuration.entry_id, configuration.zone)
        self._solar: dict[str, Series] = {}
        self._weather = Weather()
        self._read = -float("inf")
        self._silent: dict[str, tuple[str, float]] = {}
        self._dirty: tuple[str, ...] = ()
        self._holidays: tuple[int, frozenset[int]] = (-1, frozenset())

    async def async_load(self) -> None:
        """Read what was remembered."""
        await self.occupancy.async_load()
        await self.issued.async_load()

    async def async_stop(self, now: float) -> None:
        """Write what is remembered."""
        await self.issued.async_save(now, at_once=True)

    @property
    def site(self) -> Site:
        """Where the home stands, with its planes as far as they are configured."""
        config = self._hass.config
        return Site(
            config.latitude,
            config.longitude,
            planes(self._configuration),
            float(config.elevation),
        )

    def forget(self) -> None:
        """Ask all providers anew with the next plan."""
        self._read = -float("inf")

    def lost(self, at: float) -> tuple[Lost, ...]:
        """Return what is not told or renewed, and whether what was said stands in."""
        forecasts = (
            Lost(
                code,
                Reason(code, {"source": source}),
                Stage.HELD if at - since <= FORECAST_HOLD_S else Stage.WITHOUT,
                source,
            )
            for code, (source, since) in self._silent.items()
        )
        carbon = (
            Lost("carbon_lost", Reason("carbon_lost", {"source": each}), Stage.HELD, each)
            for each in self._dirty
        )
        return (*forecasts, *carbon)

    def carbon(self, now: float) -> tuple[Series, Series]:
        """Return what the grid emits in the running hour and what is expected, g/kWh."""
        running = carbon_now(self._hass, self._configuration, now)
        expected = carbon_forecast(self._hass, self._configuration)
        around = self._configuration.surroundings
        lost = (around.carbon, running), (around.carbon_forecast, expected)
        self._dirty = tuple(name for name, each in lost if name is not None and not len(each))
        return running, expected

    async def async_current(self, now: float) -> Outside:
        """Return what is known now; cheap enough for every plan.

        Providers are asked every half hour, and what they say of the days to come is kept.
        One that fails leaves what it said before, and all are asked again soon.
        """
        if now - self._read >= READ_S:
            complete = await self._async_read(now)
            self._read = now if complete else now - READ_S + RETRY_S
        await self._async_notice(now)
        return Outside(
            **{name: self.issued.planned(name, self._solar.get(name), now) for name in _SOLAR},
            weather=Weather(
                **{
                    name: self.issued.planned(name, getattr(self._weather, name), now)
                    for name in _QUANTITIES
                }
            ),
            habits=await self.async_habits(now),
        )

    async def async_learning_history(self, now: float) -> History:
        """Return the last year, in which forecasts stand as they were issued.

        Prices published before they were kept come from the recorder.
        """
        await self.async_current(now)
        year = await async_year(self._hass, self._configuration, now)
        solar = {name: self.issued.learned(name, self._solar.get(name), now) for name in _SOLAR}
        weather = {
            name: self.issued.learned(name, getattr(self._weather, name), now)
            for name in _QUANTITIES
        }
        return replace(
            year,
            market=self.issued.series("market").filled(year.market),
            feed_in=self.issued.series("feed_in"),
            given=solar["given"],
            given_low=solar["given_low"],
            given_high=solar["given_high"],
            weather=Weather(**weather),
            habits=await self.async_habits(now),
        )

    async def async_habits(self, now: float) -> Habits:
        """Return what the household says of its days."""
        today = self._days.day(now)
        if self._holidays[0] != today:
            local = dt_util.utc_from_timestamp(now).astimezone(ZoneInfo(self._configuration.zone))
            day = local.date()
            found = await async_holidays(self._hass, day - _BACK, day + _AHEAD)
            self._holidays = (today, found)
        return Habits(
            self._holidays[1],
            self.occupancy.during(AWAY, now),
            self.occupancy.during(GUESTS, now),
        )

    async def _async_read(self, now: float) -> bool:
        """Ask the providers; return whether all there are have answered."""
        configuration = self._configuration
        entries = sorted(
            each
            for device in configuration.of_kind("solar")
            for each in device.entities("forecast_entries")
        )
        given = await async_solar_forecast(self._hass, configuration)
        if given is not None:
            self._solar = {"given": given}
            if (wide := spread(self._hass, configuration)) is not None:
                self._solar |= {"given_low": wide[0], "given_high": wide[1]}
            for name, series in self._solar.items():
                self.issued.note(name, series, now, origin=",".join(entries))
        weather = await async_weather(self._hass, configuration, now)
        if weather is not None:
            self._weather = weather
            for name in _QUANTITIES:
                self.issued.note(name, getattr(weather, name), now)
        await self.issued.async_save(now)
        self._note("solar_forecast_lost", self._titles(entries), now, lost=given is None)
        teller = weather_entity(self._hass, configuration)
        self._note("weather_lost", teller or "", now, lost=weather is None)
        if self._outlived("solar_forecast_lost", now):
            self._solar = {}
        if self._outlived("weather_lost", now):
            self._weather = Weather()
        return not self._silent

    def _note(self, code: str, source: str, now: float, *, lost: bool) -> None:
        """Note since when a source is silent; one that is not configured cannot be."""
        if lost and source:
            self._silent.setdefault(code, (source, now))
        else:
            self._silent.pop(code, None)

    def _outlived(self, code: str, now: float) -> bool:
        """Return whether what a source said is too old to go by."""
        return code in self._silent and now - self._silent[code][1] > FORECAST_HOLD_S

    def _titles(self, entry_ids: Iterable[str]) -> str:
        found = map(self._hass.config_entries.async_get_entry, entry_ids)
        return ", ".join(each.title for each in found if each is not None) or ", ".join(entry_ids)

    async def _async_notice(self, now: float) -> None:
        entity_id = self._configuration.surroundings.presence
        if entity_id is None:
            return
        current = self.occupancy.at(now)
        running = current is not None and current.noticed
        times = await async_absences(
            self._hass, entity_id, self._configuration.zone, now, running=running
        )
        if times is not None:
            await self.occupancy.async_notice(times, now)


async def async_remove_inputs(hass: HomeAssistant, entry_id: str) -> None:
    """Delete what was remembered for a home."""
    await Occupancy(hass, entry_id).async_remove()
    await Issued(hass, entry_id, hass.config.time_zone).async_remove()


def planes(configuration: Configuration) -> tuple[Plane, ...]:
    """Return the home's planes; none where any array's is not known."""
    found = []
    for array in configuration.home.solar:
        if array.tilt_deg is None or array.azimuth_deg is None or array.module_kw is None:
            return ()
        found.append(Plane(array.tilt_deg, array.azimuth_deg, array.module_kw, array.peak_kw))
    return tuple(found)
