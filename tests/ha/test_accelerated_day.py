"""Twenty-four hours of the demo's home, driven by SHEMS, in steps of 100 seconds.

The clock is stopped and pushed on; everything else is as it is at home: the simulated devices,
the three clocks, the plans, the actions, the ledger.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.horizon import DAY_S, FINE_S, HOUR_S
from custom_components.shems.core.world.home import history
from custom_components.shems.core.world.household import Household
from custom_components.shems.virtual import VirtualHome

from .conftest import NO_TOTALS, call, settle
from .conftest import advance as pass_time

BEGIN = "2026-02-10T11:00:10+00:00"
"""A cold Tuesday, noon in Amsterdam: prices of tomorrow come within the day."""
ENTRY = "day"
STEP_S = 100.0
"""Three steps to a plan; the simulated home lives through what is between them."""
DAY_STEPS = int(DAY_S / STEP_S)
PAST_S = 7 * DAY_S
DRIVEN = (
    "battery",
    "car",
    "dehumidifier",
    "dishwasher",
    "heating",
    "hot_water",
    "refrigerator",
    "washing_machine",
)
MOVED = ("car", "heat_pump", "dishwasher", "washing_machine", "dehumidifier")
CONSUMERS = (
    "car",
    "heat_pump",
    "dishwasher",
    "washing_machine",
    "refrigerator",
    "dehumidifier",
    "living_room",
    "kitchen",
    "bedroom",
)


@pytest.fixture(autouse=True)
def frozen(freezer: FrozenDateTimeFactory) -> FrozenDateTimeFactory:
    """Stop the clock at the beginning of the day."""
    freezer.move_to(BEGIN)
    return freezer


@pytest.fixture
def lived(hass_storage: dict[str, Any]) -> dict[str, Any]:
    """Give the home the measured slots of a week, as it would remember them."""
    end = datetime.fromisoformat(BEGIN).timestamp() // FINE_S * FINE_S
    trace = history(Household.at(1, 52.1, 5.1, "Europe/Amsterdam"), end - PAST_S, end, FINE_S)
    hours = FINE_S / HOUR_S
    slots = [
        {
            "start": start,
            "end": start + FINE_S,
            "bought_kwh": max(grid, 0.0) * hours,
            "sold_kwh": max(-grid, 0.0) * hours,
            "solar_kwh": solar * hours,
            "charged_kwh": max(-battery, 0.0) * hours,
            "discharged_kwh": max(battery, 0.0) * hours,
            "buy": 0.3,
            "sell": 0.08,
            "energy_kwh": {},
            "moved_kwh": moved * hours,
        }
        for start, grid, solar, battery, moved in zip(
            trace.times.tolist(),
            trace.grid_kw.tolist(),
            trace.solar_kw.tolist(),
            trace.battery_kw.tolist(),
            sum(trace.devices_kw[name] for name in MOVED).tolist(),
            strict=True,
        )
    ]
    ledger = {"days": {}, "total": NO_TOTALS, "rule_kwh": {}, "real_kwh": {}, "until": None}
    hass_storage[f"{DOMAIN}.{ENTRY}.memory"] = {
        "version": 1,
        "minor_version": 1,
        "key": f"{DOMAIN}.{ENTRY}.memory",
        "data": {
            "ledger": ledger,
            "slots": slots,
            "plan_state": {"terminal_value": {}},
            "plan": None,
        },
    }
    return hass_storage


@pytest.fixture
async def home(
    hass: HomeAssistant,
    lived: dict[str, Any],
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> HomeCoordinator:
    """Set the home up, let SHEMS drive everything, and be quick about it."""
    caplog.set_level(logging.WARNING)
    await hass.config.async_update(
        latitude=52.1, longitude=5.1, time_zone="Europe/Amsterdam", currency="EUR"
    )
    entry = MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY,
        title="Simulated home",
        data={"kind": "simulated", "name": "Simulated home", "size": "simple", "seed": 1},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await settle(hass)
    await pass_time(hass, frozen, 2)
    for name in DRIVEN:
        await call(hass, "switch", "turn_on", f"switch.{name}_allow_control")
    return entry.runtime_data.coordinator


@dataclass
class Seen:
    """What was seen at every step of the day."""

    status: Counter[str] = field(default_factory=Counter)
    plans: set[float] = field(default_factory=set)
    outcomes: Counter[str] = field(default_factory=Counter)
    orders: dict[str, set[str]] = field(default_factory=dict)
    soc: list[float] = field(default_factory=list)
    rooms: list[tuple[float, float]] = field(default_factory=list)
    water_c: list[float] = field(default_factory=list)
    car: list[tuple[bool, float]] = field(default_factory=list)
    audited: float = 0.0

    def look(self, home: HomeCoordinator, virtual: VirtualHome) -> None:
        """Take down how everything stands."""
        data, state, household = home.data, virtual.state, virtual.household
        self.status[data.status] += 1
        if data.plan is not None:
            self.plans.add(data.plan.created)
        self.soc.append(state.battery_kwh / household.battery.capacity_kwh)
        self.rooms.append((virtual.moment.hour, state.heat.indoor_c))
        self.water_c.append(state.heat.water_c)
        there = state.car_plugged and not state.car_away
        self.car.append((there, state.car_kwh / household.car.capacity_kwh))
        self._audit(home)

    def _audit(self, home: HomeCoordinator) -> None:
        names = {each.id: each.name for each in home.driven}
        for line in home.actuator.audit:
            if line.at > self.audited:
                self.outcomes[line.outcome] += 1
                self.orders.setdefault(names[line.device_id], set()).add(line.order)
        self.audited = max((line.at for line in home.actuator.audit), default=0.0)

    @property
    def departures(self) -> list[float]:
        """How full the car was whenever it left."""
        return [
            soc
            for (there, soc), (still, _) in zip(self.car, self.car[1:], strict=False)
            if there and not still
        ]


async def test_a_day(
    hass: HomeAssistant,
    home: HomeCoordinator,
    frozen: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    record_property: Callable[[str, object], None],
) -> None:
    virtual = home.config_entry.runtime_data.virtual
    assert virtual is not None
    seen, before, begun = Seen(), dict(virtual.totals), time.process_time()
    for _ in range(DAY_STEPS):
        await pass_time(hass, frozen, STEP_S)
        seen.look(home, virtual)
    record_property("processor_s", round(time.process_time() - begun, 1))
    used = {name: total - before[name] for name, total in virtual.totals.items()}

    # A plan every five minutes, none of them a makeshift, and nobody in anybody's way.
    assert seen.status == {"optimal": DAY_STEPS}
    assert len(seen.plans) >= DAY_S / FINE_S
    assert home.store.control.overrides == {}
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []

    # Every device is driven, and does what it is told.
    assert seen.outcomes.keys() <= {"dry_run", "sent", "acknowledged"}
    assert seen.outcomes["acknowledged"] > 100
    assert len(seen.orders) == len(DRIVEN)
    assert seen.orders["Battery"] & {"charge", "absorb", "discharge", "hold"}
    for name in ("Car", "Heating", "Hot water", "Dehumidifier", "Dishwasher"):
        assert seen.orders[name] == {"run", "rest"}, name

    # The ledger has what the meters have counted, and the meters what the devices took.
    ledger = home.store.memory.ledger.total
    assert ledger.hours == pytest.approx(24.0, abs=0.1)
    for name, counted in (
        ("grid_import", ledger.bought_kwh),
        ("grid_export", ledger.sold_kwh),
        ("solar", ledger.solar_kwh),
        ("battery_charge", ledger.charged_kwh),
        ("battery_discharge", ledger.discharged_kwh),
    ):
        assert counted == pytest.approx(used[name], abs=0.1), name
    assert ledger.load_kwh == pytest.approx(
        ledger.bought_kwh
        - ledger.sold_kwh
        + ledger.solar_kwh
        + ledger.discharged_kwh
        - ledger.charged_kwh
    )
    assert 3 < ledger.load_kwh - sum(used[name] for name in CONSUMERS) < 10, "cooking, screens"
    assert min(used.values()) >= 0
    assert ledger.saving > 0, "more than by the rule, on a day with small differences of price"

    # The battery keeps its limits and its reserve; what it lost is its efficiency.
    assert min(seen.soc) >= 0.1 - 1e-6
    assert max(seen.soc) <= 1.0 + 1e-6
    stored = (seen.soc[-1] - seen.soc[0]) * virtual.household.battery.capacity_kwh
    lost = used["battery_charge"] - used["battery_discharge"] - stored
    assert 0 < lost < 0.15 * (used["battery_charge"] + used["battery_discharge"])

    # Nobody is cold, showers are warm, the car is as full as was asked, the dishes are clean.
    # The form asks for 20 °C from six on and 19 °C at night. Its thermostat swings by 0.3 K, and
    # after a shower the one heat pump leaves the rooms for half an hour to the tank.
    assert max(indoor for hour, indoor in seen.rooms if 6 <= hour < 6.5) > 19.9
    assert min(indoor for hour, indoor in seen.rooms if 6.5 <= hour < 22) > 19.1
    assert min(indoor for hour, indoor in seen.rooms if 8 <= hour < 22) > 19.6
    assert min(indoor for _, indoor in seen.rooms) > 18.9
    assert max(indoor for _, indoor in seen.rooms) < 23.0
    # A shower that nobody expected takes 9 K at once.
    assert min(seen.water_c) > 39.5
    assert max(seen.water_c) < 62.0
    assert seen.departures
    assert min(seen.departures) > 0.79
    assert used["dishwasher"] == pytest.approx(1.14, abs=0.05)
    assert 0.7 < used["dehumidifier"] < 2.5, "1.4 kWh a day, and there are parts of two"
