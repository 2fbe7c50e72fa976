"""Prices and forecasts come late, change or stay away: the last ones hold, never a guess."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.core.forecast.history import Weather
from custom_components.shems.core.series import Series
from custom_components.shems.sources import inputs
from tests.ha.conftest import (
    ENTRY_ID,
    OPTIONS,
    PRICES,
    SPOT,
    advance,
    make_entry,
    start,
    subentries,
    subentry,
)
from tests.ha.faults.watching import arm, gapless, issues, mode, pass_time, problems, status

HOUR_S = 3600.0


def show_prices(hass: HomeAssistant, values: list[float]) -> None:
    """Publish prices of selling and buying from the running hour on."""
    begin = dt_util.utcnow().replace(minute=0, second=0, microsecond=0).timestamp()
    rows = [
        {
            "start": dt_util.utc_from_timestamp(begin + HOUR_S * hour).isoformat(),
            "end": dt_util.utc_from_timestamp(begin + HOUR_S * (hour + 1)).isoformat(),
            "value": value,
        }
        for hour, value in enumerate(values)
    ]
    hass.states.async_set(PRICES, "0.1", {"unit_of_measurement": "EUR/kWh", "prices": rows})


async def test_prices_of_tomorrow_that_come_late(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """What is not published yet is expected and said to be; it is no problem."""
    show_prices(hass, [0.1] * 6)
    home = await start(hass, make_entry(SPOT), frozen)
    plan = home.data.plan
    assert plan is not None
    known = plan.horizon.start[plan.prices.known]
    assert known[-1] < plan.created + 6 * HOUR_S
    assert not plan.prices.known[-1]
    assert status(hass) == "optimal"
    await pass_time(hass, frozen, 10, meters)
    assert not problems(hass)
    assert not issues(hass)
    assert gapless(home, 10)
    assert home.data.commands, "devices do as planned by what is expected"
    show_prices(hass, [0.1] * 30)
    await advance(hass, frozen, 2)
    later = home.data.plan
    assert later is not None
    assert later.horizon.start[later.prices.known][-1] > known[-1] + 20 * HOUR_S


async def test_prices_that_are_revised(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    """The newest price holds, for the plan and for what is counted from then on."""
    show_prices(hass, [0.1, *[0.5] * 23])
    home = await start(hass, make_entry(SPOT), frozen)
    await arm(hass, frozen)
    assert mode(hass) == "charge"
    show_prices(hass, [0.6, *[0.1] * 23])
    for _ in range(2):
        await advance(hass, frozen, 2)
    assert mode(hass) != "charge"
    assert home.data.price == pytest.approx(((0.6 + 0.1) * 1.2, 0.6))
    await pass_time(hass, frozen, 10, meters)
    assert home.store.memory.slots[-1].buy == pytest.approx(0.84)
    assert not problems(hass)


async def test_prices_that_stay_away_are_held_then_the_plan_then_devices_let_go(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    charging = partial(meters, grid_kw=7.0, battery_kw=-5.0)
    show_prices(hass, [0.1, 0.1, 0.5, 0.5, 0.5, 0.5])
    home = await start(hass, make_entry(SPOT), frozen)
    await arm(hass, frozen)
    show_prices(hass, [0.1])
    hass.states.async_set(PRICES, "unavailable")
    await pass_time(hass, frozen, 14, charging)
    assert status(hass) == "optimal"
    assert problems(hass)["price_entity_unavailable"]["stage"] == "held"
    assert issues(hass) == {("prices_lost", PRICES)}
    frozen.move_to("2026-06-10T16:01:00+00:00")
    await pass_time(hass, frozen, 6, meters)
    assert status(hass) == "safe"
    assert home.data.price is None or home.data.price[0] > 0, "a missing price is never zero"
    await pass_time(hass, frozen, 40, meters)
    assert problems(hass)["price_entity_unavailable"]["stage"] == "safe"
    assert home.data.plan is None
    assert mode(hass) == "automatic"
    assert home.store.control.owned == {}
    assert hass.states.get("sensor.home_import_price").state == "unavailable"
    show_prices(hass, [0.1, *[0.5] * 20])
    await pass_time(hass, frozen, 2, meters)
    assert status(hass) == "optimal"
    assert mode(hass) == "charge"
    assert not problems(hass)
    assert not issues(hass)


@pytest.mark.parametrize("value", [float("nan"), None, "n/a"])
async def test_a_price_that_is_no_number_is_never_zero(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    value: Any,
) -> None:
    show_prices(hass, [value, *[0.3] * 23])
    home = await start(hass, make_entry(SPOT), frozen)
    await arm(hass, frozen)
    assert status(hass) == "safe"
    assert home.data.price is None
    assert mode(hass) == "automatic"
    assert problems(hass)


@pytest.fixture
def providers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stand in for a solar forecast and a weather service that can fail."""
    begin = dt_util.utcnow().timestamp() // HOUR_S * HOUR_S
    hours = [(begin + HOUR_S * hour, begin + HOUR_S * (hour + 1), 1.0) for hour in range(72)]
    says: dict[str, Any] = {"solar": Series.of(hours), "weather": Weather(Series.of(hours))}

    async def solar(*_: Any) -> Series | None:
        return says["solar"]

    async def weather(*_: Any) -> Weather | None:
        return says["weather"]

    monkeypatch.setattr(inputs, "async_solar_forecast", solar)
    monkeypatch.setattr(inputs, "async_weather", weather)
    monkeypatch.setattr(inputs, "weather_entity", lambda *_: "weather.home")
    return says


async def test_forecasts_that_stay_away_are_held_for_a_day(
    hass: HomeAssistant,
    providers: dict[str, Any],
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    service = MockConfigEntry(domain="forecast_solar", entry_id="fs", title="My roof")
    service.add_to_hass(hass)
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=[each for each in subentries() if each["subentry_type"] != "solar"]
        + [
            subentry(
                "solar", "Roof", "roof", power="sensor.sun", peak_kw=5.0, forecast_entries=["fs"]
            )
        ],
    )
    home = await start(hass, entry, frozen)
    assert not problems(hass)
    scenario = home.planner.scenario
    assert scenario is not None
    assert scenario.solar_given is not None
    providers["solar"] = providers["weather"] = None
    await pass_time(hass, frozen, 50, meters)
    told = problems(hass)
    assert told["solar_forecast_lost"]["stage"] == told["weather_lost"]["stage"] == "held"
    assert told["solar_forecast_lost"]["args"] == {"source": "My roof"}
    assert issues(hass) == {("solar_forecast_lost", "My roof"), ("weather_lost", "weather.home")}
    assert status(hass) == "optimal"
    frozen.tick(24 * HOUR_S)
    await pass_time(hass, frozen, 10, meters)
    told = problems(hass)
    assert told["solar_forecast_lost"]["stage"] == told["weather_lost"]["stage"] == "without"
    assert status(hass) == "optimal", "it plans by what it measured itself"
    begin = dt_util.utcnow().timestamp() // HOUR_S * HOUR_S
    hours = [(begin + HOUR_S * hour, begin + HOUR_S * (hour + 1), 2.0) for hour in range(48)]
    providers |= {"solar": Series.of(hours), "weather": Weather(Series.of(hours))}
    await pass_time(hass, frozen, 10, meters)
    assert "solar_forecast_lost" not in problems(hass)
    assert "weather_lost" not in problems(hass)
