"""The past of a simulated household."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from custom_components.shems.core.world.home import DEVICES, Trace, history, simulated_year
from custom_components.shems.core.world.household import Household, moments
from custom_components.shems.core.world.plant import (
    BatteryMode,
    CarPresence,
    Controls,
    HeatingMode,
    State,
    settle,
)

DAY = 86400.0
WINTER = datetime(2026, 1, 10, tzinfo=UTC).timestamp()
SUMMER = datetime(2026, 6, 10, tzinfo=UTC).timestamp()
HOUSEHOLD = Household(seed=3)


@pytest.fixture(scope="module")
def year() -> Trace:
    return history(HOUSEHOLD, datetime(2025, 1, 1, tzinfo=UTC).timestamp(), WINTER, 900)


def test_energy_is_conserved_at_every_step(year: Trace) -> None:
    assert year.load_kw == pytest.approx(year.grid_kw + year.battery_kw + year.solar_kw)
    assert sum(year.devices_kw[name] for name in DEVICES) == pytest.approx(year.load_kw)
    assert min(values.min() for values in year.devices_kw.values()) >= 0


def test_battery_stores_what_flows_less_its_losses() -> None:
    battery = HOUSEHOLD.battery
    trace = history(HOUSEHOLD, SUMMER, SUMMER + 7 * DAY, 300)
    stored = np.diff(trace.battery_soc) * battery.capacity_kwh
    flow = trace.battery_kw[1:] / 12
    expected = np.where(
        flow < 0, -flow * battery.charge_efficiency, -flow / battery.discharge_efficiency
    )
    assert stored == pytest.approx(expected)
    assert flow.min() < 0 < flow.max()
    assert battery.min_soc - 1e-9 <= trace.battery_soc.min() < trace.battery_soc.max() <= 1 + 1e-9


def test_a_year_is_believable(year: Trace) -> None:
    days = len(year.times) / 96
    daily = {name: values.sum() / 4 / days for name, values in year.devices_kw.items()}
    flexible = {"car", "heat_pump"}
    assert 8 < sum(kwh for name, kwh in daily.items() if name not in flexible) < 15
    assert 4 < daily["car"] < 11
    assert 5 < daily["heat_pump"] < 12
    per_peak = year.solar_kw.sum() / 4 / days * 365 / 5.3
    assert 850 < per_peak < 1150
    assert -10 < year.outdoor_c.min() < 0
    assert 25 < year.outdoor_c.max() < 38
    assert 17 < year.indoor_c.min() < year.indoor_c.max() < 29
    assert -0.2 < year.market.min() < 0
    assert 0.15 < year.market.max() < 0.5
    assert 0.07 < year.market.mean() < 0.11


def test_mornings_and_evenings_peak() -> None:
    trace = history(HOUSEHOLD, WINTER, WINTER + 28 * DAY, 3600)
    fixed = sum(trace.devices_kw[name] for name in DEVICES if name not in {"car", "heat_pump"})
    by_hour = np.asarray(fixed).reshape(-1, 24).mean(axis=0)
    night, morning, noon, evening = (by_hour[hour] for hour in (2, 6, 10, 17))
    assert evening > morning > night
    assert evening > 2 * noon
    assert np.argmax(trace.solar_kw.reshape(-1, 24).mean(axis=0)) in (10, 11, 12)


def test_the_house_needs_heat_in_winter_and_none_in_summer() -> None:
    cold = history(HOUSEHOLD, WINTER, WINTER + 14 * DAY).devices_kw["heat_pump"].mean()
    warm = history(HOUSEHOLD, SUMMER, SUMMER + 14 * DAY).devices_kw["heat_pump"].mean()
    assert cold > 3 * warm > 0


def test_the_forecast_is_good_but_not_perfect(year: Trace) -> None:
    light = year.solar_kw > 0.05
    error = np.abs(year.solar_forecast_kw - year.solar_kw)[light].mean()
    yesterday = np.abs(np.roll(year.solar_kw, 96) - year.solar_kw)[light].mean()
    assert 0.05 < error < 0.75 * yesterday


def test_the_same_seed_lives_the_same_life() -> None:
    first = simulated_year(5, WINTER, 3, 900)
    again = simulated_year(5, WINTER, 3, 900)
    other = simulated_year(6, WINTER, 3, 900)
    assert [array.tolist() for array in first] == [array.tolist() for array in again]
    assert first[1].tolist() != other[1].tolist()


def test_the_past_can_be_lived_in_pieces() -> None:
    whole = history(HOUSEHOLD, SUMMER, SUMMER + 2 * DAY, 300)
    first = history(HOUSEHOLD, SUMMER, SUMMER + DAY, 300)
    second = history(HOUSEHOLD, SUMMER + DAY, SUMMER + 2 * DAY, 300, state=first.state)
    assert np.concatenate([first.grid_kw, second.grid_kw]) == pytest.approx(whole.grid_kw)
    assert second.state == whole.state


def test_one_moment_is_what_it_was_in_the_year() -> None:
    times = WINTER + 300.0 * np.arange(288)
    row = list(moments(HOUSEHOLD, times, 300.0))[200]
    (alone,) = moments(HOUSEHOLD, times[200:201], 300.0)
    assert alone == row


@pytest.mark.parametrize("month", [3, 10])
def test_days_on_which_the_clock_changes_are_lived_by_the_clock(month: int) -> None:
    zone = ZoneInfo("Europe/Amsterdam")
    change = datetime(2026, month, 29 if month == 3 else 25, tzinfo=zone)
    times = np.array([change.replace(hour=hour).timestamp() for hour in (6, 12, 20)])
    assert [moment.hour for moment in moments(HOUSEHOLD, times, 300.0)] == [6.0, 12.0, 20.0]


def test_a_hot_water_tank_is_heated_when_people_have_showered() -> None:
    trace = history(HOUSEHOLD, SUMMER, SUMMER + 7 * DAY, controls=Controls(heating=HeatingMode.OFF))
    daily = trace.devices_kw["heat_pump"].sum() / 4 / 7
    assert 0.8 < daily < 4
    assert 40 < trace.state.heat.water_c < 60


@pytest.mark.parametrize(
    ("mode", "lowest", "highest"),
    [
        (BatteryMode.CHARGE, -2.0, 0.0),
        (BatteryMode.DISCHARGE, 0.0, 2.0),
        (BatteryMode.HOLD, 0.0, 0.0),
        (BatteryMode.ABSORB, -5.0, 0.0),
        (BatteryMode.COVER, 0.0, 5.0),
        (BatteryMode.AUTOMATIC, -5.0, 5.0),
    ],
)
def test_the_battery_obeys_its_mode(mode: BatteryMode, lowest: float, highest: float) -> None:
    controls = Controls(battery_mode=mode, battery_kw=2.0)
    trace = history(HOUSEHOLD, SUMMER, SUMMER + DAY, 300, controls=controls)
    assert trace.battery_kw.min() == pytest.approx(lowest, abs=abs(lowest) * 0.9)
    assert trace.battery_kw.max() == pytest.approx(highest, abs=abs(highest) * 0.9)
    if mode in (BatteryMode.ABSORB, BatteryMode.AUTOMATIC):
        assert (trace.grid_kw[trace.battery_kw < -1e-9] > -5).all()
        assert trace.battery_soc[-1] != trace.battery_soc[0]


def test_a_throttled_roof_gives_no_more() -> None:
    trace = history(HOUSEHOLD, SUMMER, SUMMER + DAY, controls=Controls(solar_limit_kw=0.7))
    free = history(HOUSEHOLD, SUMMER, SUMMER + DAY)
    assert trace.solar_kw.max() == pytest.approx(0.7)
    assert free.solar_kw.max() > 1.5


def test_the_car_charges_only_where_it_is_and_may() -> None:
    month = WINTER + 28 * DAY
    usual = history(HOUSEHOLD, WINTER, month)
    assert usual.devices_kw["car"].max() == pytest.approx(11.04, rel=0.01)
    for controls in (Controls(car_enabled=False), Controls(car_presence=CarPresence.AWAY)):
        assert history(HOUSEHOLD, WINTER, month, controls=controls).devices_kw["car"].max() == 0
    home = Controls(car_presence=CarPresence.HOME, car_amps=6.0, car_target=1.0)
    full = history(HOUSEHOLD, WINTER, WINTER + DAY, controls=home)
    assert full.devices_kw["car"].max() == pytest.approx(6 * 0.69)
    assert full.car_soc[-1] == pytest.approx(1.0)


def test_a_car_that_comes_home_by_hand_is_plugged_in() -> None:
    gone = State(car_away=True, car_plugged=False, car_kwh=10.0)
    parked = State(car_away=False, car_plugged=False, car_kwh=10.0)
    for state in (gone, parked):
        trace = history(
            HOUSEHOLD,
            WINTER,
            WINTER + 900,
            state=state,
            controls=Controls(car_presence=CarPresence.HOME),
        )
        assert trace.state.car_plugged
        assert trace.devices_kw["car"][0] > 10


def test_the_heat_pump_obeys_its_target() -> None:
    off = history(HOUSEHOLD, WINTER, WINTER + 5 * DAY, controls=Controls(heating=HeatingMode.OFF))
    warm = Controls(heating=HeatingMode.HEAT, target_c=22.0)
    hot = history(HOUSEHOLD, WINTER, WINTER + 5 * DAY, controls=warm)
    assert off.indoor_c[-1] < 17
    assert hot.indoor_c[-96:].mean() == pytest.approx(22.0, abs=0.5)


def test_lamps_obey_the_hand() -> None:
    controls = Controls(lamps=(1.0, 0.0, None))
    trace = history(HOUSEHOLD, WINTER, WINTER + DAY, controls=controls)
    assert trace.devices_kw["living_room"] == pytest.approx(np.full(96, 0.042))
    assert trace.devices_kw["kitchen"].max() == 0
    assert 0 < trace.devices_kw["bedroom"].max() <= 0.016


def test_a_southern_winter_is_in_july() -> None:
    south = Household.at(3, -37.8, 145.0, "Australia/Melbourne")
    january, july = (
        datetime(2026, month, 1, tzinfo=UTC).timestamp() + 900.0 * np.arange(2880)
        for month in (1, 7)
    )
    assert (
        south.weather(january).temperature_c.mean() > south.weather(july).temperature_c.mean() + 6
    )
    north = Household(3, -37.8, 145.0, "Australia/Melbourne")
    light = [home.solar_kw(home.weather(july)).sum() for home in (south, north)]
    assert light[0] > 1.25 * light[1]


def test_a_northern_home_is_the_default_one() -> None:
    assert Household.at(3, 52.1, 5.1, "Europe/Amsterdam") == HOUSEHOLD


def test_the_inverter_may_answer_later_than_the_meter() -> None:
    (moment,) = moments(HOUSEHOLD, np.array([WINTER]), 300.0)
    state, before = settle(HOUSEHOLD, State(), Controls(), moment, 5 / 3600)
    lit = Controls(lamps=(1.0, 1.0, 1.0))
    _, after = settle(HOUSEHOLD, state, lit, moment, 5 / 3600, held=before)
    assert (after.battery, after.solar) == (before.battery, before.solar)
    assert after.grid - before.grid == pytest.approx(after.load - before.load)
    assert after.load - before.load == pytest.approx(sum(after.lamps) - sum(before.lamps))
    assert after.load > before.load


def test_a_refrigerator_can_be_unplugged() -> None:
    trace = history(HOUSEHOLD, WINTER, WINTER + DAY, controls=Controls(refrigerator_on=False))
    assert trace.devices_kw["refrigerator"].max() == 0
