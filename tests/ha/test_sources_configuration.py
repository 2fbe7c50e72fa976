"""Entry and subentries become one value, or an error that names what is wrong."""

from typing import Any

import pytest
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.tariff import Window
from custom_components.shems.devices import KINDS
from custom_components.shems.devices.device import Range
from custom_components.shems.sources.configuration import configuration
from custom_components.shems.sources.error import SourceError
from custom_components.shems.sources.meters import meters
from custom_components.shems.sources.readings import Reader
from custom_components.shems.sources.renames import async_follow_renames

BUY = {
    "factor": 1.0,
    "fee": 0.12,
    "vat": 0.21,
    "windows": [
        {"begin": "22:00:00", "end": "00:00:00", "fee": 0.05, "weekdays": [0, 4]},
        {"begin": "01:30", "end": "06:00", "fee": 0.02},
    ],
}
OPTIONS: dict[str, Any] = {
    "currency": "EUR",
    "buy": BUY,
    "sell": {"factor": 1.0},
    "price_source": {"type": "sensor", "entity": "sensor.price"},
}


def sub(kind: str, key: str, **data: Any) -> ConfigSubentryData:
    return ConfigSubentryData(
        data=data, subentry_id=key, subentry_type=kind, title=key.title(), unique_id=None
    )


GRID = sub("connection", "grid", grid_power=["sensor.grid"], import_limit_kw=10.0)
BATTERY = sub(
    "battery",
    "battery",
    soc="sensor.soc",
    power="sensor.battery",
    capacity_kwh=10.0,
    charge_kw=5.0,
    discharge_kw=5.0,
    control="number",
    power_number="number.power",
)


def entry_of(
    *subentries: ConfigSubentryData,
    options: dict[str, Any] | None = None,
    kind: str = "home",
    version: int = 1,
) -> MockConfigEntry:
    return MockConfigEntry(
        domain="shems",
        title="Title",
        data={"kind": kind, "name": "Home"},
        options=OPTIONS if options is None else options,
        subentries_data=list(subentries),
        version=version,
    )


async def test_everything_is_there(hass: HomeAssistant) -> None:
    found = configuration(
        hass,
        entry_of(
            GRID,
            BATTERY,
            sub("solar", "roof", power="sensor.sun", peak_kw=5.0),
            sub("load", "plug", power="sensor.plug", switch="switch.plug"),
            sub("from_the_future", "flux", power="sensor.flux"),
        ),
    )
    assert (found.name, found.kind, found.simulated) == ("Home", "home", False)
    assert found.zone == hass.config.time_zone
    assert found.home.connection.import_limit_kw == 10.0
    assert [each.id for each in found.home.batteries] == ["battery"]
    assert [each.name for each in found.home.solar] == ["Roof"]
    assert [each.name for each in found.home.loads] == ["Plug"]
    assert found.connection.id == "grid"
    assert found.device("plug") == found.of_kind("load")[0]
    assert found.device("flux") is None, "a kind that is not known yet is left alone"
    assert found.watched == {
        "sensor.grid",
        "sensor.soc",
        "sensor.battery",
        "number.power",
        "sensor.sun",
        "sensor.plug",
        "switch.plug",
    }


async def test_the_contract_is_in_the_cores_terms(hass: HomeAssistant) -> None:
    tariff = configuration(hass, entry_of(GRID)).tariff
    assert (tariff.currency, tariff.zone) == ("EUR", hass.config.time_zone)
    assert (tariff.buy.factor, tariff.buy.fee, tariff.buy.vat) == (1.0, 0.12, 0.21)
    assert tariff.buy.windows == (
        Window(22 * 60, 24 * 60, 0.05, (0, 4)),
        Window(90, 360, 0.02),
    )


async def test_a_simulated_homes_devices_say_so(hass: HomeAssistant) -> None:
    found = configuration(hass, entry_of(GRID, BATTERY, kind="simulated"))
    assert found.simulated
    assert all(device.simulated for device in found.devices)


@pytest.mark.parametrize(
    ("subentries", "options", "code", "named"),
    [
        ((), OPTIONS, "connection_count", {"count": 0}),
        ((GRID, sub("connection", "grid2")), OPTIONS, "connection_count", {"count": 2}),
        ((GRID,), {}, "tariff_missing", {}),
        ((GRID,), {"buy": BUY}, "tariff_missing", {}),
        (
            (GRID,),
            {"buy": {"windows": [{"begin": "late", "end": "06:00"}]}, "sell": {}},
            "tariff_window_invalid",
            {"window": "{'begin': 'late', 'end': '06:00'}"},
        ),
        (
            (GRID, sub("battery", "cellar", capacity_kwh=-1)),
            OPTIONS,
            "device_invalid",
            {"device": "Cellar", "detail": "battery parameter (name=capacity_kwh, value=-1.0)"},
        ),
    ],
)
async def test_what_cannot_be_is_named(
    hass: HomeAssistant,
    subentries: tuple[ConfigSubentryData, ...],
    options: dict[str, Any],
    code: str,
    named: dict[str, Any],
) -> None:
    with pytest.raises(SourceError) as wrong:
        configuration(hass, entry_of(*subentries, options=options))
    assert wrong.value.code == code
    assert wrong.value.arguments == named
    assert wrong.value.translation_placeholders == {key: str(each) for key, each in named.items()}


async def test_ranges_of_numbers_are_looked_up_when_needed(hass: HomeAssistant) -> None:
    device = configuration(hass, entry_of(GRID, BATTERY)).of_kind("battery")[0]
    assert device.range_of("number.power") == Range()
    er.async_get(hass).async_get_or_create(
        "number",
        "demo",
        "power",
        suggested_object_id="power",
        capabilities={"min": 0, "max": 3000, "step": 100, "mode": "auto"},
        unit_of_measurement="W",
    )
    assert device.range_of("number.power") == Range("W", 0, 3000, 100)
    hass.states.async_set(
        "number.power", "0", {"min": 0, "max": 4.5, "step": 0.1, "unit_of_measurement": "kW"}
    )
    assert device.range_of("number.power") == Range("kW", 0, 4.5, 0.1)


async def test_renames_are_followed_everywhere(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    for name in ("grid", "price", "other"):
        registry.async_get_or_create("sensor", "demo", name, suggested_object_id=name)
    entry = entry_of(GRID, BATTERY)
    entry.add_to_hass(hass)
    newer = entry_of(GRID, version=2)
    newer.add_to_hass(hass)
    stop = async_follow_renames(hass)

    registry.async_update_entity("sensor.grid", new_entity_id="sensor.meter")
    registry.async_update_entity("sensor.price", new_entity_id="sensor.market")
    registry.async_update_entity("sensor.other", new_entity_id="sensor.another")
    registry.async_update_entity("sensor.meter", name="Meter")
    await hass.async_block_till_done()
    assert entry.subentries["grid"].data["grid_power"] == ["sensor.meter"]
    assert entry.subentries["battery"].data["soc"] == "sensor.soc"
    assert entry.options["price_source"] == {"type": "sensor", "entity": "sensor.market"}
    assert entry.options["buy"] == BUY
    assert newer.subentries["grid"].data["grid_power"] == ["sensor.grid"], "it is refused intact"

    stop()
    registry.async_update_entity("sensor.meter", new_entity_id="sensor.lost")
    await hass.async_block_till_done()
    assert entry.subentries["grid"].data["grid_power"] == ["sensor.meter"]


def _everywhere(name: str) -> dict[str, object]:
    """Return data in which an entity stands in every way a form can hold it."""
    return {
        "one": name,
        "several": [name, "sensor.other"],
        "rows": [{"entity": name, "steps": [{"target": {"entity_id": [name]}}]}],
        "text": f"about {name}",
    }


@pytest.mark.parametrize("kind", KINDS)
async def test_a_rename_reaches_every_field_of_every_kind(hass: HomeAssistant, kind: str) -> None:
    er.async_get(hass).async_get_or_create("sensor", "demo", "old", suggested_object_id="old")
    entry = entry_of(GRID, sub(kind, "it", **_everywhere("sensor.old")))
    entry.add_to_hass(hass)
    options = {**entry.options, "surroundings": _everywhere("sensor.old")}
    hass.config_entries.async_update_entry(entry, options=options)
    async_follow_renames(hass)
    er.async_get(hass).async_update_entity("sensor.old", new_entity_id="sensor.new")
    await hass.async_block_till_done()
    expected = {**_everywhere("sensor.new"), "text": "about sensor.old"}
    assert entry.subentries["it"].data == expected
    assert entry.options["surroundings"] == expected


def warmed(kind: str, key: str, meter: str, pump: str | None) -> ConfigSubentryData:
    named = {} if pump is None else {"pump": pump}
    return sub(kind, key, power=meter, power_kw=2.0, temperature="sensor.warmth", **named)


def test_rooms_and_water_may_name_one_heat_pump(hass: HomeAssistant) -> None:
    rooms = warmed("heating", "rooms", "sensor.pump", "Cellar pump")
    tank = warmed("water", "tank", "sensor.pump", " cellar Pump ")
    other = warmed("water", "other", "sensor.pump", "Attic")
    plain = warmed("water", "plain", "sensor.pump", None)
    found = configuration(hass, entry_of(GRID, rooms, tank, other, plain))
    assert found.home.shared == (("rooms", "tank"),)
    assert found.counted_elsewhere == {"tank"}, "one meter counts the pump once"
    assert set(meters(found).flexible) == {"rooms", "other", "plain"}
    hass.states.async_set("sensor.pump", "1500", {"unit_of_measurement": "W"})
    shown = Reader(hass, found).read(dt_util.utcnow().timestamp())
    assert shown.devices["rooms"].usable == 1.5
    assert shown.devices["tank"].usable is None
    told = sub(
        "water",
        "tank",
        power="sensor.pump",
        power_kw=2.0,
        temperature="sensor.warmth",
        pump="Cellar pump",
        pump_active="binary_sensor.valve",
    )
    found = configuration(hass, entry_of(GRID, rooms, told))

    def powers() -> tuple[float | None, float | None]:
        shown = Reader(hass, found).read(dt_util.utcnow().timestamp())
        return shown.devices["rooms"].usable, shown.devices["tank"].usable

    assert powers() == (1.5, None), "nobody says whose it is"
    hass.states.async_set("binary_sensor.valve", "on")
    assert powers() == (0.0, 1.5)
    hass.states.async_set("binary_sensor.valve", "off")
    assert powers() == (1.5, 0.0)
    hass.states.async_set("sensor.pump", "unavailable")
    assert powers() == (None, None)
    apart = warmed("water", "tank", "sensor.tank", "Cellar pump")
    assert not configuration(hass, entry_of(GRID, rooms, apart)).counted_elsewhere
