"""Savings as entities, over the websocket, and of a home in which SHEMS only looks on."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.assets.appliance import Appliance, ApplianceState, RunRequest
from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.stay import Stay, VehicleState
from custom_components.shems.core.assets.vehicle import Vehicle
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.dispatch.throttle import Throttle
from custom_components.shems.core.plan.result import Reason
from custom_components.shems.core.report.counterfactual.facts import Wanted, Warmth
from custom_components.shems.core.report.foresight import Foreseen
from custom_components.shems.core.report.slot import SlotRecord
from custom_components.shems.devices.settings import DeviceSettings
from custom_components.shems.insight.foresight import Foresight
from custom_components.shems.insight.savings_socket import savings_message
from custom_components.shems.insight.without import wanted_of, warmth_of
from tests.ha.lived_home import DAY_S, MIDNIGHT, lived
from tests.ha.lived_home import NOW as LIVED_NOW

NOW = 1_780_000_200.0
HOUR_S = 3600.0
SLOT_H = 300.0 / HOUR_S


async def test_savings_are_told_by_span_and_add_up(
    hass: HomeAssistant, home: HomeCoordinator, hass_ws_client: WebSocketGenerator
) -> None:
    await lived(home, days=2)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/savings/subscribe"})
    assert (await client.receive_json())["success"]
    told = (await client.receive_json())["event"]
    assert told["currency"] == "EUR"
    assert set(told["spans"]) == {"day", "month", "year", "total"}
    total = told["spans"]["total"]
    assert total["saving"] < -0.1, "a battery that stood still, where its own mode would not"
    assert 0 <= total["left_out_hours"] < total["hours"]
    for span in ("day", "month", "year"):
        row = told["spans"][span]
        assert row["left_out_hours"] <= row["hours"] + 1e-6
        unknown = row["left_out_hours"] == row["hours"]
        assert sum(row["by_device"].values()) == pytest.approx(row["saving"], abs=0.001)
        assert sum(row["by_cause"].values()) == pytest.approx(row["saving"], abs=0.001)
        state = hass.states.get(
            f"sensor.home_saving_{'today' if span == 'day' else 'this_' + span}"
        )
        assert state is not None
        assert (state.state == "unknown") == unknown
        assert set(state.attributes["by_cause"]) == set(row["by_cause"])
    await client.send_json_auto_id({"type": "shems/savings/subscribe", "entry_id": "nowhere"})
    assert not (await client.receive_json())["success"]


async def test_what_hours_cost_that_are_not_compared_is_told_apart(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    await lived(home, days=2)
    ledger = home.insight.ledger
    first = await ledger.async_first()
    assert first is not None
    rebuilt = SlotRecord(first - HOUR_S, first, 2.0, 0.0, 0.0, 0.0, 0.0, 0.5, 0.1)
    await ledger.async_fill((rebuilt,))
    before = savings_message(home)["spans"]["month"]
    assert before["left_out_hours"] >= 1.0
    earlier = replace(rebuilt, start=first - 2 * HOUR_S, end=first - HOUR_S)
    await ledger.async_fill((earlier,))
    after = savings_message(home)["spans"]["month"]
    assert after["hours"] == pytest.approx(before["hours"] + 1.0)
    assert after["left_out_hours"] == pytest.approx(before["left_out_hours"] + 1.0)
    assert after["left_out_cost"] == pytest.approx(before["left_out_cost"] + 1.0)
    for name in ("saving", "cost", "without", "no_battery"):
        assert after[name] == pytest.approx(before[name])


async def test_each_day_that_is_over_is_looked_back_on_once(
    hass: HomeAssistant, home: HomeCoordinator, hass_ws_client: WebSocketGenerator
) -> None:
    await lived(home, days=2)
    part = home.insight.foresight
    await part.async_on_slot(LIVED_NOW)
    assert list(part.days) == ["2026-06-09"]
    day = part.days["2026-06-09"]
    assert day.hours == pytest.approx(24.0 - SLOT_H)
    # All hours cost the same and the battery ends as it began: there was nothing to win.
    assert day.cost == pytest.approx(287 * 0.05 * 0.3)
    assert day.missed == pytest.approx(0.0, abs=1e-6)
    again = Foresight(home)
    await again.async_load()
    assert again.days == part.days
    again.days["2026-06-09"] = Foreseen(24.0, 5.0, 4.0)  # type: ignore[index]  # A test's own.
    home.insight.foresight = again
    await again.async_on_slot(LIVED_NOW)
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "shems/savings/subscribe"})
    assert (await client.receive_json())["success"]
    spans = (await client.receive_json())["event"]["spans"]
    assert (spans["day"]["missed"], spans["day"]["foreseen_hours"]) == (0.0, 0.0)
    for name in ("month", "year", "total"):
        assert (spans[name]["missed"], spans[name]["foreseen_hours"]) == (1.0, 24.0)
    await again.async_erase(MIDNIGHT - 3 * DAY_S, MIDNIGHT - DAY_S)
    assert again.days
    await again.async_erase(MIDNIGHT - DAY_S, MIDNIGHT)
    assert not again.days
    forgetful = Foresight(home)
    await forgetful.async_load()
    assert not forgetful.days


async def test_a_home_that_is_only_watched_has_facts_and_drives_nothing(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    facts = home.insight.otherwise.facts()
    assert facts.driven == frozenset()
    assert facts.curtailed_kwh == 0


async def test_sun_counts_as_given_up_only_while_it_is_held_back(
    home: HomeCoordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    roof = next(iter(home.configuration.of_kind("solar")))
    monkeypatch.setattr(home, "driven", (roof,))
    settings, at = DeviceSettings(armed=True), home.data.now
    home.store.control = replace(
        home.store.control, devices={roof.id: settings}, owned={roof.id: at}
    )
    beliefs = home.data.beliefs
    assert beliefs is not None
    sunny = replace(beliefs.solar, mean=np.full(len(beliefs.horizon), 3.0))
    held = {roof.id: Throttle(roof.id, 1.0, Reason("curtail_negative"))}

    def a_minute_later(**changes: Any) -> float:
        beliefs_now = replace(beliefs, solar=sunny)
        home.data = replace(home.data, now=home.data.now + 60.0, beliefs=beliefs_now, **changes)
        return home.insight.otherwise.facts().curtailed_kwh

    home.insight.otherwise.facts()
    assert a_minute_later(throttled={}) == 0.0, "less sun than expected is a miss, not a limit"
    given = home.data.readings.solar_kw.usable
    assert given is not None
    assert a_minute_later(throttled=held) == pytest.approx((3.0 - given) / 60)


def test_what_devices_want_is_what_was_asked_of_them() -> None:
    car = Vehicle("car", "Car", 50.0, 11.0, charge_efficiency=0.9)
    stay = Stay(NOW - HOUR_S, NOW + HOUR_S, 40.0)
    assert wanted_of(car, VehicleState(31.0, (stay,)), NOW) == Wanted(
        pytest.approx(10.0), since=NOW - HOUR_S
    )
    assert wanted_of(car, VehicleState(31.0), NOW) == Wanted(0.0, able=False)
    washer = Appliance("washer", "Washer", (2.0, 1.0), 1800.0)
    asked = ApplianceState((RunRequest(NOW, NOW + 9e4), RunRequest(NOW + 8e4, NOW + 9e4)))
    assert wanted_of(washer, asked, NOW) == Wanted(pytest.approx(1.5))
    pump = Deferrable("pump", "Pump", 1.0)
    errands = (Errand(NOW - 60, NOW + HOUR_S, 2.0), Errand(NOW + HOUR_S, NOW + 9e4, 3.0))
    assert wanted_of(pump, DeferrableState(errands), NOW) == Wanted(2.0)
    assert wanted_of(pump, None, NOW) is None


def test_thermostats_keep_what_they_were_set_to() -> None:
    rooms, tank = Heating("rooms", "Rooms", 2.0), Water("tank", "Tank", 2.0)
    state = HeatingState(20.4)
    assert warmth_of(rooms, state, None, "UTC", NOW) == Warmth(20.4, 20.0, 23.0)
    assert warmth_of(rooms, state, 21.0, "UTC", NOW) == Warmth(20.4, 20.7, 21.3)
    assert warmth_of(tank, WaterState(48.0), None, "UTC", NOW) == Warmth(48.0, 45.0, 55.0)
    assert warmth_of(tank, WaterState(48.0), 60.0, "UTC", NOW) == Warmth(48.0, 45.0, 60.0)
    assert warmth_of(rooms, None, None, "UTC", NOW) is None
