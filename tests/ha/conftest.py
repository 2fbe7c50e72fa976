"""A home in Home Assistant: meters as states, a battery driven by a select and a number."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentry, ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

import custom_components  # noqa: F401  # Home Assistant finds integrations in this package.
from custom_components.shems import actuate, arrays, strategy
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.forecast import load
from custom_components.shems.core.forecast.days import Days
from custom_components.shems.core.horizon import HOUR_S
from custom_components.shems.core.replay.rehearsal import Believe, Past
from custom_components.shems.core.replay.shadow import Shadow
from custom_components.shems.sources.surroundings import SURROUNDINGS

START = "2026-06-10T10:00:30+00:00"
"""A Wednesday, half a minute into a slot."""
ENTRY_ID = "home"
BATTERY = "battery_id"
LOAD = "load_id"
MODE = "input_select.inverter_mode"
POWER = "input_number.inverter_power"
PLUG = "input_boolean.plug"
HOLD = "input_boolean.hold"
PRICES = "sensor.prices"
SLOT_S = 300.0


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no device at the end of a test: the clock stands still."""
    monkeypatch.setattr(actuate, "RESTORE_WAIT_S", 0.0)


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Leave the loop as it runs in a house: its debug mode costs a fifth of the time.

    Home Assistant itself tells of calls from another thread.
    """


@pytest.fixture(autouse=True)
def _custom(
    _hurried: None, frozen: FrozenDateTimeFactory, enable_custom_integrations: None
) -> None:
    """Let Home Assistant load SHEMS."""


@pytest.fixture(autouse=True)
def frozen(freezer: FrozenDateTimeFactory) -> FrozenDateTimeFactory:
    """Stop the clock at a known time."""
    freezer.move_to(START)
    return freezer


@pytest.fixture(autouse=True)
def _quick_nights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replay no days after learning: that takes seconds, and has tests of its own."""

    def nothing(
        _shadow: Shadow | None, past: Past, _believe: Believe, until: float, **_: int
    ) -> Shadow:
        return Shadow(past.key, Days(past.tariff.zone, HOUR_S).day(until), {})

    monkeypatch.setattr(strategy, "replay", nothing)


@pytest.fixture(autouse=True)
def _as_on_home_assistant_os(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without scikit-learn, whose import takes minutes while the clock is stopped."""
    monkeypatch.setattr(load, "importable", lambda: False)


@pytest.fixture(autouse=True)
def array_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what homes learn apart from test to test, as `hass_storage` does the rest."""
    monkeypatch.setattr(arrays, "folder", lambda hass: tmp_path)
    return tmp_path


def measured(until: float, load_kw: float = 2.0, solar_kw: float = 0.0) -> list[dict[str, Any]]:
    """Return a day of measured slots that ends before a time."""
    last = until // SLOT_S * SLOT_S
    hours = SLOT_S / 3600
    return [
        {
            "start": last - (count + 1) * SLOT_S,
            "end": last - count * SLOT_S,
            "bought_kwh": (load_kw - solar_kw) * hours,
            "sold_kwh": 0.0,
            "solar_kwh": solar_kw * hours,
            "charged_kwh": 0.0,
            "discharged_kwh": 0.0,
            "buy": 0.3,
            "sell": 0.08,
            "energy_kwh": {BATTERY: 5.0},
        }
        for count in reversed(range(288))
    ]


NO_TOTALS = dict.fromkeys(
    (
        "bought_kwh",
        "sold_kwh",
        "solar_kwh",
        "load_kwh",
        "charged_kwh",
        "discharged_kwh",
        "cost",
        "cost_no_battery",
        "cost_self_consumption",
        "stored_value",
        "hours",
    ),
    0.0,
)


@pytest.fixture
def remembered(hass_storage: dict[str, Any], frozen: FrozenDateTimeFactory) -> dict[str, Any]:
    """Give the home a measured day, so that it has something to expect."""
    hass_storage[f"{DOMAIN}.{ENTRY_ID}.memory"] = {
        "version": 1,
        "minor_version": 1,
        "key": f"{DOMAIN}.{ENTRY_ID}.memory",
        "data": {
            "ledger": {
                "days": {},
                "total": NO_TOTALS,
                "rule_kwh": {},
                "real_kwh": {},
                "until": None,
            },
            "slots": measured(dt_util.utcnow().timestamp()),
            "plan_state": {"terminal_value": {}},
            "plan": None,
        },
    }
    return hass_storage


@pytest.fixture
def meters(hass: HomeAssistant) -> Callable[..., None]:
    """Return a function that sets what the meters show."""

    def show(
        grid_kw: float | str = 2.0,
        soc: float | str = 50,
        battery_kw: float | str = 0.0,
        solar_kw: float | str = 0.0,
    ) -> None:
        power = {"unit_of_measurement": "kW", "device_class": "power"}
        hass.states.async_set("sensor.grid", str(grid_kw), power, force_update=True)
        hass.states.async_set("sensor.sun", str(solar_kw), power, force_update=True)
        hass.states.async_set("sensor.battery", str(battery_kw), power, force_update=True)
        hass.states.async_set(
            "sensor.soc", str(soc), {"unit_of_measurement": "%"}, force_update=True
        )

    show()
    return show


def subentry(kind: str, title: str, key: str, **data: Any) -> ConfigSubentryData:
    """Return a subentry."""
    return ConfigSubentryData(
        data=data, subentry_id=key, subentry_type=kind, title=title, unique_id=None
    )


def subentries() -> list[ConfigSubentryData]:
    """Return a home with a meter, a roof, a battery and a plug."""
    return [
        subentry("connection", "Grid", "connection_id", grid_power=["sensor.grid"]),
        subentry("solar", "Roof", "solar_id", power="sensor.sun", peak_kw=5.0),
        subentry(
            "battery",
            "Battery",
            BATTERY,
            soc="sensor.soc",
            power="sensor.battery",
            capacity_kwh=10.0,
            charge_kw=5.0,
            discharge_kw=5.0,
            reserve_soc=10.0,
            control="select",
            mode_select=MODE,
            option_self_consume="automatic",
            option_charge="charge",
            option_discharge="discharge",
            option_hold="hold",
            option_default="automatic",
            power_number=POWER,
        ),
        subentry("load", "Plug", LOAD, power="sensor.grid", switch=PLUG),
    ]


OPTIONS: dict[str, Any] = {
    "currency": "EUR",
    "buy": {
        "factor": 0.0,
        "fee": 0.4,
        "vat": 0.0,
        "windows": [{"begin": "00:00", "end": "11:00", "fee": 0.1}],
    },
    "sell": {"factor": 0.0, "fee": 0.05, "vat": 0.0, "windows": []},
    "price_source": {"type": "tou"},
}
"""Cheap until 11:00 UTC, dear afterwards: the plan fills the battery now."""

SPOT: dict[str, Any] = {
    **OPTIONS,
    "buy": {"factor": 1.0, "fee": 0.1, "vat": 0.2, "windows": []},
    "sell": {"factor": 1.0, "fee": 0.0, "vat": 0.0, "windows": []},
    "price_source": {"type": "attributes", "entity": PRICES},
}


@pytest.fixture
async def inverter(hass: HomeAssistant) -> None:
    """Set up the entities a battery and a plug are driven by."""
    await set_up_inverter(hass)


async def set_up_inverter(hass: HomeAssistant) -> None:
    """Set up the entities a battery and a plug are driven by."""
    await hass.config.async_set_time_zone("UTC")
    assert await async_setup_component(
        hass,
        "input_select",
        {
            "input_select": {
                "inverter_mode": {"options": ["automatic", "charge", "discharge", "hold"]}
            }
        },
    )
    assert await async_setup_component(
        hass,
        "input_number",
        {
            "input_number": {
                "inverter_power": {
                    "min": 0,
                    "max": 5000,
                    "step": 10,
                    "initial": 5000,
                    "unit_of_measurement": "W",
                }
            }
        },
    )
    assert await async_setup_component(
        hass, "input_boolean", {"input_boolean": {"plug": None, "hold": None}}
    )


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return a home's entry, not yet set up."""
    return make_entry()


def around(**chosen: str) -> list[ConfigSubentryData]:
    """Return the subentries that name what surrounds a home."""
    named = {
        kind: {field: chosen[field] for field in fields if field in chosen}
        for kind, fields in SURROUNDINGS.items()
    }
    return [subentry(kind, kind, f"{kind}_id", **data) for kind, data in named.items() if data]


def make_entry(options: dict[str, Any] | None = None, **chosen: str) -> MockConfigEntry:
    """Return an entry with the given contract and surroundings."""
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS if options is None else options,
        subentries_data=[*subentries(), *around(**chosen)],
    )


@pytest.fixture
async def home(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> HomeCoordinator:
    """Return a home that is set up and has its first plan."""
    return await start(hass, entry, frozen)


async def start(
    hass: HomeAssistant, entry: MockConfigEntry, frozen: FrozenDateTimeFactory
) -> HomeCoordinator:
    """Set a home up and let it plan."""
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await advance(hass, frozen, 2)
    return entry.runtime_data.coordinator


async def settle(hass: HomeAssistant) -> None:
    """Let everything that was begun come to its end."""
    await hass.async_block_till_done(wait_background_tasks=True)


async def advance(hass: HomeAssistant, frozen: FrozenDateTimeFactory, seconds: float) -> None:
    """Let time pass, and what it sets off come to its end."""
    frozen.tick(seconds)
    async_fire_time_changed(hass)
    await settle(hass)


async def call(hass: HomeAssistant, domain: str, service: str, entity_id: str, **data: Any) -> None:
    """Call an action on an entity and wait for what follows."""
    context = data.pop("context", None)
    await hass.services.async_call(
        domain, service, {"entity_id": entity_id, **data}, blocking=True, context=context
    )
    await settle(hass)


@pytest.fixture
async def real_calendars(hass: HomeAssistant) -> None:
    """Set up Home Assistant's calendars before a test answers in their place."""
    assert await async_setup_component(hass, "calendar", {})


PUMP = "pump_id"
PUMP_DATA: dict[str, Any] = {
    "power": "sensor.pump",
    "power_kw": 1.0,
    "daily_kwh": 3.0,
    "begin": "08:00:00",
    "end": "20:00:00",
    "switch": PLUG,
    "released": "off",
}


def pump_shows(hass: HomeAssistant, kw: float | str) -> None:
    """Let the pump's meter show a power."""
    hass.states.async_set("sensor.pump", str(kw), {"unit_of_measurement": "kW"}, force_update=True)


@pytest.fixture
def with_pump(hass: HomeAssistant) -> MockConfigEntry:
    """Return a home with a pool pump, not set up."""
    pump_shows(hass, 0.0)
    entry = make_entry()
    others = {key: each for key, each in entry.subentries.items() if each.subentry_type != "load"}
    pump = ConfigSubentry(
        data=PUMP_DATA,
        subentry_id=PUMP,
        subentry_type="deferrable",
        title="Pump",
        unique_id=None,
    )
    object.__setattr__(entry, "subentries", {**others, PUMP: pump})
    return entry


@pytest.fixture
def begin(
    hass: HomeAssistant,
    with_pump: MockConfigEntry,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> Callable[..., Any]:
    """Return a function that starts a home with another device in the pump's place."""

    async def started(kind: str, data: dict[str, Any]) -> HomeCoordinator:
        thing = ConfigSubentry(
            data=data, subentry_id=PUMP, subentry_type=kind, title="Thing", unique_id=None
        )
        subentries = {**with_pump.subentries, PUMP: thing}
        object.__setattr__(with_pump, "subentries", subentries)
        return await start(hass, with_pump, frozen)

    return started


def shems_device(hass: HomeAssistant, device_id: str, entry_id: str = ENTRY_ID) -> str:
    """Return the id in the registry of a device that SHEMS drives."""
    entries = dr.async_entries_for_config_entry(dr.async_get(hass), entry_id)
    wanted = (DOMAIN, f"{entry_id}_{device_id}")
    return next(each.id for each in entries if wanted in each.identifiers)
