"""Deferrable loads: energy by a time, never refused, and the plan is what happens."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custom_components.shems.core.assets.deferrable import Deferrable, DeferrableState, Errand
from custom_components.shems.core.assets.switching import Running, Switching
from custom_components.shems.core.forecast.beliefs import Beliefs
from custom_components.shems.core.horizon import HOUR_S, Horizon
from custom_components.shems.core.replay.codec import decode, encode
from custom_components.shems.core.units import Floats, InputError
from tests.core.device_plans import missed, planned, powers_of
from tests.core.homes import NOW, certain, hourly, on_grid

PUMP = Deferrable("pump", "Pump", 2.0)
SMOOTH = replace(PUMP, least_kw=0.0)
QUARTERS = Horizon.uniform(NOW, 900.0, 24)


def at(hours: float) -> float:
    return NOW + HOUR_S * hours


def errand(begin_h: float, end_h: float, kwh: float) -> Errand:
    return Errand(at(begin_h), at(end_h), kwh)


def on_hours(
    device: Deferrable, state: DeferrableState, beliefs: Beliefs, *, whole: bool = True
) -> Floats:
    part, solution, _ = planned(device, state, beliefs, whole=whole)
    return powers_of(part, solution)


def priced(buy: list[float], horizon: Horizon | None = None) -> Beliefs:
    return certain(0.0, buy=buy, horizon=horizon or hourly(len(buy)))


def test_it_takes_the_cheapest_hours_of_each_errand() -> None:
    state = DeferrableState((errand(0, 3, 2.0), errand(3, 6, 2.0)))
    power = on_hours(PUMP, state, priced([0.3, 0.1, 0.2, 0.3, 0.3, 0.2]))
    assert power.tolist() == pytest.approx([0.0, 2.0, 0.0, 0.0, 0.0, 2.0])


def test_it_takes_no_more_than_asked_even_where_that_pays() -> None:
    state = DeferrableState((errand(0, 6, 1.0),))
    power = on_hours(SMOOTH, state, priced([-0.1] * 6), whole=False)
    assert power.sum() == pytest.approx(1.0)


def test_what_cannot_be_taken_in_time_is_named() -> None:
    state = DeferrableState((errand(0, 1.5, 5.0), errand(-3, -1, 0.5)))
    part, solution, _ = planned(PUMP, state, priced([0.3] * 24, QUARTERS), whole=True)
    assert powers_of(part, solution).tolist() == pytest.approx([2.0] * 6 + [0.0] * 18)
    short = [wish.short(solution.column) for wish in part.wishes]
    assert short == pytest.approx([2.0, 0.5])


def test_of_a_long_errand_the_share_in_sight_is_taken() -> None:
    state = DeferrableState((errand(2, 10, 8.0),))
    power = on_hours(SMOOTH, state, priced([0.3] * 6))
    assert power.sum() == pytest.approx(4.0)
    assert power[:2].tolist() == pytest.approx([0.0, 0.0])


def test_two_errands_may_share_a_step() -> None:
    state = DeferrableState((errand(0, 1.25, 2.5), errand(1.25, 2, 1.5)))
    part, solution, _ = planned(SMOOTH, state, priced([0.3] * 3))
    assert powers_of(part, solution).tolist() == pytest.approx([2.0, 2.0, 0.0])
    assert sum(missed(part, solution).values()) == pytest.approx(0.0)


def test_what_must_go_on_runs_beyond_its_errand() -> None:
    rules = Switching(least_on_h=2.0)
    state = DeferrableState((errand(-5, 0.5, 0.1),), Running(True, at(-0.5)))
    power = on_hours(replace(PUMP, switching=rules), state, priced([0.3] * 24, QUARTERS))
    assert power[:7].tolist() == pytest.approx([2.0] * 6 + [0.0])


@given(
    st.lists(on_grid(-0.2, 0.5, 0.05), min_size=24, max_size=24),
    st.sampled_from([None, 0.0, 0.5]),
    st.lists(on_grid(0, 6, 0.2), min_size=4, max_size=4),
    st.lists(on_grid(0, 6, 0.5), min_size=2, max_size=2),
    st.builds(
        Switching,
        st.sampled_from([0.0, 0.5, 1.25]),
        st.sampled_from([0.0, 0.5, 1.25]),
        st.sampled_from([None, 1, 2]),
    ),
    st.builds(
        Running, st.booleans(), st.sampled_from([None, at(-0.2), at(-1.0)]), st.integers(0, 2)
    ),
)
def test_a_plan_is_always_found_and_is_what_happens(
    buy: list[float],
    least_kw: float | None,
    times: list[float],
    energies: list[float],
    rules: Switching,
    running: Running,
) -> None:
    device = replace(PUMP, least_kw=least_kw, switching=rules)
    begin, end, after, last = sorted(times)
    errands = tuple(
        errand(first, until, kwh)
        for first, until, kwh in ((begin, end, energies[0]), (after, last, energies[1]))
        if first < until
    )
    state = DeferrableState(errands, running)
    device.check(state)
    part, solution, _ = planned(device, state, priced(buy, QUARTERS), whole=True)
    power = powers_of(part, solution)
    short = [wish.short(solution.column) for wish in part.wishes]
    for step, kw in enumerate(power.tolist()):
        state, taken = device.step(state, kw, float(QUARTERS.start[step]), 0.25)
        assert taken == pytest.approx(kw, abs=1e-6)
    for left, missing in zip(state.errands, short, strict=True):
        seen = left.end <= QUARTERS.edges[-1]
        assert not seen or left.energy_kwh == pytest.approx(missing, abs=1e-5)


def test_at_once_it_runs_until_an_errand_is_done() -> None:
    state = DeferrableState((errand(0.5, 20, 2.5),))
    taken = []
    for step in range(6):
        begin = at(0.5 * step)
        state, power = SMOOTH.step(state, SMOOTH.at_once(state, begin, 0.5), begin, 0.5)
        taken.append(power)
    assert taken == pytest.approx([0.0, 2.0, 2.0, 1.0, 0.0, 0.0])
    assert state.errands[0].energy_kwh == pytest.approx(0.0)
    assert state.running == Running(False, at(2.0), 1)
    assert PUMP.at_once(DeferrableState((errand(0, 9, 0.1),)), NOW, 0.5) == 2.0


@pytest.mark.parametrize(
    "change", [{"power_kw": 0.0}, {"power_kw": float("nan")}, {"least_kw": 3.0}, {"least_kw": -1.0}]
)
def test_powers_that_cannot_be_are_rejected(change: dict[str, float]) -> None:
    with pytest.raises(InputError) as error:
        replace(PUMP, **change)  # type: ignore[arg-type]  # any field, by name
    assert error.value.code == "device_parameter"


@pytest.mark.parametrize(
    ("errands", "code"),
    [
        ((errand(0, 2, -1.0),), "device_energy"),
        ((errand(0, 2, float("nan")),), "device_energy"),
        ((errand(2, 1, 1.0),), "earliest_after_deadline"),
        ((errand(0, 2, 1.0), errand(1, 3, 1.0)), "device_times_overlap"),
    ],
)
def test_errands_that_cannot_be_are_rejected(errands: tuple[Errand, ...], code: str) -> None:
    with pytest.raises(InputError) as error:
        PUMP.check(DeferrableState(errands))
    assert error.value.code == code


def test_device_and_state_survive_json() -> None:
    state = DeferrableState((errand(0, 1, 1.0),), Running(True, NOW, 1))
    assert decode(DeferrableState, encode(state)) == state
    assert decode(Deferrable, encode(PUMP)) == PUMP
    assert (PUMP.most_kw, PUMP.lowest_kw, PUMP.worth) == (2.0, 2.0, 0.0)
    assert (PUMP.from_battery, PUMP.absorbs) == (True, False)
