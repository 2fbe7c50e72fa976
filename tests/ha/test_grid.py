"""The grid connection is limited from outside, and peaks of the month cost money."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.const import DOMAIN
from custom_components.shems.coordinator import HomeCoordinator
from custom_components.shems.core.observe.month import MonthPeaks, Peak
from custom_components.shems.core.peak import PeakTariff
from custom_components.shems.core.replay.scenario import Scenario
from custom_components.shems.core.tariff import Window
from custom_components.shems.diagnostics import async_get_config_entry_diagnostics
from custom_components.shems.sources.configuration import configuration
from custom_components.shems.store import HomeStore

from .conftest import ENTRY_ID, OPTIONS, advance, settle, start, subentries, subentry

LIMIT = "sensor.home_import_limit"
PEAK = "sensor.home_peak_of_the_month"
PLANNED = "sensor.home_planned_peak_of_the_month"
CONTACT = "binary_sensor.ripple_control"
HOUR = 3600.0


def entry_with(battery: dict[str, Any] | None = None, **grid: Any) -> MockConfigEntry:
    """Return a home whose connection, and battery, are configured so."""
    _, *others = subentries()
    others = [
        each | {"data": {**each["data"], **(battery or {})}}
        if each["subentry_type"] == "battery"
        else each
        for each in others
    ]
    own = subentry("connection", "Grid", "connection_id", grid_power=["sensor.grid"], **grid)
    return MockConfigEntry(
        domain=DOMAIN,
        entry_id=ENTRY_ID,
        title="Home",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=[own, *others],
    )


@pytest.fixture
def begin(
    hass: HomeAssistant,
    inverter: None,
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> Callable[..., Any]:
    """Return a function that starts a home with a given connection."""

    async def started(battery: dict[str, Any] | None = None, **grid: Any) -> HomeCoordinator:
        return await start(hass, entry_with(battery, **grid), frozen)

    return started


async def act(hass: HomeAssistant, action: str, **data: Any) -> None:
    await hass.services.async_call(DOMAIN, action, data, blocking=True)
    await settle(hass)


def most_kw(home: HomeCoordinator) -> float:
    """Return the highest import of the next hour that the plan makes."""
    return float(home.data.plan.grid_kw[:12].max())


async def test_a_contact_limits_the_import_while_it_is_on(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(CONTACT, "off")
    home = await begin(imposed_import=CONTACT)
    assert most_kw(home) > 6.0, "the battery is filled while the grid is cheap"
    assert hass.states.get(LIMIT).state == "17.0"
    hass.states.async_set(CONTACT, "on")
    await advance(hass, frozen, 5)
    assert most_kw(home) == pytest.approx(4.2)
    state = hass.states.get(LIMIT)
    assert state.state == "4.2"
    (imposed,) = state.attributes["imposed"]
    assert imposed["reason"] == "limiting_entity"
    assert imposed["export_kw"] is None
    hass.states.async_set(CONTACT, "unavailable")
    await advance(hass, frozen, 300)
    assert most_kw(home) == pytest.approx(4.2), "a silent contact lifts no limit"
    hass.states.async_remove(CONTACT)
    await advance(hass, frozen, 300)
    assert most_kw(home) == pytest.approx(4.2)
    hass.states.async_set(CONTACT, "off")
    # Its problem goes, which asks for a plan again while one is made: two turns.
    await advance(hass, frozen, 5)
    await advance(hass, frozen, 5)
    assert most_kw(home) > 6.0
    assert hass.states.get(LIMIT).state == "17.0"


async def test_a_number_tells_how_much_may_be_imported(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    def show(value: str, unit: str = "W") -> None:
        hass.states.async_set("sensor.limit", value, {"unit_of_measurement": unit})

    show("unknown")
    home = await begin(imposed_import="sensor.limit")
    assert hass.states.get(LIMIT).state == "17.0", "what nobody has told is no limit"
    for value, unit in (("3500", "W"), ("unavailable", "W"), ("5", "%"), ("-1", "W"), ("inf", "W")):
        show(value, unit)
        await advance(hass, frozen, 5)
        assert most_kw(home) == pytest.approx(3.5)
    show("25", "kW")
    await advance(hass, frozen, 5)
    assert hass.states.get(LIMIT).state == "17.0", "the connection carries no more than it can"


async def test_a_current_is_that_of_each_phase(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.limit", "6", {"unit_of_measurement": "A"})
    await begin(imposed_import="sensor.limit", phases="3")
    assert float(hass.states.get(LIMIT).state) == pytest.approx(6 * 3 * 0.23)


async def test_while_a_limit_cannot_be_heard_what_was_entered_for_that_holds(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    home = await begin(imposed_import=CONTACT, imposed_import_lost_kw=3.0)

    def imposed() -> tuple[float | None, str | None]:
        limits = home.home.connection.limits
        return (limits[0].import_kw, limits[0].reason) if limits else (None, None)

    assert imposed() == (3.0, "limiting_entity_lost"), "it has not said anything yet"
    assert most_kw(home) == pytest.approx(3.0)
    hass.states.async_set(CONTACT, "off")
    await advance(hass, frozen, 5)
    assert imposed() == (None, None)
    hass.states.async_set(CONTACT, "unavailable")
    await advance(hass, frozen, 60)
    assert imposed() == (None, None), "a minute is a reload"
    await advance(hass, frozen, 61)
    assert imposed() == (3.0, "limiting_entity_lost")
    hass.states.async_set(CONTACT, "on")
    await advance(hass, frozen, 5)
    assert imposed() == (4.2, "limiting_entity")
    hass.states.async_remove(CONTACT)
    await advance(hass, frozen, 5)
    assert imposed() == (4.2, "limiting_entity")
    await advance(hass, frozen, 121)
    assert imposed() == (3.0, "limiting_entity_lost")
    hass.states.async_set(CONTACT, "off")
    await advance(hass, frozen, 5)
    assert imposed() == (None, None)


async def test_a_limit_that_is_lost_is_none_milder_than_it_was(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.limit", "1500", {"unit_of_measurement": "W"})
    home = await begin(imposed_export="sensor.limit", imposed_export_lost_kw=2.0)
    hass.states.async_remove("sensor.limit")
    await advance(hass, frozen, 200)
    (limit,) = home.home.connection.limits
    assert (limit.export_kw, limit.reason) == (1.5, "limiting_entity")


async def test_an_export_limit_keeps_the_sun_at_home(
    hass: HomeAssistant, begin: Callable[..., Any], meters: Callable[..., None]
) -> None:
    hass.states.async_set("input_boolean.hold_back", "on")
    home = await begin(imposed_export="input_boolean.hold_back", imposed_export_kw=1.5)
    connection = home.home.connection
    assert connection.at(home.data.now) == (17.0, 1.5)
    assert hass.states.get(LIMIT).attributes["export_kw"] == 1.5


async def test_an_action_limits_the_grid_for_a_while(
    hass: HomeAssistant, home: HomeCoordinator, frozen: FrozenDateTimeFactory
) -> None:
    at = dt_util.utcnow().timestamp()
    await act(hass, "set_grid_limit", import_kw=3.0, end=datetime.fromtimestamp(at + HOUR, UTC))
    await advance(hass, frozen, 5)
    assert most_kw(home) == pytest.approx(3.0)
    (told,) = hass.states.get(LIMIT).attributes["imposed"]
    assert told["reason"] == "grid_operator"
    again = HomeStore(hass, ENTRY_ID)
    await again.async_load(dt_util.utcnow().timestamp())
    assert again.control.limits == home.store.control.limits
    await advance(hass, frozen, HOUR)
    assert hass.states.get(LIMIT).state == "17.0"
    assert hass.states.get(LIMIT).attributes["imposed"] == []


async def test_a_limit_is_replaced_by_its_like_and_cleared(
    hass: HomeAssistant, home: HomeCoordinator
) -> None:
    at = dt_util.utcnow().timestamp()

    def later(hours: float) -> datetime:
        return datetime.fromtimestamp(at + hours * HOUR, UTC)

    def powers() -> list[float | None]:
        return [each.import_kw for each in home.store.control.limits]

    await act(hass, "set_grid_limit", import_kw=3.0, start=later(1), end=later(2))
    await act(hass, "set_grid_limit", import_kw=4.0, start=later(2), end=later(3))
    await act(hass, "set_grid_limit", import_kw=5.0, start=later(1.5), end=later(2))
    assert powers() == [4.0, 5.0]
    await act(hass, "set_grid_limit", export_kw=0.0, reason="household")
    assert powers() == [4.0, 5.0, None]
    assert home.home.connection.at(at) == (17.0, 0.0)
    await act(hass, "clear_grid_limit", reason="grid_operator")
    assert powers() == [None]
    await act(hass, "clear_grid_limit")
    assert powers() == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "highest import, the highest export"),
        ({"import_kw": 1.0, "end": "2026-06-10T09:00:00+00:00"}, "not in the past"),
        (
            {
                "import_kw": 1.0,
                "start": "2026-06-10T12:00:00+00:00",
                "end": "2026-06-10T11:00:00+00:00",
            },
            "after the start",
        ),
    ],
)
async def test_limits_that_cannot_be_are_refused(
    hass: HomeAssistant, home: HomeCoordinator, data: dict[str, Any], message: str
) -> None:
    with pytest.raises(ServiceValidationError, match=message):
        await act(hass, "set_grid_limit", **data)
    assert home.store.control.limits == ()


async def test_what_peaks_cost_is_read_from_the_form(hass: HomeAssistant) -> None:
    entry = entry_with(
        fuse_a=16,
        phases="1",
        peak_price=5.0,
        peak_interval="60",
        peak_top=3.0,
        peak_one_a_day=True,
        peak_begin="07:00:00",
        peak_end="00:00:00",
        peak_weekdays=["mon", "fri"],
        peak_months=["1", "12"],
        peak_least_kw=2.5,
    )
    connection = configuration(hass, entry).home.connection
    assert connection.import_limit_kw == pytest.approx(16 * 0.23)
    assert (connection.fuse_a, connection.phases) == (16.0, 1)
    window = Window(420, 1440, 0.0, (0, 4))
    assert connection.peaks == (PeakTariff(5.0, 3600, 3, True, window, (1, 12), 2.5),)
    plain = configuration(hass, entry_with(peak_price=5.0)).home.connection
    assert plain.peaks == (PeakTariff(5.0),)
    assert configuration(hass, entry_with()).home.connection.peaks == ()


async def test_peaks_are_kept_low_and_told(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
    hass_storage: dict[str, Any],
) -> None:
    home = await begin(peak_price=500.0)
    assert most_kw(home) < 2.05, "what the home used before, no more"
    assert float(hass.states.get(PEAK).state) == pytest.approx(2.0)
    assert float(hass.states.get(PLANNED).state) == pytest.approx(2.0, abs=0.05)
    (highest,) = hass.states.get(PEAK).attributes["highest"]
    assert highest["kw"] == 2.0
    meters(grid_kw=6.0)
    for _ in range(14):
        await advance(hass, frozen, 150)
        meters(grid_kw=6.0)
    await advance(hass, frozen, 2)
    taken = home.home.connection.reached[0].interval_kwh
    assert taken == pytest.approx(6.0 * 334 / HOUR, abs=0.02), "since half past ten"
    assert float(hass.states.get(PEAK).state) == pytest.approx(6.0, abs=0.5)
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    kept = hass.config_entries.async_get_entry(ENTRY_ID).runtime_data.coordinator.store.memory
    assert kept.peaks[0].level_kw == pytest.approx(6.0, abs=0.5)


async def test_a_peak_that_is_reached_is_no_longer_avoided(
    hass: HomeAssistant, begin: Callable[..., Any], remembered: dict[str, Any]
) -> None:
    june = (2026 - 1970) * 12 + 5
    at = dt_util.utcnow().timestamp()
    reached = MonthPeaks(PeakTariff(500.0), june, (Peak(at - 86400.0, 5.0),), at - 60.0)
    data = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]["data"]
    data["peaks"] = [
        {
            "tariff": {"price_per_kw": 500.0},
            "month": june,
            "highest": [{"begin": at - 86400.0, "kw": 5.0}],
            "until": at - 60.0,
        }
    ]
    home = await begin(peak_price=500.0)
    assert home.store.memory.peaks[0].highest[0] == reached.highest[0]
    assert most_kw(home) > 4.9, "the battery is filled while the grid is cheap"
    assert float(hass.states.get(PLANNED).state) == pytest.approx(5.0, abs=0.01)


async def test_a_download_of_a_limited_home_makes_the_same_plan(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(CONTACT, "on")
    home = await begin(imposed_import=CONTACT, peak_price=5.0)
    await act(hass, "set_objective", money=1.0, import_per_kwh=0.02)
    await advance(hass, frozen, 5)
    download = await async_get_config_entry_diagnostics(hass, home.config_entry)
    scenario = Scenario.from_json(json.loads(json.dumps(download["scenario"])))
    assert scenario.weights is not None
    assert scenario.home.connection.limits
    assert scenario.home.connection.reached
    again = scenario.make().plan
    assert np.allclose(again.grid_kw, home.planner.scenario.make().plan.grid_kw, atol=1e-4)
    assert again.cost == pytest.approx(home.data.plan.cost, abs=1e-4)


async def test_without_a_plan_no_peak_is_planned(
    hass: HomeAssistant, begin: Callable[..., Any], frozen: FrozenDateTimeFactory
) -> None:
    home = await begin(peak_price=5.0, peak_months=["1"])
    assert hass.states.get(PEAK).state == "0.0"
    assert hass.states.get(PLANNED).state == "0.0", "this month does not count"
    await home.async_set_enabled(False)
    await advance(hass, frozen, 5)
    assert hass.states.get(PLANNED).state == "unknown"


async def test_charging_is_cut_when_a_phase_is_above_its_fuse(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    def show(amps: float, unit: str = "A") -> None:
        hass.states.async_set("sensor.l1", str(amps), {"unit_of_measurement": unit})

    show(12.0)
    home = await begin(fuse_a=20.0, phases="3", phase_currents=["sensor.l1"])

    def charges() -> float:
        (command,) = home.data.commands.values()
        return -float(command.power_kw)

    assert charges() > 4.5
    show(23_000, "mA")
    meters(grid_kw=7.0, battery_kw=-5.0)
    await advance(hass, frozen, 5)
    assert charges() == pytest.approx(5.0 - 3 * 3 * 0.23, abs=0.01)
    show(15.0)
    meters(grid_kw=4.9, battery_kw=-2.9)
    await advance(hass, frozen, 290)
    assert charges() < 3.0, "a charger is not switched back and forth"
    meters(grid_kw=4.9, battery_kw=-2.9)
    await advance(hass, frozen, 12)
    assert charges() > 4.5


async def test_a_battery_is_cut_for_its_own_phase_only(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    def show(*amps: float) -> None:
        for number, each in enumerate(amps, 1):
            unit = {"unit_of_measurement": "A"}
            hass.states.async_set(f"sensor.l{number}", str(each), unit, force_update=True)

    show(15.0, 10.0, 5.0)
    currents = ["sensor.l1", "sensor.l2", "sensor.l3"]
    home = await begin({"phase": "1"}, fuse_a=20.0, phases="3", phase_currents=currents)

    def charges() -> float:
        (command,) = home.data.commands.values()
        return -float(command.power_kw)

    before = charges()
    assert before > 3.5
    show(17.0, 24.0, 5.0)
    meters(grid_kw=7.0, battery_kw=-before)
    await advance(hass, frozen, 5)
    assert charges() == pytest.approx(before, abs=0.1)
    show(24.0, 10.0, 5.0)
    meters(grid_kw=7.0, battery_kw=-before)
    await advance(hass, frozen, 5)
    assert charges() == pytest.approx(before - 4 * 0.23, abs=0.01)


async def test_a_battery_on_one_phase_is_planned_within_its_fuse(
    hass: HomeAssistant,
    begin: Callable[..., Any],
    remembered: dict[str, Any],
    meters: Callable[..., None],
    frozen: FrozenDateTimeFactory,
) -> None:
    def show(*amps: float) -> None:
        for number, each in enumerate(amps, 1):
            unit = {"unit_of_measurement": "A"}
            hass.states.async_set(f"sensor.l{number}", str(each), unit, force_update=True)

    at = dt_util.utcnow().timestamp()
    data = remembered[f"{DOMAIN}.{ENTRY_ID}.memory"]["data"]
    data["phases"] = {"kwh": [5.0, 4.0, 1.0], "hours": 40.0, "at": at}
    show(5.0, 2.0, 1.7)
    currents = ["sensor.l1", "sensor.l2", "sensor.l3"]
    home = await begin({"phase": "1"}, fuse_a=16.0, phases="3", phase_currents=currents)
    assert home.home.wired == {"battery_id": 0}
    assert home.home.connection.load_share == pytest.approx((0.5, 0.4, 0.1), abs=0.01)
    plan = home.data.plan
    first = -plan.batteries[0].power_kw[0] + 0.5 * plan.load_kw[0]
    assert first == pytest.approx(16 * 0.23, abs=0.01)
    assert "phase_limit" in {each.code for each in plan.limits}
    meters(grid_kw=2.0)
    before = home.store.memory.phases.hours
    await advance(hass, frozen, 60)
    assert home.store.memory.phases.hours != before
    await hass.config_entries.async_reload(ENTRY_ID)
    await settle(hass)
    again = hass.config_entries.async_get_entry(ENTRY_ID).runtime_data.coordinator
    assert again.store.memory.phases.kwh == pytest.approx((5.0, 4.0, 1.0), abs=0.1)


NIGHT: dict[str, Any] = {
    "peak_name": "Night",
    "peak_price": 400.0,
    "peak_interval": "60",
    "peak_top": 2,
    "peak_begin": "22:00:00",
    "peak_end": "06:00:00",
}


async def test_a_contract_may_price_several_peaks(
    hass: HomeAssistant, begin: Callable[..., Any]
) -> None:
    home = await begin(peak_price=500.0, other_peaks=[NIGHT, {"peak_price": 0.0}])
    day, night = home.configuration.home.connection.peaks
    assert day == PeakTariff(500.0)
    assert night == PeakTariff(400.0, 3600, 2, window=Window(1320, 360, 0.0), name="Night")
    assert [each.tariff for each in home.store.memory.peaks] == [day, night]
    (other,) = hass.states.get(PEAK).attributes["others"]
    assert (other["name"], other["kw"]) == ("Night", 2.0)
    assert all(
        datetime.fromisoformat(each["start"]).hour in {22, 23, 0, 1, 2, 3, 4, 5}
        for each in other["highest"]
    )
    plan = home.data.plan
    local = (plan.horizon.start / HOUR) % 24
    nights = ((local >= 22) | (local < 6)) & (plan.horizon.start < home.data.now + 24 * HOUR)
    assert other["planned_kw"] <= float(plan.grid_kw[nights].max()) + 1e-3
    assert most_kw(home) < 2.05
