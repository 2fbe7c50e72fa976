"""Heating and cooling: physics, comfort, what can be held and what it costs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.building import Building
from custom_components.shems.core.assets.comfort import Band, Comfort
from custom_components.shems.core.assets.heating import Heating, HeatingState
from custom_components.shems.core.assets.performance import AIR_CONDITIONER, Performance
from custom_components.shems.core.assets.scenario import Surroundings
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import Floats, InputError
from tests.core.device_plans import missed, planned, powers_of, states_of, weather
from tests.core.homes import NOW, certain, hourly, on_grid

PUMP = Heating("pump", "Heat pump", 2.4, 0.45)
LIGHT = Building(mass_kwh_per_k=0.0, air_kwh_per_k=4.0)
COOLER = Heating("ac", "Air conditioner", 2.0, 0.3, performance=None, cooling=AIR_CONDITIONER)


def played(device: Heating, state: HeatingState, power: Floats, beliefs: Beliefs) -> Floats:
    """Return the rooms when a plan is played back step by step."""
    horizon, found = beliefs.horizon, []
    for step, kw in enumerate(power.tolist()):
        state, taken = device.step(
            state,
            kw,
            float(horizon.start[step]),
            float(horizon.hours[step]),
            float(beliefs.outdoor_c[step]),
        )
        assert taken == pytest.approx(kw, abs=1e-7)
        found.append(state.indoor_c)
    return np.array(found)


buildings = st.builds(
    Building,
    loss_kw_per_k=on_grid(0.05, 0.4, 0.05),
    air_kwh_per_k=on_grid(0.5, 3, 0.5),
    mass_kwh_per_k=st.sampled_from([0.0, 4.0, 12.0]),
    coupling_kw_per_k=on_grid(0.5, 2, 0.5),
    mass_loss=on_grid(0, 1, 0.25),
    mass_sun=on_grid(0, 1, 0.25),
    gains_kw=on_grid(0, 0.5, 0.1),
)


@st.composite
def pumps(draw: st.DrawFn) -> Heating:
    most = draw(on_grid(0.5, 6, 0.5))
    low = draw(on_grid(18, 22, 0.5))
    return Heating(
        "pump",
        "Heat pump",
        most,
        draw(st.sampled_from([None, 0.0, 0.5])),
        performance=draw(st.sampled_from([Performance(), Performance.constant()])),
        cooling=draw(st.sampled_from([None, AIR_CONDITIONER])),
        building=draw(buildings),
        comfort=Comfort(low, low + draw(on_grid(0, 4, 0.5))),
    )


@settings(max_examples=20)
@given(
    pumps(),
    st.lists(on_grid(-10, 35, 5), min_size=12, max_size=12),
    st.lists(on_grid(-0.1, 0.6, 0.1), min_size=12, max_size=12),
    on_grid(15, 27, 1),
    st.sampled_from([-0.1, 0.0, 0.1]),
    st.booleans(),
)
def test_a_plan_played_back_meets_its_temperatures_within_all_limits(
    pump: Heating,
    outdoor: list[float],
    prices: list[float],
    indoor: float,
    value: float,
    whole: bool,
) -> None:
    beliefs = weather(outdoor, prices, hourly(12))
    state = HeatingState(indoor)
    part, solution, _ = planned(pump, state, beliefs, value, whole=whole)
    power = powers_of(part, solution)
    assert (power >= -1e-7).all()
    assert (power <= pump.most_kw + 1e-7).all()
    if whole:
        near = power[:1]
        assert ((near < 1e-6) | (near > pump.lowest_kw - 1e-6)).all()
    rooms = states_of(part, solution)
    assert rooms == pytest.approx(played(pump, state, power, beliefs), abs=1e-6)


@given(buildings, on_grid(10, 30, 1), on_grid(10, 30, 1), on_grid(-15, 35, 5), on_grid(-6, 6, 1))
def test_heat_is_neither_made_nor_lost(
    building: Building, indoor: float, mass: float, outdoor: float, heat: float
) -> None:
    hours, sun = 0.5, 0.4
    air, walls = building.step(indoor, mass, heat, outdoor, sun, hours)
    stored = building.air_kwh_per_k * (air - indoor) + building.mass_kwh_per_k * (walls - mass)
    through = building.mass_loss if building.heavy else 0.0
    lost = building.loss_kw_per_k * ((1 - through) * air + through * walls - outdoor)
    given_kw = heat + building.gains_kw + building.aperture_m2 * sun
    assert stored == pytest.approx(hours * (given_kw - lost), abs=1e-9)


@given(buildings, st.lists(on_grid(10, 30, 1), min_size=3, max_size=3))
def test_many_rooms_are_stepped_at_once(building: Building, indoor: list[float]) -> None:
    ones = np.ones(3)
    air, walls = building.step(np.array(indoor), 20 * ones, ones, 5 * ones, 0.1 * ones, 0.25)
    alone = [building.step(each, 20.0, 1.0, 5.0, 0.1, 0.25) for each in indoor]
    assert np.stack([air, walls], axis=1) == pytest.approx(np.array(alone))


@settings(max_examples=20)
@given(
    pumps(),
    st.lists(on_grid(-10, 15, 5), min_size=8, max_size=8),
    st.lists(on_grid(0, 0.6, 0.1), min_size=8, max_size=8),
    on_grid(17, 23, 1),
)
def test_a_wider_band_never_costs_more(
    pump: Heating, outdoor: list[float], prices: list[float], indoor: float
) -> None:
    beliefs, state = weather(outdoor, prices, hourly(8)), HeatingState(indoor)
    wide = replace(pump.comfort, low_c=pump.comfort.low_c - 1, high_c=pump.comfort.high_c + 1)
    cost = planned(pump, state, beliefs)[2]
    assert planned(replace(pump, comfort=wide), state, beliefs)[2] <= cost + 1e-6


@given(pumps(), on_grid(-15, 15, 5), on_grid(14, 22, 1))
def test_the_band_is_missed_only_where_full_power_misses_it(
    pump: Heating, outdoor: float, indoor: float
) -> None:
    pump, state = replace(pump, cooling=None), HeatingState(indoor)
    beliefs = weather(outdoor, horizon=hourly(8))
    part, solution, _ = planned(pump, state, beliefs)
    around = replace(Surroundings.plain(beliefs.horizon), outdoor_c=beliefs.outdoor_c)
    best = pump.nearest(around, state, "too_cold")
    if best is None:
        assert missed(part, solution)["too_cold"] < 1e-6
    else:
        assert missed(part, solution)["too_cold"] > 0
        reached, at = best
        assert reached < pump.comfort.low_c
        rooms = states_of(part, solution)[np.flatnonzero(beliefs.horizon.end == at)[0]]
        assert rooms <= reached + 1e-6


def test_a_weak_pump_says_what_it_can_hold() -> None:
    weak = replace(PUMP, power_kw=0.6, comfort=Comfort(21.0, 23.0))
    beliefs, state = weather(-10.0, horizon=hourly(48)), HeatingState(20.0)
    part, solution, _ = planned(weak, state, beliefs)
    around = replace(Surroundings.plain(beliefs.horizon), outdoor_c=beliefs.outdoor_c)
    best = weak.nearest(around, state, "too_cold")
    assert best is not None
    reached, at = best
    assert reached == pytest.approx(states_of(part, solution).min(), abs=1e-6)
    assert 5 < reached < 15
    assert at == beliefs.horizon.end[-1]
    assert powers_of(part, solution) == pytest.approx(0.6)
    assert missed(part, solution)["too_cold"] > 48
    assert missed(part, solution)["too_warm"] == 0
    assert weak.nearest(around, state, "too_warm") is None
    wish = part.wishes[0]
    assert (wish.code, wish.nearest, wish.at) == ("too_cold", reached, at)
    assert part.wishes[1].nearest is None


def test_full_heating_is_no_answer_to_a_warm_day() -> None:
    beliefs, state = weather(36.0), HeatingState(24.0)
    around = replace(Surroundings.plain(beliefs.horizon), outdoor_c=beliefs.outdoor_c)
    assert PUMP.nearest(around, state, "too_warm") is None
    weak = replace(COOLER, power_kw=0.3)
    part, solution, _ = planned(weak, state, beliefs)
    best = weak.nearest(around, state, "too_warm")
    assert best is not None
    assert best[0] == pytest.approx(states_of(part, solution).max(), abs=1e-6)
    assert weak.nearest(around, state, "too_cold") is None


def test_heat_is_bought_where_it_is_cheap_and_only_what_is_needed() -> None:
    pump = replace(PUMP, comfort=Comfort(20.0, 22.0))
    beliefs = weather(0.0, [0.1] * 6 + [0.5] * 6, hourly(12))
    part, solution, _ = planned(pump, HeatingState(20.0, 20.0), beliefs)
    power, rooms = powers_of(part, solution), states_of(part, solution)
    assert power[:6].sum() > 2 * power[6:].sum()
    assert rooms.max() == pytest.approx(22.0, abs=1e-6)
    assert rooms[-1] == pytest.approx(20.0, abs=1e-6)
    assert (rooms > 20.0 - 1e-6).all()


def test_a_warm_day_is_not_blamed_on_what_can_only_heat() -> None:
    beliefs = weather(32.0)
    part, solution, _ = planned(PUMP, HeatingState(24.0), beliefs)
    assert missed(part, solution) == pytest.approx({"too_cold": 0.0, "too_warm": 0.0})
    assert states_of(part, solution).max() > PUMP.comfort.high_c
    assert powers_of(part, solution) == pytest.approx(0.0)


def test_a_cold_day_is_not_blamed_on_what_can_only_cool() -> None:
    part, solution, _ = planned(COOLER, HeatingState(20.5), weather(2.0))
    assert missed(part, solution) == pytest.approx({"too_cold": 0.0, "too_warm": 0.0})
    assert powers_of(part, solution) == pytest.approx(0.0)


def test_rooms_are_cooled_before_the_dear_hours() -> None:
    beliefs = weather(34.0, [0.1] * 6 + [0.5] * 6, hourly(12))
    part, solution, _ = planned(COOLER, HeatingState(22.5), beliefs)
    power, rooms = powers_of(part, solution), states_of(part, solution)
    assert missed(part, solution)["too_warm"] < 1e-6
    assert power[:6].sum() > power[6:].sum()
    assert rooms[-1] == pytest.approx(23.0, abs=1e-6)
    assert part.store is not None
    # Another kWh of heat would have to be taken out again.
    assert (-solution.dual[part.store] < 1e-9).all()


def test_what_does_both_heats_in_frost_and_cools_in_heat() -> None:
    both = replace(PUMP, cooling=AIR_CONDITIONER)
    assert both.heat_per_kwh(0.0) > 1.8
    assert both.heat_per_kwh(30.0) < -1.8
    for outdoor, indoor in ((-5.0, 20.0), (35.0, 23.0)):
        part, solution, _ = planned(both, HeatingState(indoor), weather(outdoor))
        assert powers_of(part, solution).sum() > 1.0
        assert sum(missed(part, solution).values()) < 1e-6


def test_only_a_rare_price_is_worth_a_chill() -> None:
    usual, rare = [0.3] * 6, [0.3, 0.3, 6.0, 0.3, 0.3, 0.3]
    chills = []
    for prices in (usual, rare):
        pump = replace(PUMP, comfort=Comfort(20.0, 20.0))
        part, solution, _ = planned(pump, HeatingState(20.0), weather(-5.0, prices, hourly(6)))
        chills.append(missed(part, solution)["too_cold"])
    assert chills[0] == pytest.approx(0.0, abs=1e-6)
    assert 0.05 < chills[1] < 3.0


def test_bands_follow_the_local_clock() -> None:
    # 28 May 2026, 20:30 UTC is 22:30 in Berlin.
    day = Band(6 * 60, 22 * 60, 21.0, 23.0, (4,))
    comfort = Comfort(18.0, 24.0, (day, Band(0, 24 * 60, 1.0, 2.0, (6,))))
    low, high = comfort.limits(
        NOW + HOUR_S * np.array([0.0, 7.0, 8.0, 23.0, 24.0]), "Europe/Berlin"
    )
    assert low.tolist() == [18.0, 18.0, 21.0, 21.0, 18.0]
    assert high.tolist() == [24.0, 24.0, 23.0, 23.0, 24.0]
    assert comfort.limits_at(NOW + 8 * HOUR_S, "Europe/Berlin") == (21.0, 23.0)
    pump = replace(PUMP, comfort=replace(comfort, bands=(day,)))
    part, solution, _ = planned(pump, HeatingState(19.0), weather(0.0), zone="Europe/Berlin")
    rooms = states_of(part, solution)
    assert (rooms[8:23] > 21 - 1e-6).all()
    assert rooms[:6].min() < 20


def test_heat_left_is_worth_something_in_winter_and_nothing_in_summer() -> None:
    assert PUMP.worth > 0 > COOLER.worth
    for outdoor, value, end in ((0.0, 0.2, 23.0), (0.0, 0.0, 20.0), (18.5, 0.2, 20.0)):
        pump = replace(PUMP, building=replace(PUMP.building, gains_kw=0.3))
        part, solution, _ = planned(pump, HeatingState(20.0, 20.0), weather(outdoor), value)
        assert states_of(part, solution)[-1] == pytest.approx(end, abs=0.5)
    part, solution, _ = planned(COOLER, HeatingState(22.0), weather(33.0), -0.2)
    assert states_of(part, solution)[-1] == pytest.approx(COOLER.comfort.low_c, abs=1e-6)


def test_a_light_building_has_one_store() -> None:
    pump = replace(PUMP, building=LIGHT)
    part, solution, _ = planned(pump, HeatingState(20.0), weather(0.0), 0.2)
    assert missed(part, solution)["too_cold"] < 1e-6
    assert states_of(part, solution)[-1] == pytest.approx(23.0, abs=1e-6)


def test_the_sun_saves_heat() -> None:
    state = HeatingState(20.0)
    power = 0.0
    heat = [PUMP.step(state, power, NOW, 1.0, 0.0, sun)[0].indoor_c for sun in (0.0, 0.5)]
    assert heat[1] > heat[0] + 0.1


def test_the_pump_keeps_running_its_least_time() -> None:
    """What began a quarter of an hour ago goes on for the rest of its least time."""
    pump = replace(PUMP, switching=Switching(least_on_h=0.75))
    state = HeatingState(23.5, running=Running(on=True, since=NOW - 900.0))
    quarters = Horizon.uniform(NOW, 900.0, 12)
    part, solution, _ = planned(pump, state, weather(12.0, horizon=quarters), whole=True)
    power = powers_of(part, solution)
    assert power[:2] == pytest.approx(pump.lowest_kw)
    assert power[2:4] == pytest.approx(0.0)
    assert part.first[0] == part.power[0]
    assert len(part.first) == 2


def test_a_thermostat_holds_the_edge() -> None:
    for pump in (PUMP, replace(PUMP, least_kw=None)):
        state, found = HeatingState(20.4), []
        for step in range(4 * 96):
            power = pump.thermostat(state, -5.0, 20.0, 23.0)
            assert power == 0 or pump.lowest_kw <= power <= pump.most_kw
            state, _ = pump.step(state, power, NOW + 900.0 * step, 0.25, -5.0)
            found.append(state.indoor_c)
        assert min(found[96:]) > 19.4
        assert max(found[96:]) < 21.6
        assert state.running.starts > 0


def test_a_thermostat_cools_too_and_rests_where_it_may() -> None:
    warm = HeatingState(23.5)
    assert COOLER.thermostat(warm, 33.0, 20.0, 23.0) > 0
    assert COOLER.thermostat(replace(warm, indoor_c=22.9), 33.0, 20.0, 23.0) == 0
    assert PUMP.thermostat(HeatingState(20.2), 0.0, 20.0, 23.0) == 0


def test_the_mass_that_nobody_measures_is_between_inside_and_outside() -> None:
    building = PUMP.building
    assert 0.0 < building.settled_mass_c(20.0, 0.0) < 20.0
    assert replace(building, coupling_kw_per_k=0.0, mass_loss=0.0).settled_mass_c(20.0, 0.0) == 20.0
    after, _ = PUMP.step(HeatingState(20.0), 0.0, NOW, 1.0, 0.0)
    assert after.mass_c is not None
    assert after.mass_c < 20.0


def test_no_outdoor_temperature_no_plan() -> None:
    with pytest.raises(InputError) as caught:
        planned(PUMP, HeatingState(20.0), certain(horizon=hourly(4)))
    assert caught.value.code == "temperature_missing"
    assert caught.value.arguments["device"] == "Heat pump"


@pytest.mark.parametrize(
    "state", [HeatingState(float("nan")), HeatingState(80.0), HeatingState(20.0, -40.0)]
)
def test_a_temperature_that_no_room_has_is_named(state: HeatingState) -> None:
    with pytest.raises(InputError) as caught:
        PUMP.check(state)
    assert caught.value.code == "device_temperature"
    PUMP.check(HeatingState(20.0, 19.0))


@pytest.mark.parametrize(
    "change",
    [
        {"power_kw": 0.0},
        {"least_kw": 3.0},
        {"changeover_c": float("nan")},
        {"performance": None},
    ],
)
def test_a_heating_that_cannot_be_is_rejected(change: dict[str, float | None]) -> None:
    with pytest.raises(InputError):
        replace(PUMP, **change)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (Building, {"loss_kw_per_k": 0.0}),
        (Building, {"gains_kw": -1.0}),
        (Building, {"mass_loss": 1.1}),
        (Comfort, {"low_c": 24.0}),
        (Comfort, {"hard_k": -1.0}),
        (Performance, {"cop": 0.0}),
        (Performance, {"lowest": 6.0}),
        (Performance, {"at_c": float("inf")}),
    ],
)
def test_parameters_that_cannot_be_are_rejected(
    kind: type[Building | Comfort | Performance], change: dict[str, float]
) -> None:
    with pytest.raises(InputError):
        kind(**change)
    with pytest.raises(InputError):
        Band(0, 60, 22.0, 21.0)


def test_a_heating_and_its_state_survive_json() -> None:
    pump = replace(PUMP, cooling=AIR_CONDITIONER, comfort=Comfort(bands=(Band(0, 60, 19.0, 20.0),)))
    assert decode(Heating, encode(pump)) == pump
    state = HeatingState(20.0, None, Running(on=True, since=NOW))
    assert decode(HeatingState, encode(state)) == state


@settings(max_examples=40)
@given(
    pumps(),
    on_grid(-10, 15, 1),
    on_grid(17, 24, 0.5),
    on_grid(0, 1, 0.1),
    st.booleans(),
)
def test_a_modulating_thermostat_takes_the_planned_power_where_its_band_lets_it(
    pump: Heating, outdoor: float, indoor: float, share: float, cold: bool
) -> None:
    """Told the planned temperature alone it would take less and less, and come late."""
    if cold:
        pump = replace(pump, performance=None, cooling=AIR_CONDITIONER)
        outdoor += 30.0
    around = replace(Surroundings.plain(hourly(1)), outdoor_c=np.array([outdoor]))
    state, power = HeatingState(indoor), share * pump.power_kw
    heat = pump.heat_along(around.outdoor_c)[0]
    course = pump.course(around, state, np.array([power * heat]))
    resting, driven = pump.told_c(around, state, np.array([power]), course)[:, 0]
    low, high = pump.comfort.low_c, pump.comfort.high_c
    sign = 1.0 if heat > 0 else -1.0
    assert sign * driven >= sign * course[0] - 1e-9
    assert sign * resting <= sign * course[0] + 1e-9
    edge = low if heat > 0 else high
    if pump.performance is None or pump.cooling is None:
        assert sign * resting <= sign * edge + 1e-9, "nothing works against other means"
    else:
        assert resting == course[0]
    beyond = high if heat > 0 else low
    if abs(driven - course[0]) > 1e-6:
        assert sign * driven <= sign * beyond + 1e-9
        building = pump.building
        loss = building.loss_kw_per_k * (driven - outdoor) - building.gains_kw
        taken = (loss + building.air_kwh_per_k * (driven - indoor) / 0.8) / heat
        assert taken <= power + 1e-9
        if abs(driven - beyond) > 1e-6:
            assert taken == pytest.approx(power, abs=1e-9)
