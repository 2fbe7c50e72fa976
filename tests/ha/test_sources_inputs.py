"""What others tell is gathered for every plan, and kept for learning."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.forecast.history import Weather
from custom_components.shems.core.series import Series
from custom_components.shems.occupancy import AWAY
from custom_components.shems.sources import history, inputs
from custom_components.shems.sources.configuration import configuration
from custom_components.shems.sources.inputs import Inputs, planes

from .conftest import around, make_entry, subentry

HOUR = 3600.0
DAY = 86400.0
MIDNIGHT = datetime(2026, 6, 10, tzinfo=UTC).timestamp()


@pytest.fixture(autouse=True)
def _custom(frozen: FrozenDateTimeFactory) -> None:
    """Leave Home Assistant to be made after the recorder's database."""


def hours(start: float, count: int, value: float) -> Series:
    return Series.of(
        (start + number * HOUR, start + (number + 1) * HOUR, value) for number in range(count)
    )


class Providers:
    """A weather service and a solar forecast that can fail."""

    def __init__(self) -> None:
        self.asked = 0
        self.solar: Series | None = hours(MIDNIGHT, 72, 1.0)
        self.weather: Weather | None = Weather(temperature_c=hours(MIDNIGHT, 72, 20.0))

    async def async_solar(self, *_: Any) -> Series | None:
        self.asked += 1
        return self.solar

    async def async_weather(self, *_: Any) -> Weather | None:
        return self.weather


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Providers]:
    """Stand in for the outside world."""
    found = Providers()
    monkeypatch.setattr(inputs, "async_solar_forecast", found.async_solar)
    monkeypatch.setattr(inputs, "async_weather", found.async_weather)
    return found


def home(*subentries: ConfigSubentryData, **options: Any) -> MockConfigEntry:
    return MockConfigEntry(
        domain="shems",
        entry_id="home",
        data={"kind": "home", "name": "Home"},
        options={**make_entry().options, **options},
        subentries_data=[
            subentry("connection", "Grid", "grid", grid_power=["sensor.grid"]),
            *subentries,
        ],
    )


async def made(hass: HomeAssistant, entry: MockConfigEntry | None = None) -> Inputs:
    await hass.config.async_set_time_zone("UTC")
    found = Inputs(hass, configuration(hass, entry or home()))
    await found.async_load()
    return found


async def test_providers_are_asked_every_half_hour(
    hass: HomeAssistant, providers: Providers
) -> None:
    told = await made(hass)
    for minute in range(0, 60, 5):
        await told.async_current(MIDNIGHT + 60 * minute)
    assert providers.asked == 2


async def test_one_that_fails_leaves_what_it_said(
    hass: HomeAssistant, providers: Providers
) -> None:
    hass.states.async_set("weather.home", "sunny")
    told = await made(hass)
    await told.async_current(MIDNIGHT)
    providers.weather = None
    providers.solar = None
    now = MIDNIGHT + HOUR
    outside = await told.async_current(now)
    assert outside.given.at(now) == 1.0
    assert outside.weather.temperature_c.at(now) == 20.0
    providers.solar = hours(MIDNIGHT, 72, 3.0)
    outside = await told.async_current(now + 300)
    assert outside.given.at(now) == 3.0, "it is asked again with the next plan"


async def test_a_spread_goes_with_its_forecast(
    hass: HomeAssistant, providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = await made(hass)
    low, high = hours(MIDNIGHT, 72, 0.5), hours(MIDNIGHT, 72, 2.0)
    monkeypatch.setattr(inputs, "spread", lambda *_: (low, high))
    await told.async_current(MIDNIGHT - HOUR)
    monkeypatch.setattr(inputs, "spread", lambda *_: None)
    outside = await told.async_current(MIDNIGHT + HOUR)
    assert outside.given_low.at(MIDNIGHT) == 0.5
    assert outside.given_high.at(MIDNIGHT) == 2.0
    learned = await told.async_learning_history(MIDNIGHT + HOUR)
    assert learned.given_high.at(MIDNIGHT) == 2.0


async def test_a_home_without_providers_has_empty_forecasts(
    hass: HomeAssistant, providers: Providers
) -> None:
    providers.solar = providers.weather = None
    told = await made(hass)
    for minute in range(0, 30, 5):
        outside = await told.async_current(MIDNIGHT + 60 * minute)
    assert providers.asked == 1, "what is not there is not asked for again"
    assert len(outside.given) == len(outside.weather.temperature_c) == 0


async def test_forecasts_of_days_gone_by_stay_as_they_were_issued(
    hass: HomeAssistant, providers: Providers
) -> None:
    told = await made(hass)
    await told.async_current(MIDNIGHT - HOUR)
    await told.async_stop(MIDNIGHT)
    providers.solar = hours(MIDNIGHT, 72, 2.0)
    again = await made(hass)
    now = MIDNIGHT + 12 * HOUR
    outside = await again.async_current(now)
    assert outside.given.at(now - HOUR) == 1.0
    assert outside.given.at(now + HOUR) == 2.0
    learned = await again.async_learning_history(now)
    assert learned.given.at(now + HOUR) == 1.0, "today is learned as it was issued"
    assert learned.given.at(MIDNIGHT + 30 * HOUR) == 2.0


async def test_prices_are_known_from_before_they_were_kept(
    recorder_mock: Recorder,
    hass: HomeAssistant,
    providers: Providers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = await made(hass)
    await told.async_current(MIDNIGHT - HOUR)
    told.issued.note_published("market", hours(MIDNIGHT, 24, 0.3), MIDNIGHT, 900.0)
    year = history.History(
        load=hours(MIDNIGHT - DAY, 24, 0.5),
        market=hours(MIDNIGHT - DAY, 36, 0.1),
        outdoor=hours(MIDNIGHT - DAY, 36, 15.0),
    )

    async def async_year(*_: Any) -> history.History:
        return year

    monkeypatch.setattr(inputs, "async_year", async_year)
    learned = await told.async_learning_history(MIDNIGHT + 2 * HOUR)
    assert learned.load is year.load
    assert learned.market.at(MIDNIGHT - HOUR) == 0.1
    assert learned.market.at(MIDNIGHT + HOUR) == pytest.approx(0.3)
    assert (np.diff(learned.market.start) > 0).all()
    assert learned.weather.temperature_c.at(MIDNIGHT - HOUR) is None
    assert learned.outdoor.at(MIDNIGHT - HOUR) == 15.0, "what was measured is no forecast"


async def test_habits_come_from_the_calendar_and_the_household(
    hass: HomeAssistant, providers: Providers, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def async_holidays(_: Any, first: Any, last: Any) -> frozenset[int]:
        asked.append((last - first).days)
        return frozenset({20000})

    monkeypatch.setattr(inputs, "async_holidays", async_holidays)
    hass.states.async_set("input_boolean.vacation", "on")
    told = await made(hass, home(*around(presence="input_boolean.vacation")))
    now = datetime(2026, 6, 10, 10, 0, 30, tzinfo=UTC).timestamp()
    habits = (await told.async_current(now)).habits
    await told.async_current(now + HOUR)
    await told.async_current(now + DAY)
    assert (habits.holidays, habits.guests) == ({20000}, ())
    assert habits.away[0][0] == now
    assert len(asked) == 2
    assert asked[0] > 366
    hass.states.async_set("input_boolean.vacation", "off")
    await told.async_current(now + 2 * DAY)
    assert told.occupancy.during(AWAY, now) == ((now, now + 2 * DAY),)
    hass.states.async_set("input_boolean.vacation", "unavailable")
    await told.async_current(now + 3 * DAY)
    assert len(told.occupancy.stays) == 1


async def test_the_site_is_known(hass: HomeAssistant) -> None:
    hass.config.latitude, hass.config.longitude, hass.config.elevation = 52.1, 5.1, 3
    roof = subentry(
        "solar", "Roof", "roof", power="sensor.sun", tilt=35, azimuth=0, module_kw=6.4, peak_kw=5
    )
    site = (await made(hass, home(roof))).site
    assert (site.latitude, site.longitude, site.altitude_m) == (52.1, 5.1, 3.0)
    (plane,) = site.planes
    assert (plane.tilt_deg, plane.azimuth_deg) == (35.0, 0.0)
    assert (plane.peak_kw, plane.limit_kw) == (6.4, 5.0)


async def test_a_roof_half_known_is_learned(hass: HomeAssistant) -> None:
    known = subentry("solar", "A", "a", power="sensor.a", tilt=35, azimuth=180, module_kw=6.4)
    unknown = subentry("solar", "B", "b", power="sensor.b", tilt=35)
    assert planes(configuration(hass, home(known, unknown))) == ()
