"""What a complete home has beside the usual one."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from custom_components.shems.core.world.annex import (
    COOLER_KW,
    POOL_PUMP_KW,
    AnnexControls,
    AnnexState,
)
from custom_components.shems.core.world.home import ANNEX_DEVICES, DEVICES, Trace, history
from custom_components.shems.core.world.household import Household, moments
from custom_components.shems.core.world.phases import phases_kw
from custom_components.shems.core.world.plant import (
    BatteryMode,
    Controls,
    HeatingMode,
    State,
    advance,
    settle,
)

DAY = 86400.0
SUMMER = datetime(2026, 7, 10, tzinfo=UTC).timestamp()
HOME = Household.at(3, 52.1, 5.1, "Europe/Amsterdam", complete=True)
REMOTE = AnnexControls(battery_remote=True, battery_kw=0.8)
SIMPLE = Household.at(3, 52.1, 5.1, "Europe/Amsterdam")


@pytest.fixture(scope="module")
def fortnight() -> Trace:
    return history(HOME, SUMMER, SUMMER + 14 * DAY, 300)


def lived(controls: AnnexControls, days: int = 2, **more: object) -> Trace:
    given = replace(Controls(annex=controls), **more)
    return history(HOME, SUMMER, SUMMER + days * DAY, 300, controls=given)


def test_energy_is_conserved_with_two_batteries(fortnight: Trace) -> None:
    flows = fortnight.grid_kw + fortnight.battery_kw + fortnight.solar_kw
    assert fortnight.load_kw == pytest.approx(flows + fortnight.plug_battery_kw)
    taken = sum(fortnight.devices_kw[name] for name in (*DEVICES, *ANNEX_DEVICES))
    assert taken == pytest.approx(fortnight.load_kw)
    assert min(values.min() for values in fortnight.devices_kw.values()) >= 0


def test_the_plug_in_battery_stores_what_flows_less_its_losses(fortnight: Trace) -> None:
    assert HOME.annex is not None
    battery = HOME.annex.battery
    stored = np.diff(fortnight.plug_battery_soc) * battery.capacity_kwh
    flow = fortnight.plug_battery_kw[1:] / 12
    expected = np.where(
        flow < 0, -flow * battery.charge_efficiency, -flow / battery.discharge_efficiency
    )
    assert stored == pytest.approx(expected)
    assert flow.min() < 0 < flow.max()
    assert battery.min_soc - 1e-9 <= fortnight.plug_battery_soc.min()
    assert fortnight.plug_battery_soc.max() <= 1 + 1e-9


def test_left_alone_it_takes_what_the_inverter_leaves(fortnight: Trace) -> None:
    """It never buys to be full, nor sells what it holds."""
    charging = fortnight.plug_battery_kw < -1e-9
    discharging = fortnight.plug_battery_kw > 1e-9
    assert (fortnight.grid_kw[charging] < 1e-6).all()
    assert (fortnight.grid_kw[discharging] > -1e-6).all()


def test_told_a_power_it_has_it_and_the_inverter_sees_it() -> None:
    trace = lived(AnnexControls(battery_remote=True, battery_kw=0.5), days=1)
    giving = trace.plug_battery_kw > 1e-6
    assert 0 < giving.sum() < len(giving)
    assert trace.plug_battery_kw[giving][:-1] == pytest.approx(0.5)
    # The inverter covers the rest: the home's meter stands still while it can.
    covered = giving & (trace.battery_kw > 1e-6) & (trace.battery_kw < 4.9)
    assert covered.any()
    assert trace.grid_kw[covered][:-1] == pytest.approx(0, abs=1e-6)


def test_a_simple_home_lives_as_if_there_were_no_other(fortnight: Trace) -> None:
    alone = history(SIMPLE, SUMMER, SUMMER + 2 * DAY, 300)
    assert alone.devices_kw.keys() == set(DEVICES)
    for name in ("base", "cooking", "refrigerator", "dishwasher", "living_room"):
        assert fortnight.devices_kw[name][: len(alone.times)] == pytest.approx(
            alone.devices_kw[name]
        )


def test_the_second_car_has_days_of_its_own(fortnight: Trace) -> None:
    daily = fortnight.devices_kw["small_car"].sum() / 12 / 14
    assert 1 < daily < 12
    assert fortnight.devices_kw["small_car"].max() == pytest.approx(3.68)
    assert not np.array_equal(fortnight.small_car_plugged, fortnight.car_plugged)
    assert 0.3 < fortnight.small_car_plugged.mean() < 1


def test_an_empty_second_car_was_charged_on_the_road() -> None:
    (home,) = moments(HOME, np.array([SUMMER]), 300.0)
    assert home.annex is not None
    state = State(annex=AnnexState(car_kwh=3.0, car_away=True, car_plugged=False))
    back = home._replace(annex=home.annex._replace(car_away=False, trip_kwh=20.0, car_plugs=True))
    after, powers = settle(HOME, state, Controls(), back, 1 / 12)
    assert after.annex.car_kwh == pytest.approx(2.0)
    assert powers.annex.car == pytest.approx(3.68)


def test_the_second_car_charges_only_where_it_may() -> None:
    assert lived(AnnexControls(car_enabled=False)).devices_kw["small_car"].max() == 0
    slow = lived(AnnexControls(car_amps=6.0), days=7).devices_kw["small_car"]
    assert slow.max() == pytest.approx(1.38)


def test_cooling_keeps_the_rooms_at_what_was_asked() -> None:
    off = {"heating": HeatingMode.OFF}
    warm = lived(AnnexControls(), days=7, **off)
    cool = lived(AnnexControls(cooling=True, cool_c=21.0), days=7, **off)
    taken = cool.devices_kw["air_conditioner"]
    assert set(np.unique(taken.round(6))) == {0.0, COOLER_KW}
    assert cool.indoor_c[-288:].mean() < warm.indoor_c[-288:].mean() - 0.5
    assert cool.indoor_c[-288:].max() < 22.0
    assert warm.devices_kw["air_conditioner"].max() == 0


def test_plugs_switch_the_pool_pump_and_the_freezer() -> None:
    trace = lived(AnnexControls(pump_on=True, freezer_on=False))
    assert trace.devices_kw["pool_pump"] == pytest.approx(POOL_PUMP_KW)
    assert trace.devices_kw["freezer"].max() == 0
    usual = lived(AnnexControls())
    assert usual.devices_kw["pool_pump"].max() == 0
    assert 0.02 < usual.devices_kw["freezer"].mean() < 0.07


def test_both_batteries_hold_while_the_inverter_has_not_looked() -> None:
    (moment,) = moments(HOME, np.array([SUMMER]), 300.0)
    state, powers = settle(HOME, State(), Controls(), moment, 1 / 12)
    pumped = Controls(annex=AnnexControls(pump_on=True))
    _, held = settle(HOME, state, pumped, moment, 1 / 12, powers)
    assert held.battery == powers.battery
    assert held.annex.battery == powers.annex.battery
    assert held.grid == pytest.approx(powers.grid + POOL_PUMP_KW)


def test_what_an_empty_battery_cannot_give_is_bought() -> None:
    (moment,) = moments(HOME, np.array([SUMMER]), 300.0)
    state = State(annex=AnnexState(battery_kwh=0.2))
    controls = Controls(battery_mode=BatteryMode.HOLD, annex=REMOTE)
    begun, powers = settle(HOME, state, controls, moment, 1 / 12)
    _, had = advance(HOME, begun, powers, moment, 1 / 12)
    assert had.annex.battery == pytest.approx(0, abs=1e-9)
    assert had.grid == pytest.approx(had.load - had.solar)


def test_the_phases_together_are_the_grid() -> None:
    controls = Controls(annex=AnnexControls(cooling=True, cool_c=15.0, pump_on=True))
    for moment in moments(HOME, SUMMER + 3600.0 * np.arange(48), 3600.0):
        _, powers = settle(HOME, State(), controls, moment, 1 / 12)
        first, second, third = phases_kw(powers)
        assert first + second + third == pytest.approx(powers.grid)
        assert third - second > 0.5, "cooling and pool pump are on the third"
