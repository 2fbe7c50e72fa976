"""Price sources are asked through Home Assistant's actions and states."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import probatio as vol
import pytest
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.series import Series
from custom_components.shems.sources.configuration import configuration
from custom_components.shems.sources.error import SourceError
from custom_components.shems.sources.prices import async_market, async_source

FIXTURES = Path(__file__).parent / "fixtures" / "prices"
ZONE = "Europe/Amsterdam"

type Answer = Callable[[ServiceCall], dict[str, Any]]


def payload(name: str) -> dict[str, Any]:
    return json.loads((FIXTURES / f"{name}.json").read_text())


def provide(hass: HomeAssistant, domain: str, service: str, answer: Answer) -> list[dict[str, Any]]:
    """Register an action with a response; return the data of its calls."""
    calls: list[dict[str, Any]] = []

    async def handle(call: ServiceCall) -> dict[str, Any]:
        calls.append(dict(call.data))
        return answer(call)

    hass.services.async_register(domain, service, handle, supports_response=SupportsResponse.ONLY)
    return calls


async def ask(hass: HomeAssistant, source: dict[str, Any], currency: str = "EUR") -> Series:
    now = dt_util.utcnow().timestamp()
    return await async_source(hass, source, now, zone=ZONE, currency=currency)


async def test_nordpool_is_asked_by_day_of_delivery(hass: HomeAssistant) -> None:
    def answer(call: ServiceCall) -> dict[str, Any]:
        today = call.data["date"] == date(2026, 6, 10)
        return payload("nordpool_normal" if today else "nordpool_tomorrow_absent")

    calls = provide(hass, "nordpool", "get_prices_for_date", answer)
    source = {"type": "nordpool", "config_entry": "np", "area": "SE3"}
    found = await ask(hass, source, "SEK")
    assert len(found) == 96
    assert calls == [
        {"config_entry": "np", "date": day, "areas": ["SE3"], "currency": "SEK"}
        for day in (date(2026, 6, 10), date(2026, 6, 11))
    ]


async def test_a_failure_of_tomorrow_does_not_lose_today(hass: HomeAssistant) -> None:
    def nordpool(call: ServiceCall) -> dict[str, Any]:
        if call.data["date"] == date(2026, 6, 11):
            raise ServiceValidationError("no connection")
        return payload("nordpool_normal")

    def energyzero(call: ServiceCall) -> dict[str, Any]:
        if call.data["start"] == "2026-06-11":
            raise ServiceValidationError("no data")
        return payload("energyzero")

    provide(hass, "nordpool", "get_prices_for_date", nordpool)
    calls = provide(hass, "energyzero", "get_energy_prices", energyzero)
    assert len(await ask(hass, {"type": "nordpool", "config_entry": "np"})) == 96
    assert len(await ask(hass, {"type": "energyzero", "config_entry": "ez"})) == 24
    assert calls[0] == {
        "config_entry": "ez",
        "incl_vat": False,
        "interval": "hour",
        "start": "2026-06-10",
        "end": "2026-06-10",
    }


async def test_energyzero_is_asked_for_quarters_of_two_days(hass: HomeAssistant) -> None:
    def answer(call: ServiceCall) -> dict[str, Any]:
        return payload("energyzero") if call.data["start"] == "2026-06-10" else {"prices": []}

    calls = provide(hass, "energyzero", "get_energy_prices", answer)
    source = {"type": "energyzero", "config_entry": "ez", "interval": "quarter"}
    assert len(await ask(hass, source)) == 24
    assert [each["interval"] for each in calls] == ["quarter", "quarter"]


@pytest.mark.parametrize(
    ("kind", "service", "raised"),
    [
        ("nordpool", "get_prices_for_date", ServiceValidationError("down")),
        ("energyzero", "get_energy_prices", ServiceValidationError("down")),
        ("tibber", "get_prices", vol.Invalid("down")),
    ],
)
async def test_a_failure_of_today_is_an_error(
    hass: HomeAssistant, kind: str, service: str, raised: Exception
) -> None:
    def fail(call: ServiceCall) -> dict[str, Any]:
        raise raised

    source = {"type": kind, "config_entry": "x"}
    with pytest.raises(SourceError) as missing:
        await ask(hass, source)
    assert missing.value.code == "price_action_missing"
    provide(hass, kind, service, fail)
    with pytest.raises(SourceError) as failed:
        await ask(hass, source)
    assert failed.value.code == "price_action_failed"
    assert failed.value.arguments == {"source": f"{kind}.{service}", "detail": "down"}


async def test_tibber_is_asked_for_two_local_days(hass: HomeAssistant) -> None:
    calls = provide(hass, "tibber", "get_prices", lambda call: payload("tibber"))
    assert len(await ask(hass, {"type": "tibber", "home": "Huset"}, "NOK")) == 96
    assert calls == [{"start": "2026-06-10T00:00:00+02:00", "end": "2026-06-12T00:00:00+02:00"}]


async def test_entities_with_attributes(hass: HomeAssistant) -> None:
    start = dt_util.utcnow().replace(minute=0, second=0)
    later = start + timedelta(hours=1)
    raw = [{"start": start, "end": later, "value": 25.0}]
    hass.states.async_set("sensor.np", "25", {"unit_of_measurement": "ct/kWh", "raw_today": raw})
    found = await ask(hass, {"type": "nordpool_hacs", "entity": "sensor.np"})
    assert found.value.tolist() == [0.25]
    hass.states.async_set(
        "sensor.p",
        "25",
        {"unit_of_measurement": "EUR/kWh", "data": [{"start": start, "price": 0.3}]},
    )
    found = await ask(hass, {"type": "attributes", "entity": "sensor.p"})
    assert (found.value.tolist(), found.end.tolist()) == ([0.3], [later.timestamp()])


async def test_a_plain_sensor_knows_only_now(hass: HomeAssistant) -> None:
    source = {"type": "sensor", "entity": "sensor.price"}
    hass.states.async_set("sensor.price", "250", {"unit_of_measurement": "EUR/MWh"})
    now = dt_util.utcnow()
    found = await ask(hass, source)
    assert found.at(now.timestamp()) == 0.25
    assert found.at((now + timedelta(minutes=15)).timestamp()) is None
    for state in ("unavailable", "unknown", "dear"):
        hass.states.async_set("sensor.price", state, {"unit_of_measurement": "EUR/MWh"})
        with pytest.raises(SourceError) as missing:
            await ask(hass, source)
        assert missing.value.code == "price_entity_unavailable"
        assert missing.value.arguments == {"entity": "sensor.price"}
    hass.states.async_remove("sensor.price")
    with pytest.raises(SourceError, match="price entity unavailable"):
        await ask(hass, source)


async def test_prices_of_the_past_are_none(hass: HomeAssistant) -> None:
    old = datetime(2026, 6, 9, tzinfo=dt_util.UTC)
    data = {"unit_of_measurement": "EUR/kWh", "data": [{"start": old, "price": 0.3}]}
    hass.states.async_set("sensor.p", "0.3", data)
    with pytest.raises(SourceError) as empty:
        await ask(hass, {"type": "attributes", "entity": "sensor.p"})
    assert (empty.value.code, empty.value.arguments) == ("price_empty", {"source": "sensor.p"})


async def test_contracts_without_a_market_need_no_source(hass: HomeAssistant) -> None:
    assert len(await ask(hass, {"type": "fixed"})) == 0
    assert len(await ask(hass, {"type": "tou"})) == 0
    with pytest.raises(SourceError, match="price source unknown"):
        await ask(hass, {"type": "crystal_ball"})


def contract(factor: float, source: dict[str, Any]) -> MockConfigEntry:
    return MockConfigEntry(
        domain="shems",
        data={"kind": "home", "name": "Home"},
        options={
            "buy": {"factor": factor, "fee": 0.1},
            "sell": {"factor": 0.0, "fee": 0.0},
            "price_source": source,
        },
        subentries_data=[
            {
                "subentry_type": "connection",
                "title": "Grid",
                "data": {"grid_power": ["sensor.grid"]},
                "unique_id": None,
            }
        ],
    )


async def test_the_market_is_asked_only_where_a_price_follows_it(hass: HomeAssistant) -> None:
    hass.states.async_set("sensor.price", "0.25", {"unit_of_measurement": "EUR/kWh"})
    source = {"type": "sensor", "entity": "sensor.price"}
    now = dt_util.utcnow().timestamp()
    spot = configuration(hass, contract(1.0, source))
    fixed = configuration(hass, contract(0.0, source))
    assert (await async_market(hass, spot, now)).at(now) == 0.25
    assert len(await async_market(hass, fixed, now)) == 0
    assert "sensor.price" in spot.watched
