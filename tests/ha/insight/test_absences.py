"""What was counted while nothing was entered is entered afterwards, at the prices of its time."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.report.reconcile import reconciled
from custom_components.shems.insight import absences
from custom_components.shems.insight.absences import Absences
from custom_components.shems.insight.privacy_record import PrivacyRecord
from custom_components.shems.sources.recorded import Columns, Period, Recorded, grid
from tests.ha.conftest import ENTRY_ID, OPTIONS, SLOT_S, advance, settle
from tests.ha.test_accounting import ZERO, metered

HOUR = 3600.0
DAY = 86400.0
BEGAN = 1_781_085_600.0
"""Wednesday, 10 June 2026, 10:00 UTC: cheap until 11:00, dear afterwards."""

type Show = Callable[..., None]


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return a home with a counter for every quantity."""
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=metered(),
    )


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


def now() -> float:
    return dt_util.utcnow().timestamp()


async def close(hass: HomeAssistant, frozen: FrozenDateTimeFactory) -> None:
    """Go to the end of the running slot."""
    frozen.move_to(dt_util.utc_from_timestamp((now() // SLOT_S + 1) * SLOT_S))
    await advance(hass, frozen, 0)


async def away(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, counts: Show, seconds: float, **shown: Any
) -> HomeCoordinator:
    """Stop the home, let its counters count on and start it again."""
    await hass.config_entries.async_unload(ENTRY_ID)
    frozen.tick(seconds)
    counts(**shown)
    await hass.config_entries.async_setup(ENTRY_ID)
    await settle(hass)
    entry = hass.config_entries.async_get_entry(ENTRY_ID)
    assert entry is not None
    home: HomeCoordinator = entry.runtime_data.coordinator
    return home


async def test_a_day_with_hours_off_adds_up_to_what_the_meters_count(
    hass: HomeAssistant, counted: HomeCoordinator, counts: Show, frozen: FrozenDateTimeFactory
) -> None:
    counts(bought=1000.2)
    await close(hass, frozen)
    shown = {"bought": 1005.2, "sold": 1001.0, "sun_energy": 1004.0, "charged": 1002.0}
    home = await away(hass, frozen, counts, 5 * HOUR, **shown, discharged=1001.0)
    counts(bought=1005.3)
    await close(hass, frozen)
    ledger = home.insight.ledger
    total = await ledger.async_sum(BEGAN, now())
    for name, kwh in (("bought", 5.3), ("sold", 1), ("solar", 4), ("charged", 2)):
        assert getattr(total.totals, f"{name}_kwh") == pytest.approx(kwh, rel=1e-3), name
    assert total.totals.discharged_kwh == pytest.approx(1.0)
    assert reconciled(total).deviation == pytest.approx(0.0, abs=1e-3)
    (today,) = await ledger.async_rows(BEGAN - 10 * HOUR, now(), "day")
    assert ledger.so_far is not None
    assert ledger.so_far.day.totals == today.totals, "sensors show it at once"
    assert home.store.memory.ledger.total.bought_kwh == pytest.approx(5.3)
    assert home.store.memory.absences == ()

    slots = await ledger.async_slots(BEGAN, now())
    gap = [each for each in slots if each.quality.value == "estimated"]
    assert 4.9 * HOUR < sum(each.end - each.start for each in gap) < 5.1 * HOUR
    assert all(one.end == two.start for one, two in pairwise(slots))
    assert {round(each.buy, 6) for each in gap if each.start < BEGAN + HOUR} == {0.1}
    assert {round(each.buy, 6) for each in gap if each.start >= BEGAN + HOUR} == {0.4}
    assert min(each.load_kwh for each in gap) >= 0
    assert home.store.memory.ledger.total.saving == pytest.approx(
        sum(
            each.saving
            for each in await ledger.async_rows(BEGAN, now())
            if not each.estimated_hours
        )
    )


async def test_a_crash_after_it_was_entered_enters_nothing_twice(
    hass: HomeAssistant, counted: HomeCoordinator, counts: Show, frozen: FrozenDateTimeFactory
) -> None:
    await close(hass, frozen)
    home = await away(hass, frozen, counts, 3 * HOUR, bought=1003.0)
    memory = home.store.memory
    before = memory.ledger, memory.absences
    assert len(before[1]) == 1
    await close(hass, frozen)
    assert memory.absences == ()
    bought, digest = memory.ledger.total.bought_kwh, home.insight.ledger.file.digest()
    # The file was written, and the memory was not.
    last = memory.slots[-1]
    memory.ledger, memory.absences = before[0].filled([last], "UTC"), before[1]
    told = {**last.meter_kwh, "bought": last.meter_kwh["bought"] + 3.0}
    memory.slots = (*memory.slots[:-1], replace(last, meter_kwh=told))
    await Absences(home, home.insight.ledger).async_on_slot(now())
    assert memory.ledger.total.bought_kwh == pytest.approx(bought)
    assert home.insight.ledger.file.sum(BEGAN, now()).totals.bought_kwh == pytest.approx(bought)
    assert home.insight.ledger.file.digest() == digest
    assert memory.absences == ()


async def test_a_counter_that_comes_late_is_waited_for(
    hass: HomeAssistant, counted: HomeCoordinator, counts: Show, frozen: FrozenDateTimeFactory
) -> None:
    await close(hass, frozen)
    home = await away(hass, frozen, counts, 3 * HOUR, bought="unavailable")

    async def measured() -> None:
        for _ in range(30):
            hass.states.async_set("sensor.grid", "2.0", {"unit_of_measurement": "kW"}, True)
            await advance(hass, frozen, 10)

    await measured()
    await measured()
    assert len(home.store.memory.absences) == 1
    counts(bought=1003.0)
    await measured()
    assert home.store.memory.absences == ()
    total = await home.insight.ledger.async_sum(BEGAN, now())
    assert total.totals.bought_kwh == pytest.approx(3.0, rel=1e-3)


async def test_a_counter_that_jumped_tells_nothing_and_is_given_up_after_a_day(
    hass: HomeAssistant, counted: HomeCoordinator, counts: Show, frozen: FrozenDateTimeFactory
) -> None:
    await close(hass, frozen)
    home = await away(hass, frozen, counts, 3 * HOUR, bought=9000.0)
    await close(hass, frozen)
    memory = home.store.memory
    assert len(memory.absences) == 1
    part = Absences(home, home.insight.ledger)
    await part.async_on_slot(memory.absences[0].end + 2 * HOUR)
    assert len(memory.absences) == 1
    await part.async_on_slot(memory.absences[0].end + DAY)
    assert memory.absences == ()
    assert memory.ledger.total.bought_kwh < 1.0


async def test_what_was_erased_is_not_filled(
    hass: HomeAssistant, counted: HomeCoordinator, counts: Show, frozen: FrozenDateTimeFactory
) -> None:
    await close(hass, frozen)
    record = PrivacyRecord(hass, ENTRY_ID)
    begin = now() + HOUR
    home = await away(hass, frozen, counts, 3 * HOUR, bought=1003.0)
    await record.async_note("erased", now(), None, parts=["ledger"], start=begin, end=begin + HOUR)
    await close(hass, frozen)
    assert home.store.memory.absences == ()
    assert home.store.memory.ledger.total.bought_kwh < 1.0


async def test_statistics_tell_how_it_went_where_somebody_else_recorded_it(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """SHEMS was off, Home Assistant was not."""
    await close(hass, frozen)
    noon = BEGAN + 2 * HOUR

    async def read(_: Any, begin: float, stop: float, ids: set[str], period: Period) -> Recorded:
        steps = grid(begin, stop, period)
        powers = {"sensor.grid": np.where(steps < noon, 0.0, 2.0), "sensor.sun": 0 * steps}
        return {
            name: Columns(steps, np.full(len(steps), np.nan), powers.get(name, 0 * steps), "kW")
            for name in ids & {"sensor.grid", "sensor.sun", "sensor.battery"}
        }

    monkeypatch.setattr(absences, "async_read", read)
    home = await away(hass, frozen, counts, 3 * HOUR, bought=1003.0)
    hass.config.components.add("recorder")
    await Absences(home, home.insight.ledger).async_on_slot(now())
    hass.config.components.remove("recorder")
    await close(hass, frozen)
    hass.config.components.add("recorder")
    if home.store.memory.absences:
        await Absences(home, home.insight.ledger).async_on_slot(now())
    slots = await home.insight.ledger.async_slots(BEGAN, now())
    early = sum(each.bought_kwh for each in slots if each.start < noon)
    assert sum(each.bought_kwh for each in slots) == pytest.approx(3.0)
    assert early < 3.0


async def test_without_a_restart_a_gap_of_prices_is_filled_too(
    hass: HomeAssistant,
    counted: HomeCoordinator,
    counts: Show,
    frozen: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await close(hass, frozen)
    with monkeypatch.context() as patched:
        patched.setattr(type(counted.planner), "priced_at", lambda *_: None)
        counted.store.memory.plan = None
        for number in range(6):
            counts(bought=1000.0 + 0.1 * number)
            counted.store.memory.plan = None
            await close(hass, frozen)
    for _ in range(3):
        await close(hass, frozen)
    total = await counted.insight.ledger.async_sum(BEGAN, now())
    assert total.totals.bought_kwh == pytest.approx(0.5)
    assert counted.store.memory.absences == ()
