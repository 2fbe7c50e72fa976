"""Price sources are asked through Home Assistant's actions and states."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import probatio as vol
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.series import Series
from custom_components.shems.sources.error import SourceError
from custom_components.shems.sources.prices import async_source

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
        "price_type": "market",
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


async def test_easyenergy_is_asked_for_usage_or_for_return(hass: HomeAssistant) -> None:
    usage = provide(
        hass, "easyenergy", "get_energy_usage_prices", lambda _: payload("easyenergy_usage")
    )
    returned = provide(
        hass, "easyenergy", "get_energy_return_prices", lambda _: payload("easyenergy_return")
    )
    source = {"type": "easyenergy", "config_entry": "ee", "interval": "quarter"}
    assert len(await ask(hass, {**source, "price_type": "all_in"})) == 24
    day = {"start": "2026-06-10", "end": "2026-06-10"}
    asked = {"config_entry": "ee", "granularity": "quarter", **day}
    assert usage[0] == {**asked, "incl_vat": True, "price_type": "invoice"}
    await ask(hass, source)
    assert usage[2] == {**asked, "incl_vat": False, "price_type": "market"}
    assert len(await ask(hass, {**source, "side": "sell"})) == 24
    assert returned[0] == asked


async def test_omie_is_asked_by_day_of_delivery_in_its_country(hass: HomeAssistant) -> None:
    def answer(call: ServiceCall) -> dict[str, Any]:
        if call.data["date"] != date(2026, 6, 10):
            raise ServiceValidationError("not published")
        return payload("omie")

    calls = provide(hass, "omie", "get_prices_for_date", answer)
    assert len(await ask(hass, {"type": "omie", "country": "pt"})) == 96
    assert calls[0] == {"date": date(2026, 6, 10), "countries": ["pt"]}


async def test_green_planet_is_asked_for_a_day_ahead(hass: HomeAssistant) -> None:
    calls = provide(hass, "green_planet_energy", "get_prices", lambda _: payload("green_planet"))
    assert len(await ask(hass, {"type": "green_planet", "config_entry": "gp"})) == 96
    assert calls == [{"config_entry_id": "gp", "hours": 24}]


async def test_entsoe_is_asked_by_local_day_in_its_unit(hass: HomeAssistant) -> None:
    MockConfigEntry(
        domain="entsoe", entry_id="ee", options={"currency": "€", "energy_scale": "MWh"}
    ).add_to_hass(hass)
    calls = provide(hass, "entsoe", "get_energy_prices", lambda _: payload("entsoe"))
    found = await ask(hass, {"type": "entsoe", "config_entry": "ee"})
    assert found.value[0] == pytest.approx(payload("entsoe")["prices"][0]["price"] / 1000)
    assert calls[0] == {
        "config_entry": "ee",
        "start": "2026-06-10T00:00:00+02:00",
        "end": "2026-06-10T23:59:00+02:00",
    }


@pytest.mark.parametrize(("side", "channel"), [("buy", "general"), ("sell", "feed_in")])
async def test_amber_has_the_running_interval_in_its_sensor(
    hass: HomeAssistant, side: str, channel: str
) -> None:
    data = payload(f"amber_{channel}")
    entry = MockConfigEntry(domain="amberelectric", entry_id="am")
    entry.add_to_hass(hass)
    calls = provide(hass, "amberelectric", "get_forecasts", lambda _: data["response"])
    source = {"type": "amber", "config_entry": "am", "side": side}
    now = datetime(2026, 6, 10, 10, 1, tzinfo=dt_util.UTC).timestamp()
    alone = await ask(hass, source, "AUD")
    assert alone.at(now) is None, "without the sensor it is unknown"
    registry = er.async_get(hass)
    for key in (f"descriptors-{channel}", f"current-{channel}", f"forecasts-{channel}"):
        registry.async_get_or_create(
            "sensor", "amberelectric", f"01ABC-{key}", config_entry=entry, suggested_object_id=key
        )
    assert (await ask(hass, source, "AUD")).at(now) is None, "nor while it has no state"
    hass.states.async_set(
        f"sensor.current_{channel}", str(data["state"]), {**data["current"], "unit": "$/kWh"}
    )
    assert (await ask(hass, source, "AUD")).at(now) == data["state"]
    assert calls[0] == {"config_entry_id": "am", "channel_type": channel}


async def test_octopus_has_tomorrow_in_an_entity_beside(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    meter = "octopus_energy_electricity_21L_123"
    ids = [
        registry.async_get_or_create(
            "event", "octopus_energy", f"{meter}_{each}_day_rates"
        ).entity_id
        for each in ("current", "next")
    ]
    hass.states.async_set(ids[0], "2026-06-10T00:00:00", payload("octopus_today"))
    source = {"type": "octopus", "entity": ids[0]}
    assert len(await ask(hass, source, "GBP")) == 48
    hass.states.async_set(ids[1], "unknown", {})
    assert len(await ask(hass, source, "GBP")) == 48
    hass.states.async_set(ids[1], "2026-06-10T16:00:00", payload("octopus_tomorrow"))
    found = await ask(hass, source, "GBP")
    assert len(found) == 96
    later = registry.async_update_entity(ids[1], new_entity_id="event.tomorrow").entity_id
    hass.states.async_set(later, "2026-06-10T16:00:00", payload("octopus_tomorrow"))
    assert len(await ask(hass, source, "GBP")) == 96, "by what it is, not by its name"
    with pytest.raises(SourceError) as foreign:
        await ask(hass, source, "EUR")
    assert foreign.value.arguments == {"unit": "GBP/kWh", "currency": "EUR"}


async def test_octopus_entities_without_a_registration_or_of_another_kind(
    hass: HomeAssistant,
) -> None:
    hass.states.async_set("event.o_current_day_rates", "1", payload("octopus_today"))
    hass.states.async_set("event.o_next_day_rates", "1", payload("octopus_tomorrow"))
    hass.states.async_set("event.other", "1", payload("octopus_today"))
    source = {"type": "octopus"}
    assert len(await ask(hass, {**source, "entity": "event.o_current_day_rates"}, "GBP")) == 96
    assert len(await ask(hass, {**source, "entity": "event.other"}, "GBP")) == 48
    registry = er.async_get(hass)
    for unique_id in ("lone_current_day_rates", "else"):
        entity_id = registry.async_get_or_create("event", "octopus_energy", unique_id).entity_id
        hass.states.async_set(entity_id, "1", payload("octopus_today"))
        assert len(await ask(hass, {**source, "entity": entity_id}, "GBP")) == 48


async def test_pvpc_of_a_day_is_that_of_its_last_report(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    frozen.move_to("2026-06-10T21:59:00+00:00")
    hass.states.async_set("sensor.pvpc", "0.1", payload("pvpc"))
    source = {"type": "pvpc", "entity": "sensor.pvpc"}
    before = await ask(hass, source)
    frozen.move_to("2026-06-10T22:00:01+00:00")
    after = await ask(hass, source)
    assert before.start.tolist() == after.start.tolist(), "still yesterday's, an instant later"


@pytest.mark.parametrize(
    ("kind", "name", "now", "currency", "count"),
    [
        ("energidata", "energidata", "2026-06-10T12:00:00+02:00", "DKK", 192),
        ("epex", "epex", "2026-10-25T12:00:00+01:00", "EUR", 100),
    ],
)
async def test_sensors_of_hacs_list_their_prices(
    hass: HomeAssistant,
    frozen: FrozenDateTimeFactory,
    kind: str,
    name: str,
    now: str,
    currency: str,
    count: int,
) -> None:
    frozen.move_to(now)
    hass.states.async_set("sensor.p", "1", payload(name))
    assert len(await ask(hass, {"type": kind, "entity": "sensor.p"}, currency)) == count


async def test_a_template_is_rendered(hass: HomeAssistant) -> None:
    rows = [{"start": "2026-06-10T12:00:00+02:00", "price": 25}]
    hass.states.async_set("sensor.p", "1", {"rows": rows})
    source = {"type": "template", "unit": "ct/kWh"}
    found = await ask(hass, {**source, "template": "{{ state_attr('sensor.p', 'rows') }}"})
    assert found.value.tolist() == [0.25]
    with pytest.raises(SourceError) as wrong:
        await ask(hass, {**source, "template": "{{ 1 / 0 }}"})
    assert wrong.value.code == "price_action_failed"
    assert wrong.value.arguments["source"] == "template"


async def test_any_entity_is_read_as_what_it_shows(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    source = {"type": "entity"}
    for platform, name, currency, count in (
        ("energidataservice", "energidata", "DKK", 192),
        ("octopus_energy", "octopus_export", "GBP", 48),
        ("pvpc_hourly_pricing", "pvpc", "EUR", 48),
        ("demo", "attributes_entsoe", "EUR", 24),
    ):
        entity_id = registry.async_get_or_create("sensor", platform, name).entity_id
        hass.states.async_set(entity_id, "0.2", payload(name))
        assert len(await ask(hass, {**source, "entity": entity_id}, currency)) == count
    hass.states.async_set("sensor.now", "8", {"unit_of_measurement": "ct/kWh"})
    found = await ask(hass, {**source, "entity": "sensor.now"})
    assert found.value.tolist() == [0.08]
    hass.states.async_set("sensor.now", "8", {"unit_of_measurement": "W"})
    hass.states.async_set(entity_id, "1", {**payload(name), "unit_of_measurement": "W"})
    for wrong in ("sensor.now", entity_id):
        with pytest.raises(SourceError, match="price unit unknown"):
            await ask(hass, {**source, "entity": wrong})


@pytest.mark.parametrize(
    "source",
    [
        {"type": "energyzero", "config_entry": "x"},
        {"type": "easyenergy", "config_entry": "x"},
        {"type": "omie"},
        {"type": "green_planet", "config_entry": "x"},
        {"type": "amber", "config_entry": "x"},
    ],
)
async def test_a_provider_of_another_currency_is_refused(
    hass: HomeAssistant, source: dict[str, Any]
) -> None:
    with pytest.raises(SourceError) as foreign:
        await ask(hass, source, "SEK")
    assert foreign.value.code == "price_unit_unknown"


async def test_whatever_a_provider_does_wrong_is_named(hass: HomeAssistant) -> None:
    def fail(call: ServiceCall) -> dict[str, Any]:
        raise KeyError

    provide(hass, "green_planet_energy", "get_prices", fail)
    with pytest.raises(SourceError) as failed:
        await ask(hass, {"type": "green_planet", "config_entry": "gp"})
    assert failed.value.arguments["detail"] == "KeyError"


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
