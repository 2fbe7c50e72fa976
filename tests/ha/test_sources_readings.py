"""States become readings: units, signs, ages and what is not to be believed."""

from datetime import timedelta
from typing import Any

import pytest
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigSubentryData
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.shems.core.observe.readings import Readings, Trust
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


def readings(hass: HomeAssistant, *subentries: ConfigSubentryData) -> Readings:
    entry = MockConfigEntry(
        domain="shems",
        data={"kind": "home", "name": "Home"},
        options=OPTIONS,
        subentries_data=list(subentries),
    )
    return Reader(hass, configuration(hass, entry)).read(dt_util.utcnow().timestamp())


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
