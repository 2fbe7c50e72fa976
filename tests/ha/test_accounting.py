"""The ledger's energies are those of the meters, whatever their steps and moods."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.accounting import SlotMeter, joined, past
from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.battery import Battery
from custom_components.shems.core.assets.home import Home
from custom_components.shems.core.observe.readings import Readings
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.sources.history import Flows
from tests.core.homes import value_of

from .conftest import ENTRY_ID, OPTIONS, SLOT_S, advance, settle, start, subentries

METERS: dict[str, dict[str, Any]] = {
    "connection": {
        "import_energy": ["sensor.bought", "sensor.bought_shed"],
        "export_energy": ["sensor.sold"],
    },
    "solar": {"energy": "sensor.sun_energy"},
    "battery": {"charged_energy": "sensor.charged", "discharged_energy": "sensor.discharged"},
}
ZERO = dict.fromkeys(
    ("bought", "bought_shed", "sold", "sun_energy", "charged", "discharged"), 1000.0
)


def metered() -> list[ConfigSubentryData]:
    return [
        ConfigSubentryData(
            {**each, "data": {**each["data"], **METERS.get(each["subentry_type"], {})}}
        )
        for each in subentries()
    ]


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return a home with a counter for every quantity, two for what is bought."""
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=metered(),
    )


type Show = Callable[..., None]


@pytest.fixture
def counts(hass: HomeAssistant) -> Show:
    """Return a function that sets what the counters show, and show 1000 kWh on each."""

    def show(**values: float | str) -> None:
        for name, value in values.items():
            facts = {"unit_of_measurement": "kWh", "device_class": "energy"}
            hass.states.async_set(f"sensor.{name}", str(value), facts)

    show(**ZERO)
    return show


@pytest.fixture
async def counted(counts: Show, home: HomeCoordinator) -> HomeCoordinator:
    """Return a home that began to count with 1000 kWh on every counter."""
    return home


async def close(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> None:
    """Go to the end of the running slot, without a meter reporting on the way."""
    at = dt_util.utcnow().timestamp()
    frozen.move_to(dt_util.utc_from_timestamp((at // SLOT_S + 1) * SLOT_S))
    await advance(hass, frozen, 0)


def records(home: HomeCoordinator) -> Sequence[SlotRecord]:
    """Return the slots measured since the home began."""
    return home.store.memory.slots[-len_since(home) :] if len_since(home) else ()


def len_since(home: HomeCoordinator) -> int:
    began = dt_util.parse_datetime("2026-06-10T10:00:00+00:00")
    assert began is not None
    return sum(slot.start >= began.timestamp() for slot in home.store.memory.slots)


async def test_a_slot_holds_what_the_counters_counted_and_not_what_powers_promised(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    meters(grid_kw=9.0, solar_kw=4.0, battery_kw=3.0)
    counts(bought=1000.2, bought_shed=1000.1, sold=1000.05, sun_energy=1000.15, charged=1000.02)
    await close(hass, frozen)
    (slot,) = records(counted)
    assert slot.bought_kwh == pytest.approx(0.3)
    assert slot.sold_kwh == pytest.approx(0.05)
    assert slot.solar_kwh == pytest.approx(0.15)
    assert slot.charged_kwh == pytest.approx(0.02)
    assert slot.discharged_kwh == 0.0
    assert counted.store.memory.ledger.total.load_kwh == pytest.approx(0.38)


@pytest.mark.parametrize("step", [0.001, 0.1, 1.0])
async def test_the_ledger_counts_what_the_meters_count_whatever_their_steps(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    frozen: FrozenDateTimeFactory,
    step: float,
) -> None:
    true = 1000.0
    for number in range(24):
        true += 0.03 + 0.01 * (number % 5)
        shown = round(true // step * step, 6)
        counts(bought=shown, sun_energy=shown, discharged=shown)
        await close(hass, frozen)
    total = counted.store.memory.ledger.total
    assert shown > 1000.0
    assert total.bought_kwh == pytest.approx(shown - 1000.0)
    assert total.solar_kwh == pytest.approx(shown - 1000.0)
    assert total.discharged_kwh == pytest.approx(shown - 1000.0)
    assert all(one.end == two.start for one, two in pairwise(records(counted)))
    assert len(records(counted)) == 24


async def test_a_counter_that_was_reset_counts_from_zero(
    hass: HomeAssistant, counted: HomeCoordinator, counts: Show, frozen: FrozenDateTimeFactory
) -> None:
    counts(bought=1000.2)
    await close(hass, frozen)
    counts(bought=0.1)
    await close(hass, frozen)
    counts(bought=0.3)
    await close(hass, frozen)
    assert [slot.bought_kwh for slot in records(counted)] == pytest.approx([0.2, 0.1, 0.2])


async def test_a_jump_that_cannot_be_is_not_entered(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    for value in (999.9, 5000.0):
        counts(bought=value)
        for _ in range(30):
            meters(grid_kw=3.0)
            await advance(hass, frozen, 10)
    await close(hass, frozen)
    powers = [slot.bought_kwh for slot in records(counted)[:2]]
    assert powers == pytest.approx([0.22, 0.25], abs=0.05)
    counts(bought=5000.2)
    await close(hass, frozen)
    assert records(counted)[-1].bought_kwh == pytest.approx(0.2), "it counts on from there"


@pytest.mark.parametrize("state", ["unavailable", "-5", "nan", "full"])
async def test_a_silent_counter_is_replaced_by_powers_and_nothing_counts_twice(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    state: str,
) -> None:
    counts(bought=state, sun_energy=1000.1)
    for _ in range(30):
        meters(grid_kw=3.0)
        await advance(hass, frozen, 10)
    slot = records(counted)[0]
    assert slot.bought_kwh == pytest.approx(0.22, abs=0.05)
    assert slot.solar_kwh == pytest.approx(0.1)
    counts(bought=1000.6)
    await close(hass, frozen)
    await close(hass, frozen)
    assert counted.store.memory.ledger.total.bought_kwh == pytest.approx(0.6)


async def test_a_counter_that_was_late_begins_when_it_comes(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    entry: MockConfigEntry,
    counts: Show,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    hass.states.async_remove("sensor.bought_shed")
    home = await start(hass, entry, frozen)
    counts(bought_shed=77.0)
    for _ in range(30):
        meters(grid_kw=3.0)
        await advance(hass, frozen, 10)
    counts(bought_shed=77.1)
    await close(hass, frozen)
    assert [slot.bought_kwh for slot in records(home)] == pytest.approx([0.22, 0.1], abs=0.05)
    assert records(home)[-1].bought_kwh == pytest.approx(0.1)


async def test_powers_lost_for_a_while_leave_no_gap_where_counters_count(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    meters(grid_kw="unavailable", solar_kw="unavailable", battery_kw="unavailable")
    counts(bought=1000.2)
    await close(hass, frozen)
    counts(sold="unavailable", bought=1000.3)
    await close(hass, frozen)
    assert [slot.bought_kwh for slot in records(counted)] == pytest.approx([0.2])
    counts(sold=1000.1, bought=1000.4)
    await close(hass, frozen)
    first, second = records(counted)
    assert (second.start, second.end - second.start) == (first.end, 2 * SLOT_S)
    assert (second.bought_kwh, second.sold_kwh) == pytest.approx((0.2, 0.1))


async def test_what_was_counted_in_a_long_gap_has_no_price_and_is_left_out(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await close(hass, frozen)
    meters(grid_kw="unavailable")
    counts(sold="unavailable")
    for number in range(6):
        counts(bought=1000.1 + number)
        await close(hass, frozen)
    assert len(records(counted)) == 1
    assert caplog.text.count("15 minutes could not be measured") == 2
    counts(sold=1001.0)
    for _ in range(30):
        meters()
        await advance(hass, frozen, 10)
    counts(bought=1005.2, sold=1001.1)
    await close(hass, frozen)
    assert records(counted)[-1].bought_kwh == pytest.approx(0.1)
    assert records(counted)[-1].sold_kwh == pytest.approx(0.1)


@pytest.mark.parametrize(("away_s", "entered_kwh"), [(240, 0.5), (600, 0.5), (3600, 0.1)])
async def test_a_restart_loses_nothing_that_still_has_a_price(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    frozen: FrozenDateTimeFactory,
    away_s: int,
    entered_kwh: float,
) -> None:
    await close(hass, frozen)
    counts(bought=1000.1)
    await advance(hass, frozen, 2)
    before = records(counted)[-1]
    await hass.config_entries.async_unload(ENTRY_ID)
    counts(bought=1000.5)
    frozen.tick(away_s)
    await hass.config_entries.async_setup(ENTRY_ID)
    await settle(hass)
    counts(bought=1000.6)
    await close(hass, frozen)
    home = counted.config_entry.runtime_data.coordinator
    assert home is not counted
    slot = records(home)[-1]
    assert slot.bought_kwh == pytest.approx(entered_kwh + (0.1 if away_s < 900 else 0.0))
    assert (slot.start == before.end) == (away_s < 900)
    await settle(hass)


def test_the_recorder_fills_what_was_not_measured() -> None:
    """Measured slots are shown as they are, between them and before what statistics know."""
    recorded = [
        Flows(SLOT_S * number, 1.0, 0.0, 1.0, 0.0, {"b": 4.0} if number else {})
        for number in range(4)
    ]
    # A restart in the third slot: it was measured from its middle on.
    measured = [
        SlotRecord(SLOT_S, 2 * SLOT_S, 0.2, 0.0, 0.1, 0.1, 0.0, 0.3, 0.1, {"b": 5.0}),
        SlotRecord(2.5 * SLOT_S, 3 * SLOT_S, 0.1, 0.0, 0.0, 0.0, 0.0, 0.3, 0.1, {"b": 5.0}),
    ]
    shown = past(joined(recorded, measured), Home(batteries=(Battery("b", "B", 10.0, 5.0, 5.0),)))
    assert shown["start"] == [0.0, SLOT_S, 2.5 * SLOT_S, 3 * SLOT_S]
    assert shown["load_kw"] == pytest.approx([1.0, 2.4, 2.4, 1.0])
    assert shown["solar_kw"] == pytest.approx([0.0, 1.2, 0.0, 0.0])
    assert shown["grid_kw"] == pytest.approx([1.0, 2.4, 2.4, 1.0])
    assert shown["battery_kw"] == pytest.approx([0.0, -1.2, 0.0, 0.0])
    assert shown["soc"] == [None, 0.5, 0.5, 0.4]


def test_what_is_moved_is_told_apart_from_the_rest_of_the_load() -> None:
    """Else a home without a recorder would expect its car twice: in its load, and as planned."""
    meter = SlotMeter(0.0)
    for number in range(6):
        car = {"car": value_of(6.0), "pump": value_of(None), "dryer": value_of(0.5)}
        seen = Readings(
            60.0 * number,
            grid_kw=value_of(8.0),
            solar_kw=value_of(0.0),
            devices=car if number < 3 else {},
        )
        meter.add(seen)
    slot = meter.close(SLOT_S, (0.3, 0.1), {}, {}, Home())
    assert slot is not None
    assert slot.load_kwh == pytest.approx(8.0 * SLOT_S / 3600)
    assert slot.moved_kwh == pytest.approx(6.5 * 180 / 3600)
    assert slot.rest_kwh == pytest.approx(slot.load_kwh - slot.moved_kwh)
    given = replace(slot, bought_kwh=0.1)
    assert given.rest_kwh == 0.0, "meters that differ make no load below zero"
