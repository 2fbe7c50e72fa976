"""Prices and preferences are changed after a home was set up."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.insight.alert_settings import AlertSettings
from custom_components.shems.sources.configuration import tariff

from .flow_pages import WORDS, Pages, measure

BEFORE: dict[str, Any] = {
    "currency": "EUR",
    "buy": {"factor": 0.0, "fee": 0.3, "vat": 0.0, "windows": []},
    "sell": {"factor": 0.0, "fee": 0.1, "vat": 0.0, "windows": []},
    "price_source": {"type": "fixed"},
    "manners": {"battery": {"latency": 3}},
}
MARKET: dict[str, Any] = {
    "buy_factor": 1.0,
    "buy_fee": 0.1,
    "buy_vat": 25.0,
    "selling": {"sell_factor": 0.9, "sell_fee": 0.0, "sell_vat": 0.0},
}
QUARTERS = {"interval": "quarter", "price_type": "all_in"}
NIGHT = {"begin": "22:00:00", "end": "06:00:00", "fee": 0.05, "weekdays": ["mon", "sun"]}


@pytest.fixture
def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with a fixed price."""
    home = MockConfigEntry(domain="shems", data={"kind": "home", "name": "Casa"}, options=BEFORE)
    home.add_to_hass(hass)
    return home


async def options(hass: HomeAssistant, entry: MockConfigEntry, step: str) -> Pages:
    """Begin to change options."""
    pages = Pages(hass.config_entries.options, WORDS["options"])
    await pages.begin(entry.entry_id, {"source": "user"})
    await pages.choose(step)
    return pages


async def source(hass: HomeAssistant, entry: MockConfigEntry, kind: str) -> Pages:
    """Choose another price source."""
    pages = await options(hass, entry, "price_source")
    await pages.give(source=kind)
    return pages


async def test_overrides_can_last_longer(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await options(hass, entry, "preferences")
    await pages.give(override_hours=4.0)
    assert entry.options == BEFORE | {"override_hours": 4.0}


async def test_alerts_are_chosen(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    async def send(call: ServiceCall) -> None:
        raise AssertionError("nothing is to be sent")

    hass.services.async_register("notify", "mobile_app_phone", send)
    pages = await options(hass, entry, "alerts")
    wanted = {
        "kinds": ["fuse", "standby"],
        "phones": ["mobile_app_phone"],
        "quiet_from": "22:00:00",
        "quiet_to": "06:30:00",
        "every_days": 60.0,
        "standby_w": 100.0,
        "left_on_h": 4.0,
        "fuse_percent": 80.0,
        "peak_percent": 90.0,
        "price_below": 0.05,
        "spike_factor": 1.5,
        "freezer_h": 3.0,
        "freezer_c": -15.0,
        "reserve_percent": 40.0,
    }
    await pages.give(**wanted)
    assert entry.options == BEFORE | {"alerts": wanted}
    chosen = AlertSettings.of(entry.options)
    assert chosen.kinds == {"fuse", "standby"}
    assert chosen.limits.reserve_share == 0.4
    assert chosen.standby_kw == pytest.approx(0.1)


async def test_what_is_told_and_kept_is_chosen(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await options(hass, entry, "records")
    chosen = {"digest": ["weekly"], "digest_at": "18:30:00", "keep_days": 400.0}
    await pages.give(**chosen)
    assert entry.options == BEFORE | chosen


async def test_a_fixed_price(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await options(hass, entry, "price_source")
    assert pages.suggested == {"source": "fixed"}
    await pages.give(source="fixed")
    assert pages.suggested == {"buy_fee": 0.3, "sell_fee": 0.1}
    await pages.again()
    assert pages.result["step_id"] == "tariff_fixed"
    await pages.give(buy_fee=0.35, sell_fee=0.1)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options["buy"]["fee"] == 0.35
    assert entry.options["manners"] == BEFORE["manners"], "what else is stored stays"


@pytest.mark.parametrize(("kind", "windows"), [("fixed", {}), ("tou", {"buy_windows": [NIGHT]})])
async def test_a_price_that_is_not_entered_is_asked_for(
    hass: HomeAssistant, entry: MockConfigEntry, kind: str, windows: dict[str, Any]
) -> None:
    pages = await source(hass, entry, kind)
    await pages.give(sell_fee=0.1, **windows)
    assert pages.result["errors"] == {"buy_fee": "price_needed"}
    await pages.give(buy_fee=0.0, sell_fee=0.1, **windows)
    assert pages.result["type"] is FlowResultType.CREATE_ENTRY


async def test_prices_by_time_of_day(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await source(hass, entry, "tou")
    await pages.give(buy_fee=0.3, sell_fee=0.1, buy_windows=[])
    assert pages.result["errors"] == {"buy_windows": "window_missing"}
    await pages.give(buy_fee=0.3, sell_fee=0.1, buy_windows=[NIGHT | {"end": "22:00:00"}])
    assert pages.result["errors"] == {"buy_windows": "window_empty"}
    with pytest.raises(InvalidData):
        await pages.give(buy_fee=0.3, sell_fee=0.1, buy_windows=[{"begin": "late"}])
    always = {"begin": "12:00:00", "end": "14:00:00", "fee": 0.2}
    await pages.give(buy_fee=0.3, sell_fee=0.1, buy_windows=[NIGHT, always])
    assert entry.options["price_source"] == {"type": "tou"}
    assert entry.options["buy"]["windows"] == [
        NIGHT | {"weekdays": [0, 6]},
        always | {"weekdays": []},
    ]
    pages = await source(hass, entry, "tou")
    assert pages.suggested["buy_windows"] == [NIGHT, always | {"weekdays": []}]


async def test_a_source_that_does_not_answer_is_said(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    MockConfigEntry(domain="nordpool", entry_id="np", data={"areas": ["SE4", "SE3"]}).add_to_hass(
        hass
    )
    pages = await source(hass, entry, "nordpool")
    areas = pages.result["data_schema"].schema["area"].config["options"]
    assert areas == ["SE3", "SE4"]
    await pages.give(config_entry="np", area="SE3")
    assert pages.result["errors"] == {"base": "price_action_missing"}
    placeholders = pages.result["description_placeholders"]
    assert placeholders == {"source": "nordpool.get_prices_for_date"}
    assert pages.suggested == {"config_entry": "np", "area": "SE3"}, "input is not lost"

    async def prices(call: ServiceCall) -> dict[str, Any]:
        start = datetime.combine(call.data["date"], datetime.min.time(), dt_util.UTC)
        rows = [
            {
                "start": (start + timedelta(hours=hour)).isoformat(),
                "end": (start + timedelta(hours=hour + 1)).isoformat(),
                "price": 50.0,
            }
            for hour in range(24)
        ]
        return {"SE3": rows}

    hass.services.async_register(
        "nordpool", "get_prices_for_date", prices, supports_response=SupportsResponse.ONLY
    )
    await pages.give(config_entry="np", area="SE3")
    assert pages.result["step_id"] == "tariff_market"
    await pages.give(**MARKET, buy_windows=[NIGHT])
    assert entry.options["price_source"] == {
        "type": "nordpool",
        "config_entry": "np",
        "area": "SE3",
    }
    assert entry.options["buy"] == {
        "factor": 1.0,
        "fee": 0.1,
        "vat": 0.25,
        "windows": [NIGHT | {"weekdays": [0, 6]}],
    }
    assert entry.options["sell"]["factor"] == 0.9


@pytest.mark.parametrize(
    ("kind", "given", "error"),
    [
        ("tibber", {"home": "Huset"}, "price_action_missing"),
        ("energyzero", {"config_entry": "ez", **QUARTERS}, "price_action_missing"),
        (
            "easyenergy",
            {"config_entry": "ee", **QUARTERS, "sell_apart": True},
            "price_action_missing",
        ),
        ("omie", {"country": "pt"}, "price_action_missing"),
        ("green_planet", {"config_entry": "gp"}, "price_action_missing"),
        ("amber", {"config_entry": "am", "sell_apart": False}, "price_unit_unknown"),
        ("entsoe", {"config_entry": "ee"}, "price_action_missing"),
        ("pvpc", {"entity": "sensor.price"}, "price_attribute_missing"),
        ("octopus", {"entity": "sensor.price"}, "price_unit_unknown"),
        ("energidata", {"entity": "sensor.price"}, "price_attribute_missing"),
        ("epex", {"entity": "sensor.price"}, "price_attribute_missing"),
        ("template", {"template": "{{ [] }}", "unit": "ct/kWh"}, "price_shape_unknown"),
        ("attributes", {"entity": "sensor.price"}, "price_shape_unknown"),
        ("nordpool_hacs", {"entity": "sensor.price"}, "price_attribute_missing"),
        ("sensor", {"entity": "sensor.power"}, "price_unit_unknown"),
    ],
)
async def test_every_source_is_tried_first(
    hass: HomeAssistant, entry: MockConfigEntry, kind: str, given: dict[str, Any], error: str
) -> None:
    measure(hass, "sensor.price", "EUR/kWh", 0.25)
    measure(hass, "sensor.power", "W", 0.25)
    pages = await source(hass, entry, kind)
    await pages.give(**given)
    assert pages.result["errors"] == {"base": error}
    assert pages.suggested == given


async def test_a_price_entity_must_exist(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await source(hass, entry, "sensor")
    await pages.give(entity="sensor.gone")
    assert pages.result["errors"] == {"entity": "entity_not_found"}


async def test_going_back_to_a_fixed_price_forgets_the_source(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    measure(hass, "sensor.price", "EUR/kWh", 0.25)
    pages = await source(hass, entry, "sensor")
    await pages.give(entity="sensor.price")
    await pages.give(**MARKET)
    assert entry.options["price_source"] == {"type": "sensor", "entity": "sensor.price"}
    pages = await source(hass, entry, "fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.1)
    assert entry.options == BEFORE


async def test_exports_can_be_set_off(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    pages = await source(hass, entry, "fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.1, net_metering=True)
    assert tariff(entry.options, "UTC", "EUR").net_metering
    pages = await source(hass, entry, "fixed")
    assert pages.suggested["net_metering"] is True
    await pages.give(buy_fee=0.3, sell_fee=0.1, net_metering=False)
    assert not tariff(entry.options, "UTC", "EUR").net_metering
    pages = await source(hass, entry, "fixed")
    await pages.give(buy_fee=0.3, sell_fee=0.1, net_metering=True, net_year="2025-04-01")
    pages = await source(hass, entry, "fixed")
    assert pages.suggested["net_year"] == "2025-04-01"
