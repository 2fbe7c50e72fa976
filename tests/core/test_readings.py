"""Readings: what is known now, and how far to trust it."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.observe.readings import (
    BatteryReading,
    Fault,
    Readings,
    Trust,
    Value,
    derive_load,
    judge,
)
from custom_components.shems.core.units import InputError
from tests.core.homes import NOW, readings, value_of


@pytest.mark.parametrize(
    ("value", "at", "trust", "usable"),
    [
        (1.5, NOW - 10, Trust.OK, 1.5),
        (1.5, NOW - 61, Trust.STALE, None),
        (math.nan, NOW, Trust.IMPLAUSIBLE, None),
        (math.inf, NOW, Trust.IMPLAUSIBLE, None),
        (-0.1, NOW, Trust.IMPLAUSIBLE, None),
        (2.1, NOW, Trust.IMPLAUSIBLE, None),
        (None, NOW, Trust.MISSING, None),
        (1.0, None, Trust.MISSING, None),
    ],
)
def test_a_value_is_judged_by_age_and_bounds(
    value: float | None, at: float | None, trust: Trust, usable: float | None
) -> None:
    judged = judge(value, at, NOW, hold_s=60, lowest=0, highest=2, source="sensor.x")
    assert judged.trust is trust
    assert judged.usable == usable
    assert judged.source == "sensor.x"


@pytest.mark.parametrize(
    ("value", "lowest", "frozen", "fault"),
    [
        (math.nan, -2.0, False, Fault.NO_NUMBER),
        (math.inf, -2.0, False, Fault.NO_NUMBER),
        (3.0, -2.0, False, Fault.BEYOND),
        (-3.0, -2.0, False, Fault.BEYOND),
        (-0.5, -0.2, False, Fault.NEGATIVE),
        (1.0, -2.0, True, Fault.FROZEN),
        (1.0, -2.0, False, None),
    ],
)
def test_what_is_wrong_with_a_value_is_named(
    value: float, lowest: float, frozen: bool, fault: Fault | None
) -> None:
    judged = judge(value, NOW, NOW, hold_s=60, lowest=lowest, highest=2, frozen=frozen)
    assert judged.fault is fault
    assert (judged.usable is None) == (fault is not None)


def test_a_value_from_before_the_clock_was_set_back_is_stale() -> None:
    assert judge(1.0, NOW + 30, NOW, hold_s=60).trust is Trust.OK
    judged = judge(1.0, NOW + 7200, NOW, hold_s=60)
    assert judged.trust is Trust.STALE
    assert judged.fault is Fault.SILENT


@pytest.mark.parametrize("trust", [Trust.MISSING, Trust.STALE, Trust.IMPLAUSIBLE])
def test_a_state_of_charge_that_cannot_be_used_is_an_error(trust: Trust) -> None:
    soc = Value(0.5, NOW, trust)
    state = Readings(NOW, batteries={"store": BatteryReading(soc=soc)})
    with pytest.raises(InputError) as caught:
        state.energy_kwh("store", 10.0)
    assert caught.value.arguments == {"device": "store", "trust": trust.value}


def test_stored_energy_follows_the_capacity() -> None:
    assert readings(0.0, {"store": 0.5}).energy_kwh("store", 10.0) == 5.0
    with pytest.raises(InputError, match="soc unusable"):
        readings(0.0, {}).energy_kwh("store", 10.0)


@given(grid=st.floats(-9, 9), power=st.lists(st.floats(-5, 5), max_size=3), solar=st.floats(0, 9))
def test_net_load_is_what_grid_and_batteries_carry(
    grid: float, power: list[float], solar: float
) -> None:
    batteries = {str(n): BatteryReading(power_kw=value_of(each)) for n, each in enumerate(power)}
    state = Readings(NOW, value_of(grid), batteries=batteries)
    assert state.net_kw == pytest.approx(grid + sum(power))
    load = derive_load(
        value_of(grid), value_of(solar), [each.power_kw for each in batteries.values()]
    )
    expected = grid + solar + sum(power)
    if expected >= 0:
        assert load.value == pytest.approx(expected)
        by_load = replace(state, grid_kw=value_of(None), load_kw=load, solar_kw=value_of(solar))
        assert by_load.net_kw == pytest.approx(expected - solar)


def test_without_a_meter_for_it_the_net_load_is_unknown() -> None:
    assert readings(None, {"store": 0.5}).net_kw is None
    assert readings(1.0, {"store": 0.5}, {"store": None}).net_kw is None


def test_meters_that_disagree_a_little_show_no_load() -> None:
    load = derive_load(value_of(-2.0), value_of(1.95), [])
    assert load.value == 0.0
    assert load.trust is Trust.OK


def test_a_load_far_below_zero_is_a_reversed_meter_and_no_load() -> None:
    load = derive_load(value_of(-3.0), value_of(0.5), [])
    assert load.trust is Trust.IMPLAUSIBLE
    assert load.usable is None


@pytest.mark.parametrize("trust", [Trust.MISSING, Trust.STALE, Trust.IMPLAUSIBLE])
def test_a_derived_load_is_as_bad_as_the_worst_part(trust: Trust) -> None:
    bad = Value(1.0, NOW - 500, trust, "sensor.solar")
    stale = Value(1.0, NOW - 900, Trust.STALE, "sensor.battery")
    load = derive_load(value_of(1.0), bad, [stale])
    assert load.usable is None
    assert load.trust is trust
    assert derive_load(value_of(1.0), value_of(0.0), [stale]).source == "sensor.battery"


def test_a_derived_load_is_as_old_as_the_oldest_part() -> None:
    old = Value(1.0, NOW - 20, Trust.OK)
    assert derive_load(value_of(1.0), old, []).at == NOW - 20
