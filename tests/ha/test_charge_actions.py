"""A battery is asked for a charge, and what cannot be had is said."""

from datetime import UTC, datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.devices import Device
from custom_components.shems.devices.battery import BATTERY as KIND
from custom_components.shems.devices.battery_details import asked_of
from custom_components.shems.devices.settings import DeviceSettings
from custom_components.shems.payload import plan_message
from custom_components.shems.store import HomeStore

from .conftest import BATTERY, ENTRY_ID, advance, settle

HOUR = 3600.0


async def ask(hass: HomeAssistant, action: str, **data: Any) -> None:
    """Call an action for the battery."""
    entries = dr.async_entries_for_config_entry(dr.async_get(hass), ENTRY_ID)
    wanted = (DOMAIN, f"{ENTRY_ID}_{BATTERY}")
    device = next(each for each in entries if wanted in each.identifiers)
    await hass.services.async_call(DOMAIN, action, {"device_id": device.id, **data}, blocking=True)
    await settle(hass)


def later(home: HomeCoordinator, hours: float) -> datetime:
    return datetime.fromtimestamp(home.data.now + hours * HOUR, UTC)


async def test_a_charge_is_planned_kept_and_taken_back(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    begun = home.data.now
    await ask(hass, "request_charge", by=later(home, 1), soc=20, at_most=True)
    await ask(hass, "request_charge", by=later(home, 10), soc=80)
    await ask(hass, "request_charge", by=later(home, 10), soc=90)
    await ask(hass, "request_charge", by=later(home, 12), start=later(home, 11), power_kw=1.5)
    asked = home.store.control.device(BATTERY)
    room, full = asked.goals
    assert (room.energy_kwh, room.most, full.energy_kwh, full.most) == (2.0, True, 9.0, False)
    assert (room.at, full.at) == pytest.approx((begun + HOUR, begun + 10 * HOUR))
    (demand,) = asked.demands
    assert (demand.begin, demand.end) == pytest.approx((begun + 11 * HOUR, begun + 12 * HOUR))
    assert demand.power_kw == 1.5
    again = HomeStore(hass, ENTRY_ID)
    await again.async_load(dt_util.utcnow().timestamp())
    assert again.control.device(BATTERY) == asked
    await advance(hass, frozen, 5)
    plan = home.data.plan
    part = plan.battery(BATTERY)
    assert part.energy_kwh[plan.horizon.index(begun + 10 * HOUR - 1)] >= 8.9
    charging = plan.horizon.start >= begun + 11 * HOUR
    charging &= plan.horizon.end <= begun + 12 * HOUR
    full = part.energy_kwh >= 9.9
    assert ((part.power_kw <= -1.49) | full)[charging].all()
    await advance(hass, frozen, HOUR + 60)
    assert [each.most for each in home.home.battery(BATTERY).goals] == [False]
    await ask(hass, "request_charge", by=later(home, 20))
    assert len(home.store.control.device(BATTERY).goals) == 2, "what is over is forgotten"
    await ask(hass, "cancel_charges")
    assert not home.home.battery(BATTERY).asked


async def test_what_a_battery_cannot_be_charged_to_is_said(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    await ask(hass, "request_charge", by=later(home, 0.5))
    await advance(hass, frozen, 5)
    (short,) = hass.states.get("sensor.battery_planned_power").attributes["shortfalls"]
    assert short["code"] == "energy_short"
    assert short["amount"] == pytest.approx(10 - short["nearest"], abs=0.1)
    assert 7 < short["nearest"] < 8
    (sent,) = plan_message(home)["batteries"]
    assert sent["shortfalls"] == [short]
    assert sent["reason"][0]["code"] in ("charge_asked", "charge_for")


async def test_charges_that_cannot_be_are_refused(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    for data in (
        {"by": later(home, -1)},
        {"by": later(home, 1), "start": later(home, 2), "power_kw": 1},
    ):
        with pytest.raises(ServiceValidationError) as caught:
            await ask(hass, "request_charge", **data)
        assert caught.value.translation_key == "charge_over"
    with pytest.raises(ServiceValidationError) as caught:
        await hass.services.async_call(DOMAIN, "cancel_charges", {"device_id": "x"}, blocking=True)
    assert caught.value.translation_key == "no_battery"


def test_a_charge_may_be_wanted_every_day() -> None:
    data = {"capacity_kwh": 10.0, "charge_kw": 5.0, "discharge_kw": 5.0, "full_by": "18:00:00"}
    device = Device("b", "battery", "B", data | {"full_soc": 90.0})
    battery = KIND.asset(device)
    at = datetime(2026, 3, 28, 20, tzinfo=UTC).timestamp()
    found = asked_of(device, battery, DeviceSettings(reserve=0.3), "Europe/Berlin", at)
    assert found.reserve_soc == 0.3
    assert [each.energy_kwh for each in found.goals] == pytest.approx([9.0] * 3)
    first = datetime.fromtimestamp(found.goals[0].at, UTC)
    assert first == datetime(2026, 3, 29, 16, tzinfo=UTC), "summer time begins that night"
