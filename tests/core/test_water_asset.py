"""Hot water: physics, draws, the weekly hot run, and what the rules would do."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.shems.core.assets.draws import TAPS, USUAL, Draw, drawn_kwh
from custom_components.shems.core.assets.heating import HeatingState
from custom_components.shems.core.assets.performance import WATER_PUMP, Performance
from custom_components.shems.core.assets.scenario import Surroundings
from custom_components.shems.core.assets.switching import Running
from custom_components.shems.core.assets.tank import Tank
from custom_components.shems.core.assets.water import Water, WaterState
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import DAY_S, HOUR_S, Horizon
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import Floats, InputError
from tests.core.device_plans import missed, planned, powers_of, states_of, weather
from tests.core.homes import NOW, certain, hourly, on_grid

ELEMENT = Water("tank", "Tank", 2.0, 0.0)
HOT = replace(ELEMENT, legionella_c=60.0)
NOTHING = (0.0,) * 24


def drawing(temp_c: float, kwh: list[float], last_hot: float | None = None) -> WaterState:
    """Return a tank out of which so much is drawn in each hour from now on."""
    draws = tuple(
        Draw(NOW + HOUR_S * hour, NOW + HOUR_S * (hour + 1), energy)
        for hour, energy in enumerate(kwh)
    )
    return WaterState(temp_c, last_hot=last_hot, draws=draws)


def played(water: Water, state: WaterState, power: Floats, beliefs: Beliefs) -> Floats:
    """Return the water when a plan is played back step by step."""
    horizon, found = beliefs.horizon, []
    drawn = drawn_kwh(state.draws, state.by_hour, horizon, "UTC")
    for step, kw in enumerate(power.tolist()):
        state, taken = water.step(
            state,
            kw,
            float(horizon.start[step]),
            float(horizon.hours[step]),
            float(beliefs.outdoor_c[step]),
            float(drawn[step]),
        )
        assert taken == pytest.approx(kw, abs=1e-6)
        found.append(state.temp_c)
    return np.array(found)


@st.composite
def waters(draw: st.DrawFn) -> Water:
    low = draw(on_grid(40, 50, 5))
    return Water(
        "tank",
        "Tank",
        draw(on_grid(0.5, 3, 0.5)),
        draw(st.sampled_from([None, 0.0, 0.5])),
        Tank(draw(on_grid(80, 400, 40)), draw(on_grid(0, 0.004, 0.002))),
        draw(st.sampled_from([Performance.constant(), WATER_PUMP])),
        fall_per_k=draw(st.sampled_from([0.0, 0.05])),
        low_c=low,
        high_c=low + draw(on_grid(0, 10, 5)),
        max_c=70.0,
        legionella_c=draw(st.sampled_from([None, 60.0])),
    )


@settings(max_examples=20)
@given(
    waters(),
    on_grid(40, 60, 2),
    st.lists(on_grid(0, 1.5, 0.25), min_size=12, max_size=12),
    st.lists(on_grid(-0.1, 0.6, 0.1), min_size=12, max_size=12),
    st.sampled_from([None, -6.8, -6.0]),
    st.sampled_from([0.0, 0.1]),
    st.booleans(),
)
def test_a_plan_played_back_meets_its_temperatures_within_all_limits(
    water: Water,
    temp: float,
    kwh: list[float],
    prices: list[float],
    hot_days: float | None,
    value: float,
    whole: bool,
) -> None:
    beliefs = weather(5.0, prices, hourly(12))
    last = None if hot_days is None else NOW + hot_days * DAY_S
    state = drawing(temp, kwh, last)
    part, solution, _ = planned(water, state, beliefs, value, whole=whole)
    power, temps = powers_of(part, solution), states_of(part, solution)
    assert (power >= -1e-7).all()
    assert (power <= water.most_kw + 1e-7).all()
    if whole:
        assert ((power[:1] < 1e-6) | (power[:1] > water.lowest_kw - 1e-6)).all()
    if temps.max() <= water.max_c and temps.min() > water.tank.inlet_c:
        assert temps == pytest.approx(played(water, state, power, beliefs), abs=1e-6)


@settings(max_examples=20)
@given(waters(), on_grid(45, 60, 5), st.lists(on_grid(0, 1, 0.25), min_size=8, max_size=8))
def test_a_wider_band_never_costs_more(water: Water, temp: float, kwh: list[float]) -> None:
    beliefs = weather(5.0, [0.1, 0.4] * 4, hourly(8))
    state = drawing(temp, kwh, NOW)
    wider = replace(water, low_c=water.low_c - 2, high_c=water.high_c + 2, fall_per_k=0.0)
    cost = planned(replace(water, fall_per_k=0.0), state, beliefs)[2]
    assert planned(wider, state, beliefs)[2] <= cost + 1e-6


@settings(max_examples=20)
@given(waters(), on_grid(40, 60, 2), st.lists(on_grid(0.5, 3, 0.5), min_size=8, max_size=8))
def test_water_is_cold_only_where_full_power_leaves_it_cold(
    water: Water, temp: float, kwh: list[float]
) -> None:
    beliefs, state = weather(5.0, horizon=hourly(8)), drawing(temp, kwh, NOW)
    part, solution, _ = planned(water, state, beliefs)
    best = water.nearest(
        Surroundings.plain(beliefs.horizon, outdoor_c=5.0), state, "too_cold_water"
    )
    assert (missed(part, solution)["too_cold_water"] > 1e-6) == (best is not None)
    if best is not None:
        assert best[0] < water.low_c


@given(on_grid(15, 60, 5), on_grid(0, 3, 0.5), on_grid(0, 1, 0.25))
def test_heat_is_neither_made_nor_lost(temp: float, heat: float, drawn: float) -> None:
    tank, hours = Tank(), 0.5
    after = tank.step(temp, heat, drawn, hours)
    lost = tank.loss_kw_per_k * (after - tank.ambient_c)
    stored = tank.kwh_per_k * (after - temp)
    assert stored == pytest.approx(hours * (heat - lost) - drawn, abs=1e-9)
    many = tank.step(np.full(3, temp), np.full(3, heat), np.full(3, drawn), hours)
    assert many == pytest.approx(np.full(3, after))


def test_water_is_heated_where_it_is_cheap() -> None:
    beliefs = weather(5.0, [0.1] * 3 + [0.5] * 9, hourly(12))
    part, solution, _ = planned(ELEMENT, drawing(46.0, [0.0] * 8 + [2.0] + [0.0] * 3), beliefs)
    power, temps = powers_of(part, solution), states_of(part, solution)
    assert power[:3].sum() > 5 * power[3:].sum()
    assert temps.min() > 45 - 1e-6
    assert temps.max() == pytest.approx(55.0, abs=1e-6)


def test_heat_left_is_worth_something_up_to_the_band() -> None:
    assert ELEMENT.worth == pytest.approx(0.8)
    state = WaterState(50.0, by_hour=NOTHING)
    for value, end in ((0.0, 45.0), (0.4, 55.0)):
        part, solution, _ = planned(ELEMENT, state, weather(5.0, horizon=hourly(48)), value)
        assert states_of(part, solution)[-1] == pytest.approx(end, abs=1e-6)


def test_draws_that_exceed_all_heat_are_named() -> None:
    beliefs, state = weather(5.0, horizon=hourly(6)), drawing(46.0, [0.0, 6.0, 0.0, 0.0, 0.0, 0.0])
    part, solution, _ = planned(ELEMENT, state, beliefs)
    assert 0.5 < missed(part, solution)["too_cold_water"] < 6.0
    best = ELEMENT.nearest(Surroundings.plain(beliefs.horizon), state, "too_cold_water")
    assert best is not None
    assert best[0] == pytest.approx(states_of(part, solution)[1], abs=1e-6)
    assert best[1] == beliefs.horizon.end[1]
    assert part.wishes[0].nearest == best[0]


@pytest.mark.parametrize("whole", [False, True])
def test_the_weekly_run_is_in_time(whole: bool) -> None:
    beliefs = weather(5.0, [0.4] * 8 + [0.1] * 6 + [0.4] * 10)
    state = replace(drawing(50.0, [0.1] * 24), last_hot=NOW - 7 * DAY_S + 20 * HOUR_S)
    part, solution, _ = planned(HOT, state, beliefs, whole=whole)
    temps = states_of(part, solution)
    assert temps[:20].max() >= 60 - 1e-6
    assert temps[8:14].max() >= 60 - 1e-6
    assert missed(part, solution)["legionella_missed"] == pytest.approx(0.0, abs=1e-6)
    at = next(wish.at for wish in part.wishes if wish.code == "legionella_missed")
    assert at == NOW + 20 * HOUR_S


def test_a_run_is_made_of_the_sun_where_there_is_some() -> None:
    sun = [0.0] * 12 + [4.0] * 4 + [0.0] * 8
    beliefs = weather(5.0, [0.2] * 4 + [0.4] * 20, solar=sun)
    state = replace(drawing(50.0, [0.1] * 24), last_hot=NOW - 7 * DAY_S + 20 * HOUR_S)
    part, solution, _ = planned(HOT, state, beliefs)
    assert states_of(part, solution)[12:16].max() >= 60 - 1e-6


@pytest.mark.parametrize("last_hot", [None, NOW - 30 * DAY_S])
def test_an_overdue_run_is_made_at_once(last_hot: float | None) -> None:
    state = drawing(50.0, [0.0] * 12, last_hot)
    part, solution, _ = planned(HOT, state, weather(5.0, horizon=hourly(12)))
    assert np.flatnonzero(states_of(part, solution) >= 60 - 1e-6)[0] == 1


def test_a_run_that_is_not_due_is_not_made() -> None:
    state = drawing(50.0, [0.0] * 12, NOW)
    part, solution, _ = planned(HOT, state, weather(5.0, [0.3] * 11 + [-0.05], hourly(12)))
    assert states_of(part, solution).max() <= HOT.high_c + 1e-6
    assert [wish.code for wish in part.wishes] == ["too_cold_water"]


def test_a_weak_element_says_how_hot_it_can_get() -> None:
    weak, state = replace(HOT, power_kw=0.1, least_kw=0.0), drawing(45.0, [0.0] * 12)
    beliefs = weather(5.0, horizon=hourly(12))
    part, solution, _ = planned(weak, state, beliefs, whole=True)
    best = weak.nearest(Surroundings.plain(beliefs.horizon), state, "legionella_missed")
    assert best is not None
    assert 45 < best[0] < 60
    short = (60 - best[0]) * weak.tank.kwh_per_k
    assert missed(part, solution)["legionella_missed"] == pytest.approx(short, abs=1e-6)
    around = Surroundings.plain(beliefs.horizon)
    assert part.wishes[1].nearest == best[0]
    assert HOT.nearest(around, state, "legionella_missed") is None


def test_the_tank_cuts_out_and_remembers_that_it_was_hot() -> None:
    state, power = HOT.step(WaterState(64.9), 2.0, NOW, 1.0, 5.0, 0.0)
    assert state.temp_c == pytest.approx(65.0)
    assert 0 < power < 0.2
    assert state.last_hot == NOW + HOUR_S
    state, power = HOT.step(WaterState(70.0), 2.0, NOW, 1.0, 5.0, 0.0)
    assert power == 0
    assert 65 < state.temp_c < 70
    state, _ = HOT.step(WaterState(50.0, last_hot=3.0), 0.0, NOW, 1.0, 5.0, 30.0)
    assert state.temp_c == HOT.tank.inlet_c
    assert state.last_hot == 3.0


def test_full_power_stops_where_the_tank_cuts_out() -> None:
    around = Surroundings.plain(hourly(24))
    assert HOT.course(around, WaterState(50.0, by_hour=NOTHING), 2.0)[-1] == HOT.max_c


def test_a_thermostat_heats_from_edge_to_edge() -> None:
    def power(temp: float, *, on: bool, last_hot: float | None = NOW) -> float:
        return HOT.thermostat(WaterState(temp, Running(on), last_hot), NOW + HOUR_S)

    assert power(46.0, on=False) == 0
    assert power(44.9, on=False) == 2.0
    assert power(54.9, on=True) == 2.0
    assert power(55.1, on=True) == 0
    assert power(58.0, on=False, last_hot=None) == 2.0
    assert ELEMENT.thermostat(WaterState(56.0), NOW) == 0


def test_a_time_switch_heats_in_its_hours() -> None:
    state = WaterState(49.0, last_hot=NOW)
    assert HOT.time_switch(state, NOW, released=True) == 2.0
    assert HOT.time_switch(state, NOW, released=False) == 0
    state = replace(state, temp_c=52.0)
    assert HOT.time_switch(state, NOW, released=True) == 0
    assert HOT.time_switch(replace(state, running=Running(on=True)), NOW, released=True) == 2.0


def test_hotter_water_asks_more_of_a_heat_pump() -> None:
    pump = replace(ELEMENT, performance=WATER_PUMP, rated_c=50.0, fall_per_k=0.05)
    assert pump.heat_per_kwh(7.0) == pytest.approx(3.0)
    hotter = replace(pump, low_c=55.0, high_c=65.0)
    assert hotter.heat_per_kwh(7.0) == pytest.approx(2.5)
    assert replace(hotter, fall_per_k=1.0).heat_per_kwh(7.0) == 1.0


def test_usual_draws_follow_the_local_clock() -> None:
    assert sum(USUAL) == pytest.approx(5.845)
    assert sum(energy for _, energy in TAPS) == pytest.approx(sum(USUAL))
    horizon = Horizon.uniform(NOW + 900, 900.0, 96)
    drawn = drawn_kwh((), USUAL, horizon, "Europe/Berlin")
    assert drawn.sum() == pytest.approx(5.845, abs=0.5)
    # 05:15 UTC is 07:15 in Berlin.
    assert drawn[horizon.index(NOW + 8.75 * HOUR_S) or 0] == pytest.approx(1.61 / 4)


def test_draws_are_spread_over_steps() -> None:
    horizon = hourly(4)
    draws = (Draw(NOW + 1800, NOW + 5400, 2.0), Draw(NOW - 3600, NOW + 3600, 1.0))
    assert drawn_kwh(draws, USUAL, horizon, "UTC").tolist() == pytest.approx([1.5, 1.0, 0, 0])


def test_only_a_heat_pump_needs_the_weather() -> None:
    beliefs = certain(horizon=hourly(4))
    part, _, _ = planned(ELEMENT, WaterState(50.0), beliefs)
    assert len(part.power) == 4
    with pytest.raises(InputError) as caught:
        planned(replace(ELEMENT, performance=WATER_PUMP), WaterState(50.0), beliefs)
    assert caught.value.code == "temperature_missing"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (WaterState(float("nan")), "device_temperature"),
        (WaterState(120.0), "device_temperature"),
        (WaterState(50.0, by_hour=(1.0,)), "device_draws"),
        (WaterState(50.0, draws=(Draw(0.0, 1.0, -1.0),)), "device_draws"),
        (WaterState(50.0, draws=(Draw(1.0, 1.0, 1.0),)), "device_draws"),
    ],
)
def test_what_no_tank_holds_is_named(state: WaterState, code: str) -> None:
    with pytest.raises(InputError) as caught:
        ELEMENT.check(state)
    assert caught.value.code == code
    assert caught.value.arguments["device"] == "Tank"
    ELEMENT.check(drawing(50.0, [1.0]))


@pytest.mark.parametrize(
    "change",
    [
        {"power_kw": 0.0},
        {"least_kw": 3.0},
        {"fall_per_k": -1.0},
        {"low_c": 5.0},
        {"high_c": 70.0},
        {"rated_c": float("inf")},
        {"legionella_c": 70.0},
        {"legionella_days": 0.0},
    ],
)
def test_a_tank_that_cannot_be_is_rejected(change: dict[str, float]) -> None:
    with pytest.raises(InputError):
        replace(ELEMENT, **change)


@pytest.mark.parametrize(
    "change", [{"litres": 0.0}, {"loss_kw_per_k": -1.0}, {"ambient_c": float("nan")}]
)
def test_water_that_cannot_be_is_rejected(change: dict[str, float]) -> None:
    with pytest.raises(InputError):
        Tank(**change)


def test_a_state_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        planned(ELEMENT, HeatingState(20.0), weather(5.0))
    assert caught.value.code == "device_state"


def test_water_and_its_state_survive_json() -> None:
    pump = replace(HOT, performance=WATER_PUMP)
    assert decode(Water, encode(pump)) == pump
    state = drawing(50.0, [1.0, 2.0], NOW)
    assert decode(WaterState, encode(state)) == state
