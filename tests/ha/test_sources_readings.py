"""States become readings: units, signs, ages and what is not to be believed."""

from datetime import timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.observe.readings import Fault, Readings, Trust
from custom_components.shems.sources.configuration import configuration
from custom_components.shems.sources.readings import Reader

OPTIONS = {"buy": {"fee": 0.3}, "sell": {"fee": 0.1}}


def sub(kind: str, key: str, **data: Any) -> ConfigSubentryData:
    return ConfigSubentryData(
        data=data, subentry_id=key, subentry_type=kind, title=key, unique_id=None
    )


def battery(**data: Any) -> ConfigSubentryData:
    limits = {"capacity_kwh": 10.0, "charge_kw": 5.0, "discharge_kw": 5.0, "soc": "sensor.soc"}
    return sub("battery", "battery", **{"power": "sensor.battery", **limits, **data})


GRID = sub("connection", "grid", grid_power=["sensor.grid"])


def reader(hass: HomeAssistant, *subentries: ConfigSubentryData) -> Reader:
    entry = MockConfigEntry(
        domain="shems",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=list(subentries),
    )
    return Reader(hass, configuration(hass, entry))


def now() -> float:
    return dt_util.utcnow().timestamp()


def readings(hass: HomeAssistant, *subentries: ConfigSubentryData) -> Readings:
    return reader(hass, *subentries).read(now())


def show(hass: HomeAssistant, name: str, value: object, unit: str | None = "W") -> None:
    hass.states.async_set(f"sensor.{name}", str(value), {"unit_of_measurement": unit})


async def test_a_home_with_everything_balances(hass: HomeAssistant) -> None:
    show(hass, "grid", 500)
    show(hass, "sun", 2.5, "kW")
    show(hass, "battery", -1000)
    show(hass, "soc", 55, "%")
    found = readings(hass, GRID, sub("solar", "roof", power="sensor.sun"), battery())
    assert found.grid_kw.usable == 0.5
    assert found.solar_kw.usable == 2.5
    assert found.batteries["battery"].power_kw.usable == -1.0
    assert found.batteries["battery"].soc.usable == 0.55
    assert found.load_kw.usable == pytest.approx(2.0)


async def test_signs_can_be_the_other_way_round(hass: HomeAssistant) -> None:
    show(hass, "grid", 500)
    show(hass, "battery", -1000)
    show(hass, "soc", 55, "%")
    grid = sub("connection", "grid", grid_power=["sensor.grid"], grid_power_inverted=True)
    found = readings(hass, grid, battery(power_inverted=True))
    assert found.grid_kw.usable == -0.5
    assert found.batteries["battery"].power_kw.usable == 1.0
    assert found.solar_kw.usable == 0.0, "a home without solar has none"


async def test_pairs_and_several_of_a_kind_are_added_up(hass: HomeAssistant) -> None:
    for name, value in (("in1", 300), ("in2", 200), ("out", 1500), ("a", 400), ("b", 600)):
        show(hass, name, value)
    show(hass, "give", 0)
    show(hass, "take", 50)
    show(hass, "soc", 55, "%")
    found = readings(
        hass,
        sub(
            "connection",
            "grid",
            import_power=["sensor.in1", "sensor.in2"],
            export_power=["sensor.out"],
        ),
        sub("solar", "south", power="sensor.a"),
        sub("solar", "west", power="sensor.b"),
        battery(power=None, charge_power="sensor.take", discharge_power="sensor.give"),
    )
    assert found.grid_kw.usable == pytest.approx(-1.0)
    assert found.solar_kw.usable == pytest.approx(1.0)
    assert found.batteries["battery"].power_kw.usable == pytest.approx(-0.05)
    assert found.load_kw.usable == 0.0, "meters that disagree a little show no consumption"


async def test_a_meter_of_the_house_goes_before_the_balance(hass: HomeAssistant) -> None:
    show(hass, "grid", 500)
    show(hass, "house", 800)
    grid = sub("connection", "grid", grid_power=["sensor.grid"], load_power="sensor.house")
    assert readings(hass, grid).load_kw.usable == 0.8


@pytest.mark.parametrize("state", ["unavailable", "unknown", None])
async def test_an_unavailable_meter_is_missing_at_once(
    hass: HomeAssistant, state: str | None
) -> None:
    show(hass, "sun", 100)
    if state is not None:
        show(hass, "grid", state)
    found = readings(hass, GRID, sub("solar", "roof", power="sensor.sun"))
    assert found.grid_kw.trust is Trust.MISSING
    assert found.grid_kw.source == "sensor.grid"
    assert found.load_kw.trust is Trust.MISSING
    assert found.load_kw.value is None
    assert found.solar_kw.usable == 0.1


@pytest.mark.parametrize(
    ("value", "unit"), [("many", "W"), ("5", "kWh"), ("5", None), ("nan", "W"), ("99999", "kW")]
)
async def test_what_cannot_be_is_not_believed(
    hass: HomeAssistant, value: str, unit: str | None
) -> None:
    show(hass, "grid", value, unit)
    found = readings(hass, GRID)
    assert found.grid_kw.trust is Trust.IMPLAUSIBLE
    assert found.grid_kw.value is None
    assert found.load_kw.usable is None


async def test_a_connection_without_a_meter_is_missing(hass: HomeAssistant) -> None:
    found = readings(hass, sub("connection", "grid"), battery(power=None, soc=None))
    assert found.grid_kw.trust is Trust.MISSING
    assert found.batteries["battery"].power_kw.trust is Trust.MISSING
    assert found.batteries["battery"].soc.trust is Trust.MISSING


async def test_a_silent_meter_is_stale_but_a_resting_one_is_not(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    show(hass, "grid", 500)
    show(hass, "sun", 0)
    frozen.tick(timedelta(minutes=11))
    found = readings(hass, GRID, sub("solar", "roof", power="sensor.sun"))
    assert found.grid_kw.trust is Trust.STALE
    assert found.load_kw.trust is Trust.STALE
    assert found.solar_kw.usable == 0.0, "nothing flows at night, and nothing is reported"
    show(hass, "grid", 500)
    assert readings(hass, GRID).grid_kw.usable == 0.5, "the same value again is a new report"
    show(hass, "grid", 0)
    frozen.tick(timedelta(minutes=30))
    assert readings(hass, GRID).grid_kw.usable == 0.0
    frozen.tick(timedelta(minutes=31))
    assert readings(hass, GRID).grid_kw.trust is Trust.STALE, "no meter rests for an hour"
    frozen.tick(timedelta(hours=25))
    found = readings(hass, GRID, sub("solar", "roof", power="sensor.sun"))
    assert found.solar_kw.trust is Trust.STALE


async def test_a_moving_battery_must_report_its_charge(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    show(hass, "grid", 500)
    show(hass, "soc", 55, "%")
    show(hass, "battery", 0)
    frozen.tick(timedelta(hours=3))
    assert readings(hass, GRID, battery()).batteries["battery"].soc.usable == 0.55
    show(hass, "battery", 2000)
    assert readings(hass, GRID, battery()).batteries["battery"].soc.trust is Trust.STALE


@pytest.mark.parametrize(
    ("percent", "fraction"), [(101, 1.0), (-1, 0.0), (100, 1.0), (130, None), (-20, None)]
)
async def test_a_state_of_charge_just_outside_is_the_end(
    hass: HomeAssistant, percent: float, fraction: float | None
) -> None:
    show(hass, "soc", percent, "%")
    show(hass, "battery", 0)
    soc = readings(hass, GRID, battery()).batteries["battery"].soc
    assert soc.usable == fraction
    assert (soc.trust is Trust.IMPLAUSIBLE) == (fraction is None)


async def test_an_inverter_that_consumes_at_night_gives_nothing(hass: HomeAssistant) -> None:
    show(hass, "grid", 500)
    show(hass, "sun", -6)
    assert readings(hass, GRID, sub("solar", "roof", power="sensor.sun")).solar_kw.usable == 0.0
    show(hass, "sun", 30, "kW")
    solar = readings(hass, GRID, sub("solar", "roof", power="sensor.sun", peak_kw=5.0)).solar_kw
    assert solar.trust is Trust.IMPLAUSIBLE


COUNTERS = (
    sub("connection", "grid", import_energy=["sensor.bought"], export_energy=["sensor.sold"]),
    sub("solar", "roof", energy="sensor.produced"),
    battery(power=None, charged_energy="sensor.charged", discharged_energy="sensor.discharged"),
)


def count(hass: HomeAssistant, **kwh: float) -> None:
    for name, value in kwh.items():
        show(hass, name, f"{value:.3f}", "kWh")


async def test_a_home_with_nothing_but_counters_of_energy_has_powers(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    show(hass, "soc", 55, "%")
    home = reader(hass, *COUNTERS)
    counted = {"bought": 100.0, "sold": 7.0, "produced": 30.0, "charged": 9.0, "discharged": 8.0}
    count(hass, **counted)
    assert home.read(now()).grid_kw.trust is Trust.MISSING, "nothing is told by a first value"
    assert home.found["sensor.bought"].fault is None, "and nothing is wrong with it"
    for _ in range(5):
        frozen.tick(30)
        counted["bought"] += 0.01
        counted["produced"] += 0.025
        counted["charged"] += 0.015
        count(hass, **counted)
        found = home.read(now())
    assert found.solar_kw.usable == pytest.approx(3.0)
    assert found.batteries["battery"].power_kw.usable is None, "one of a pair has not moved yet"
    frozen.tick(3600)
    count(hass, sold=7.0, discharged=8.0)
    for _ in range(5):
        frozen.tick(30)
        counted["bought"] += 0.01
        counted["produced"] += 0.025
        counted["charged"] += 0.015
        count(hass, **counted)
        found = home.read(now())
    assert found.grid_kw.usable == pytest.approx(1.2, abs=0.11)
    assert found.batteries["battery"].power_kw.usable == pytest.approx(-1.8, abs=0.11)
    assert found.load_kw.usable == pytest.approx(2.4, abs=0.2)


async def test_a_counter_that_is_reset_goes_on(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    home = reader(hass, sub("connection", "grid", import_energy=["sensor.bought"]))
    for kwh in (100.0, 100.01, 100.02, 0.0):
        count(hass, bought=kwh)
        found = home.read(now())
        assert found.grid_kw.fault is None
        frozen.tick(30)
    assert found.grid_kw.usable == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("value", "unit", "fault"),
    [
        ("100", "kWh", Fault.COARSE),
        ("0.1", "GJ", Fault.COARSE),
        ("-1.00", "kWh", Fault.NEGATIVE),
        ("nan", "kWh", Fault.NO_NUMBER),
        ("100.00", "m³", Fault.UNIT),
        ("unavailable", "kWh", Fault.UNAVAILABLE),
    ],
)
async def test_a_counter_that_tells_no_power_is_named(
    hass: HomeAssistant, value: str, unit: str, fault: Fault
) -> None:
    home = reader(hass, sub("connection", "grid", import_energy=["sensor.bought"]))
    show(hass, "bought", value, unit)
    assert home.read(now()).grid_kw.usable is None
    assert home.found["sensor.bought"].fault is fault


async def test_an_external_statistic_is_no_entity_that_is_missing(hass: HomeAssistant) -> None:
    home = reader(hass, sub("connection", "grid", import_energy=["tibber:energy"]))
    assert home.read(now()).grid_kw.trust is Trust.MISSING
    assert not home.found


async def test_currents_and_voltages_are_a_power_where_there_is_no_other(
    hass: HomeAssistant,
) -> None:
    show(hass, "i1", 10, "A")
    show(hass, "i2", -4000, "mA")
    show(hass, "u1", 0.24, "kV")
    phases = {"phase_currents": ["sensor.i1", "sensor.i2"], "phase_voltages": ["sensor.u1"]}
    found = readings(hass, sub("connection", "grid", **phases))
    assert found.grid_kw.usable == pytest.approx(2.4 - 0.92)
    show(hass, "u1", 5, "V")
    found = readings(hass, sub("connection", "grid", **phases))
    assert found.grid_kw.usable == pytest.approx(2.3 - 0.92), "no grid has that voltage"
    show(hass, "i1", 900, "A")
    assert readings(hass, sub("connection", "grid", **phases)).grid_kw.fault is Fault.BEYOND
    show(hass, "grid", 500)
    metered = sub("connection", "grid", grid_power=["sensor.grid"], **phases)
    assert readings(hass, metered).grid_kw.usable == 0.5


async def test_a_value_that_is_lost_for_a_moment_is_held(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    home = reader(hass, GRID)
    show(hass, "grid", 500)
    assert home.read(now()).grid_kw.usable == 0.5
    for bad in ("unavailable", "nan", "9999999"):
        show(hass, "grid", bad)
        frozen.tick(10)
        held = home.read(now()).grid_kw
        assert held.usable == 0.5
        assert held.fault is not None
    frozen.tick(60)
    assert home.read(now()).grid_kw.usable is None
    show(hass, "grid", 700)
    assert home.read(now()).grid_kw.usable == pytest.approx(0.7)
    assert home.found["sensor.grid"].fault is None


@pytest.mark.parametrize(
    ("kind", "name", "hours"),
    [("connection", "grid", 6), ("connection", "house", 6), ("solar", "sun", 10)],
)
async def test_a_meter_that_reports_the_same_for_hours_is_frozen(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory, kind: str, name: str, hours: int
) -> None:
    grid = sub("connection", "grid", grid_power=["sensor.grid"], load_power="sensor.house")
    home = reader(hass, grid, sub("solar", "roof", power="sensor.sun"))
    for each in ("grid", "house", "sun"):
        show(hass, each, 1234)
    frozen.tick(timedelta(hours=hours, minutes=-1))
    show(hass, name, 1234)
    home.read(now())
    assert home.found[f"sensor.{name}"].fault is None
    frozen.tick(timedelta(minutes=2))
    show(hass, name, 1234)
    home.read(now())
    assert home.found[f"sensor.{name}"].fault is Fault.FROZEN


async def test_a_meter_at_rest_is_never_frozen(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    home = reader(hass, GRID)
    show(hass, "grid", 0)
    frozen.tick(timedelta(hours=20))
    show(hass, "grid", 0)
    assert home.read(now()).grid_kw.usable == 0.0


async def test_a_state_of_charge_that_stands_while_energy_flows_is_frozen(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    home = reader(hass, GRID, battery())
    for _ in range(60):
        show(hass, "soc", 55, "%")
        show(hass, "battery", 2500)
        found = home.read(now())
        frozen.tick(60)
    assert found.batteries["battery"].soc.fault is Fault.FROZEN
    assert found.batteries["battery"].soc.usable is None
    assert home.found["sensor.soc"].fault is Fault.FROZEN
    show(hass, "soc", 33, "%")
    assert home.read(now()).batteries["battery"].soc.usable == 0.33


async def test_what_flows_one_way_cannot_be_negative(hass: HomeAssistant) -> None:
    home = reader(hass, GRID, sub("solar", "roof", power="sensor.sun"))
    show(hass, "sun", -1500)
    assert home.read(now()).solar_kw.usable is None
    assert home.found["sensor.sun"].fault is Fault.NEGATIVE


async def test_a_device_without_a_power_sensor_is_read_from_its_counter(
    hass: HomeAssistant, frozen: FrozenDateTimeFactory
) -> None:
    limits = {"capacity_kwh": 50.0, "charge_kw": 11.0}
    home = reader(hass, GRID, sub("vehicle", "car", energy="sensor.charged", **limits))
    for kwh in (10.0, 10.03, 10.06):
        count(hass, charged=kwh)
        found = home.read(now())
        frozen.tick(30)
    assert found.devices["car"].usable == pytest.approx(3.6)
    outside = reader(hass, GRID, sub("vehicle", "car", energy="tibber:car", **limits))
    assert outside.read(now()).devices["car"].trust is Trust.MISSING
