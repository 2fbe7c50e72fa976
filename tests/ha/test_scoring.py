"""Forecasts are scored by what the meters show, and the scores are shown."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.shems.arrays import ArrayFile
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast.beliefs import Outlook
from custom_components.shems.core.forecast.history import History
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.series import Series
from custom_components.shems.scoring import Scorekeeper

from .conftest import ENTRY_ID, PRICES, SLOT_S, SPOT, advance, make_entry, settle, start

FILE = f"shems.{ENTRY_ID}.journal.npz"
ERROR = "sensor.home_load_forecast_error"


async def lived(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    hours: float,
    load_kw: float,
) -> None:
    """Let the home live through some hours with the same load."""
    for _ in range(round(hours * 3600 / SLOT_S)):
        meters(grid_kw=load_kw)
        await advance(hass, frozen, SLOT_S - 2)
        meters(grid_kw=load_kw)
        await advance(hass, frozen, 2)


async def forecast(hass: HomeAssistant) -> Any:
    return await hass.services.async_call(
        DOMAIN, "get_forecast", {}, blocking=True, return_response=True
    )


async def test_a_forecast_is_scored_when_its_hours_are_over(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    array_folder: Path,
) -> None:
    assert hass.states.get(ERROR).state == "unknown"
    assert (await forecast(hass))["provenance"]["load"]["scores"] == {"days": 0, "by_lead": []}
    # Two kilowatts were expected; three came.
    await lived(hass, frozen, meters, hours=3.2, load_kw=3.0)
    state = hass.states.get(ERROR)
    assert 0.5 < float(state.state) <= 1.01
    assert state.attributes["unit_of_measurement"] == "kW"
    assert state.attributes["bias"] < 0
    assert state.attributes["days"] == 1
    by_lead = state.attributes["by_lead"]
    assert [each["from_h"] for each in by_lead] == [0, 1]
    assert sum(each["hours"] for each in by_lead) == state.attributes["hours"]
    assert hass.states.get("sensor.home_solar_forecast_error").state == "unknown"
    provenance = (await forecast(hass))["provenance"]["load"]
    assert provenance["source"]
    assert provenance["made"].startswith("2026-06-10T13:")
    assert provenance["scores"]["mean_absolute_error"] == pytest.approx(float(state.state))
    assert (array_folder / FILE).exists()


async def test_scores_outlive_a_restart_and_go_with_the_home(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
    array_folder: Path,
) -> None:
    await lived(hass, frozen, meters, hours=2.2, load_kw=3.0)
    before = float(hass.states.get(ERROR).state)
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    assert float(hass.states.get(ERROR).state) == before
    await hass.config_entries.async_remove(ENTRY_ID)
    await settle(hass)
    assert not (array_folder / FILE).exists()


async def test_skill_and_coverage_are_shares(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    meters: Callable[..., None],
) -> None:
    er.async_get(hass).async_update_entity("sensor.home_load_forecast_coverage", disabled_by=None)
    await lived(hass, frozen, meters, hours=2.2, load_kw=3.0)
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    coverage = hass.states.get("sensor.home_load_forecast_coverage")
    assert 0 <= float(coverage.state) <= 100
    assert coverage.attributes["unit_of_measurement"] == "%"
    assert coverage.attributes["state_class"] == "measurement"
    skill = float(hass.states.get("sensor.home_load_forecast_skill").state)
    assert skill <= 100


async def test_prices_are_scored_where_they_were_not_published(
    hass: HomeAssistant, home: HomeCoordinator, array_folder: Path
) -> None:
    beliefs = home.data.beliefs
    horizon, now = beliefs.horizon, home.data.now // HOUR_S * HOUR_S
    known = horizon.end <= now + 4 * HOUR_S
    market = Outlook.certain(np.full(len(horizon), 0.30), "market_model")
    prices = replace(beliefs.prices, known=known)
    keeper = Scorekeeper(hass, "UTC", ArrayFile(hass, "spot", "journal"))
    await keeper.async_note(now, replace(beliefs, prices=prices, market=market), History())
    assert keeper.scores("price") is None
    published = Series.of((now + i * HOUR_S, now + (i + 1) * HOUR_S, 0.25) for i in range(48))
    await keeper.async_note(now + 10 * HOUR_S, beliefs, History(market=published))
    scores = keeper.scores("price")
    assert scores is None, "beliefs without a market leave the page as it is"
    later = replace(beliefs, market=market)
    await keeper.async_note(now + 11 * HOUR_S, later, History(market=published))
    scores = keeper.scores("price")
    assert scores.total.count == 7
    assert scores.total.mae == pytest.approx(0.05)


async def test_the_temperature_is_told_and_scored(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    entry = make_entry(temperature="sensor.outdoors")
    home = await start(hass, entry, frozen)
    assert (await forecast(hass))["forecast"][0]["outdoor_temperature"] is None
    beliefs = home.data.beliefs
    horizon, now = beliefs.horizon, home.data.now // HOUR_S * HOUR_S
    cold = Outlook.certain(np.full(len(horizon), -4.0), "sensor")
    home.async_set_updated_data(replace(home.data, beliefs=replace(beliefs, temperature=cold)))
    response = await forecast(hass)
    assert set(response["forecast"][0]["outdoor_temperature"].values()) == {-4.0}
    assert response["provenance"]["temperature"]["source"] == "sensor"
    shown = hass.states.get("sensor.home_temperature_forecast_error")
    assert shown.attributes["device_class"] == "temperature_delta"

    keeper = Scorekeeper(hass, "UTC", ArrayFile(hass, "cold", "journal"))
    winter = Series.of((now + i * HOUR_S, now + (i + 1) * HOUR_S, -3.0) for i in range(-72, 48))
    told = replace(beliefs, temperature=cold)
    await keeper.async_note(now, told, History())
    assert keeper.scores("temperature") is None
    await keeper.async_note(now + 5 * HOUR_S, told, History(outdoor=winter))
    await keeper.async_note(now + 10 * HOUR_S, told, History(outdoor=winter))
    total = keeper.scores("temperature").total
    assert (total.mae, total.bias) == pytest.approx((1.0, -1.0))


async def test_a_home_on_a_market_is_told_the_spread_of_prices(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    rows = [
        {"start": f"2026-06-10T{hour:02}:00:00+00:00", "value": 0.1 + 0.01 * hour}
        for hour in range(24)
    ]
    hass.states.async_set(PRICES, "0.2", {"raw_today": rows, "unit_of_measurement": "EUR/kWh"})
    home = await start(hass, make_entry(SPOT), frozen)
    beliefs = home.data.beliefs
    levels = np.linspace(0.1, 0.5, 19)[:, np.newaxis]
    spread = Outlook(
        np.full(len(beliefs.horizon), 0.3),
        np.tile(levels, (1, len(beliefs.horizon))),
        np.full((1, len(beliefs.horizon)), 0.3),
        "market_model",
    )
    home.async_set_updated_data(replace(home.data, beliefs=replace(beliefs, market=spread)))
    response = await forecast(hass)
    assert response["provenance"]["price"]["source"] == "market_model"
    first, last = response["forecast"][0], response["forecast"][-1]
    assert first["price_known"]
    assert first["import_price_quantiles"] is None
    assert not last["price_known"]
    values = list(last["import_price_quantiles"].values())
    assert values == sorted(values)
    assert values[0] < values[-1]
    error = hass.states.get("sensor.home_price_forecast_error")
    assert error.attributes["unit_of_measurement"] == "EUR/kWh"
    assert "device_class" not in error.attributes
